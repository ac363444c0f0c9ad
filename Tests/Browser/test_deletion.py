"""Someone deletes their account, and what they and the others see of it."""

import re
import time

import pytest
from playwright.sync_api import expect

from people import PASSWORD
from pictures import file, picture

GONE = "Deleted account"
SENTENCE = "This account was deleted. Nobody reads here any more."


def ask(tab, password=PASSWORD, choice="Delete the text"):
    tab.open("/settings")
    form = tab.page.locator("#deletion-form")
    form.get_by_role("radio", name=choice, exact=True).check()
    form.get_by_role("textbox", name="Password", exact=True).fill(password)
    form.get_by_role("button", name="Delete my account", exact=True).click()
    return form


def heading(tab):
    return tab.page.get_by_role("heading", name="Delete my account", exact=True, level=1)


def expect_farewell(tab):
    expect(tab.heading("Create an account")).to_be_visible(timeout=20_000)
    expect(tab.page.get_by_role("status")).to_contain_text("Your account is deleted.")


@pytest.mark.known("carol")
@pytest.mark.delays(5)
def test_what_the_others_see(talk, ada, grace, person):
    ada.expect_errors("status of 401")
    mine, theirs = talk
    mine.say("Meet me at the mill")
    mine.send(file("mill.jpg", picture()), text="Here")
    theirs.say("I will come")
    carol = person("Carol Shaw")
    expect(carol.tab.row(ada.name)).to_have_count(1)
    theirs.mark()
    carol.tab.mark()
    mine.composer.fill("Half a sentence")
    elsewhere = ada.new_tab().talk_to(grace)
    ask(ada.tab)
    expect(heading(ada.tab)).to_be_visible()
    expect(ada.tab.button("Undo")).to_be_visible()
    # Nothing has changed for anyone yet.
    expect(theirs.heading(ada.name)).to_be_visible()
    # The others' pages change by themselves.
    expect(theirs.heading(GONE)).to_be_visible(timeout=20_000)
    expect(theirs.row(GONE)).to_have_count(1)
    expect(theirs.row(ada.name)).to_have_count(0)
    expect(theirs.log.get_by_text("Message deleted", exact=True)).to_have_count(2)
    expect(theirs.log.get_by_role("img")).to_have_count(0)
    expect(theirs.sent("I will come")).to_have_count(1)
    expect(theirs.main.get_by_text(SENTENCE)).to_be_visible()
    expect(theirs.composer).to_be_hidden()
    expect(theirs.page.locator(".status")).to_have_text("")
    expect(theirs.page).to_have_title(re.compile(GONE))
    expect(carol.tab.row(ada.name)).to_have_count(0)
    expect(carol.tab.row(GONE)).to_have_count(0)
    theirs.expect_not_reloaded()
    carol.tab.expect_not_reloaded()
    # What was announced is gone after a while.
    expect(theirs.page.locator("#announcer")).to_have_text("", timeout=20_000)
    # The same without the events, and her own pages end.
    before = theirs.main.aria_snapshot()
    theirs.page.reload()
    expect(theirs.heading(GONE)).to_be_visible()
    assert theirs.main.aria_snapshot() == before
    expect_farewell(ada.tab)
    expect_farewell(elsewhere)
    assert ada.tab.page.evaluate("localStorage.length") == 0
    # What told the other tab goes by itself.
    deadline = time.monotonic() + 10
    while ada.context.cookies():
        assert time.monotonic() < deadline, ada.context.cookies()
        ada.tab.page.wait_for_timeout(100)


@pytest.mark.known("carol")
def test_undo(talk, ada, grace, person):
    mine, theirs = talk
    carol = person("Carol Shaw")
    carol.expect_errors("status of 401")
    mine.say("Meet me at the mill")
    theirs.mark()
    ask(ada.tab)
    ada.tab.button("Undo").click()
    expect(ada.tab.page.get_by_role("status")).to_contain_text("Your account stays. Nothing was deleted.")
    # What Carol asks for later is done, so hers would have been.
    ask(carol.tab)
    expect(theirs.row(carol.name)).to_have_count(0, timeout=20_000)
    ada.tab.open().talk_to(grace)
    expect(ada.tab.sent("Meet me at the mill")).to_have_count(1)
    expect(theirs.heading(ada.name)).to_be_visible()
    theirs.expect_not_reloaded()


def test_a_wrong_password(ada):
    ada.expect_errors("status of 422")
    form = ask(ada.tab, "wrong", "Keep the text, without my name")
    field = form.get_by_role("textbox", name="Password", exact=True)
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description(re.compile("^That is not your password. Nothing was changed."))
    expect(form.get_by_role("radio", name="Keep the text, without my name")).to_be_checked()


@pytest.mark.delays(5)
def test_what_was_being_written_stays(talk, ada, grace):
    ada.expect_errors("status of 401")
    grace.expect_errors("status of 422")
    mine, theirs = talk
    mine.say("Meet me at the mill")
    theirs.composer.fill("Half a sentence")
    ask(ada.tab, choice="Keep the text, without my name")
    expect(theirs.heading(GONE)).to_be_visible(timeout=20_000)
    expect(theirs.sent("Meet me at the mill")).to_have_count(1)
    expect(theirs.composer).to_have_value("Half a sentence")
    theirs.button("Send").click()
    expect(theirs.page.get_by_text("nobody would read your message")).to_be_visible()
    expect(theirs.composer).to_have_value("Half a sentence")
    theirs.composer.fill("")
    expect(theirs.composer).to_be_hidden()


def test_without_javascript(person, grace):
    dora = person("Dora Marsden", java_script_enabled=False)
    dora.tab.talk_to(grace).say("Meet me at the mill")
    ask(dora.tab)
    expect(dora.tab.button("Undo")).to_be_visible()
    dora.tab.button("Undo").click()
    expect(dora.tab.page.get_by_role("status")).to_contain_text("Your account stays.")
    ask(dora.tab)
    expect_farewell(dora.tab)
    grace.tab.open()
    expect(grace.tab.row(GONE)).to_have_count(1)
