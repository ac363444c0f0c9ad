"""The menu of a message: by mouse, by keyboard and by touch, with what each may do there."""

import re

import pytest
from playwright.sync_api import expect

from acts import do, focus, item, menu, notice, open_menu, open_sheet, sheet
from axe import Findings
from groups import make, open_group
from keyboard import Keys
from test_phone import PHONE
from touch import Finger

OTHERS = ["React", "Reply", "Copy text", "Copy link", "Mark unread", "Pin", "Details"]
OWN = ["React", "Reply", "Copy text", "Copy link", "Edit", "Pin", "Details", "Delete"]


@pytest.fixture
def said(talk):
    """Ada's tab and Grace's, with a message of each."""
    mine, hers = talk
    hers.say("From Grace")
    mine.say("From Ada")
    # It moves the other from under the pointer.
    for tab in talk:
        expect(tab.log.locator("article[data-message-id]")).to_have_count(2)
    return talk


def items(tab):
    return [each.split("\n")[0].strip() for each in menu(tab).get_by_role("menuitem").all_inner_texts()]


def test_what_is_in_it_for_whom(said):
    mine, _ = said
    open_menu(mine, "From Grace")
    assert items(mine) == OTHERS
    mine.page.keyboard.press("Escape")
    expect(menu(mine)).to_have_count(0)
    open_menu(mine, "From Ada")
    assert items(mine) == OWN


def test_in_a_group_administrators_delete_and_pin(ada, grace):
    make(ada.tab, "Walkers", grace)
    ada.tab.say("From Ada")
    hers = open_group(grace.tab.open(), "Walkers")
    hers.say("From Grace")
    open_menu(ada.tab, "From Grace")
    assert items(ada.tab) == [*OTHERS, "Delete"]
    open_menu(hers, "From Ada")
    assert items(hers) == [each for each in OTHERS if each != "Pin"]


def test_a_deleted_message_and_one_that_is_not_sent_have_no_tools(said, ada):
    mine, _ = said
    ada.expect_errors("net::ERR_", "400", "Failed to load")
    mine.message("From Grace").hover()
    options = mine.button("Message options")
    expect(options).to_have_count(1)
    do(mine, "From Ada", "Delete")
    gone = mine.messages.filter(has_text="Message deleted")
    gone.hover()
    expect(options).to_have_count(0)
    mine.page.route("**/messages", lambda route: route.abort())
    mine.write("On its way")
    mine.message("On its way").hover()
    expect(options).to_have_count(0)


def test_there_is_one_set_of_tools(said):
    mine, _ = said
    for text in ("From Grace", "From Ada", "From Grace"):
        mine.message(text).hover()
        expect(mine.message(text).get_by_role("button", name="Reply", exact=True)).to_be_visible()
        expect(mine.button("Message options")).to_have_count(1)
    mine.composer.hover()
    expect(mine.button("Message options")).to_have_count(0)


@pytest.mark.parametrize("size", [(1280, 800), (800, 500), (390, 600)])
def test_it_fits_into_the_view(said, size):
    mine, _ = said
    mine.page.set_viewport_size({"width": size[0], "height": size[1]})
    for text in ("From Grace", "From Ada"):
        open_menu(mine, text)
        expect(menu(mine)).to_be_in_viewport(ratio=1)
        mine.page.keyboard.press("Escape")


def test_escape_a_press_outside_and_tab_close_it(said):
    mine, _ = said
    open_menu(mine, "From Grace")
    expect(mine.button("Message options")).to_have_attribute("aria-expanded", "true")
    mine.page.keyboard.press("Escape")
    expect(menu(mine)).to_have_count(0)
    expect(mine.message("From Grace")).to_be_focused()
    expect(mine.heading("Grace Hopper")).to_be_visible()
    open_menu(mine, "From Grace")
    mine.heading("Grace Hopper").click()
    expect(menu(mine)).to_have_count(0)
    open_menu(mine, "From Grace")
    mine.page.keyboard.press("Tab")
    expect(menu(mine)).to_have_count(0)


def test_it_closes_when_the_message_goes(said):
    mine, hers = said
    open_menu(mine, "From Grace")
    do(hers, "From Grace", "Delete")
    expect(menu(mine)).to_have_count(0)


def test_so_do_the_reactions_to_hand(said):
    mine, hers = said
    do(mine, "From Grace", "React")
    reactions = mine.page.get_by_role("menu", name="React", exact=True)
    expect(reactions).to_be_visible()
    do(hers, "From Grace", "Delete")
    expect(reactions).to_have_count(0)


def test_arrows_lead_through_it_and_letters_do_it(said):
    mine, _ = said
    focus(mine, "From Grace")
    mine.page.keyboard.press("Enter")
    expect(item(mine, "React")).to_be_focused()
    mine.page.keyboard.press("ArrowDown")
    expect(item(mine, "Reply")).to_be_focused()
    mine.page.keyboard.press("End")
    expect(item(mine, "Details")).to_be_focused()
    mine.page.keyboard.press("ArrowDown")
    expect(item(mine, "React")).to_be_focused()
    mine.page.keyboard.press("d")
    expect(mine.heading("Message details")).to_be_visible()


def test_messages_by_keyboard(said):
    mine, _ = said
    keys = Keys(mine)
    focus(mine, "From Grace")
    assert keys.stop
    keys.press("ArrowUp")
    expect(mine.message("From Grace")).to_be_focused()
    keys.press("ArrowDown", "ArrowDown")
    expect(mine.message("From Ada")).to_be_focused()
    # From there to its own time, and on to where one writes.
    keys.press("Tab")
    expect(mine.message("From Ada").locator(".to-details")).to_be_focused()
    keys.press("Tab")
    expect(mine.composer).to_be_focused()
    keys.press("Shift+Tab", "Escape")
    expect(mine.composer).to_be_focused()
    expect(mine.heading("Grace Hopper")).to_be_visible()
    assert not keys.faults


def test_one_is_heard_when_it_has_the_focus(said):
    mine, _ = said
    focus(mine, "From Grace")
    expect(mine.message("From Grace")).to_have_accessible_name(
        re.compile(r"^Grace Hopper: From Grace, \d\d:\d\d$"))


def test_copying(said, ada):
    mine, hers = said
    hers.write("**Bold** and\n- one\n- two")
    ada.context.grant_permissions(["clipboard-read", "clipboard-write"])
    expect(mine.messages).to_have_count(3)
    mine.messages.last.hover()
    mine.button("Message options").click()
    item(mine, "Copy text").click()
    expect(notice(mine, "Copied")).to_be_visible()
    assert mine.page.evaluate("navigator.clipboard.readText()") == "Bold and\n- one\n- two"
    mine.page.keyboard.press("l")
    link = f"{ada.url}/messages/{mine.messages.last.get_attribute('data-message-id')}"
    mine.page.wait_for_function("async (link) => await navigator.clipboard.readText() === link", arg=link)


def test_marking_unread(said):
    mine, _ = said
    do(mine, "From Grace", "Mark unread")
    # In the page that one comes to: what is heard in the conversation goes with it.
    expect(notice(mine, "Marked unread")).to_be_visible()
    expect(mine.row("Grace Hopper")).to_have_accessible_name(re.compile(r"\b1 unread\b"))
    expect(mine.heading("Choose someone to write to")).to_be_visible()


@pytest.mark.alone
def test_in_firefox(firefox, person, ada, grace):
    grace.post(ada, "From Grace")
    mine = person("Ada Lovelace", browser=firefox).tab.open().talk_to(grace)
    hers = grace.tab.open().talk_to(ada)
    do(mine, "From Grace", "React")
    mine.page.get_by_role("menuitem", name="👍", exact=True).click()
    expect(hers.message("From Grace").get_by_role("button", name="👍 1")).to_be_visible()
    mine.page.keyboard.press("r")
    mine.page.keyboard.type("An answer")
    mine.page.keyboard.press("Enter")
    expect(hers.page.locator(".quote")).to_contain_text("From Grace")
    expect(mine.sent("An answer")).to_have_count(1)
    mine.page.keyboard.press("ArrowUp")
    expect(mine.composer).to_have_value("An answer")
    mine.page.keyboard.type("!")
    mine.page.keyboard.press("Enter")
    expect(hers.sent("An answer!")).to_have_count(1)
    do(mine, "An answer!", "Delete")
    expect(hers.messages.last).to_contain_text("Message deleted")
    mine.button("Undo").click()
    expect(hers.sent("An answer!")).to_have_count(1)


@pytest.fixture
def phone(ada, grace, person):
    grace.post(ada, "From Grace")
    ada.post(grace, "From Ada")
    tab = person("Ada Lovelace", **PHONE).tab.open()
    tab.row(grace.name).tap()
    expect(tab.messages).to_have_count(2)
    return tab


def test_a_long_press_opens_a_sheet(phone):
    opened = open_sheet(phone, "From Ada")
    names = [each.strip() for each in opened.locator(".panel > button").all_inner_texts()]
    _, reply, *others = OWN
    assert names == [reply, "Quote a part", *others]
    expect(opened.get_by_role("group", name="React", exact=True).get_by_role("button")).to_have_count(7)
    # The message stays in view above it, and lit.
    bubble = phone.message("From Ada").locator(".bubble").bounding_box()
    panel = opened.locator(".panel").bounding_box()
    assert bubble["y"] + bubble["height"] <= panel["y"]
    small = opened.locator("button").evaluate_all(
        "all => all.map(each => each.getBoundingClientRect()).filter(({ width, height }) => width < 43.5 || height < 47.5).length")
    assert small == 0
    expect(phone.page.get_by_role("status").get_by_text("That did not work")).to_have_count(0)


def test_back_and_a_press_outside_close_it(phone):
    opened = open_sheet(phone, "From Ada")
    phone.page.go_back()
    expect(opened).to_have_count(0)
    expect(phone.heading("Grace Hopper")).to_be_visible()
    open_sheet(phone, "From Grace")
    phone.page.touchscreen.tap(195, 80)
    expect(opened).to_have_count(0)
    expect(phone.heading("Grace Hopper")).to_be_visible()


def test_an_act_of_the_sheet(phone, grace, ada):
    hers = grace.tab.open().talk_to(ada)
    open_sheet(phone, "From Grace").get_by_role("button", name="👍", exact=True).tap()
    expect(sheet(phone)).to_have_count(0)
    expect(hers.message("From Grace").get_by_role("button", name="👍 1")).to_be_visible()
    open_sheet(phone, "From Ada").get_by_role("button", name="Delete", exact=True).tap()
    expect(hers.messages.last).to_contain_text("Message deleted")


def test_a_finger_that_scrolls_opens_nothing(phone):
    finger = Finger(phone)
    # What it needs is there.
    open_sheet(phone, "From Ada")
    phone.page.go_back()
    expect(sheet(phone)).to_have_count(0)
    finger.swipe(phone.message("From Ada").locator(".bubble"), 0, down=-60)
    phone.page.clock.run_for(2000)
    expect(sheet(phone)).to_have_count(0)
    finger.up()


def test_axe(said):
    mine, _ = said
    findings = Findings()
    open_menu(mine, "From Ada")
    findings.check(mine, "tools and menu")
    expect(menu(mine)).to_be_in_viewport(ratio=1)
    findings.expect_none()


def test_axe_on_the_sheet(phone):
    findings = Findings()
    open_sheet(phone, "From Ada")
    findings.check(phone, "sheet")
    expect(sheet(phone)).to_be_visible()
    findings.expect_none()
