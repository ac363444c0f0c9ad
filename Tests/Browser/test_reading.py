"""Where one is in a conversation that has something new, and what counts as read: what has been on screen."""

import re
import time

import pytest
from playwright.sync_api import expect

from held import Held

OLD = 8
NEW = 40
# More than a page holds.
MANY = 60


def unread(count=r"\d+"):
    return re.compile(rf"\b{count} unread\b")


def left_to_read(tab, name):
    """How much of a conversation is unread, as the button below the messages says, and a moment later the list."""
    left = int(re.search(r"\d+", tab.jump.inner_text())[0])
    expect(tab.row(name)).to_have_accessible_name(unread(left))
    return left


def divider(tab):
    return tab.log.get_by_text(re.compile(r"^\d+ new messages?$"))


def scroll(tab, by):
    tab.log.hover()
    tab.page.mouse.wheel(0, by)


@pytest.fixture
def behind(request, ada, grace):
    """Ada's tab, where she has read all of old; much came since."""
    tab = ada.tab
    new = getattr(request, "param", NEW)
    grace.post_all(ada, [f"Old {number}" for number in range(1, OLD + 1)])
    tab.talk_to(grace)
    expect(tab.message(f"Old {OLD}")).to_be_in_viewport()
    tab.link("Chats").click()
    expect(tab.row(grace.name)).not_to_have_accessible_name(unread())
    grace.post_all(ada, [f"New {number}" for number in range(1, new + 1)])
    expect(tab.row(grace.name)).to_have_accessible_name(unread(new))
    return tab


def test_it_opens_at_the_first_that_is_new_and_scrolling_reads(behind, ada, grace):
    tab = behind
    second = ada.new_tab()
    tab.talk_to(grace)
    expect(divider(tab)).to_have_text(f"{NEW} new messages")
    expect(divider(tab)).to_be_in_viewport()
    # A little of what was before stands above it.
    for text in (f"Old {OLD}", "New 1"):
        expect(tab.message(text)).to_be_in_viewport()
    expect(tab.message(f"New {NEW}")).not_to_be_in_viewport()
    # What is in view is read, and no more.
    expect(tab.row(grace.name)).not_to_have_accessible_name(unread(NEW))
    left = left_to_read(tab, grace.name)
    assert 20 < left < NEW, left
    expect(tab.jump).to_have_accessible_name(f"To the newest, {left} new messages")
    expect(tab.jump).to_have_text(f"To the newest ({left})")
    expect(tab.message(f"New {NEW - left}")).to_be_in_viewport()
    expect(tab.message(f"New {NEW - left + 2}")).not_to_be_in_viewport()
    expect(second.row(grace.name)).to_have_accessible_name(unread(left))
    scroll(tab, 400)
    expect(tab.row(grace.name)).not_to_have_accessible_name(unread(left))
    fewer = left_to_read(tab, grace.name)
    assert 0 < fewer < left, fewer
    expect(tab.jump).to_have_accessible_name(f"To the newest, {fewer} new messages")
    expect(second.row(grace.name)).to_have_accessible_name(unread(fewer))
    # Back up nothing becomes unread again.
    scroll(tab, -4000)
    expect(tab.message("Old 1")).to_be_in_viewport()
    expect(tab.jump).to_have_accessible_name(f"To the newest, {fewer} new messages")
    tab.jump.click()
    expect(tab.message(f"New {NEW}")).to_be_in_viewport()
    expect(tab.jump).to_be_hidden()
    for each in (tab, second):
        expect(each.row(grace.name)).not_to_have_accessible_name(unread())
        expect(each.page).not_to_have_title(re.compile(r"^\("))
    # The divider stays as long as one is here, and goes with the next visit.
    expect(divider(tab)).to_have_text(f"{NEW} new messages")
    tab.page.reload()
    expect(tab.message(f"New {NEW}")).to_be_in_viewport()
    expect(divider(tab)).to_have_count(0)


@pytest.mark.parametrize("behind", [MANY], indirect=True)
def test_it_opens_there_too_where_more_is_new_than_a_page_holds(behind, ada, grace):
    tab = behind.talk_to(grace)
    expect(divider(tab)).to_have_text(f"{MANY} new messages")
    for text in (f"Old {OLD}", "New 1"):
        expect(tab.message(text)).to_be_in_viewport()
    expect(divider(tab)).to_be_in_viewport()
    expect(tab.page).to_have_url(re.compile(r"/conversations/\d+$"))
    # Whatever is not in the page yet counts.
    expect(tab.row(grace.name)).not_to_have_accessible_name(unread(MANY))
    left = left_to_read(tab, grace.name)
    assert MANY - 25 < left < MANY, left
    expect(tab.jump).to_have_accessible_name(f"To the newest, {left} new messages")
    # Down to the end, part by part, under one divider.
    last = tab.message(f"New {MANY}")
    for _ in range(500):
        if last.count() and tab.jump.is_hidden():
            break
        scroll(tab, 150)
        tab.page.evaluate("new Promise(requestAnimationFrame)")
    expect(last).to_be_in_viewport()
    expect(divider(tab)).to_have_text([f"{MANY} new messages"])
    expect(tab.row(grace.name)).not_to_have_accessible_name(unread())
    expect(tab.messages).to_have_count(OLD + MANY)
    grace.post(ada, "And live")
    expect(tab.message("And live")).to_be_in_viewport()


def test_a_page_that_is_loaded_opens_there_too(behind, ada, grace):
    path = behind.row(grace.name).get_attribute("href")
    behind.open(path)
    for text in (f"Old {OLD}", "New 1"):
        expect(behind.message(text)).to_be_in_viewport()
    expect(divider(behind)).to_be_in_viewport()
    expect(behind.jump).to_have_accessible_name(re.compile(r"^To the newest, \d+ new messages$"))
    # From here on this browser says that it tells by itself what is read.
    cookie = next(each for each in ada.context.cookies() if each["name"] == "marks")
    assert (cookie["value"], cookie["path"], cookie["sameSite"], cookie["secure"]) == ("1", "/", "Lax", False)


@pytest.mark.known("carol")
def test_who_goes_back_is_where_one_was(behind, grace, person):
    carol = person("Carol Shaw")
    tab = behind.talk_to(grace)
    tab.jump.click()
    expect(tab.row(grace.name)).not_to_have_accessible_name(unread())
    scroll(tab, -600)
    seen = tab.message("New 30")
    expect(tab.message(f"New {NEW}")).not_to_be_in_viewport()
    seen.scroll_into_view_if_needed()
    before = seen.bounding_box()["y"]
    tab.talk_to(carol)
    grace.tab.talk_to(tab.person).say("While you were away")
    expect(tab.row(grace.name)).to_have_accessible_name(unread(1))
    tab.page.go_back()
    expect(tab.heading(grace.name)).to_be_visible()
    expect(seen).to_be_in_viewport()
    assert abs(seen.bounding_box()["y"] - before) < 2
    expect(tab.row(grace.name)).to_have_accessible_name(unread(1))
    expect(tab.jump).to_have_accessible_name("To the newest, 1 new message")
    # Who comes by the list comes for what is new.
    tab.talk_to(carol)
    tab.talk_to(grace)
    expect(tab.message("While you were away")).to_be_in_viewport()
    expect(tab.row(grace.name)).not_to_have_accessible_name(unread())


def test_where_all_fits_one_is_at_the_end_and_has_read_it(ada, grace):
    grace.post_all(ada, ["One", "Two", "Three"])
    expect(ada.tab.row(grace.name)).to_have_accessible_name(unread(3))
    tab = ada.tab.talk_to(grace)
    expect(divider(tab)).to_have_text("3 new messages")
    expect(tab.message("Three")).to_be_in_viewport()
    expect(tab.jump).to_be_hidden()
    expect(tab.row(grace.name)).not_to_have_accessible_name(unread())


def test_the_way_to_the_newest_is_there_wherever_one_is_not_at_the_end(behind, grace):
    tab = behind.talk_to(grace)
    tab.jump.click()
    expect(tab.jump).to_be_hidden()
    scroll(tab, -300)
    expect(tab.jump).to_have_accessible_name("To the newest")
    scroll(tab, 300)
    expect(tab.jump).to_be_hidden()


def test_one_scroll_is_few_requests(behind, grace):
    tab = behind
    marks = []
    tab.page.on("request", lambda request: request.url.endswith("/read") and marks.append(time.monotonic()))
    tab.talk_to(grace)
    expect(divider(tab)).to_be_in_viewport()
    while tab.jump.is_visible():
        scroll(tab, 40)
        tab.page.evaluate("new Promise(requestAnimationFrame)")
    expect(tab.row(grace.name)).not_to_have_accessible_name(unread())
    gaps = [later - one for one, later in zip(marks, marks[1:])]
    assert marks and min(gaps, default=1) > 0.8, gaps


def test_what_was_read_last_is_told_when_one_leaves(behind, ada, grace):
    tab = behind.talk_to(grace)
    expect(tab.row(grace.name)).not_to_have_accessible_name(unread(NEW))
    tab.jump.click()
    expect(tab.message(f"New {NEW}")).to_be_in_viewport()
    # Within the second in which it gathers.
    tab.link("Settings").click()
    expect(tab.heading("Settings")).to_be_visible()
    tab.link("Chats").click()
    expect(tab.row(grace.name)).not_to_have_accessible_name(unread())


def test_what_could_not_be_told_is_told_later(behind, ada, grace):
    ada.expect_errors("net::ERR_")
    tab = behind
    held = Held(tab.page, "**/read")
    with tab.page.expect_request("**/read"):
        tab.talk_to(grace)
    for route in held.routes:
        route.abort()
    held.routes.clear()
    held.let_go()
    expect(tab.row(grace.name)).to_have_accessible_name(unread(NEW))
    scroll(tab, 60)
    tab.jump.click()
    expect(tab.row(grace.name)).not_to_have_accessible_name(unread())
