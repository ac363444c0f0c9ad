"""Logging out ends it everywhere, nothing is left to be seen, and nothing unsent is lost unasked."""

import pytest
from playwright.sync_api import expect

from pictures import file
from test_phone import PHONE


def test_logging_out_ends_the_other_tabs(talk, ada, grace):
    second = ada.new_tab().talk_to(grace)
    ada.tab.say("A secret")
    expect(second.sent("A secret")).to_have_count(1)
    ada.tab.log_out()
    expect(second.heading("Welcome back")).to_be_visible()
    expect(second.page.get_by_text("A secret")).to_have_count(0)
    grace.tab.say("Still there?")
    ada.tab.log_in(ada.email)
    expect(ada.tab.row(grace.name)).to_contain_text("Still there?")


def test_other_browsers_of_the_same_person_stay_logged_in(person, ada, grace):
    elsewhere = person("Ada Lovelace", signed_up=False)
    tab = elsewhere.new_tab("/login")
    tab.log_in(ada.email)
    ada.tab.log_out()
    tab.talk_to(grace).say("Still here")


# What is unsent


def question(tab):
    return tab.page.get_by_role("dialog")


def answer(tab, name):
    question(tab).get_by_role("button", name=name, exact=True).click()


def expect_question(tab, sentence):
    """Asks for it as one who logs out."""
    tab.button("Log out").click()
    expect(question(tab)).to_have_accessible_name(sentence)
    expect(question(tab).get_by_role("button", name="Stay", exact=True)).to_be_focused()


@pytest.mark.known("carol")
def test_who_logs_out_is_told_for_whom_drafts_are(talk, ada, grace, person):
    carol = person("Carol Shaw")
    tab = ada.tab
    tab.composer.fill("Not meant to be seen")
    tab.talk_to(carol)
    tab.composer.fill("Nor this")
    tab.link("Settings").click()
    both = "You have unsent messages to Grace Hopper and Carol Shaw. Log out and lose them?"
    expect_question(tab, both)
    answer(tab, "Stay")
    expect(question(tab)).to_have_count(0)
    expect(tab.button("Log out")).to_be_focused()
    tab.open().talk_to(grace)
    expect(tab.composer).to_have_value("Not meant to be seen")
    expect_question(tab, both)
    tab.page.keyboard.press("Escape")
    expect(question(tab)).to_have_count(0)
    expect(tab.composer).to_have_value("Not meant to be seen")
    expect_question(tab, both)
    answer(tab, "Log out")
    expect(tab.heading("Welcome back")).to_be_visible()
    left = tab.page.evaluate("JSON.stringify([{ ...localStorage }, { ...sessionStorage }])")
    assert "Not meant" not in left and "Nor this" not in left
    tab.log_in(ada.email)
    tab.talk_to(grace)
    expect(tab.composer).to_have_value("")


def test_drafts_of_another_tab_count(talk, ada, grace):
    ada.tab.composer.fill("Half a sentence")
    other = ada.new_tab()
    expect_question(other, "You have an unsent message to Grace Hopper. Log out and lose it?")
    answer(other, "Log out")
    for tab in (other, ada.tab):
        expect(tab.heading("Welcome back")).to_be_visible()


def test_pictures_alone_count(talk, ada):
    ada.tab.attach.set_input_files(file("lake.jpg"))
    expect(ada.tab.attached).to_have_count(1)
    expect_question(ada.tab, "You have an unsent message to Grace Hopper. Log out and lose it?")
    answer(ada.tab, "Stay")
    ada.tab.page.reload()
    expect(ada.tab.attached).to_have_count(1)


def test_a_message_that_was_not_sent_counts(talk, ada):
    ada.expect_errors("net::ERR_")
    tab = ada.tab
    tab.page.route("**/messages", lambda route: route.abort())
    tab.write("Stuck")
    expect(tab.message("Stuck")).to_have_count(1)
    expect_question(tab, "You have an unsent message to Grace Hopper. Log out and lose it?")


def test_what_was_sent_or_taken_back_is_not_asked_about(talk, ada, grace):
    tab = ada.tab
    tab.composer.fill("A thought")
    tab.composer.fill("   ")
    tab.talk_to(grace)
    tab.say("A thought, sent")
    tab.log_out()


@pytest.mark.known("ada")
@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_phone_it_is_in_the_settings_and_one_press(person, scripts):
    ada = person("Ada Lovelace", java_script_enabled=scripts, **PHONE)
    tab = ada.tab
    expect(tab.button("Log out")).to_be_hidden()
    tab.link("Settings").tap()
    expect(tab.heading("Settings")).to_be_visible()
    tab.button("Log out").tap()
    expect(tab.heading("Welcome back")).to_be_visible()


def test_a_post_ends_the_session_whatever_is_unsent(talk, ada):
    ada.expect_errors("status of 401")
    ada.tab.composer.fill("Half a sentence")
    assert ada.context.request.post(ada.url + "/logout", max_redirects=0).status == 303
    assert ada.context.request.get(ada.url + "/profile", max_redirects=0).status == 303
