"""A log-in that ends while one writes costs no text."""

import pytest
from playwright.sync_api import expect

PASSWORD = "another horse battery"


def test_a_message_sent_after_the_session_ended_is_not_lost(talk, ada, grace):
    ada.expect_errors("status of 401")
    tab = ada.tab
    tab.say("Before")
    ada.context.clear_cookies(name="nextalk_session")
    tab.write("Not to be lost")
    expect(tab.heading("Welcome back")).to_be_visible()
    tab.log_in(ada.email)
    expect(tab.heading(grace.name)).to_be_visible()
    expect(tab.sent("Not to be lost")).to_have_count(1)
    expect(grace.tab.sent("Not to be lost")).to_have_count(1)
    expect(tab.composer).to_have_value("")


def test_a_draft_outlives_a_session_ended_by_the_owner(server, talk, ada, grace):
    ada.expect_errors("status of 401", "net::ERR_")
    tab = ada.tab
    tab.composer.fill("Half a sentence")
    server.set_password(ada.email, PASSWORD)
    # At once, and not when one wants to send.
    expect(tab.heading("Welcome back")).to_be_visible()
    tab.log_in(ada.email, PASSWORD)
    expect(tab.heading(grace.name)).to_be_visible()
    expect(tab.composer).to_have_value("Half a sentence")


@pytest.mark.known("carol")
def test_another_person_at_the_same_browser_sees_nothing_of_it(talk, ada, grace, person):
    ada.expect_errors("status of 401")
    tab = ada.tab
    tab.composer.fill("For Grace only")
    carol = person("Carol Shaw")
    ada.context.clear_cookies(name="nextalk_session")
    tab.open("/login")
    tab.log_in(carol.email)
    tab.talk_to(grace)
    expect(tab.composer).to_have_value("")


def test_one_log_in_is_enough_for_all_tabs(talk, ada, grace):
    ada.expect_errors("status of 401")
    second = ada.new_tab().talk_to(grace)
    # The stream was opened anew for the second tab; one that is opened without a session ends in the log-in.
    grace.tab.say("To both")
    for tab in (ada.tab, second):
        expect(tab.sent("To both")).to_have_count(1)
    ada.context.clear_cookies(name="nextalk_session")
    ada.tab.write("In the first tab")
    for tab in (ada.tab, second):
        expect(tab.heading("Welcome back")).to_be_visible()
    ada.tab.log_in(ada.email)
    expect(grace.tab.sent("In the first tab")).to_have_count(1)
    second.page.reload()
    expect(second.sent("In the first tab")).to_have_count(1)
    second.say("In the second tab")
    expect(grace.tab.sent("In the second tab")).to_have_count(1)
