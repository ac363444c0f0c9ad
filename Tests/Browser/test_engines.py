"""The main flow in the other engines that Debian has, with a second person in Chromium."""

import re

import pytest
from playwright.sync_api import expect

from acts import do, edit, pill, pinned, quote
from database import message_id
from pictures import file
from test_jumping import expect_jumped, jump_link
from test_reading import divider
from webkit import WebKit

FORMATTED = "**Strong**, `code`, https://example.org/lake"
# What one sees of it.
SHOWN = "Strong, code, https://example.org/lake"
# More than a page holds.
NEW = 60
TYPING = "Grace Hopper is typing …"


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


def write_much(server, author, reader):
    """So much that the end is far from the beginning, where a link leads back to."""
    author.post_all(reader, [f"New {number}" for number in range(1, NEW + 1)])
    author.post(reader, f"{server.url}/messages/{message_id(server, FORMATTED)}")


# By where it stands: what shows of the formatted message.
PARTS = {".text strong": "Strong", ".text code": "code", ".text a[target=_blank]": "https://example.org/lake"}


@pytest.mark.known("ada")
def test_messages_in_firefox(firefox, server, person, grace):
    ada = person("Ada Lovelace", browser=firefox)
    grace.post(ada, FORMATTED)
    tab = ada.tab.talk_to(grace)
    tab.mark()
    for selector, text in PARTS.items():
        expect(tab.log.locator(selector)).to_have_text(text)
    tab.say("An answer")
    answer = tab.sent("An answer")
    expect(answer.get_by_text("Sent", exact=True)).to_have_count(1)
    hers = grace.tab.talk_to(ada)
    expect(answer.get_by_text("Read", exact=True)).to_have_count(1)
    hers.composer.press_sequentially("Half a sen", delay=400)
    expect(tab.page.locator(".heading").get_by_text(TYPING)).to_be_visible()
    tab.link("Close the conversation").click()
    expect(tab.heading("Choose someone to write to")).to_be_visible()
    write_much(server, grace, ada)
    expect(tab.row(grace.name)).to_have_accessible_name(re.compile(rf"\b{NEW + 1} unread\b"))
    tab.talk_to(grace)
    expect(divider(tab)).to_have_text(f"{NEW + 1} new messages")
    expect(divider(tab)).to_be_in_viewport()
    expect(tab.sent("New 1")).to_be_in_viewport()
    tab.jump.click()
    jump_link(tab).click()
    expect_jumped(tab, SHOWN)


def test_an_error_on_a_page_of_firefox_is_not_missed(firefox, person):
    visitor = person("Ada Lovelace", browser=firefox, signed_up=False)
    tab = visitor.new_tab("/login")
    tab.page.evaluate("setTimeout(() => { throw new Error('as a test') }), 0")
    tab.page.evaluate("new Promise((done) => setTimeout(done, 50))")
    assert any("as a test" in each for each in visitor.errors), visitor.errors
    visitor.expect_errors("as a test")


def log_in(tab, person):
    tab.open("/login")
    tab.fill("Email", person.email)
    tab.fill("Password", person.password)
    tab.press("Log in")


def test_webkit(server, ada, grace):
    with WebKit(server.url) as tab:
        log_in(tab, ada)
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


def test_messages_in_webkit(server, ada, grace):
    grace.post(ada, FORMATTED)
    with WebKit(server.url) as tab:
        log_in(tab, ada)
        tab.wait_for("nav[aria-label=Conversations] a", "Grace Hopper", "1 unread")
        tab.follow("Grace Hopper")
        tab.mark()
        for selector, text in PARTS.items():
            tab.wait_for(selector, text)
        tab.write("An answer")
        tab.wait_for(".receipt", "Sent")
        hers = grace.tab.talk_to(ada)
        tab.wait_for(".receipt", "Read")
        hers.composer.press_sequentially("Half a sen", delay=400)
        tab.wait_for(".heading .typing", TYPING)
        tab.click(".heading .close")
        tab.wait_for("h1", "Choose someone to write to")
        write_much(server, grace, ada)
        tab.wait_for("nav[aria-label=Conversations] a", f"{NEW + 1} unread")
        tab.follow("Grace Hopper")
        tab.wait_for(".new-line", f"{NEW + 1} new messages")
        assert tab.is_in_view(".new-line")
        tab.click("#jump")
        tab.wait_for(".to-message", "/messages/")
        tab.click(".to-message")
        tab.wait_for(".message.lit", SHOWN)
        tab.wait_for(".message:focus", SHOWN)
        assert tab.is_in_view(".message:focus")
        tab.expect_not_reloaded()
    assert not tab.errors


@pytest.mark.alone
def test_acts_in_webkit(server, ada, grace):
    grace.post(ada, "At nine?")
    with WebKit(server.url) as tab:
        log_in(tab, ada)
        tab.wait_for("nav[aria-label=Conversations] a", "Grace Hopper")
        tab.follow("Grace Hopper")
        tab.mark()
        hers = grace.tab.talk_to(ada)
        tab.wait_for(".text", "At nine?")
        tab.write("A mistake")
        tab.do("A mistake", "Edit")
        tab.wait_for("#strip", "Editing")
        tab.write(", mended")
        expect(hers.sent("A mistake, mended")).to_have_count(1)
        tab.do("At nine?", "Reply")
        tab.wait_for("#strip", "Replying to Grace Hopper")
        tab.write("At ten")
        expect(quote(hers, "At ten")).to_contain_text("At nine?")
        tab.do("At nine?", "React")
        tab.choose("👍")
        expect(pill(hers, "At nine?", "👍")).to_be_visible()
        tab.do("At nine?", "Pin")
        expect(pinned(hers)).to_contain_text("At nine?")
        tab.do("At ten", "Delete")
        expect(hers.messages.last).to_contain_text("Message deleted")
        tab.press("Undo")
        expect(hers.sent("At ten")).to_have_count(1)
        tab.wait_for(".text", "At ten")
        do(hers, "A mistake, mended", "React")
        hers.page.get_by_role("menuitem", name="🎉").click()
        tab.wait_for(".reaction", "🎉")
        edit(hers, "At nine?", "At noon?")
        tab.wait_for(".text", "At noon?")
        tab.wait_for(".quote", "At noon?")
        do(hers, "At noon?", "Delete")
        tab.wait_for(".text", "Message deleted")
        tab.expect_not_reloaded()
    assert not tab.errors


def test_an_error_on_a_page_of_webkit_is_not_missed(server):
    with WebKit(server.url) as tab:
        tab.open("/login")
        tab.driver.execute_script("setTimeout(() => { throw new Error('as a test') })")
        tab.driver.execute_script("setTimeout(() => Promise.reject(new Error('as another')))")
        tab.wait_for("h1", "Welcome back")
        tab.look_for_errors()
    assert len(tab.errors) == 2, tab.errors
