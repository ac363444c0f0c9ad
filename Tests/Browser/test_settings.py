"""The pages of one's own: one frame for all, a menu, and on a phone a part at a time."""

import re

import pytest
from playwright.sync_api import expect

from test_phone import PHONE

PAGES = ["/settings", "/settings/theme", "/settings/data", "/profile", "/shortcuts"]
PARTS = {
    "Account": ["#email-form", "#password-form"],
    "Privacy": ["#privacy-form"],
    "Time": ["#clock-form"],
    "Devices": ["#session-list"],
    "Your data": ["a[href='/settings/data'].button", "#deletion-form"],
}
FORMS = [each for parts in PARTS.values() for each in parts]


def menu(tab):
    return tab.page.get_by_role("navigation", name="Settings", exact=True)


def row(tab, name):
    return menu(tab).get_by_role("link", name=name, exact=True)


# Where the heading and the column stand.
FRAME = """() => ['h1', '.column'].map((selector) => {
  const { left, top, width } = document.querySelector(selector).getBoundingClientRect()
  return [left, top + scrollY, selector === 'h1' ? 0 : width]
})"""


@pytest.mark.parametrize("width", [1280, 800, 390])
def test_no_heading_jumps_from_page_to_page(ada, width):
    tab = ada.tab
    tab.page.set_viewport_size({"width": width, "height": 800})
    frames = {}
    for path in PAGES:
        tab.open(path)
        expect(tab.main).to_be_visible()
        frames[path] = tab.page.evaluate(FRAME)
        assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
        if width == 390:
            # There the way back stands before it, and below stands the menu or what it leads to.
            frames[path] = [frames[path][0][1]]
    assert len({str(each) for each in frames.values()}) == 1, frames


def test_the_settings_are_short_and_start_with_what_one_looks_for(ada):
    tab = ada.tab.open("/settings")
    assert tab.page.evaluate("document.documentElement.scrollHeight") < 2800
    expect(tab.page.get_by_role("radiogroup", name="Theme")).to_have_count(0)
    assert tab.page.evaluate("document.querySelectorAll('[name=theme]').length") == 0
    tab.page.set_viewport_size({"width": 390, "height": 844})
    assert tab.page.evaluate("document.documentElement.scrollHeight") <= 844


@pytest.mark.known("ada")
@pytest.mark.parametrize("scripts", [True, False])
def test_a_row_shows_the_theme_in_use_and_leads_to_the_choice(person, scripts):
    tab = person("Ada Lovelace", java_script_enabled=scripts).tab.open("/settings")
    link = tab.link("Change")
    expect(link).to_have_accessible_description("Theme System")
    link.click()
    themes = tab.page.get_by_role("radiogroup", name="Theme", exact=True)
    themes.get_by_role("radio", name="Dracula", exact=True).check()
    tab.button("Save theme").click()
    expect(tab.link("Change")).to_have_accessible_description("Theme Dracula")
    tab.page.set_viewport_size({"width": 390, "height": 844})
    expect(row(tab, "Theme")).to_have_accessible_description("Dracula")
    row(tab, "Theme").click()
    expect(themes.get_by_role("radio", name="Dracula", exact=True)).to_be_checked()


def test_the_menu_leads_to_each_part(ada):
    tab = ada.tab.open("/settings")
    for name, forms in PARTS.items():
        row(tab, name).click()
        expect(tab.heading(name)).to_be_in_viewport()
        for each in forms:
            expect(tab.page.locator(each)).to_be_visible()
    row(tab, "Picture and name").click()
    expect(tab.heading("Profile")).to_be_visible()
    expect(row(tab, "Picture and name")).to_have_attribute("aria-current", "page")
    row(tab, "Privacy").click()
    expect(tab.button("Save privacy")).to_be_in_viewport()


@pytest.mark.known("ada")
@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_phone_the_menu_is_a_page_and_so_is_each_part(person, scripts):
    tab = person("Ada Lovelace", java_script_enabled=scripts, **PHONE).tab.open("/settings")
    for name, forms in PARTS.items():
        for each in FORMS:
            expect(tab.page.locator(each)).to_be_hidden()
        row(tab, name).tap()
        expect(menu(tab)).to_be_hidden()
        expect(tab.heading(name)).to_be_in_viewport()
        for each in FORMS:
            expect(tab.page.locator(each)).to_be_visible(visible=each in forms)
        if name == "Privacy":
            tab.page.go_back()
        else:
            tab.link("All settings").tap()
        expect(menu(tab)).to_be_visible()
        expect(tab.link("All settings")).to_be_hidden()


@pytest.mark.known("ada")
@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_phone_a_refused_form_stands_in_its_part(person, scripts):
    ada = person("Ada Lovelace", java_script_enabled=scripts, **PHONE)
    ada.expect_errors("status of 422")
    tab = ada.tab.open("/settings")
    row(tab, "Account").tap()
    form = tab.page.locator("#email-form")
    form.get_by_label("Email", exact=True).fill("ada.new@example.org")
    form.get_by_label("Current password", exact=True).fill("not this one")
    tab.button("Change email").tap()
    expect(form.locator(".error")).to_be_in_viewport()
    expect(form.get_by_label("Current password", exact=True)).to_be_focused()
    expect(tab.page.locator("#privacy-form")).to_be_hidden()
    form.get_by_label("Current password", exact=True).fill(ada.password)
    tab.button("Change email").tap()
    expect(tab.page.get_by_role("status")).to_contain_text("Your email address has been changed.")
    tab.open("/settings")
    row(tab, "Account").tap()
    expect(form.get_by_label("Email", exact=True)).to_have_value("ada.new@example.org")


@pytest.mark.known("ada")
def test_on_a_phone_a_part_stays_when_it_is_saved_and_its_way_back_is_in_view(person):
    ada = person("Ada Lovelace", **PHONE)
    ada.context.request.post(ada.url + "/settings/privacy", form={})
    tab = ada.tab.open("/?online=1")
    tab.link("Change that in the settings").tap()
    tab.button("Save privacy").tap()
    expect(tab.page.get_by_role("status")).to_contain_text("Your privacy is saved.")
    expect(tab.button("Save privacy")).to_be_visible()
    tab.link("All settings").tap()
    # The longest of them.
    row(tab, "Your data").tap()
    expect(tab.link("All settings")).to_be_in_viewport()
    expect(tab.heading("Your data")).to_be_in_viewport()


@pytest.mark.known("ada")
def test_on_a_phone_what_is_gone_to_comes_before_what_was_refused(person):
    ada = person("Ada Lovelace", **PHONE)
    ada.expect_errors("status of 422")
    tab = ada.tab.open("/settings#privacy")
    box = tab.page.get_by_role("checkbox", name=re.compile("^Show when I am online"))
    box.evaluate("(box) => { box.value = 'maybe' }")
    tab.button("Save privacy").tap()
    expect(tab.page.locator("#privacy-form .error")).to_be_visible()
    tab.link("All settings").tap()
    row(tab, "Time").tap()
    expect(tab.page.locator("#clock-form")).to_be_visible()
    expect(tab.page.locator("#privacy-form")).to_be_hidden()
