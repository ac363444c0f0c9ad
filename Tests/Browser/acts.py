"""What people do with messages, as they find it."""

import re

from playwright.sync_api import expect

from touch import Finger


def message(tab, text):
    """By its own text, and not by that of one that it answers."""
    exactly = re.compile(f"^{re.escape(text)}$")
    return tab.messages.filter(has=tab.page.locator(".text", has_text=exactly))


def menu(tab):
    return tab.page.get_by_role("menu", name="Message options", exact=True)


def item(tab, name):
    """Of the menu that is open. Its letter stands beside the name and is not heard."""
    return tab.page.get_by_role("menuitem", name=name, exact=True)


def open_menu(tab, text):
    message(tab, text).hover()
    message(tab, text).get_by_role("button", name="Message options", exact=True).click()
    expect(menu(tab)).to_be_visible()
    return tab


def do(tab, text, name):
    """An act from the menu, by mouse."""
    open_menu(tab, text)
    item(tab, name).click()


def edit(tab, text, new):
    """Writes something else in the place of a message. What is typed before its text is in the field is a draft."""
    do(tab, text, "Edit")
    expect(strip(tab)).to_contain_text("Editing")
    expect(tab.composer).to_have_value(text)
    tab.composer.fill(new)
    tab.composer.press("Enter")
    expect(message(tab, new)).to_have_count(1)


def focus(tab, text):
    """Goes to a message by keyboard, from the composer."""
    expect(tab.composer).to_be_focused()
    expect(tab.messages.last).to_have_attribute("tabindex", "0")
    tab.page.keyboard.press("Shift+Tab")
    # Once one has been there, to its time first.
    if tab.messages.last.locator(".to-details:focus").count():
        tab.page.keyboard.press("Shift+Tab")
    expect(tab.messages.last).to_be_focused()
    for _ in range(tab.messages.count()):
        if message(tab, text).evaluate("(message) => message === document.activeElement"):
            return tab
        tab.page.keyboard.press("ArrowUp")
    raise AssertionError(f"no message {text}")


def sheet(tab):
    return tab.page.get_by_role("dialog", name="Message options", exact=True)


def open_sheet(tab, text):
    Finger(tab).hold(message(tab, text).locator(".bubble"), until=sheet(tab))
    return sheet(tab)


def strip(tab):
    """Above the field: what is answered or edited."""
    return tab.main.locator("#strip")


def quote(tab, text):
    """What a message answers, as it shows it."""
    return message(tab, text).locator(".quote")


def pill(tab, text, emoji):
    """A reaction to a message, found by the emoji that its name starts with."""
    return message(tab, text).get_by_role("button", name=re.compile(f"^{emoji}"))


def pinned(tab):
    return tab.main.locator(".pins")


def notice(tab, text):
    return tab.page.get_by_role("status").filter(has_text=text)
