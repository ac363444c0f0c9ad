"""All of it by keyboard alone, and every stop can be seen."""

import re

import pytest
from playwright.sync_api import expect

from database import add_messages, add_people
from keyboard import Keys
from people import PASSWORD
from pictures import file


@pytest.fixture
def talking(ada, grace):
    """The keys in Ada's tab, with a conversation open that has messages of both and an image."""
    grace.tab.talk_to(ada).send(file("lake.jpg"), text="Good morning", words=["A lake"])
    ada.post(grace, "Good morning, Grace")
    # The row is put in anew, under whoever presses it.
    expect(ada.tab.row(grace.name)).to_contain_text("Good morning, Grace")
    tab = ada.tab.talk_to(grace)
    expect(tab.messages).to_have_count(2)
    tab.composer.focus()
    return tab, Keys(tab)


def test_from_sign_up_to_a_sent_message_to_settings_and_log_out(grace, person):
    ada = person("Ada Lovelace", signed_up=False)
    tab = ada.tab = ada.new_tab("/signup")
    keys = Keys(tab)
    expect(tab.field("Full name")).to_be_focused()
    keys.type(ada.name)
    keys.press("Tab")
    keys.type(ada.email)
    keys.press("Tab")
    keys.type(PASSWORD)
    keys.press("Tab")
    assert keys.stop == "button Show password"
    keys.press("Space")
    expect(tab.field("Password")).to_have_attribute("type", "text")
    keys.press("Space", "Tab")
    assert keys.stop == "button Create account"
    keys.press("Enter")

    expect(tab.row(grace.name)).to_be_visible()
    keys.go_to("Grace Hopper")
    keys.press("Enter")
    expect(tab.heading(grace.name)).to_be_visible()
    keys.go_to("Message")
    keys.type("Without a mouse")
    keys.press("Shift+Enter")
    keys.type("line two")
    keys.press("Enter")
    expect(grace.tab.row(ada.name)).to_contain_text("Without a mouse")
    expect(tab.log.locator("article[data-message-id]")).to_have_count(1)
    expect(tab.composer).to_be_focused()
    expect(tab.composer).to_have_value("")

    keys.go_to("Settings", "Shift+Tab")
    keys.press("Enter")
    expect(tab.heading("Settings")).to_be_visible()
    keys.go_to("Change$")
    keys.press("Enter")
    expect(tab.heading("Theme")).to_be_visible()
    themes = tab.page.get_by_role("radiogroup", name="Theme", exact=True)
    keys.go_to("System")
    expect(themes.get_by_role("radio", name="System", exact=True)).to_be_focused()
    keys.press("ArrowDown", "ArrowDown")
    expect(themes.get_by_role("radio", name="Dark", exact=True)).to_be_checked()
    assert keys.stop == "input Dark"
    keys.go_to("Save theme")
    keys.press("Enter")
    expect(tab.page.get_by_role("status").get_by_text("saved")).to_be_visible()
    keys.go_to("Log out", "Shift+Tab")
    keys.press("Enter")
    expect(tab.heading("Welcome back")).to_be_visible()
    assert not keys.faults


def test_arrows_move_in_the_list_of_conversations(server, ada, grace):
    add_people(server, ["Alan Turing", "Barbara Liskov"])
    tab = ada.tab.open()
    keys = Keys(tab)
    expect(tab.rows).to_have_count(3)
    keys.go_to("Alan Turing")
    names = ["Alan Turing", "Barbara Liskov", grace.name]
    for at in (1, 2):
        keys.press("ArrowDown")
        expect(tab.row(names[at])).to_be_focused()
    # At its ends it stays.
    keys.press("ArrowDown")
    expect(tab.row(grace.name)).to_be_focused()
    for at in (1, 0):
        keys.press("ArrowUp")
        expect(tab.row(names[at])).to_be_focused()
    keys.press("ArrowUp")
    expect(tab.row("Alan Turing")).to_be_focused()
    assert keys.stop and not keys.faults
    # Nor does it matter that the list changes meanwhile.
    grace.post(ada, "Hello")
    expect(tab.rows.nth(0)).to_contain_text("Hello")
    expect(tab.row("Alan Turing")).to_be_focused()
    keys.press("ArrowUp")
    expect(tab.row(grace.name)).to_be_focused()
    keys.press("Enter")
    expect(tab.heading(grace.name)).to_be_visible()


def test_escape_closes_an_image_and_then_the_conversation(talking):
    tab, keys = talking
    image = tab.log.get_by_role("link", name="A lake", exact=True)
    keys.go_to("A lake", "Shift+Tab")
    expect(image).to_be_focused()
    keys.press("Enter")
    expect(tab.gallery).to_be_visible()
    assert keys.stop.startswith("button")
    keys.press("Escape")
    expect(tab.gallery).to_be_hidden()
    expect(tab.heading("Grace Hopper")).to_be_visible()
    expect(image).to_be_focused()
    keys.press("Escape")
    expect(tab.heading("Choose someone to write to")).to_be_visible()
    assert not keys.faults


def test_escape_leaves_nothing_half_written(talking):
    tab, keys = talking
    keys.type("Half a thought")
    keys.press("Escape")
    expect(tab.heading("Grace Hopper")).to_be_visible()
    expect(tab.composer).to_be_focused()
    expect(tab.composer).to_have_value("Half a thought")
    # From elsewhere in the conversation it leads back to it.
    keys.go_to("A lake", "Shift+Tab")
    keys.press("Escape")
    expect(tab.composer).to_be_focused()
    expect(tab.heading("Grace Hopper")).to_be_visible()
    tab.composer.fill("")
    tab.attach.set_input_files(file("lake.jpg"))
    expect(tab.attached).to_have_count(1)
    tab.composer.press("Escape")
    expect(tab.attached).to_have_count(1)
    tab.attached.get_by_role("button").click()
    expect(tab.attached).to_have_count(0)
    tab.composer.press("Escape")
    expect(tab.heading("Choose someone to write to")).to_be_visible()


def test_from_the_composer_to_search_however_long_the_list_is(server, talking):
    tab, keys = talking
    add_people(server, [f"Member {number:02}" for number in range(28)])
    tab.page.reload()
    expect(tab.rows).to_have_count(29)
    tab.composer.focus()
    assert len(keys.go_to("Find people", "Shift+Tab")) <= 9
    expect(tab.find).to_be_focused()
    # The one stop is the row that is open, and then wherever one was.
    keys.go_to("Grace Hopper")
    keys.press("ArrowDown", "ArrowDown")
    expect(tab.row("Member 01")).to_be_focused()
    keys.press("Tab", "Shift+Tab")
    expect(tab.row("Member 01")).to_be_focused()
    keys.press("End")
    expect(tab.row("Member 27")).to_be_focused()
    keys.press("Home")
    expect(tab.row("Grace Hopper")).to_be_focused()
    assert not keys.faults


def test_from_search_into_what_was_found(server, ada, grace):
    add_people(server, ["Grace Adams", "Alan Turing"])
    tab = ada.tab.open()
    keys = Keys(tab)
    tab.find.focus()
    keys.type("grace")
    expect(tab.rows).to_have_count(2)
    # The caret is the field's own.
    keys.press("Home", "End", "ArrowUp")
    expect(tab.find).to_be_focused()
    keys.press("ArrowDown")
    expect(tab.row("Grace Adams")).to_be_focused()
    keys.press("ArrowDown")
    expect(tab.row(grace.name)).to_be_focused()
    keys.press("Enter")
    expect(tab.heading(grace.name)).to_be_visible()
    expect(tab.composer).to_be_focused()


def test_keys_of_the_composer_scroll_the_messages(server, talking, ada, grace):
    tab, keys = talking
    add_messages(server, grace, ada, 30)
    tab.page.reload()
    tab.read_all()
    expect(tab.messages.last).to_contain_text("Message 30.")
    tab.composer.focus()
    last = tab.messages.last
    expect(last).to_be_in_viewport()
    keys.press("PageUp", "PageUp")
    expect(last).not_to_be_in_viewport()
    keys.press("PageDown", "PageDown")
    expect(last).to_be_in_viewport()
    keys.press("Home")
    expect(tab.log.get_by_role("link", name="A lake", exact=True)).to_be_in_viewport()
    keys.press("End")
    expect(last).to_be_in_viewport()
    # In a text the caret is what they move, but for whole pages.
    keys.type("ello")
    keys.press("Home")
    keys.type("H")
    expect(tab.composer).to_have_value("Hello")
    expect(last).to_be_in_viewport()
    keys.press("PageUp", "PageUp")
    expect(last).not_to_be_in_viewport()
    keys.press("End")
    keys.type("!")
    expect(tab.composer).to_have_value("Hello!")


def test_escape_in_the_search_field_only_empties_it(talking):
    tab, keys = talking
    tab.find.press_sequentially("gra")
    keys.press("Escape")
    expect(tab.find).to_have_value("")
    expect(tab.find).to_be_focused()
    expect(tab.heading("Grace Hopper")).to_be_visible()


def test_the_skip_link_leads_to_the_main_part(ada, grace):
    tab = ada.tab.open()
    keys = Keys(tab)
    keys.press("Tab")
    assert keys.stop == "a Skip to the main content"
    keys.press("Enter")
    # From there on one is behind the list.
    keys.press("Shift+Tab")
    expect(tab.row(grace.name)).to_be_focused()

    keys.press("Enter")
    expect(tab.heading(grace.name)).to_be_visible()
    keys.go_to("Skip to the main content")
    keys.press("Enter", "Tab")
    inside = "document.querySelector('main').contains(document.activeElement)"
    assert keys.stop and tab.page.evaluate(inside), keys.stop
    assert not keys.faults


def test_up_where_one_has_written_nothing_does_nothing(talking, grace, ada):
    tab, keys = talking
    hers = grace.tab
    hers.composer.press("ArrowUp")
    # Of hers there is one to edit; of somebody else's there is none.
    expect(hers.composer).to_have_value("Good morning")
    hers.composer.press("Escape")
    tab.composer.fill("Still here")
    keys.press("ArrowUp")
    expect(tab.composer).to_have_value("Still here")
    expect(tab.composer).to_be_focused()


@pytest.mark.parametrize("path", ["/login", "/signup"])
def test_every_stop_of_the_account_pages(person, path):
    tab = person("Ada Lovelace", signed_up=False).new_tab(path)
    expect_way_through(tab)


@pytest.mark.parametrize("width", [1280, 390])
def test_every_stop_of_the_other_pages(talking, width):
    tab, _ = talking
    tab.page.set_viewport_size({"width": width, "height": 800})
    address = tab.page.url.removeprefix(tab.person.url)
    for path in ["/", address, "/profile", "/settings", "/settings#account", "/settings/theme", "/shortcuts"]:
        tab.open(path)
        # What was on screen a moment ago counts no longer.
        expect(tab.page.locator(".unread b")).to_have_count(0)
        expect_way_through(tab)


# What one can use with a mouse. Of radio buttons one is a stop.
USABLE = """() => [
  ...document.querySelectorAll('a[href], button, input:not([type=hidden]), textarea, select, [tabindex="0"]')]
  .filter((each) => each.tabIndex >= 0)
  .filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.disabled)
  .filter((each) => !each.closest('dialog:not([open])'))
  .filter((each) => each.type !== 'radio' || each.checked).length"""


def expect_way_through(tab):
    """Tab comes to all that can be used, once each, and leaves the page; so does Shift+Tab, the other way."""
    keys = Keys(tab)
    there = keys.walk()
    assert keys.walk("Shift+Tab") == there[::-1]
    assert len(there) == tab.page.evaluate(USABLE), there
    assert keys.faults == [], tab.page.url
