"""Editing one's own message in place, and what others see of it."""

import re

import pytest
from playwright.sync_api import expect

from acts import do, focus, notice, open_sheet, strip
from announcer import listen, wait_for_said
from axe import Findings
from groups import make, open_group
from test_phone import PHONE


@pytest.fixture
def said(talk):
    mine, hers = talk
    mine.say("A mistake")
    expect(hers.sent("A mistake")).to_have_count(1)
    return talk


def expect_editing(tab, text):
    expect(strip(tab).get_by_text("Editing", exact=True)).to_be_visible()
    expect(tab.composer).to_be_focused()
    expect(tab.composer).to_have_value(text)


def expect_left(tab, text=""):
    expect(strip(tab)).to_be_empty()
    expect(tab.composer).to_have_value(text)
    expect(tab.button("Send")).to_be_visible()


def test_it_changes_for_both_at_once(said):
    mine, hers = said
    do(mine, "A mistake", "Edit")
    expect_editing(mine, "A mistake")
    expect(mine.message("A mistake")).to_have_class(re.compile(r"\bringed\b"))
    mine.composer.fill("No **mistake**")
    mine.button("Save").click()
    expect_left(mine)
    for tab in said:
        message = tab.messages.last
        expect(message).to_contain_text("No mistake")
        expect(message.locator("strong")).to_have_text("mistake")
        expect(message).to_contain_text("edited")
        expect(tab.page.get_by_text("A mistake", exact=True)).to_have_count(0)
    expect(mine.messages.last).not_to_have_class(re.compile("ringed"))
    # What was written is what one edits again.
    mine.composer.press("ArrowUp")
    expect_editing(mine, "No **mistake**")


def test_up_in_an_empty_field_takes_the_last_own_one(said):
    mine, hers = said
    hers.say("From Grace")
    expect(mine.messages).to_have_count(2)
    mine.composer.press("ArrowUp")
    expect_editing(mine, "A mistake")
    mine.page.keyboard.type(", mended")
    mine.page.keyboard.press("Enter")
    expect_left(mine)
    expect(hers.sent("A mistake, mended")).to_have_count(1)
    # What stands in the field is not touched.
    mine.page.keyboard.type("New")
    mine.page.keyboard.press("ArrowUp")
    expect(strip(mine)).to_be_empty()
    expect(mine.composer).to_have_value("New")


def test_by_a_letter(said):
    mine, hers = said
    listen(mine)
    focus(mine, "A mistake")
    mine.page.keyboard.press("t")
    expect_editing(mine, "A mistake")
    wait_for_said(mine, "Editing your message. Escape leaves it as it was.")
    mine.page.keyboard.type("!")
    mine.page.keyboard.press("Enter")
    expect(hers.sent("A mistake!")).to_have_count(1)
    wait_for_said(mine, "Message edited")


@pytest.mark.parametrize("way", ["Escape", "button"])
def test_leaving_it_brings_the_draft_back(said, way):
    mine, hers = said
    mine.composer.fill("Half a thought")
    do(mine, "A mistake", "Edit")
    expect_editing(mine, "A mistake")
    mine.page.keyboard.type(" and more")
    if way == "Escape":
        mine.page.keyboard.press("Escape")
    else:
        mine.button("Stop editing").click()
    expect_left(mine, "Half a thought")
    expect(mine.composer).to_be_focused()
    expect(mine.heading("Grace Hopper")).to_be_visible()
    expect(hers.sent("A mistake")).to_have_count(1)


def test_the_draft_stays_what_it_was_meanwhile(said):
    mine, _ = said
    mine.composer.fill("Half a thought")
    do(mine, "A mistake", "Edit")
    expect_editing(mine, "A mistake")
    mine.page.keyboard.type(" and more")
    mine.page.reload()
    expect_left(mine, "Half a thought")


def test_two_tabs_at_once_see_both_wordings(said, ada, grace):
    mine, hers = said
    ada.expect_errors("409")
    other = ada.new_tab().talk_to(grace)
    for tab in (mine, other):
        do(tab, "A mistake", "Edit")
        expect_editing(tab, "A mistake")
    mine.composer.fill("First")
    mine.page.keyboard.press("Enter")
    expect(hers.sent("First")).to_have_count(1)
    other.composer.fill("Second")
    other.composer.press("Enter")
    expect(other.page.get_by_role("alert")).to_contain_text("changed while you were editing it")
    expect(strip(other).get_by_text("First", exact=True).last).to_be_visible()
    expect(other.composer).to_have_value("Second")
    # Knowing that, one may.
    other.composer.press("Enter")
    expect(hers.sent("Second")).to_have_count(1)


def test_what_is_refused_stays_in_the_field(said, ada):
    mine, hers = said
    ada.expect_errors("422")
    mine.composer.press("ArrowUp")
    expect_editing(mine, "A mistake")
    mine.composer.fill("")
    mine.composer.press("Enter")
    expect(mine.page.get_by_role("alert")).not_to_be_empty()
    expect(strip(mine)).to_contain_text("Editing")
    expect(hers.sent("A mistake")).to_have_count(1)


def test_it_ends_where_the_message_is_deleted(said, ada, grace):
    mine, _ = said
    other = ada.new_tab().talk_to(grace)
    mine.composer.fill("A draft")
    do(mine, "A mistake", "Edit")
    expect_editing(mine, "A mistake")
    do(other, "A mistake", "Delete")
    expect_left(mine, "A draft")
    expect(notice(mine, "This message was deleted.")).to_be_visible()


@pytest.fixture
def moderated(ada, grace):
    """A group of Ada and Grace, in which Ada may delete what Grace says."""
    make(ada.tab, "Walkers", grace)
    return ada.tab, open_group(grace.tab.open(), "Walkers")


def test_what_one_wrote_stays_as_a_draft_where_another_deletes_it(moderated):
    theirs, tab = moderated
    tab.say("A mistake")
    do(tab, "A mistake", "Edit")
    expect_editing(tab, "A mistake")
    tab.page.keyboard.type(", mended at length")
    do(theirs, "A mistake", "Delete")
    expect_left(tab, "A mistake, mended at length")
    expect(tab.composer).to_be_focused()
    expect(notice(tab, "This message was deleted.")).to_be_visible()
    tab.page.reload()
    expect_left(tab, "A mistake, mended at length")


def test_where_there_was_a_draft_that_stays_and_the_text_can_be_copied(moderated, grace):
    theirs, tab = moderated
    grace.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.say("A mistake")
    tab.composer.fill("Half a thought")
    do(tab, "A mistake", "Edit")
    expect_editing(tab, "A mistake")
    tab.page.keyboard.type(", mended at length")
    do(theirs, "A mistake", "Delete")
    expect_left(tab, "Half a thought")
    expect(notice(tab, "This message was deleted.")).to_be_visible()
    tab.button("Copy what you wrote").click()
    expect(notice(tab, "This message was deleted.")).to_have_count(0)
    assert tab.page.evaluate("navigator.clipboard.readText()") == "A mistake, mended at length"


def test_on_a_phone(ada, grace, person):
    ada.post(grace, "A mistake")
    tab = person("Ada Lovelace", **PHONE).tab.open()
    tab.row(grace.name).tap()
    open_sheet(tab, "A mistake").get_by_role("button", name="Edit", exact=True).tap()
    expect_editing(tab, "A mistake")
    tab.composer.fill("Mended")
    tab.button("Save").tap()
    expect(tab.sent("Mended")).to_have_count(1)
    expect_left(tab)


def test_axe(said):
    mine, _ = said
    findings = Findings()
    do(mine, "A mistake", "Edit")
    expect_editing(mine, "A mistake")
    findings.check(mine, "editing")
    findings.expect_none()
