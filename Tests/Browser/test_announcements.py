"""What a screen reader is told: what others say, once, and what could not be sent."""

import pytest
from playwright.sync_api import expect

from announcer import expect_said, listen, wait_for_said

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


# Presses the button at code as soon as it comes, which is before the message is read out.
PRESS = """() => new MutationObserver((_, observer) => {
  const button = document.querySelectorAll('.copy')[1]
  if (!button) return
  observer.disconnect()
  button.click()
}).observe(document.body, { childList: true, subtree: true })"""


def test_a_message_does_not_take_the_place_of_what_an_act_did(listening, ada, grace):
    mine, _ = listening
    ada.context.grant_permissions(["clipboard-read", "clipboard-write"])
    grace.post(ada, "```\none\n```")
    expect(mine.log.get_by_role("button", name="Copy code", exact=True)).to_have_count(1)
    wait_for_said(mine, "Grace Hopper: one\n")
    mine.page.evaluate(PRESS)
    grace.post(ada, "```\ntwo\n```")
    expect_said(mine, "Grace Hopper: one\n", "Copied", "Grace Hopper: two\n")


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
    expect(mine.message("Into the void")).to_contain_text("Not sent")
    (said,) = mine.page.evaluate("window.said")
    assert said.startswith("Not sent. ")
