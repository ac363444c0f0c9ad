"""Unread counts, and how reading clears them."""

import re

from playwright.sync_api import expect

from database import message_id

HIDE = """state => {
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state })
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => state === 'hidden' })
  document.dispatchEvent(new Event('visibilitychange'))
}"""


def unread(count):
    return re.compile(rf"\b{count} unread\b")


def test_the_count_appears_and_clears_on_all_own_tabs(ada, grace):
    second = ada.new_tab()
    tabs = (ada.tab, second)
    grace.tab.talk_to(ada)
    grace.tab.say("Are you there?")
    grace.tab.say("Hello?")
    for tab in tabs:
        expect(tab.row(grace.name)).to_have_accessible_name(unread(2))
        expect(tab.row(grace.name)).to_contain_text("Hello?")
        expect(tab.page).to_have_title(re.compile(r"^\(2\) "))
        expect(tab.row(grace.name)).to_have_accessible_name(re.compile(r"\bonline\b"))

    ada.tab.talk_to(grace)
    for tab in tabs:
        expect(tab.row(grace.name)).not_to_have_accessible_name(re.compile("unread"))
        expect(tab.page).not_to_have_title(re.compile(r"^\("))

    # Read at once where the conversation is open and seen.
    grace.tab.say("Good")
    expect(ada.tab.sent("Good")).to_have_count(1)
    expect(second.row(grace.name)).to_contain_text("Good")
    expect(second.row(grace.name)).not_to_have_accessible_name(re.compile("unread"))
    ada.tab.page.reload()
    expect(ada.tab.row(grace.name)).not_to_have_accessible_name(re.compile("unread"))


def test_the_count_is_there_after_a_reload(ada, grace):
    grace.tab.talk_to(ada).say("Later then")
    expect(ada.tab.row(grace.name)).to_have_accessible_name(unread(1))
    ada.tab.page.reload()
    expect(ada.tab.row(grace.name)).to_have_accessible_name(unread(1))
    expect(ada.tab.page).to_have_title(re.compile(r"^\(1\) "))


def test_a_message_moves_the_row_up(ada, grace, person):
    zoe = person("Zoe Adams")
    expect(ada.tab.rows).to_have_count(2)
    expect(ada.tab.rows.nth(0)).to_have_accessible_name(re.compile("^Grace Hopper"))
    zoe.tab.talk_to(ada).say("Hi from the end of the list")
    expect(ada.tab.rows.nth(0)).to_have_accessible_name(re.compile("^Zoe Adams"))
    grace.tab.talk_to(ada).say("Me too")
    expect(ada.tab.rows.nth(0)).to_have_accessible_name(re.compile("^Grace Hopper"))
    expect(ada.tab.rows).to_have_count(2)
    # Her own message moves the row in all her tabs, and counts for nothing.
    second = ada.new_tab()
    ada.tab.talk_to(zoe).say("Welcome")
    expect(second.rows.nth(0)).to_have_accessible_name(re.compile("^Zoe Adams"))
    expect(second.rows.nth(0)).to_contain_text("You: Welcome")


def test_a_hidden_tab_reads_nothing(talk):
    ada, grace = talk
    grace.say("Seen")
    expect(ada.sent("Seen")).to_have_count(1)
    ada.page.evaluate(HIDE, "hidden")
    grace.say("Unseen")
    expect(ada.row("Grace Hopper")).to_have_accessible_name(unread(1))
    expect(ada.page).to_have_title(re.compile(r"^\(1\) "))
    ada.page.evaluate(HIDE, "visible")
    expect(ada.row("Grace Hopper")).not_to_have_accessible_name(re.compile("unread"))
    expect(ada.page).not_to_have_title(re.compile(r"^\("))


def test_a_line_stands_before_the_first_new_message(ada, grace):
    grace.tab.talk_to(ada)
    ada.tab.talk_to(grace).say("Old")
    ada.tab.link("Chats").click()
    expect(ada.tab.heading("Choose someone to write to")).to_be_visible()
    grace.tab.say("New")
    ada.tab.talk_to(grace)
    expect(ada.tab.log.get_by_text("1 new message", exact=True)).to_be_visible()


# As the tab that has the stream hands on how much the server counted, which looks at its own time.
COUNTED = """([viewer, row, counted, unread]) => {
  const sign = unread ? `<b>${unread}</b> <span class="hidden">unread</span>` : ''
  const part = (place, content) => `<span hx-swap-oob="innerHTML:#${row} .${place}">${content}</span>`
  const data = `<div data-counted="${counted}" data-row="${row}">${part('unread', sign)}${part('mentioned', '')}</div>`
  const channel = new BroadcastChannel(`nextalk-${viewer}`)
  channel.postMessage({ kind: 'read', data, from: 'test' })
  channel.close()
}"""


def test_a_count_from_before_or_after_what_came_counts_nothing_twice(server, ada, grace):
    follower = ada.new_tab()
    for text in ("One", "Two", "Three"):
        grace.post(ada, text)
    expect(follower.row(grace.name)).to_have_accessible_name(unread(3))
    two, three = (message_id(server, text) for text in ("Two", "Three"))

    def tell(counted, number):
        row = f"row-u{grace.id}"
        follower.page.evaluate(COUNTED, [ada.id, row, counted, number])

    # It came before the third.
    tell(two, 1)
    expect(follower.row(grace.name)).to_have_accessible_name(unread(2))
    # One that is older still says nothing. What comes after it shows that it was looked at.
    tell(two - 1, 7)
    tell(three, 3)
    expect(follower.row(grace.name)).to_have_accessible_name(unread(3))
    # It knows of two that are still on their way.
    tell(three + 2, 5)
    expect(follower.row(grace.name)).to_have_accessible_name(unread(5))
    for text in ("Four", "Five"):
        grace.post(ada, text)
        expect(follower.row(grace.name)).to_contain_text(text)
        expect(follower.row(grace.name)).to_have_accessible_name(unread(5))
    grace.post(ada, "Six")
    expect(follower.row(grace.name)).to_have_accessible_name(unread(6))
