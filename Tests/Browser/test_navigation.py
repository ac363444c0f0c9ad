"""From one conversation to another, and back: the page stays, and so does one's place in each."""

import re

import pytest
from playwright.sync_api import expect

from database import add_messages, add_people
from held import Held

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def path_of(tab):
    return tab.page.url.removeprefix(tab.person.url)


def test_another_conversation_comes_into_the_same_page(ada, grace, carol):
    tab = ada.tab.talk_to(grace)
    tab.say("For Grace")
    grace_path = path_of(tab)
    tab.mark()
    tab.talk_to(carol)
    expect(tab.composer).to_be_focused()
    expect(tab.messages).to_have_count(0)
    tab.say("For Carol")
    carol_path = path_of(tab)
    assert grace_path != carol_path
    expect(tab.page).to_have_title("Carol Shaw · Nextalk")
    expect(tab.row(carol.name)).to_have_attribute("aria-current", "page")
    expect(tab.row(grace.name)).not_to_have_attribute("aria-current", "page")

    tab.page.go_back()
    expect(tab.heading(grace.name)).to_be_visible()
    expect(tab.sent("For Grace")).to_be_visible()
    assert path_of(tab) == grace_path
    tab.page.go_back()
    expect(tab.heading("Choose someone to write to")).to_be_visible()
    tab.page.go_forward()
    expect(tab.sent("For Grace")).to_be_visible()
    tab.expect_not_reloaded()
    # The same address is the same page when it is loaded.
    tab.page.reload()
    expect(tab.sent("For Grace")).to_be_visible()


def test_what_comes_for_a_conversation_that_was_left_counts_and_is_there_on_return(ada, grace, carol):
    tab = ada.tab.talk_to(grace)
    tab.mark()
    tab.talk_to(carol)
    grace.tab.talk_to(ada).say("While you were with Carol")
    expect(tab.row(grace.name)).to_have_accessible_name(re.compile(r"\b1 unread\b"))
    tab.talk_to(grace)
    expect(tab.sent("While you were with Carol")).to_be_visible()
    expect(tab.row(grace.name)).not_to_have_accessible_name(re.compile("unread"))
    grace.tab.say("Live")
    expect(tab.sent("Live")).to_be_visible()
    tab.expect_not_reloaded()


def test_what_comes_while_the_page_is_on_its_way_is_not_lost(ada, grace, carol):
    tab = ada.tab.talk_to(grace)
    tab.say("First")
    tab.talk_to(carol)
    tab.mark()
    grace.tab.talk_to(ada)
    answers = []

    def keep_back(route):
        answers.append((route, route.fetch()))

    tab.page.route(re.compile(r"/(people|conversations)/\d+\?around=unread$"), keep_back)
    tab.row(grace.name).click()
    expect(tab.row(grace.name)).to_have_attribute("aria-current", "page")
    for _ in range(500):
        if answers:
            break
        tab.page.wait_for_timeout(10)
    grace.tab.say("After the page was made")
    expect(tab.row(grace.name)).to_contain_text("After the page was made")
    route, answer = answers[0]
    route.fulfill(response=answer)
    expect(tab.messages).to_contain_text(["First", "After the page was made"])
    tab.expect_not_reloaded()


def test_the_last_of_several_that_were_pressed_is_the_one_that_opens(ada, grace, carol):
    tab = ada.tab.talk_to(grace)
    tab.say("With Grace")
    tab.talk_to(carol).say("With Carol")
    tab.link("Close the conversation").click()
    expect(tab.composer).to_have_count(0)
    held = Held(tab.page, f"**/people/{grace.id}?around=unread")
    tab.row(grace.name).click()
    tab.row(carol.name).click()
    expect(tab.sent("With Carol")).to_be_visible()
    held.let_go()
    tab.say("Still with Carol")
    assert path_of(tab) == tab.row(carol.name).get_attribute("href")
    expect(tab.heading(carol.name)).to_be_visible()


def test_without_a_line_one_stays_where_one_is_and_is_told(ada, grace, carol):
    tab = ada.tab.talk_to(grace)
    tab.mark()
    ada.expect_errors("net::ERR_")
    tab.page.route("**/people/*", lambda route: route.abort())
    tab.row(carol.name).click()
    expect(tab.page.get_by_role("status").get_by_text("That did not work. Try again.")).to_be_visible()
    expect(tab.heading(grace.name)).to_be_visible()
    expect(tab.row(grace.name)).to_have_attribute("aria-current", "page")
    tab.page.unroute_all()
    tab.talk_to(carol)
    tab.expect_not_reloaded()


def top_of(tab, text):
    box = tab.message(text).bounding_box()
    return box["y"] if box else None


def expect_at(tab, text, y):
    expect(tab.message(text)).to_be_in_viewport()
    assert abs(top_of(tab, text) - y) < 3, "the place was lost"


@pytest.fixture
def long_talk(server, ada, grace):
    """Ada and Grace have 300 messages; Ada has scrolled up to the 200th."""
    tab = ada.tab.talk_to(grace)
    tab.say("The first")
    add_messages(server, ada, grace, 300)
    tab.page.reload()
    expect(tab.message("Message 300.")).to_be_in_viewport()
    tab.log.hover()
    for _ in range(500):
        if tab.message("Message 200.").count():
            break
        tab.page.mouse.wheel(0, -1500)
        tab.page.evaluate("new Promise(requestAnimationFrame)")
    expect(tab.message("Message 200.")).to_have_count(1)
    tab.message("Message 200.").scroll_into_view_if_needed()
    expect(tab.message("Message 200.")).to_be_in_viewport()
    return tab


def test_the_place_in_each_conversation_is_kept(long_talk, carol, grace):
    tab = long_talk
    tab.mark()
    y = top_of(tab, "Message 200.")
    tab.talk_to(carol)
    tab.talk_to(grace)
    expect_at(tab, "Message 200.", y)
    tab.page.go_back()
    expect(tab.heading(carol.name)).to_be_visible()
    tab.page.go_forward()
    expect(tab.heading(grace.name)).to_be_visible()
    expect_at(tab, "Message 200.", y)
    tab.expect_not_reloaded()


def test_the_place_outlives_a_reload_and_a_page_elsewhere(long_talk):
    tab = long_talk
    y = top_of(tab, "Message 200.")
    tab.page.reload()
    expect_at(tab, "Message 200.", y)
    tab.link("Settings").click()
    expect(tab.heading("Settings")).to_be_visible()
    tab.page.go_back()
    expect_at(tab, "Message 200.", y)


def test_the_list_stays_where_it_was_scrolled_to(server, ada, grace):
    add_people(server, [f"Person Number {number}" for number in range(40)])
    tab = ada.tab
    tab.page.reload()
    rows = tab.page.locator("#rows")
    tab.row("Person Number 27").scroll_into_view_if_needed()
    y = rows.evaluate("rows => rows.scrollTop")
    assert y > 200
    tab.row("Person Number 27").click()
    expect(tab.heading("Person Number 27")).to_be_visible()
    assert abs(rows.evaluate("rows => rows.scrollTop") - y) < 2
    tab.page.reload()
    expect(tab.row("Person Number 27")).to_be_in_viewport()
    assert abs(rows.evaluate("rows => rows.scrollTop") - y) < 2
    # From elsewhere, with another row chosen: that one shows.
    tab.link("Settings").click()
    expect(tab.heading("Settings")).to_be_visible()
    tab.page.go_back()
    expect(tab.row("Person Number 27")).to_be_in_viewport()


@pytest.mark.known("ada")
@pytest.mark.parametrize("way", ["the arrow", "the system's Back"])
def test_on_a_phone_the_arrow_and_back_lead_to_the_list_once(person, grace, way):
    phone = person("Ada Lovelace", **PHONE)
    tab = phone.tab
    before = tab.page.evaluate("history.length")
    tab.row(grace.name).tap()
    expect(tab.heading(grace.name)).to_be_visible()
    if way == "the arrow":
        tab.link("Back to the list").tap()
    else:
        tab.page.go_back()
    expect(tab.sidebar).to_be_visible()
    expect(tab.composer).to_have_count(0)
    assert path_of(tab) == "/"
    # No more of them than before, but for the one to go forward to.
    assert tab.page.evaluate("history.length") == before + 1
    tab.row(grace.name).tap()
    expect(tab.heading(grace.name)).to_be_visible()
    assert tab.page.evaluate("history.length") == before + 1


@pytest.mark.known("ada")
def test_on_a_phone_a_conversation_that_was_opened_by_its_address_leads_to_the_list(person, grace):
    phone = person("Ada Lovelace", **PHONE)
    tab = phone.tab
    tab.page.goto("about:blank")
    tab.open(f"/people/{grace.id}")
    length = tab.page.evaluate("history.length")
    tab.link("Back to the list").tap()
    expect(tab.sidebar).to_be_visible()
    assert path_of(tab) == "/"
    assert tab.page.evaluate("history.length") == length


def test_a_conversation_that_is_not_ones_own_shows_the_servers_page(ada, grace):
    tab = ada.tab.talk_to(grace)
    ada.expect_errors("404")
    tab.page.evaluate("document.querySelector('.row a').href = '/people/987654'")
    tab.row(grace.name).click()
    expect(tab.heading("Nothing here")).to_be_visible()


def test_older_messages_that_come_too_late_are_not_put_into_another_conversation(long_talk, carol):
    tab = long_talk
    carol.post(tab.person, "From Carol")
    expect(tab.row(carol.name)).to_contain_text("From Carol")
    held = Held(tab.page, "**/*before=*")
    with tab.page.expect_request("**/*before=*"):
        tab.page.locator(".scroller").evaluate("scroller => { scroller.scrollTop = -1e6 }")
    tab.talk_to(carol)
    with tab.page.expect_response("**/*before=*"):
        held.let_go()
    tab.say("To Carol")
    expect(tab.messages).to_contain_text(["From Carol", "To Carol"])
    expect(tab.messages).to_have_count(2)


def test_where_something_is_unread_one_comes_to_that(long_talk, carol, grace):
    tab = long_talk
    tab.talk_to(carol)
    grace.post(tab.person, "Something new")
    expect(tab.row(grace.name)).to_have_accessible_name(re.compile(r"\b1 unread\b"))
    tab.talk_to(grace)
    expect(tab.sent("Something new")).to_be_in_viewport()
    expect(tab.page.get_by_text("1 new message", exact=True)).to_be_visible()


def test_back_and_forth_again_before_anything_came(ada, grace):
    tab = ada.tab.talk_to(grace)
    tab.say("Hello")
    tab.mark()
    held = Held(tab.page, re.compile(r"/$"))
    tab.page.go_back(wait_until="commit")
    tab.page.go_forward(wait_until="commit")
    held.let_go()
    tab.say("Still here")
    expect(tab.messages).to_have_count(2)
    expect(tab.row(grace.name)).to_have_attribute("aria-current", "page")
    assert path_of(tab) == f"/people/{grace.id}"
    tab.expect_not_reloaded()
