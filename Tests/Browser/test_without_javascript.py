"""The same talk with JavaScript off: every page and form works by itself."""

import re

import pytest
from playwright.sync_api import expect

from database import add_people


@pytest.fixture
def ada(person):
    return person("Ada Lovelace", java_script_enabled=False)


@pytest.fixture
def grace(person):
    return person("Grace Hopper", java_script_enabled=False)


def test_two_people_sign_up_and_talk(person):
    ada, grace = (person(name, java_script_enabled=False) for name in ("Ada Lovelace", "Grace Hopper"))
    ada.tab.page.reload()
    expect(ada.tab.row(grace.name)).to_have_accessible_name(re.compile(r"\bonline\b"))
    ada.tab.talk_to(grace).say("No script here")
    expect(ada.tab.composer).to_have_value("")
    expect(ada.tab.sent("No script here")).to_be_in_viewport()

    grace.tab.page.reload()
    expect(grace.tab.row(ada.name)).to_have_accessible_name(re.compile(r"\b1 unread\b"))
    grace.tab.talk_to(ada)
    expect(grace.tab.sent("No script here")).to_have_count(1)
    expect(grace.tab.row(ada.name)).not_to_have_accessible_name(re.compile("unread"))
    expect(grace.tab.main.get_by_text("online", exact=True)).to_be_visible()
    grace.tab.say("Nor here")

    ada.tab.link("Check for new messages").click()
    expect(ada.tab.sent("Nor here")).to_have_count(1)
    ada.tab.say("line one\nline two")
    expect(ada.tab.messages).to_have_count(3)
    grace.tab.link("Check for new messages").click()
    expect(grace.tab.messages).to_have_count(3)


def test_times_say_that_they_are_utc(ada, grace):
    tab = ada.tab.open().talk_to(grace)
    tab.say("When was that?")
    shown = tab.messages.inner_text() + tab.log.inner_text()
    assert "UTC" in shown, shown


def test_a_page_that_renews_itself_has_no_composer(ada, grace):
    tab = ada.tab.open().talk_to(grace)
    tab.say("Before")
    tab.link("Reload automatically").click()
    expect(tab.sent("Before")).to_have_count(1)
    expect(tab.composer).to_have_count(0)
    refresh = tab.page.locator("meta[http-equiv=refresh]")
    expect(refresh).to_have_attribute("content", re.compile("^30"))
    grace.post(ada, "After")
    tab.page.reload()
    expect(tab.sent("After")).to_have_count(1)
    tab.link("Write").click()
    expect(tab.composer).to_be_visible()
    expect(refresh).to_have_count(0)


def test_show_online_only_and_find_people(server, ada, grace):
    add_people(server, ["Bob Builder"])
    tab = ada.tab.open()
    expect(tab.rows).to_have_count(2)
    tab.online_only.check()
    tab.button("Show").click()
    expect(tab.rows).to_have_count(1)
    expect(tab.row(grace.name)).to_be_visible()
    expect(tab.online_only).to_be_checked()
    tab.online_only.uncheck()
    tab.find.fill("bui")
    tab.find.press("Enter")
    expect(tab.rows).to_have_count(1)
    expect(tab.row("Bob Builder")).to_be_visible()
    expect(tab.find).to_have_value("bui")


def test_older_messages_by_a_link(ada, grace):
    ada.post_all(grace, [f"Message {number}" for number in range(1, 61)])
    tab = grace.tab.open().talk_to(ada)
    expect(tab.messages).to_have_count(50)
    expect(tab.message("Message 60")).to_be_in_viewport()
    tab.link("Load older messages").click()
    expect(tab.messages).to_have_count(10)
    expect(tab.message("Message 1")).to_have_count(1)
    tab.link("Go to the newest messages").click()
    expect(tab.message("Message 60")).to_be_in_viewport()


def test_a_refused_message_comes_back_with_its_text(ada, grace):
    ada.expect_errors("status of 422")
    tab = ada.tab.open().talk_to(grace)
    tab.composer.fill("y" * 5_001)
    tab.button("Send").click()
    expect(tab.composer).to_have_value("y" * 5_001)
    expect(tab.composer).to_have_accessible_description(re.compile("up to 5,000"))


def test_log_in_and_log_out(ada):
    ada.expect_errors("status of 422")
    tab = ada.tab
    tab.log_out()
    expect(tab.button("Show password")).to_be_hidden()
    tab.log_in(ada.email, "not the password")
    expect(tab.field("Password")).to_have_accessible_description(
        "That email and password don’t go together. Try again."
    )
    tab.log_in(ada.email)
    expect(tab.heading("You are the first one here")).to_be_visible()
    tab.log_out()
    tab.page.go_back()
    expect(tab.heading("Welcome back")).to_be_visible()
