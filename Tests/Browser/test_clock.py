"""Time zone and clock: said by the browser, chosen in the settings, and seen with JavaScript and without."""

import re
from datetime import datetime, timezone

import pytest
from playwright.sync_api import expect

from axe import Findings
from database import move_messages


def form(tab):
    return tab.page.locator("#clock-form")


def zone(tab):
    return form(tab).get_by_role("combobox", name="Time zone", exact=True)


def hours(tab, count):
    group = form(tab).get_by_role("group", name="Clock", exact=True)
    return group.get_by_role("radio", name=re.compile(f"^{count} hours"))


def choose(tab, name, count):
    tab.open("/settings")
    zone(tab).fill(name)
    hours(tab, count).check()
    tab.button("Save time zone and clock").click()
    expect(tab.page.get_by_role("status").get_by_text("Your time zone and clock are saved.")).to_be_visible()


def expect_chosen(tab, name, count):
    tab.open("/settings")
    expect(zone(tab)).to_have_value(name)
    expect(hours(tab, count)).to_be_checked()


TIMES = [
    datetime(2026, 11, 20, 0, 5, tzinfo=timezone.utc),
    datetime(2026, 11, 20, 12, 0, tzinfo=timezone.utc),
    datetime(2026, 11, 20, 13, 9, tzinfo=timezone.utc),
]


@pytest.fixture
def told(server, person, grace, ada):
    """Three messages from Grace to Ada, at known times."""
    for text in ("One", "Two", "Three"):
        grace.post(ada, text)
    for each in (ada, grace):
        each.expect_errors("net::ERR_")
    server.stop()
    move_messages(server, TIMES)
    server.start()


def test_the_first_browser_says_what_it_goes_by(person, grace):
    ada = person("Ada Lovelace", locale="en-US", timezone_id="America/New_York")
    tab = ada.tab
    # At once, in the page that said it.
    tab.talk_to(grace).say("Hello")
    expect(tab.message("Hello")).to_contain_text(re.compile(r"\b1?\d:\d\d [ap]m"))
    expect(tab.row(grace.name)).to_contain_text(re.compile(r"\b1?\d:\d\d [ap]m"))
    expect(grace.tab.row(ada.name)).to_contain_text(re.compile(r"\d\d:\d\d"))
    expect(tab.page.locator("body")).to_have_attribute("data-hours", "12")
    expect_chosen(tab, "America/New_York", 12)
    # Another one, elsewhere, changes nothing.
    other = person("Ada Lovelace", signed_up=False, timezone_id="Asia/Tokyo").new_tab("/login")
    other.log_in(ada.email)
    expect(other.button("Log out")).to_be_visible()
    expect(other.page.locator("body")).to_have_attribute("data-hours", "12")
    expect_chosen(other, "America/New_York", 12)


def test_a_choice_holds_with_javascript_and_without(told, person, ada, grace):
    choose(ada.tab, "honolulu", 12)
    expect(zone(ada.tab)).to_have_value("Pacific/Honolulu")
    # With JavaScript the device's own zone counts.
    for scripts, texts in ((True, ["12:05 am", "12:00 pm", "1:09 pm"]), (False, ["2:05 pm", "2:00 am", "3:09 am"])):
        reader = person(ada.name, java_script_enabled=scripts, timezone_id="UTC")
        tab = reader.tab.open().talk_to(grace)
        for at, text in enumerate(texts):
            expect(tab.messages.nth(at).locator(".at")).to_have_text(text)
        assert "UTC" not in tab.page.locator("body").inner_text()
    choose(ada.tab, "UTC", 24)
    for scripts in (True, False):
        reader = person(ada.name, java_script_enabled=scripts, timezone_id="UTC")
        tab = reader.tab.open().talk_to(grace)
        for at, text in enumerate(("00:05", "12:00", "13:09")):
            expect(tab.messages.nth(at).locator(".at")).to_have_text(text)


def test_without_javascript(person, grace):
    ada = person("Ada Lovelace", java_script_enabled=False)
    ada.expect_errors("status of 422")
    tab = ada.tab.open("/settings")
    expect(zone(tab)).to_have_value("")
    zone(tab).fill("Atlantis")
    hours(tab, 12).check()
    tab.button("Save time zone and clock").click()
    expect(zone(tab)).to_have_accessible_description(re.compile("^There is no time zone of that name."))
    expect(zone(tab)).to_have_value("Atlantis")
    expect(zone(tab)).to_be_focused()
    expect(hours(tab, 12)).to_be_checked()
    # By keyboard alone.
    page = tab.page
    zone(tab).fill("sao paulo")
    page.keyboard.press("Tab")
    expect(hours(tab, 12)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").get_by_text("Your time zone and clock are saved.")).to_be_visible()
    expect_chosen(tab, "America/Sao_Paulo", 12)
    tab.open().talk_to(grace).say("What time is it?")
    at = tab.message("What time is it?").locator(".at")
    expect(at).to_have_text(re.compile(r"^1?\d:\d\d [ap]m$"))
    assert "UTC" not in page.locator("body").inner_text()


@pytest.mark.delays(4)
def test_last_seen_by_twelve_hours(person, grace):
    ada = person("Ada Lovelace", locale="en-US")
    tab = ada.tab.talk_to(grace)
    grace.context.close()
    expect(tab.main.get_by_text(re.compile(r"^last seen today at 1?\d:\d\d [ap]m$"))).to_be_visible()


@pytest.mark.known("ada")
def test_axe_finds_nothing(person):
    ada = person("Ada Lovelace", reduced_motion="reduce")
    ada.expect_errors("status of 422")
    axe = Findings()
    tab = ada.tab.open("/settings#time")
    axe.check(tab, "settings")
    zone(tab).fill("Atlantis")
    hours(tab, 12).evaluate("(radio) => { radio.value = '13' }")
    hours(tab, 12).check()
    tab.button("Save time zone and clock").click()
    expect(zone(tab)).to_have_attribute("aria-invalid", "true")
    expect(form(tab).get_by_text("Choose 24 or 12 hours.")).to_be_visible()
    axe.check(tab, "clock refused")
    axe.expect_none()
