"""Older messages, a view that does not jump, and days."""

import re
from datetime import datetime, timezone

import pytest
from playwright.sync_api import expect

from database import move_messages
from held import Held

COUNT = 120


def top(message):
    return message.bounding_box()["y"]


def write_messages(count, ada, grace):
    """Has so many messages between the two, and opens their conversation in Ada's tab."""
    for number in range(1, count + 1):
        author, other = (ada, grace) if number % 3 else (grace, ada)
        author.post(other, f"Message {number}")
    tab = ada.tab.talk_to(grace)
    tab.read_all()
    expect(tab.message(f"Message {count}")).to_be_in_viewport()
    return tab


@pytest.fixture
def long_talk(ada, grace):
    """Ada's tab with a conversation of more than one screen."""
    return write_messages(30, ada, grace)


def scroll(tab, by):
    tab.log.hover()
    tab.page.mouse.wheel(0, by)


def expect_all(tab):
    expect(tab.messages).to_have_count(COUNT)
    texts = [int(re.search(r"Message (\d+)", text)[1]) for text in tab.messages.all_inner_texts()]
    assert texts == list(range(1, COUNT + 1))


def test_older_messages_load_when_scrolled_to_and_the_view_does_not_jump(ada, grace):
    tab = write_messages(COUNT, ada, grace)
    expect(tab.messages).to_have_count(50)
    tab.mark()
    for first, next_count in ((71, 100), (21, COUNT)):
        held = Held(tab.page, "**/*before=*")
        oldest = tab.message(f"Message {first}")
        with tab.page.expect_request("**/*before=*"):
            scroll(tab, -20_000)
        expect(oldest).to_be_in_viewport()
        before = top(oldest)
        held.let_go()
        expect(tab.messages).to_have_count(next_count)
        assert abs(top(oldest) - before) < 2, "the view jumped"
        tab.page.unroute_all()
    expect_all(tab)
    expect(tab.button("Load older messages")).to_have_count(0)
    expect(tab.link("Load older messages")).to_have_count(0)
    tab.expect_not_reloaded()


def test_a_view_scrolled_up_stays_and_says_that_there_is_more(long_talk, ada, grace):
    tab = long_talk
    scroll(tab, -600)
    expect(tab.message("Message 30")).not_to_be_in_viewport()
    seen = tab.message("Message 16")
    expect(seen).to_be_in_viewport()
    before = top(seen)
    expect(tab.jump).to_have_accessible_name("To the newest")
    grace.post(ada, "Something new")
    expect(tab.jump).to_have_accessible_name("To the newest, 1 new message")
    expect(tab.message("Something new")).not_to_be_in_viewport()
    assert abs(top(seen) - before) < 2, "the view jumped"
    expect(tab.row(grace.name)).to_have_accessible_name(re.compile(r"\b1 unread\b"))
    tab.jump.click()
    expect(tab.message("Something new")).to_be_in_viewport()
    expect(tab.jump).to_be_hidden()
    expect(tab.row(grace.name)).not_to_have_accessible_name(re.compile("unread"))


def test_a_view_at_the_end_stays_at_the_end(long_talk, ada, grace):
    for number in range(3):
        text = f"Line one of {number}\nline two\nline three"
        grace.post(ada, text)
        expect(long_talk.messages).to_have_count(31 + number)
        expect(long_talk.messages.last).to_be_in_viewport(ratio=0.9)
    expect(long_talk.jump).to_be_hidden()


def test_one_who_writes_while_scrolled_up_sees_the_own_message(long_talk):
    scroll(long_talk, -600)
    expect(long_talk.message("Message 30")).not_to_be_in_viewport()
    long_talk.say("Mine")
    expect(long_talk.message("Mine")).to_be_in_viewport()


NOW = datetime(2026, 11, 20, 12, 0, tzinfo=timezone.utc)
TIMES = [
    datetime(2026, 11, 18, 23, 30, tzinfo=timezone.utc),
    datetime(2026, 11, 19, 9, 0, tzinfo=timezone.utc),
    datetime(2026, 11, 20, 11, 5, tzinfo=timezone.utc),
]


READERS = {
    "UTC": (["Wednesday,? 18 November", "Yesterday", "Today"], ["23:30", "09:00", "11:05"]),
    # 14 hours before UTC and 10 behind it, neither with summer time.
    "Pacific/Kiritimati": (["Thursday,? 19 November", "Today"], ["13:30", "23:00", "01:05"]),
    "Pacific/Honolulu": (["Wednesday,? 18 November", "Today"], ["13:30", "23:00", "01:05"]),
}


def test_days_and_times_are_the_readers_own(server, person, ada, grace):
    for text in ("One", "Two", "Three"):
        ada.post(grace, text)
    for each in (ada, grace):
        each.expect_errors("net::ERR_")
    server.stop()
    move_messages(server, TIMES)
    server.start()
    for zone, (days, clocks) in READERS.items():
        reader = person(grace.name, timezone_id=zone)
        reader.context.clock.set_fixed_time(NOW)
        tab = reader.tab.open().talk_to(ada)
        for at, clock in enumerate(clocks):
            expect(tab.messages.nth(at)).to_contain_text(clock)
        pills = tab.log.get_by_text(re.compile("^(Today|Yesterday|[A-Z][a-z]+day,? .*)$"))
        expect(pills).to_have_text([re.compile(f"^{day}$") for day in days])
        expect(tab.row(ada.name)).to_contain_text(clocks[-1])
