"""The divider of new messages, for who comes back to a tab that was open all the time."""

import re

import pytest
from playwright.sync_api import expect

from acts import do
from announcer import listen
from database import message_id
from test_reading import divider, scroll, unread
from test_unread import HIDE


def hide(tab):
    tab.page.evaluate(HIDE, "hidden")


def come_back(tab):
    tab.page.evaluate(HIDE, "visible")


def expect_divider(tab, words, below):
    """That it stands there once, over one message."""
    expect(divider(tab)).to_have_text([words])
    expect(tab.log.locator(".new-line + article .text")).to_have_text(below)


def post(author, reader, tab, *texts):
    for text in texts:
        author.post(reader, text)
    expect(tab.sent(texts[-1])).to_have_count(1)


@pytest.fixture
def away(talk, ada, grace):
    """Ada's tab, hidden at the end of what she has read."""
    tab, _ = talk
    post(grace, ada, tab, "Seen")
    expect(tab.row(grace.name)).not_to_have_accessible_name(unread())
    hide(tab)
    return tab


def test_it_stands_before_what_came_meanwhile(away, ada, grace):
    listen(away)
    post(ada, grace, away, "From my phone")
    post(grace, ada, away, "One", "Two")
    post(ada, grace, away, "From my phone again")
    post(grace, ada, away, "Three")
    expect(away.row(grace.name)).to_have_accessible_name(unread(3))
    expect(divider(away)).to_have_count(0)
    come_back(away)
    expect_divider(away, "3 new messages", "One")
    expect(away.sent("Three")).to_be_in_viewport()
    expect(away.row(grace.name)).not_to_have_accessible_name(unread())
    # It stays while one reads on.
    post(grace, ada, away, "Four")
    away.say("Five")
    expect_divider(away, "3 new messages", "One")
    # Nothing that came meanwhile is read out, nor the divider.
    away.page.wait_for_function("last => window.said.at(-1) === last", arg=f"{grace.name}: Four")
    assert set(away.page.evaluate("window.said")) <= {f"{grace.name}: Seen", f"{grace.name}: Four"}
    # And goes with the next visit.
    hide(away)
    come_back(away)
    expect(divider(away)).to_have_count(0)
    hide(away)
    post(grace, ada, away, "Six")
    come_back(away)
    expect_divider(away, "1 new message", "Six")
    hide(away)
    post(grace, ada, away, "Seven", "Eight")
    come_back(away)
    expect_divider(away, "2 new messages", "Seven")
    expect(away.row(grace.name)).not_to_have_accessible_name(unread())
    away.page.reload()
    expect(away.sent("Eight")).to_be_in_viewport()
    expect(divider(away)).to_have_count(0)


def test_it_is_the_one_that_a_page_has(away, ada, grace):
    post(grace, ada, away, "New")
    second = ada.new_tab()
    come_back(away)
    expect_divider(away, "1 new message", "New")
    html = away.page.locator("#new-line").evaluate("(divider) => divider.outerHTML")
    expect(second.row(grace.name)).not_to_have_accessible_name(unread())
    hide(away)
    post(grace, ada, away, "Newer")
    second.talk_to(grace)
    expect(divider(second)).to_have_count(1)
    assert second.page.locator("#new-line").evaluate("(divider) => divider.outerHTML") == html


def test_without_news_or_with_ones_own_alone_there_is_none(away, ada, grace):
    post(ada, grace, away, "From my phone")
    come_back(away)
    expect(away.sent("From my phone")).to_be_in_viewport()
    post(grace, ada, away, "Live")
    expect(divider(away)).to_have_count(0)


def test_where_much_came_the_view_starts_at_it(away, ada, grace):
    grace.post_all(ada, [f"New {number}" for number in range(1, 41)])
    expect(away.row(grace.name)).to_have_accessible_name(unread(40))
    come_back(away)
    expect_divider(away, "40 new messages", "New 1")
    for text in ("Seen", "New 1"):
        expect(away.sent(text)).to_be_in_viewport()
    expect(away.jump).to_have_accessible_name(re.compile(r"^To the newest, \d\d new messages$"))
    expect(away.row(grace.name)).not_to_have_accessible_name(unread(40))
    expect(away.row(grace.name)).to_have_accessible_name(unread())
    # Who reads elsewhere in the talk stays there.
    away.jump.click()
    expect(away.row(grace.name)).not_to_have_accessible_name(unread())
    scroll(away, -700)
    expect(away.jump).to_have_accessible_name("To the newest")
    before = away.sent("New 10").bounding_box()["y"]
    hide(away)
    post(grace, ada, away, "Newest")
    come_back(away)
    expect_divider(away, "1 new message", "Newest")
    expect(away.jump).to_have_accessible_name("To the newest, 1 new message")
    assert abs(away.sent("New 10").bounding_box()["y"] - before) < 2


def test_what_a_tab_missed_asleep_it_gets_once_one_is_back(away, ada, grace):
    ada.expect_errors("net::ERR_")
    ada.context.set_offline(True)
    expect(away.reconnecting).to_be_visible()
    for text in ("One", "Two"):
        grace.post(ada, text)
    come_back(away)
    ada.context.set_offline(False)
    expect_divider(away, "2 new messages", "One")
    post(grace, ada, away, "Live")
    expect_divider(away, "2 new messages", "One")


def test_it_outlives_that_messages_are_fetched_anew_or_go(talk, ada, grace):
    first, _ = talk
    # One that hears from another.
    tab = ada.new_tab().talk_to(grace)
    post(grace, ada, tab, "Seen")
    hide(tab)
    post(grace, ada, tab, "One", "Two")
    come_back(tab)
    expect_divider(tab, "2 new messages", "One")
    expect(tab.row(grace.name)).not_to_have_accessible_name(unread())
    tab.mark()
    tab.log.evaluate("(log) => { window.before = log.firstElementChild }")
    first.page.evaluate("(viewer) => new BroadcastChannel(`nextalk-${viewer}`).postMessage({ kind: 'resync' })", ada.id)
    tab.page.wait_for_function("() => !window.before.isConnected")
    expect_divider(tab, "2 new messages", "One")
    tab.sent("One").evaluate("(message) => message.remove()")
    post(grace, ada, tab, "Three")
    expect_divider(tab, "2 new messages", "Two")
    hide(tab)
    post(grace, ada, tab, "Four")
    come_back(tab)
    expect_divider(tab, "1 new message", "Four")
    tab.expect_not_reloaded()


def delete(server, author, text):
    """As a script would; answers the address of the message."""
    address = f"{author.url}/messages/{message_id(server, text)}"
    assert author.context.request.post(f"{address}/delete", form={"image": ""}, max_redirects=0).status == 303
    return address


def undo(author, address):
    assert author.context.request.post(f"{address}/delete/undo", form={"undo": "1"}, max_redirects=0).status == 303


@pytest.mark.alone
def test_what_is_deleted_it_counts_no_more(away, server, ada, grace):
    hers = grace.tab
    post(grace, ada, away, "One", "Two")
    delete(server, grace, "Two")
    post(grace, ada, away, "Three")
    come_back(away)
    expect_divider(away, "2 new messages", "One")
    # What comes later is none of it.
    post(grace, ada, away, "Four")
    do(hers, "Four", "Delete")
    do(hers, "Three", "Delete")
    expect_divider(away, "1 new message", "One")
    do(hers, "One", "Delete")
    expect(divider(away)).to_have_count(0)
    hers.button("Undo").last.click()
    expect_divider(away, "1 new message", "One")


def test_one_that_the_page_came_with_follows_as_well(server, ada, grace):
    for text in ("One", "Two", "Three"):
        grace.post(ada, text)
    delete(server, grace, "Three")
    tab = ada.tab.talk_to(grace)
    expect_divider(tab, "2 new messages", "One")
    address = delete(server, grace, "One")
    expect(divider(tab)).to_have_text("1 new message")
    undo(grace, address)
    expect_divider(tab, "2 new messages", "One")
    first, second = delete(server, grace, "One"), delete(server, grace, "Two")
    expect(divider(tab)).to_have_count(0)
    undo(grace, first)
    expect_divider(tab, "1 new message", "One")
    undo(grace, second)
    expect_divider(tab, "2 new messages", "One")


def test_where_it_counts_more_than_the_page_holds(server, ada, grace):
    grace.post_all(ada, [f"New {number}" for number in range(1, 121)])
    tab = ada.tab.talk_to(grace)
    expect_divider(tab, "120 new messages", "New 1")
    expect(tab.sent("New 120")).to_have_count(0)
    delete(server, grace, "New 2")
    expect(divider(tab)).to_have_text("119 new messages")
    # As one reads on it is met.
    tab.page.get_by_role("link", name="Load newer messages").click()
    expect(tab.sent("New 90")).to_have_count(1)
    address = delete(server, grace, "New 90")
    expect(divider(tab)).to_have_text("118 new messages")
    undo(grace, address)
    expect(divider(tab)).to_have_text("119 new messages")
