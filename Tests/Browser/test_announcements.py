"""What a screen reader is told: what others say, once, and what could not be sent."""

import pytest
from playwright.sync_api import expect

from announcer import expect_said, listen

@pytest.fixture
def listening(talk):
    for tab in talk:
        listen(tab)
    return talk


def test_what_others_say_is_told_once_and_ones_own_is_not(listening):
    mine, hers = listening
    mine.say("Is anyone there?")
    hers.say("I am")
    expect_said(hers, "Ada Lovelace: Is anyone there?")
    expect_said(mine, "Grace Hopper: I am")


def test_a_message_does_not_take_the_place_of_what_an_act_did(listening):
    mine, hers = listening
    hers.say("```\nlet a = 1\n```")
    mine.log.get_by_role("button", name="Copy code", exact=True).click()
    expect_said(mine, "Copied", "Grace Hopper: let a = 1")


def test_of_many_only_the_number(listening, ada, grace):
    _, hers = listening
    grace.expect_errors("net::ERR_")
    # What was missed comes all at once.
    grace.context.set_offline(True)
    expect(hers.reconnecting).to_be_visible()
    for number in range(5):
        ada.post(grace, f"Message {number}")
    grace.context.set_offline(False)
    expect(hers.messages).to_have_count(5)
    expect_said(hers, "5 new messages")


def test_history_is_not_told(listening):
    mine, hers = listening
    for text in ("One", "Two"):
        mine.say(text)
    hers.page.reload()
    expect(hers.messages).to_have_count(2)
    listen(hers)
    mine.say("Three")
    expect_said(hers, "Ada Lovelace: Three")


def test_what_is_not_sent_is_told(listening, ada):
    mine, _ = listening
    ada.expect_errors("net::ERR_")
    mine.page.route("**/messages", lambda route: route.abort())
    mine.write("Into the void")
    expect(mine.message("Into the void")).to_contain_text("Not sent", timeout=15_000)
    (said,) = mine.page.evaluate("window.said")
    assert said.startswith("Not sent. ")
