"""One's own password, e-mail and sessions, on two devices."""

import pytest
from playwright.sync_api import expect

from axe import SIZES, Findings
from people import PASSWORD

NEW = "a longer sentence"


def form(tab, name):
    tab.open(f"/settings#{name}")
    return tab.page.locator(f"#{name}")


def fill(part, **fields):
    for label, text in fields.items():
        part.get_by_label(label.replace("_", " "), exact=True).fill(text)


@pytest.fixture
def phone(person, ada):
    """Ada on another device."""
    other = person(ada.name, signed_up=False, viewport=SIZES["390"])
    other.expect_errors("status of 4")
    other.tab = other.new_tab("/login")
    other.tab.log_in(ada.email)
    expect(other.tab.link("Settings")).to_be_visible()
    return other


@pytest.mark.parametrize("scripts", [True, False])
def test_another_password_ends_the_other_device(person, ada, phone, scripts):
    tab = ada.tab if scripts else None
    if not scripts:
        plain = person(ada.name, signed_up=False, java_script_enabled=False)
        tab = plain.tab = plain.new_tab("/login")
        tab.log_in(ada.email)
        plain.expect_errors("status of 422")
    ada.expect_errors("status of 4")
    part = form(tab, "password-form")
    fill(part, Current_password="wrong", New_password=NEW)
    part.get_by_role("button", name="Change password").click()
    field = tab.page.locator("#password-form").get_by_label("Current password", exact=True)
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description("That is not your password. Nothing was changed.")
    expect(field).to_be_focused()
    fill(tab.page.locator("#password-form"), Current_password=PASSWORD, New_password=NEW)
    tab.button("Change password").click()
    expect(tab.page.get_by_role("status")).to_contain_text("Your password has been changed.")
    # At once and by itself.
    expect(phone.tab.heading("Welcome back")).to_be_visible()
    expect(phone.tab.page.get_by_role("alert")).to_contain_text("Your password was changed")
    phone.tab.log_in(ada.email, NEW)
    expect(phone.tab.link("Settings")).to_be_visible()


def test_a_session_is_ended_from_the_other_device(ada, grace, phone):
    phone.tab.talk_to(grace)
    part = form(ada.tab, "session-list")
    expect(part.get_by_role("listitem")).to_have_count(2)
    expect(part.get_by_role("listitem").filter(has_text="this one")).to_have_count(1)
    button = part.get_by_role("button", name="End", exact=True)
    expect(button).to_have_accessible_description("Chrome on Linux")
    fill(part, Current_password=PASSWORD)
    button.click()
    said = "That session has ended. Whoever used it has to log in again."
    expect(ada.tab.page.get_by_role("status")).to_contain_text(said)
    expect(ada.tab.page.locator("#session-list").get_by_role("listitem")).to_have_count(1)
    expect(phone.tab.heading("Welcome back")).to_be_visible()
    expect(phone.tab.page.get_by_role("alert")).to_contain_text("You were logged out from another device.")
    phone.tab.log_in(ada.email)
    # Where it was before.
    expect(phone.tab.heading(grace.name)).to_be_visible()


def test_another_email(ada, person):
    ada.expect_errors("status of 422")
    part = form(ada.tab, "email-form")
    fill(part, Email="grace@example.org", Current_password="wrong")
    part.get_by_role("button", name="Change email").click()
    part = ada.tab.page.locator("#email-form")
    expect(part.get_by_label("Email", exact=True)).to_have_value("grace@example.org")
    fill(part, Current_password=PASSWORD)
    part.get_by_role("button", name="Change email").click()
    expect(ada.tab.page.get_by_role("status")).to_contain_text("Your email address has been changed.")
    again = person(ada.name, signed_up=False)
    again.tab = again.new_tab("/login")
    again.tab.log_in("grace@example.org")
    expect(again.tab.link("Settings")).to_be_visible()


def test_axe_finds_nothing(ada, phone):
    axe = Findings()
    form(ada.tab, "session-list")
    axe.check(ada.tab, "settings")
    ada.expect_errors("status of 422")
    fill(ada.tab.page.locator("#password-form"), Current_password="wrong", New_password="short")
    ada.tab.button("Change password").click()
    expect(ada.tab.page.locator("#password-form [aria-invalid]")).to_have_count(1)
    axe.check(ada.tab, "password refused")
    ada.tab.link("Keyboard shortcuts").click()
    expect(ada.tab.heading("Keyboard shortcuts")).to_be_visible()
    axe.check(ada.tab, "keyboard shortcuts")
    axe.expect_none()
