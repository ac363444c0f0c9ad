"""Deleting a message, and taking that back."""

import pytest
from playwright.sync_api import expect

from acts import do, focus, item, notice, open_sheet, quote
from announcer import listen, wait_for_said
from axe import Findings
from groups import make, open_group
from pictures import file
from test_phone import PHONE

GONE = "Message deleted"


def gone(tab):
    return tab.messages.filter(has_text=GONE)


@pytest.mark.alone
def test_it_is_gone_for_both_and_comes_back(talk):
    mine, hers = talk
    mine.say("A slip")
    expect(hers.sent("A slip")).to_have_count(1)
    do(mine, "A slip", "Delete")
    for tab in talk:
        expect(gone(tab)).to_have_count(1)
        expect(tab.page.get_by_text("A slip")).to_have_count(0)
        expect(tab.rows.first).to_contain_text(GONE)
    expect(notice(mine, "Message deleted.")).to_be_visible()
    expect(hers.button("Undo")).to_have_count(0)
    mine.button("Undo").click()
    for tab in talk:
        expect(tab.sent("A slip")).to_have_count(1)
        expect(gone(tab)).to_have_count(0)
    expect(mine.button("Undo")).to_have_count(0)


def test_undo_goes_after_ten_seconds(talk):
    mine, _ = talk
    mine.say("A slip")
    mine.page.clock.install()
    do(mine, "A slip", "Delete")
    expect(mine.button("Undo")).to_be_visible()
    mine.page.clock.run_for(9_000)
    expect(mine.button("Undo")).to_be_visible()
    mine.page.clock.run_for(1_500)
    expect(mine.button("Undo")).to_have_count(0)


@pytest.mark.alone
def test_by_keyboard(talk):
    mine, hers = talk
    mine.say("Stays")
    mine.say("A slip")
    focus(mine, "A slip")
    mine.page.keyboard.press("Delete")
    expect(gone(hers)).to_have_count(1)
    # One is still where one was.
    expect(gone(mine)).to_be_focused()
    mine.page.keyboard.press("z")
    expect(hers.sent("A slip")).to_have_count(1)
    expect(mine.message("A slip")).to_be_focused()
    mine.page.keyboard.press("ArrowUp")
    expect(mine.message("Stays")).to_be_focused()


def reach(tab, button):
    """By Tab alone: the lines at the edge stand before what one writes in."""
    for _ in range(40):
        if button.evaluate("button => button === document.activeElement"):
            return
        tab.page.keyboard.press("Shift+Tab")
    raise AssertionError("Tab does not lead there")


@pytest.mark.alone
def test_undo_by_keyboard_leads_to_what_is_back(talk):
    mine, hers = talk
    listen(mine)
    mine.say("A slip")
    mine.say("Stays")
    do(mine, "A slip", "Delete")
    expect(gone(mine)).to_be_focused()
    reach(mine, mine.button("Undo"))
    mine.page.keyboard.press("Enter")
    expect(hers.sent("A slip")).to_have_count(1)
    expect(mine.message("A slip")).to_be_focused()
    wait_for_said(mine, "Message is back")
    mine.page.keyboard.press("ArrowDown")
    expect(mine.message("Stays")).to_be_focused()


def test_undo_that_comes_too_late_says_only_that(talk, ada):
    mine, _ = talk
    ada.expect_errors("409")
    listen(mine)
    mine.say("A slip")
    mine.page.clock.install()
    do(mine, "A slip", "Delete")
    expect(mine.button("Undo")).to_be_visible()
    mine.page.route("**/undo", lambda route: route.fulfill(status=409, body="<p>It is too late to undo this.</p>"))
    mine.button("Undo").click()
    expect(notice(mine, "It is too late to undo this.")).to_be_visible()
    expect(gone(mine)).to_have_count(1)
    assert "Message is back" not in mine.page.evaluate("window.said")


def test_the_pictures_of_the_details_follow(talk):
    mine, hers = talk
    hers.send(file("lake.jpg"), file("lake.jpg"), text="Look")
    expect(mine.messages.last.get_by_role("img")).to_have_count(2)
    mine.main.get_by_role("link", name="Details", exact=True).click()
    pictures = mine.page.locator(".pictures").get_by_role("listitem")
    expect(pictures).to_have_count(2)
    mine.mark()
    do(hers, "Look", "Delete")
    expect(gone(hers)).to_have_count(1)
    expect(pictures).to_have_count(0)
    mine.expect_not_reloaded()


@pytest.mark.alone
def test_on_a_phone(ada, grace, person):
    ada.post(grace, "A slip")
    tab = person("Ada Lovelace", **PHONE).tab.open()
    tab.row(grace.name).tap()
    open_sheet(tab, "A slip").get_by_role("button", name="Delete", exact=True).tap()
    expect(gone(tab)).to_have_count(1)
    tab.button("Undo").tap()
    expect(tab.sent("A slip")).to_have_count(1)


def test_by_an_administrator(ada, grace):
    make(ada.tab, "Walkers", grace)
    hers = open_group(grace.tab.open(), "Walkers")
    hers.say("Not here")
    expect(ada.tab.message("Not here")).to_have_count(1)
    do(ada.tab, "Not here", "Delete")
    for tab in (ada.tab, hers):
        expect(tab.messages.last).to_contain_text("Message deleted by an administrator")


@pytest.mark.alone
def test_a_bystander_sees_that_and_its_undo(ada, grace, carol):
    mine = make(ada.tab, "Walkers", grace, carol)
    tabs = (mine, open_group(grace.tab.open(), "Walkers"), open_group(carol.tab.open(), "Walkers"))
    tabs[1].say("Not here")
    for tab in tabs:
        expect(tab.sent("Not here")).to_have_count(1)
        tab.mark()
    do(mine, "Not here", "Delete")
    for tab in tabs:
        expect(tab.messages.last).to_contain_text("Message deleted by an administrator")
        expect(tab.page.get_by_text("Not here", exact=True)).to_have_count(0)
    for tab in tabs[1:]:
        expect(tab.button("Undo")).to_have_count(0)
    mine.button("Undo").click()
    for tab in tabs:
        expect(tab.sent("Not here")).to_have_count(1)
        expect(gone(tab)).to_have_count(0)
        tab.expect_not_reloaded()


def test_an_answer_to_it_shows_nothing_of_it(talk):
    mine, hers = talk
    hers.say("A slip")
    do(mine, "A slip", "Reply")
    mine.write("An answer")
    expect(quote(hers, "An answer")).to_contain_text("A slip")
    do(hers, "A slip", "Delete")
    for tab in talk:
        expect(quote(tab, "An answer")).not_to_contain_text("A slip")
        expect(quote(tab, "An answer")).to_contain_text(GONE)


def delete_picture(tab):
    """The button beside a picture that is shown large."""
    return tab.gallery.get_by_role("button", name="Delete this picture", exact=True)


def open_picture(tab, message, name):
    message.get_by_role("link", name=name).click()
    expect(tab.gallery.get_by_role("img", name=name)).to_be_visible()


@pytest.mark.alone
def test_one_picture_alone(talk):
    mine, hers = talk
    sent = mine.send(file("lake.jpg"), file("hills.jpg"), words=["A lake", "Hills"])
    expect(hers.images(hers.messages.last)).to_have_count(2)
    open_picture(mine, sent, "A lake")
    findings = Findings()
    findings.check(mine, "a picture shown large")
    findings.expect_none()
    delete_picture(mine).click()
    expect(mine.gallery).to_be_hidden()
    for tab in talk:
        expect(tab.messages.last.get_by_role("img", name="Hills")).to_have_count(1)
        expect(tab.messages.last.get_by_role("img", name="A lake")).to_have_count(0)
        expect(gone(tab)).to_have_count(0)
    expect(notice(mine, "Picture deleted.")).to_be_visible()
    # What is left is the message, which the menu deletes.
    open_picture(mine, mine.messages.last, "Hills")
    expect(delete_picture(mine)).to_be_hidden()
    mine.page.keyboard.press("Escape")
    mine.button("Undo").click()
    for tab in talk:
        expect(tab.images(tab.messages.last)).to_have_count(2)


@pytest.mark.alone
def test_one_picture_of_a_message_with_words_by_keyboard(talk):
    mine, hers = talk
    sent = mine.send(file("lake.jpg"), text="Look", words=["A lake"])
    sent.get_by_role("link", name="A lake").focus()
    mine.page.keyboard.press("Enter")
    expect(mine.gallery.get_by_role("button", name="Close", exact=True)).to_be_focused()
    mine.page.keyboard.press("Tab")
    expect(delete_picture(mine)).to_be_focused()
    mine.page.keyboard.press("Enter")
    expect(hers.images(hers.sent("Look"))).to_have_count(0)
    expect(mine.sent("Look")).to_have_count(1)
    listen(mine)
    reach(mine, mine.button("Undo"))
    mine.page.keyboard.press("Enter")
    expect(hers.images(hers.sent("Look"))).to_have_count(1)
    expect(mine.sent("Look")).to_be_focused()
    wait_for_said(mine, "Picture is back")


def test_only_who_may_delete_the_message_may_delete_its_pictures(ada, grace):
    make(ada.tab, "Walkers", grace)
    hers = open_group(grace.tab.open(), "Walkers")
    hers.send(file("lake.jpg"), text="Hers", words=["A lake"])
    ada.tab.send(file("hills.jpg"), text="Mine", words=["Hills"])
    expect(hers.images(hers.messages.last)).to_have_count(1)
    open_picture(hers, hers.messages.last, "Hills")
    expect(delete_picture(hers)).to_be_hidden()
    # The same button, for the next one.
    hers.page.keyboard.press("ArrowRight")
    expect(delete_picture(hers)).to_be_visible()
    open_picture(ada.tab, ada.tab.message("Hers"), "A lake")
    delete_picture(ada.tab).click()
    expect(hers.images(hers.message("Hers"))).to_have_count(0)


def expect_shown(tab, name):
    expect(tab.gallery.get_by_role("img")).to_have_accessible_name(name)
    expect(tab.gallery.get_by_role("paragraph")).to_have_text(name)


@pytest.mark.parametrize("shown, next", [("A lake", "Hills"), ("Hills", "A wood"), ("A wood", "Hills")])
@pytest.mark.alone
def test_one_that_another_looks_at_makes_room_for_what_stood_next_to_it(talk, shown, next):
    mine, hers = talk
    mine.send(file("lake.jpg"), file("hills.jpg"), file("wood.jpg"), words=["A lake", "Hills", "A wood"])
    expect(hers.images(hers.messages.last)).to_have_count(3)
    open_picture(hers, hers.messages.last, shown)
    open_picture(mine, mine.messages.last, shown)
    delete_picture(mine).click()
    expect_shown(hers, next)
    expect(hers.page.get_by_role("img", name=shown, include_hidden=True)).to_have_count(0)
    # The arrows lead on from there.
    hers.page.keyboard.press("ArrowRight")
    hers.page.keyboard.press("ArrowLeft")
    expect_shown(hers, next)
    # It is in the page once more, and what one looks at stays.
    mine.button("Undo").click()
    expect(hers.images(hers.messages.last)).to_have_count(3)
    expect_shown(hers, next)


@pytest.mark.alone
def test_where_there_is_no_other_one_is_back_at_the_message(talk, ada, grace):
    mine, hers = talk
    mine.send(file("lake.jpg"), words=["A lake"])
    other = ada.new_tab().talk_to(grace)
    for tab in (hers, other):
        open_picture(tab, tab.messages.last, "A lake")
    mine.messages.last.hover()
    mine.button("Message options").click()
    item(mine, "Delete").click()
    for tab in (hers, other):
        expect(tab.gallery).to_be_hidden()
        expect(gone(tab)).to_be_focused()
        expect(tab.page.get_by_role("img", name="A lake", include_hidden=True)).to_have_count(0)
    expect(other.page.get_by_text("A lake")).to_have_count(0)
    mine.button("Undo").click()
    expect(hers.images(hers.messages.last)).to_have_count(1)
    expect(hers.gallery).to_be_hidden()


def test_what_else_changes_leaves_the_picture_that_one_looks_at(talk):
    mine, hers = talk
    mine.send(file("lake.jpg"), text="Look", words=["A lake"])
    open_picture(hers, hers.sent("Look"), "A lake")
    mine.composer.press("ArrowUp")
    expect(mine.composer).to_have_value("Look")
    mine.composer.fill("Look there")
    mine.composer.press("Enter")
    expect(hers.sent("Look there")).to_have_count(1)
    expect_shown(hers, "A lake")
    hers.page.keyboard.press("Escape")
    expect(hers.images(hers.messages.last).locator("..")).to_be_focused()


@pytest.mark.alone
def test_one_picture_on_a_phone(ada, grace, person):
    grace.tab.talk_to(ada)
    tab = person("Ada Lovelace", **PHONE).tab.open()
    tab.row(grace.name).tap()
    message = tab.send(file("lake.jpg"), file("hills.jpg"), words=["A lake", "Hills"])
    message.get_by_role("link", name="Hills").tap()
    box = delete_picture(tab).bounding_box()
    assert min(box["width"], box["height"]) >= 44
    close = tab.gallery.get_by_role("button", name="Close", exact=True).bounding_box()
    assert box["y"] == close["y"] and box["x"] + box["width"] <= close["x"]
    delete_picture(tab).tap()
    expect(tab.images(tab.messages.last)).to_have_count(1)
    tab.button("Undo").tap()
    expect(tab.images(tab.messages.last)).to_have_count(2)
