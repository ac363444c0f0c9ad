"""Logging out ends it everywhere, and nothing is left to be seen."""

from playwright.sync_api import expect


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


def test_drafts_are_gone_after_logging_out(talk, ada, grace):
    ada.tab.composer.fill("Not meant to be seen")
    ada.tab.log_out()
    left = ada.tab.page.evaluate("JSON.stringify([{ ...localStorage }, { ...sessionStorage }])")
    assert "Not meant" not in left
    ada.tab.log_in(ada.email)
    ada.tab.talk_to(grace)
    expect(ada.tab.composer).to_have_value("")
