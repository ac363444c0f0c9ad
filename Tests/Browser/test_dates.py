"""What day it was: a line at the top of the view that tells it, and the whole date of each message at its time."""

import re
from datetime import datetime, timedelta, timezone

import pytest
from playwright.sync_api import expect

from database import add_messages, move_messages
from keyboard import Keys
from test_clock import choose, told
from test_jumping import scroll_until, text_of
from test_phone import PHONE

DAYS = 4
A_DAY = 40
START = datetime.now(timezone.utc).replace(hour=9, minute=0) - timedelta(days=DAYS + 10)

# The line that lies over the view's upper edge, of several the one that is drawn last; and the message below that edge.
AT_THE_TOP = """() => {
  const edge = document.querySelector('.scroller').getBoundingClientRect().top
  const lines = [...document.querySelectorAll('.day')]
    .filter((line) => Math.abs(line.getBoundingClientRect().top - edge) < 2)
  const message = [...document.querySelectorAll('article')].find((each) => each.getBoundingClientRect().bottom > edge)
  return [
    lines.at(-1)?.querySelector('time').dateTime,
    new Date(message.querySelector('time').dateTime).toLocaleDateString('sv'),
  ]
}"""


@pytest.fixture
def days(server, person, grace, ada):
    """Ada's tab with a conversation that she wrote in on several days, as often on each."""
    ada.post(grace, "The first one")
    for each in (ada, grace):
        each.expect_errors("net::ERR_")
    server.stop()
    add_messages(server, ada, grace, DAYS * A_DAY)
    times = [START + timedelta(days=number // A_DAY, minutes=number % A_DAY) for number in range(DAYS * A_DAY)]
    move_messages(server, [START, *times])
    server.start()
    return person(ada.name, timezone_id="UTC").tab.open().talk_to(grace)


def line_of(tab, day):
    return tab.log.locator(".day", has=tab.page.locator(f"time[datetime='{day}']"))


def expect_at_the_top(tab, day):
    # It was put there in the frame after one scrolled.
    tab.page.evaluate("new Promise(requestAnimationFrame)")
    assert tab.page.evaluate(AT_THE_TOP) == [day, day]
    line = line_of(tab, day)
    expect(line).to_have_count(1)
    expect(line).to_be_in_viewport(ratio=1)
    expect(line).to_have_text(re.compile(f"^{datetime.fromisoformat(day):%A},? "))


def test_the_day_stays_at_the_top(days):
    tab = days
    # Backwards, as one reads what was before, and forwards again.
    for number in (3, 2, 1, 0, 1, 2, 3):
        middle = number * A_DAY + A_DAY // 2
        scroll_until(tab, middle, -300 if tab.message(text_of(middle)).count() == 0 else 300)
        tab.message(text_of(middle)).evaluate("(message) => message.scrollIntoView({ block: 'start' })")
        expect_at_the_top(tab, f"{START + timedelta(days=number):%Y-%m-%d}")


def times(tab):
    return tab.messages.locator(".to-details")


# Noon by UTC, where it is the next day already.
AWAY = "Pacific/Kiritimati"
THERE = {24: r"^Saturday,? 21 November 2026 at 02:00$", 12: r"^Saturday,? 21 November 2026 at 2:00 am$"}


@pytest.mark.parametrize("hours", [24, 12])
def test_a_time_tells_its_whole_date_where_one_is(told, person, ada, grace, hours):
    choose(ada.tab, "UTC", hours)
    for come in ("hover", "focus"):
        tab = person(ada.name, timezone_id=AWAY).tab.open().talk_to(grace)
        link = times(tab).nth(1)
        # As the server knows it, until one comes to it.
        expect(link).to_have_attribute("title", re.compile("^Friday 20 November 2026 at 12:00"))
        getattr(link, come)()
        expect(link).to_have_attribute("title", re.compile(THERE[hours]))


# What the date says, how wide it is, and on how much of that one can put a finger: what is cut off does not count.
DATE = """(link) => {
  const { content, width } = getComputedStyle(link, '::after')
  const { top } = link.getBoundingClientRect()
  const across = (y) => Array.from({ length: innerWidth }, (_, x) => x)
    .filter((x) => document.elementFromPoint(x, y) === link).length
  const seen = Math.max(...Array.from({ length: 30 }, (_, at) => across(top - 2 * at)))
  return { content, width: parseFloat(width), seen }
}"""


def expect_date_shown(link):
    """In words beside the link, and no part of it cut off."""
    date = link.evaluate(DATE)
    assert date["content"] == f'"{link.get_attribute("title")}"', date
    assert date["seen"] >= date["width"] - 1 > 150, date


@pytest.mark.parametrize("width", [1280, 390])
def test_by_keyboard(told, ada, grace, width):
    ada.post(grace, "An answer")
    tab = ada.tab.open().talk_to(grace)
    tab.page.set_viewport_size({"width": width, "height": 800})
    expect(tab.composer).to_be_focused()
    keys = Keys(tab)
    # From the own one at the end to those of somebody else: of all messages one is a stop, and then its time.
    expect(tab.messages.last).to_have_attribute("tabindex", "0")
    keys.press("Shift+Tab")
    for at in (3, 2, 1):
        link = times(tab).nth(at)
        expect(tab.messages.nth(at)).to_be_focused()
        assert link.evaluate(DATE)["content"] == "none"
        keys.go_to(r"\d\d:\d\d", limit=1)
        expect(link).to_be_focused()
        expect_date_shown(link)
        if at > 1:
            keys.press("ArrowUp")
    keys.press("Enter")
    expect(tab.heading("Message details")).to_be_visible()
    keys.go_to("Mark unread")
    keys.press("Enter")
    expect_unread(tab, grace, 2)
    assert not keys.faults


def expect_unread(tab, other, count):
    expect(tab.row(other.name)).to_have_accessible_name(re.compile(rf"\b{count} unread\b"))


def test_on_a_phone(told, person, grace):
    tab = person("Ada Lovelace", **PHONE).tab.open()
    tab.row(grace.name).tap()
    # What a finger can hit is larger than what one sees; its upper edge lies over the text.
    box = times(tab).last.bounding_box()
    assert min(box["width"], box["height"]) >= 43.5, box
    tab.page.touchscreen.tap(box["x"] + 6, box["y"] + 8)
    expect(tab.heading("Message details")).to_be_visible()
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= 390
    tab.button("Mark unread").tap()
    expect_unread(tab, grace, 1)


@pytest.mark.parametrize("scripts", [True, False])
def test_its_link_leads_to_details_where_one_marks_unread(told, person, ada, grace, scripts):
    tab = person(ada.name, java_script_enabled=scripts).tab.open().talk_to(grace)
    tab.say("An answer")
    expect(tab.row(grace.name)).not_to_have_accessible_name(re.compile("unread"))
    times(tab).last.click()
    expect(tab.heading("Message details")).to_be_visible()
    # One's own is no news.
    expect(tab.button("Mark unread")).to_have_count(0)
    tab.link("Back to the conversation").click()
    expect(tab.sent("An answer")).to_be_in_viewport()
    times(tab).nth(1).click()
    expect(tab.page.get_by_text("Two", exact=True)).to_be_visible()
    tab.button("Mark unread").click()
    expect_unread(tab, grace, 2)
    tab.talk_to(grace)
    expect(tab.log.get_by_text("2 new messages", exact=True)).to_be_visible()
    expect(tab.row(grace.name)).not_to_have_accessible_name(re.compile("unread"))
