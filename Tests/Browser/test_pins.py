"""What is pinned stands under the heading, for everyone in the conversation."""

import pytest
from playwright.sync_api import expect

from acts import do, edit, focus, item, message, notice, open_menu, open_sheet, pinned
from announcer import listen, wait_for_said
from axe import Findings
from database import add_messages, message_id
from groups import add, details, make, open_group
from test_phone import PHONE


@pytest.fixture
def said(talk):
    mine, hers = talk
    hers.say("The bus leaves at nine")
    expect(mine.messages).to_have_count(1)
    return talk


def test_both_see_it_at_once_and_may_take_it_back(said):
    mine, hers = said
    expect(pinned(mine)).to_be_hidden()
    do(mine, "The bus leaves at nine", "Pin")
    for tab in said:
        expect(pinned(tab)).to_contain_text("Pinned")
        expect(pinned(tab)).to_contain_text("The bus leaves at nine")
        expect(pinned(tab)).to_have_js_property("offsetHeight", 44)
    do(hers, "The bus leaves at nine", "Unpin")
    for tab in said:
        expect(pinned(tab)).to_be_hidden()


def test_the_details_follow(said):
    mine, hers = said
    mine.say("The cake is ready")
    expect(message(hers, "The cake is ready")).to_have_count(1)
    do(mine, "The cake is ready", "Pin")
    for tab in said:
        expect(pinned(tab)).to_be_visible()
    listed = details(mine).page.locator("#pinned").get_by_role("listitem")
    expect(listed).to_have_text("Ada Lovelace The cake is ready")
    mine.mark()
    do(hers, "The bus leaves at nine", "Pin")
    expect(listed).to_have_text(["Grace Hopper The bus leaves at nine", "Ada Lovelace The cake is ready"])
    edit(hers, "The bus leaves at nine", "The bus leaves at ten")
    expect(listed.first).to_have_text("Grace Hopper The bus leaves at ten")
    do(hers, "The bus leaves at ten", "Delete")
    expect(listed).to_have_text(["Ada Lovelace The cake is ready"])
    do(hers, "The cake is ready", "Unpin")
    expect(mine.heading("Pinned")).to_be_hidden()
    mine.expect_not_reloaded()


def test_by_keyboard(said):
    mine, hers = said
    listen(mine)
    focus(mine, "The bus leaves at nine")
    mine.page.keyboard.press("p")
    expect(pinned(hers)).to_be_visible()
    expect(message(mine, "The bus leaves at nine")).to_be_focused()
    wait_for_said(mine, "Pinned")
    mine.page.keyboard.press("p")
    expect(pinned(hers)).to_be_hidden()
    wait_for_said(mine, "Unpinned")


def test_the_line_leads_to_it(server, said, ada, grace):
    mine, _ = said
    do(mine, "The bus leaves at nine", "Pin")
    expect(pinned(mine)).to_be_visible()
    add_messages(server, ada, grace, 100)
    mine.page.reload()
    expect(message(mine, "Message 100.")).to_be_in_viewport()
    mine.mark()
    pinned(mine).get_by_role("link").first.click()
    expect(message(mine, "The bus leaves at nine")).to_be_focused()
    expect(message(mine, "The bus leaves at nine")).to_be_in_viewport()
    mine.expect_not_reloaded()


def test_of_several_the_last_and_how_many(said):
    mine, hers = said
    mine.say("Bring water")
    for text in ("The bus leaves at nine", "Bring water"):
        do(mine, text, "Pin")
        expect(pinned(hers)).to_contain_text(text)
    expect(pinned(hers)).to_contain_text("1 of 2")
    pinned(hers).get_by_role("link", name="1 of 2", exact=True).click()
    expect(hers.heading("Pinned")).to_be_visible()
    rows = hers.page.locator("#pinned").get_by_role("listitem")
    expect(rows).to_have_count(2)


def test_each_of_several_says_that_it_is_pinned(said):
    mine, _ = said
    mine.say("Bring water")
    for text in ("The bus leaves at nine", "Bring water"):
        do(mine, text, "Pin")
        expect(pinned(mine)).to_contain_text(text)
    do(mine, "The bus leaves at nine", "Unpin")
    expect(pinned(mine)).to_contain_text("Bring water")
    expect(pinned(mine)).not_to_contain_text("1 of 2")


def test_what_is_deleted_is_not_pinned(said):
    mine, hers = said
    do(mine, "The bus leaves at nine", "Pin")
    expect(pinned(hers)).to_be_visible()
    do(hers, "The bus leaves at nine", "Delete")
    for tab in said:
        expect(pinned(tab)).to_be_hidden()


def test_in_a_group_members_see_what_administrators_pin(ada, grace):
    make(ada.tab, "Walkers", grace)
    ada.tab.say("The bus leaves at nine")
    hers = open_group(grace.tab.open(), "Walkers")
    do(ada.tab, "The bus leaves at nine", "Pin")
    expect(pinned(hers)).to_contain_text("The bus leaves at nine")
    # A letter does nothing that one may not do.
    focus(hers, "The bus leaves at nine")
    hers.page.keyboard.press("p")
    expect(pinned(ada.tab)).to_be_visible()
    details(hers)
    expect(hers.heading("Pinned")).to_be_visible()


def test_who_came_later_sees_no_pin_of_what_was_before(ada, grace, carol):
    mine = make(ada.tab, "Walkers", grace, history="only what comes later")
    mine.say("The bus leaves at nine")
    hers = open_group(grace.tab.open(), "Walkers")
    do(mine, "The bus leaves at nine", "Pin")
    expect(pinned(hers)).to_contain_text("The bus leaves at nine")
    add(mine, carol)
    theirs = open_group(carol.tab, "Walkers")
    mine.say("Bring water")
    expect(theirs.sent("Bring water")).to_have_count(1)
    expect(pinned(theirs)).to_be_hidden()
    # Of several it is those that they see.
    do(mine, "Bring water", "Pin")
    expect(pinned(hers)).to_contain_text("1 of 2")
    expect(pinned(theirs)).to_contain_text("Bring water")
    expect(pinned(theirs)).not_to_contain_text("1 of 2")
    do(mine, "Bring water", "Unpin")
    expect(pinned(hers)).to_contain_text("The bus leaves at nine")
    expect(pinned(theirs)).to_be_hidden()
    theirs.page.reload()
    expect(theirs.sent("Bring water")).to_have_count(1)
    expect(pinned(theirs)).to_be_hidden()
    details(theirs)
    expect(theirs.heading("Pinned")).to_have_count(0)
    assert "The bus" not in theirs.page.content()


def test_one_too_many_is_refused_and_the_page_stays(server, said, ada, grace):
    mine, hers = said
    ada.expect_errors("422")
    add_messages(server, ada, grace, 20)
    for number in range(1, 21):
        answer = ada.context.request.post(f"{ada.url}/messages/{message_id(server, f'Message {number}.')}/pin")
        assert answer.ok
    mine.page.reload()
    expect(pinned(mine)).to_contain_text("1 of 20")
    listen(mine)
    do(mine, "The bus leaves at nine", "Pin")
    expect(notice(mine, "This conversation has 20 pinned messages already. Unpin one first.")).to_be_visible()
    for tab in said:
        expect(pinned(tab)).to_contain_text("Message 20.")
        expect(pinned(tab)).to_contain_text("1 of 20")
    assert mine.page.evaluate("window.said") == []
    open_menu(mine, "The bus leaves at nine")
    expect(item(mine, "Pin")).to_be_visible()
    mine.page.keyboard.press("Escape")
    do(mine, "Message 20.", "Unpin")
    expect(pinned(hers)).to_contain_text("1 of 19")
    do(mine, "The bus leaves at nine", "Pin")
    expect(pinned(hers)).to_contain_text("The bus leaves at nine")


def test_on_a_phone(ada, grace, person):
    text = "The bus leaves at nine and waits for nobody, not even for those who have the tickets"
    ada.post(grace, text)
    tab = person("Ada Lovelace", **PHONE).tab.open()
    tab.row(grace.name).tap()
    open_sheet(tab, text).get_by_role("button", name="Pin", exact=True).tap()
    expect(pinned(tab)).to_be_visible()
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_axe(said):
    mine, _ = said
    do(mine, "The bus leaves at nine", "Pin")
    expect(pinned(mine)).to_be_visible()
    findings = Findings()
    findings.check(mine, "a pinned message")
    findings.expect_none()
