"""Forms with `hx-post`: the answer comes into the page, which stays."""

import re

import pytest
from playwright.sync_api import expect

from held import Held
from people import PASSWORD
from pictures import file


def notice(tab, text):
    return tab.page.get_by_role("status").get_by_text(text, exact=True)


@pytest.fixture
def settings(ada):
    tab = ada.tab.open("/settings")
    tab.mark()
    return tab


def test_a_setting_is_saved_in_the_page(settings):
    tab = settings
    box = tab.page.get_by_role("checkbox", name="Show when I am online")
    box.uncheck()
    tab.button("Save privacy").click()
    expect(notice(tab, "Your privacy is saved.")).to_be_visible()
    expect(tab.button("Save privacy")).to_be_focused()
    tab.expect_not_reloaded()
    tab.page.reload()
    expect(box).not_to_be_checked()


def test_a_refusal_stands_at_its_field_and_keeps_what_was_typed(settings):
    tab = settings
    tab.person.expect_errors("422")
    form = tab.page.locator("#email-form")
    form.get_by_label("Email", exact=True).fill("ada.new@example.org")
    form.get_by_label("Current password", exact=True).fill("not this one")
    tab.button("Change email").click()
    error = form.locator(".error")
    expect(error).to_be_visible()
    expect(form.get_by_label("Email", exact=True)).to_have_value("ada.new@example.org")
    expect(form.get_by_label("Current password", exact=True)).to_be_focused()
    # Corrected, it goes through.
    form.get_by_label("Current password", exact=True).fill(PASSWORD)
    tab.button("Change email").click()
    expect(notice(tab, "Your email address has been changed. Log in with the new one from now on.")).to_be_visible()
    expect(error).to_have_count(0)
    tab.expect_not_reloaded()


def test_what_changes_the_whole_page_loads_it_again(ada):
    tab = ada.tab.open("/settings/theme")
    tab.page.get_by_role("radio", name="Forest", exact=True).check(force=True)
    tab.button("Save theme").click()
    expect(notice(tab, "Your theme is saved.")).to_be_visible()
    expect(tab.page.locator("html")).to_have_attribute("data-theme", "forest")


def test_a_form_pressed_twice_is_sent_once(settings):
    tab = settings
    sent = []
    tab.page.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    held = Held(tab.page, "**/settings/privacy")
    tab.button("Save privacy").click()
    expect(tab.page.locator("#privacy-form")).to_have_attribute("aria-busy", "true")
    tab.page.locator("#privacy-form button").dispatch_event("click")
    held.let_go()
    expect(tab.page.locator(".notices > .notice")).to_be_visible()
    assert len([each for each in sent if each.endswith("/privacy")]) == 1


def test_a_form_that_does_not_come_through_says_so_and_keeps_what_was_typed(settings):
    tab = settings
    tab.person.expect_errors("net::ERR_")
    form = tab.page.locator("#email-form")
    form.get_by_label("Email", exact=True).fill("ada.new@example.org")
    form.get_by_label("Current password", exact=True).fill(PASSWORD)
    tab.page.route("**/settings/email", lambda route: route.abort())
    tab.button("Change email").click()
    expect(notice(tab, "That did not work. Try again.")).to_be_visible()
    expect(form.get_by_label("Email", exact=True)).to_have_value("ada.new@example.org")
    tab.page.unroute_all()
    tab.button("Change email").click()
    expect(notice(tab, "Your email address has been changed. Log in with the new one from now on.")).to_be_visible()
    tab.expect_not_reloaded()


def test_a_profile_with_a_picture_is_saved_in_the_page(ada):
    tab = ada.tab.open("/profile")
    tab.mark()
    tab.field("Full name").fill("Ada King")
    tab.page.locator("#picture").set_input_files([file("lake.jpg")])
    expect(tab.page.locator("#portrait img")).to_be_visible()
    tab.button("Save profile").click()
    expect(notice(tab, "Your profile is saved.")).to_be_visible()
    expect(tab.page.locator("#portrait img")).to_have_attribute("src", re.compile("^/uploads/"))
    expect(tab.field("Full name")).to_have_value("Ada King")
    tab.button("Remove picture").click()
    expect(tab.page.locator("#portrait img")).to_have_count(0)
    tab.expect_not_reloaded()


def test_a_wrong_password_is_told_in_the_log_in_page(server, person, ada):
    visitor = person(ada.name, signed_up=False)
    visitor.expect_errors("422")
    tab = visitor.new_tab("/login?next=%2Fsettings")
    tab.mark()
    tab.log_in(ada.email, "not this one")
    expect(tab.page.get_by_text("That email and password don’t go together. Try again.")).to_be_visible()
    expect(tab.field("Email")).to_have_value(ada.email)
    expect(tab.field("Password")).to_be_focused()
    expect(tab.field("Password")).to_have_value("")
    # What came with the answer works as what came with the page.
    tab.field("Password").fill("shown")
    tab.button("Show password").click()
    expect(tab.page.locator("#password")).to_have_attribute("type", "text")
    tab.expect_not_reloaded()
    tab.log_in(ada.email)
    expect(tab.heading("Settings")).to_be_visible()
