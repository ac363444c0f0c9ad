"""A page holds a stretch of a long conversation: what is far away leaves it, and comes back."""

import re

import pytest
from playwright.sync_api import expect

from database import add_messages

MOST = 200
COUNT = 700


@pytest.fixture
def tab(server, ada, grace):
    """Ada's tab at the end of a conversation of 700 messages."""
    tab = ada.tab.talk_to(grace)
    tab.say("The first")
    add_messages(server, grace, ada, COUNT)
    tab.page.reload()
    tab.read_all()
    expect(tab.message(f"Message {COUNT}.")).to_be_in_viewport()
    return tab


def numbers(tab):
    texts = tab.page.locator("article[data-message-id] .text").all_text_contents()
    return [int(found[1]) for found in (re.match(r"Message (\d+)\.", text) for text in texts) if found]


def scroll_until(tab, number, by):
    """Scrolls as by hand until a message is there, and sees that the view never jumps and the page never grows."""
    tab.log.hover()
    message = tab.message(f"Message {number}.")
    for _ in range(2000):
        if message.count():
            message.scroll_into_view_if_needed()
            return
        before = len(numbers(tab))
        tab.page.mouse.wheel(0, by)
        tab.page.evaluate("new Promise(requestAnimationFrame)")
        assert before <= MOST
    raise AssertionError(f"message {number} did not come")


def expect_whole(tab):
    """None is missing between the first and the last in the page, and none is there twice."""
    found = numbers(tab)
    assert found == list(range(found[0], found[-1] + 1)), found
    assert len(found) <= MOST


def test_far_messages_leave_the_page_and_come_back(tab, grace, ada):
    tab.mark()
    scroll_until(tab, 10, -1500)
    expect_whole(tab)
    assert numbers(tab)[-1] < COUNT - 100
    # What comes now has no place here, but is told of.
    grace.post(ada, "Far below")
    expect(tab.row(grace.name)).to_have_accessible_name(re.compile(r"\b1 unread\b"))
    expect(tab.message("Far below")).to_have_count(0)
    scroll_until(tab, COUNT, 1500)
    expect_whole(tab)
    expect(tab.message("Far below")).to_have_count(1)
    tab.message("Far below").scroll_into_view_if_needed()
    expect(tab.row(grace.name)).not_to_have_accessible_name(re.compile("unread"))
    grace.post(ada, "And live again")
    expect(tab.message("And live again")).to_be_in_viewport()
    tab.expect_not_reloaded()


def test_the_button_leads_to_the_newest(tab, grace, ada):
    scroll_until(tab, 300, -1500)
    expect_whole(tab)
    tab.jump.click()
    expect(tab.message(f"Message {COUNT}.")).to_be_in_viewport()
    expect_whole(tab)
    grace.post(ada, "Live")
    expect(tab.message("Live")).to_be_in_viewport()
    expect(tab.jump).to_be_hidden()


def test_who_writes_far_up_is_led_to_the_own_message(tab, grace, ada):
    scroll_until(tab, 300, -1500)
    tab.say("From far up")
    expect(tab.message("From far up")).to_be_in_viewport()
    expect_whole(tab)


def test_what_one_reads_stays_where_it_is_while_others_come_and_go(tab):
    scroll_until(tab, 400, -1500)
    message = tab.message("Message 400.")
    expect(message).to_be_in_viewport()
    seen = "(element) => [element.getBoundingClientRect().top, document.querySelectorAll('article').length]"
    before, _ = message.evaluate(seen)
    # The page is asked for what is beyond its ends as a scroll would.
    for edge in ("#older a", "#newer a", "#older a"):
        link = tab.page.locator(edge)
        if link.is_visible():
            first = numbers(tab)
            link.evaluate("link => link.click()")
            tab.page.wait_for_function(
                "(first) => document.querySelector('article[data-message-id] .text').textContent !== `Message ${first[0]}.`"
                " || [...document.querySelectorAll('article[data-message-id] .text')].at(-1).textContent !== `Message ${first.at(-1)}.`",
                arg=first,
            )
        after, _ = message.evaluate(seen)
        assert abs(after - before) < 2, "the view jumped"
        expect_whole(tab)


def test_a_tab_that_listens_for_long_does_not_grow(talk, ada, grace):
    mine, _ = talk
    grace.post_all(ada, [f"Message {number}." for number in range(1, MOST + 60)])
    expect(mine.message(f"Message {MOST + 59}.")).to_be_in_viewport()
    expect_whole(mine)
    assert numbers(mine)[0] > 1
    # The first ones are there for who scrolls up.
    scroll_until(mine, 1, -1500)
    expect_whole(mine)


def test_very_many_events_at_once_are_fetched_as_a_page(tab, grace, ada, server):
    ada.expect_errors("net::ERR_")
    tab.page.route("**/events*", lambda route: route.abort())
    tab.page.reload()
    expect(tab.message(f"Message {COUNT}.")).to_be_in_viewport()
    tab.mark()
    grace.post_all(ada, [f"Message {number}." for number in range(COUNT + 1, COUNT + 501)])
    expect(tab.message(f"Message {COUNT + 1}.")).to_have_count(0)
    tab.page.unroute_all()
    tab.page.evaluate("dispatchEvent(new Event('online'))")
    expect(tab.message(f"Message {COUNT + 500}.")).to_be_in_viewport(timeout=30_000)
    expect_whole(tab)
    grace.post(ada, "And on")
    expect(tab.message("And on")).to_be_in_viewport()
    tab.expect_not_reloaded()
