"""The main flow in the other engines that Debian has, with a second person in Chromium."""

import re
import shutil

import pytest
from playwright.sync_api import expect

from pictures import file
from webkit import WebKit


@pytest.fixture(scope="module")
def firefox(playwright):
    program = shutil.which("firefox-esr")
    assert program, "Firefox is missing: Tests/run installs it"
    browser = playwright.firefox.launch(channel="moz-firefox", executable_path=program)
    yield browser
    browser.close()


def test_firefox(firefox, person, ada, grace):
    visitor = person(ada.name, browser=firefox, signed_up=False)
    tab = visitor.new_tab("/login")
    tab.log_in(ada.email)
    expect(tab.row(grace.name)).to_have_accessible_name(re.compile(r"\bonline\b"))
    tab.talk_to(grace)
    expect(tab.main.get_by_text("online", exact=True)).to_be_visible()
    tab.mark()
    grace.tab.talk_to(ada).say("Good morning, Firefox")
    expect(tab.sent("Good morning, Firefox")).to_be_in_viewport()
    expect(tab.row(grace.name)).to_contain_text("Good morning, Firefox")
    tab.say("Good morning, Grace")
    expect(grace.tab.sent("Good morning, Grace")).to_have_count(1)
    tab.send(file("lake.jpg"), text="Look", words=["A lake"])
    expect(grace.tab.images(grace.tab.sent("Look"))).to_have_count(1)
    expect(tab.images(tab.sent("Look"))).to_be_in_viewport()
    # To nobody and back, with what was begun still there.
    tab.composer.fill("Half a sentence")
    tab.link("Close the conversation").click()
    expect(tab.heading("Choose someone to write to")).to_be_visible()
    tab.page.go_back()
    expect(tab.sent("Good morning, Firefox")).to_have_count(1)
    expect(tab.composer).to_have_value("Half a sentence")
    tab.composer.fill("")
    tab.expect_not_reloaded()
    tab.page.reload()
    expect(tab.messages).to_contain_text(["Good morning, Firefox", "Good morning, Grace", "Look"])
    expect(tab.messages.last).to_be_in_viewport()
    tab.open("/settings")
    tab.mark()
    tab.button("Save privacy").click()
    expect(tab.page.get_by_role("status").get_by_text("Your privacy is saved.")).to_be_visible()
    tab.expect_not_reloaded()
    tab.log_out()


def test_an_error_on_a_page_of_firefox_is_not_missed(firefox, person):
    visitor = person("Ada Lovelace", browser=firefox, signed_up=False)
    tab = visitor.new_tab("/login")
    tab.page.evaluate("setTimeout(() => { throw new Error('as a test') }), 0")
    tab.page.evaluate("new Promise((done) => setTimeout(done, 50))")
    assert any("as a test" in each for each in visitor.errors), visitor.errors
    visitor.expect_errors("as a test")


def test_webkit(server, ada, grace):
    with WebKit(server.url) as tab:
        tab.open("/login")
        tab.fill("Email", ada.email)
        tab.fill("Password", ada.password)
        tab.press("Log in")
        tab.wait_for("nav[aria-label=Conversations] a", "Grace Hopper", "online")
        tab.follow("Grace Hopper")
        tab.wait_for("main .status", "online")
        tab.mark()
        grace.tab.talk_to(ada).say("Good morning, WebKit")
        tab.wait_for("article[data-message-id]", "Good morning, WebKit")
        tab.wait_for("nav[aria-label=Conversations] a", "Good morning, WebKit")
        tab.write("Good morning, Grace")
        tab.wait_for("article[data-message-id]", "Good morning, Grace")
        expect(grace.tab.sent("Good morning, Grace")).to_have_count(1)
        tab.click(".heading .close")
        tab.wait_for("h1", "Choose someone to write to")
        tab.follow("Grace Hopper")
        tab.wait_for("article[data-message-id]", "Good morning, WebKit")
        tab.expect_not_reloaded()
        tab.reload()
        for text in ("Good morning, WebKit", "Good morning, Grace"):
            tab.wait_for("article[data-message-id]", text)
        assert tab.is_in_view("article:last-of-type")
    assert not tab.errors


def test_an_error_on_a_page_of_webkit_is_not_missed(server):
    with WebKit(server.url) as tab:
        tab.open("/login")
        tab.driver.execute_script("setTimeout(() => { throw new Error('as a test') })")
        tab.driver.execute_script("setTimeout(() => Promise.reject(new Error('as another')))")
        tab.wait_for("h1", "Welcome back")
        tab.look_for_errors()
    assert len(tab.errors) == 2, tab.errors
