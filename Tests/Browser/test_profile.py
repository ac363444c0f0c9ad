"""One's own page: picture, name and what others see of it."""

import re

import pytest
from playwright.sync_api import expect

from held import Held
from pictures import file, picture


def open_profile(person):
    person.tab.link("Profile").click()
    expect(person.tab.heading("Profile")).to_be_visible()
    return person.tab


def save(tab):
    tab.button("Save profile").click()
    expect(tab.page.get_by_role("status").get_by_text("Your profile is saved.")).to_be_visible()


def portraits(place):
    """The pictures of people, which are for the eye alone."""
    return place.locator("[data-avatar] img")


def test_the_page_says_who_one_is(ada):
    tab = open_profile(ada)
    expect(tab.link("Profile")).to_have_attribute("aria-current", "page")
    expect(tab.field("Full name")).to_have_value("Ada Lovelace")
    expect(tab.main.get_by_role("definition").nth(0)).to_have_text("ada.lovelace@example.org")
    expect(tab.main.get_by_role("definition").nth(1)).to_contain_text(re.compile(r"\d{4}"))
    expect(tab.button("Remove picture")).to_have_count(0)


def test_a_change_shows_at_once_on_the_others_open_page(talk, ada, grace):
    mine, hers = talk
    mine.say("Before")
    expect(hers.sent("Before")).to_have_count(1)
    hers.mark()
    tab = ada.new_tab("/profile")
    tab.page.get_by_label("Picture", exact=True).set_input_files(file("me.jpg", picture(900, 600)))
    expect(portraits(tab.main)).to_be_visible()
    tab.field("Full name").fill("Ada King")
    save(tab)
    expect(hers.heading("Ada King")).to_be_visible()
    expect(hers.row("Ada King")).to_be_visible()
    expect(hers.messages).to_contain_text("Ada King")
    expect(hers.page).to_have_title(re.compile("^Ada King "))
    # In the list, over the conversation and beside the message.
    expect(portraits(hers.page)).to_have_count(3)
    assert portraits(hers.page).first.evaluate("(image) => image.decode()") is None
    hers.expect_not_reloaded()
    hers.page.reload()
    expect(portraits(hers.page)).to_have_count(3)

    tab.button("Remove picture").click()
    expect(tab.page.get_by_text("Your profile is saved.")).to_be_visible()
    expect(portraits(tab.main)).to_have_count(0)
    expect(portraits(hers.page)).to_have_count(0)
    expect(hers.row("Ada King").locator("[data-avatar]")).to_have_text("AK")


def test_the_picture_is_cropped_before_it_is_sent(ada, grace):
    tab = open_profile(ada)
    field = tab.page.get_by_label("Picture", exact=True)
    field.set_input_files(file("me.jpg", picture(3000, 1000)))
    shown = portraits(tab.main)
    expect(shown).to_have_js_property("naturalWidth", 512)
    expect(shown).to_have_js_property("naturalHeight", 512)
    save(tab)
    expect(portraits(tab.main)).to_have_js_property("naturalWidth", 512)
    first = portraits(tab.main).get_attribute("src")
    assert ada.context.request.get(ada.url + first).ok
    field.set_input_files(file("other.png", picture(40, 30, "PNG")))
    save(tab)
    expect(portraits(tab.main)).to_have_js_property("naturalWidth", 30)
    assert ada.context.request.get(ada.url + first).status == 404


def test_who_saves_while_it_is_cut_need_not_press_again(ada):
    tab = open_profile(ada)
    held = Held(tab.page, "**/js/pictures.js")
    with tab.page.expect_request("**/js/pictures.js"):
        tab.page.get_by_label("Picture", exact=True).set_input_files(file("me.jpg", picture(3000, 1000)))
    tab.field("Full name").fill("Ada King")
    tab.button("Save profile").click()
    expect(tab.button("Save profile")).to_have_css("opacity", "0.6")
    held.let_go()
    expect(tab.page.get_by_role("status").get_by_text("Your profile is saved.")).to_be_visible()
    expect(tab.field("Full name")).to_have_value("Ada King")
    expect(portraits(tab.main)).to_have_js_property("naturalHeight", 512)


def test_what_is_no_picture_is_refused(ada):
    ada.expect_errors("status of 422")
    tab = open_profile(ada)
    field = tab.page.get_by_label("Picture", exact=True)
    field.set_input_files(file("me.pdf", b"%PDF-1.4"))
    tab.field("Full name").fill("Ada King")
    tab.button("Save profile").click()
    expect(field).to_have_accessible_description(re.compile("me.pdf"))
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(tab.field("Full name")).to_have_value("Ada King")


def test_a_name_is_needed(ada):
    ada.expect_errors("status of 422")
    tab = open_profile(ada)
    tab.field("Full name").fill(" ")
    tab.button("Save profile").click()
    expect(tab.field("Full name")).to_have_attribute("aria-invalid", "true")
    # Enter in the field saves, and removes nothing.
    tab.field("Full name").fill("Ada King")
    tab.field("Full name").press("Enter")
    expect(tab.page.get_by_text("Your profile is saved.")).to_be_visible()


@pytest.mark.known("ada", "grace")
@pytest.mark.parametrize("picture_name", ["me.jpg", "me.webp"])
def test_without_javascript(person, picture_name):
    ada, grace = (person(name, java_script_enabled=False) for name in ("Ada Lovelace", "Grace Hopper"))
    tab = open_profile(ada)
    kind = {"jpg": "JPEG", "webp": "WEBP"}[picture_name.rpartition(".")[2]]
    tab.page.get_by_label("Picture", exact=True).set_input_files(file(picture_name, picture(300, 200, kind)))
    tab.field("Full name").fill("Ada King")
    save(tab)
    expect(portraits(tab.main)).to_have_count(1)
    expect(portraits(grace.tab.open().row("Ada King"))).to_have_count(1)
    tab.button("Remove picture").click()
    expect(portraits(tab.main)).to_have_count(0)
    expect(portraits(grace.tab.open().row("Ada King"))).to_have_count(0)
