"""What a screen reader is told: what others say, once, and what could not be sent."""

import pytest
from playwright.sync_api import expect

# Elements come and go within a status; what it said is kept.
LISTEN = """() => {
  window.said = []
  const announcer = document.querySelector('main [role=status][aria-live=polite]')
  new MutationObserver(() => announcer.textContent && window.said.push(announcer.textContent))
    .observe(announcer, { childList: true, characterData: true, subtree: true })
}"""


def expect_said(tab, *sentences):
    """Until the last is said, and then nothing but these."""
    tab.page.wait_for_function("last => window.said.at(-1) === last", arg=sentences[-1])
    assert tab.page.evaluate("window.said") == list(sentences)


@pytest.fixture
def listening(talk):
    for tab in talk:
        tab.page.evaluate(LISTEN)
    return talk


def test_what_others_say_is_told_once_and_ones_own_is_not(listening):
    mine, hers = listening
    mine.say("Is anyone there?")
    hers.say("I am")
    expect_said(hers, "Ada Lovelace: Is anyone there?")
    expect_said(mine, "Grace Hopper: I am")


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
    hers.page.evaluate(LISTEN)
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
