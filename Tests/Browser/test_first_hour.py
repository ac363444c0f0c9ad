"""The first hour of a chat: somebody makes it theirs, and decides who comes in."""

import re

import pytest
from playwright.sync_api import expect

from axe import Findings
from server import Server
from test_phone import PHONE


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path)
    server.awaits_owner = True
    server.cookies = {}
    server.start()
    yield server
    if server.runs:
        server.stop()


def set_up(tab):
    """Signs up as the first one, from the page that the server's address leads to."""
    tab.open()
    tab.link("Create an account").click()
    expect(tab.heading("Set up your chat")).to_be_visible()
    tab.sign_up(tab.person.name, tab.person.email)
    expect(tab.heading("Administration")).to_be_visible()
    return tab


@pytest.mark.parametrize("options", [{}, {"java_script_enabled": False}, PHONE], ids=["modules", "none", "phone"])
def test_from_an_empty_folder_to_two_who_talk(person, server, options):
    owner = person("Ada Lovelace", signed_up=False, **options)
    tab = set_up(owner.new_tab("/login"))
    owner.tab = tab
    # What was in use is filled in, and nothing has to be answered for the chat to work.
    expect(tab.field("Address that people type")).to_have_value(server.url)
    tab.open()
    expect(tab.page).to_have_title(re.compile("Nextalk"))
    if options == PHONE:
        tab.link("Settings").click()
    tab.link("Administration").click()
    tab.field("Name").fill("Fernhill Walkers")
    tab.page.get_by_role("radio", name="Anyone with the address").check()
    tab.button("Save settings").click()
    expect(tab.page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    expect(tab.page).to_have_title("Administration · Fernhill Walkers")
    if options != PHONE:
        expect(tab.link("Fernhill Walkers")).to_be_visible()
    grace = person("Grace Hopper", signed_up=False)
    theirs = grace.new_tab("/signup")
    expect(theirs.page).to_have_title("Create an account · Fernhill Walkers")
    theirs.sign_up(grace.name, grace.email)
    grace.tab = theirs
    expect(theirs.link("Chats")).to_be_visible()
    expect(theirs.link("Administration")).to_have_count(0)
    tab.open().talk_to(grace)
    tab.composer.fill("Welcome")
    tab.button("Send").click()
    expect(tab.sent("Welcome")).to_have_count(1)
    expect(theirs.row(owner.name)).to_have_accessible_name(re.compile(r"\b1 unread\b"))
    expect(theirs.page).to_have_title(re.compile(r"^\(1\) .*Fernhill Walkers$"))


def test_nobody_else_comes_in_once_that_is_closed(person, server):
    owner = person("Ada Lovelace", signed_up=False)
    tab = set_up(owner.new_tab("/login"))
    tab.page.get_by_role("radio", name="Nobody").check()
    tab.button("Save settings").click()
    expect(tab.page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    other = person("Grace Hopper", signed_up=False)
    theirs = other.new_tab("/signup")
    expect(theirs.page.get_by_text("not taking new accounts")).to_be_visible()
    expect(theirs.button("Create account")).to_have_count(0)


def test_what_is_wrong_is_said_at_its_field(person, server):
    owner = person("Ada Lovelace", signed_up=False)
    tab = set_up(owner.new_tab("/login"))
    owner.expect_errors("422")
    tab.page.get_by_role("radio", name="Anyone with the address").check()
    tab.field("Name").fill("Club")
    tab.field("Address that people type").fill("our chat")
    tab.button("Save settings").click()
    expect(tab.field("Address that people type")).to_have_accessible_description(re.compile("Write an address like"))
    expect(tab.field("Address that people type")).to_be_focused()
    expect(tab.field("Name")).to_have_value("Club")
    tab.field("Address that people type").fill("https://chat.example.org/")
    tab.button("Save settings").click()
    expect(tab.field("Address that people type")).to_have_value("https://chat.example.org")


def test_the_link_of_the_start(person, server):
    # It comes after the line that the server is ready.
    expect_link = re.compile(r"Open http://127\.0\.0\.1:\d+(/setup/\S+) to set it up\.")
    path = expect_link.search(server.wait_for_log(expect_link))[1]
    owner = person("Ada Lovelace", signed_up=False)
    tab = owner.new_tab(path)
    expect(tab.heading("Set up your chat")).to_be_visible()
    tab.sign_up(owner.name, owner.email)
    expect(tab.heading("Administration")).to_be_visible()
    owner.expect_errors("404")
    late = owner.new_tab(path)
    expect(late.page.get_by_text("This link does not work any more.")).to_be_visible()


def test_another_owner_from_the_shell(person, server):
    owner = person("Ada Lovelace", signed_up=False)
    tab = set_up(owner.new_tab("/login"))
    grace = person("Grace Hopper")
    expect(grace.tab.link("Administration")).to_have_count(0)
    assert server.make_owner(grace.email) == f"Grace Hopper, who logs in with {grace.email}, owns the chat now.\n"
    grace.tab.open().link("Administration").click()
    expect(grace.tab.heading("Administration")).to_be_visible()
    # Whoever was is an administrator.
    tab.open("/administration")
    expect(tab.heading("Administration")).to_be_visible()


def test_accessible_in_each_look_and_size(person, server):
    owner = person("Ada Lovelace", signed_up=False)
    tab = set_up(owner.new_tab("/login"))
    axe = Findings()
    axe.check(tab, "administration")
    owner.expect_errors("422")
    tab.field("Address that people type").fill("our chat")
    tab.button("Save settings").click()
    expect(tab.field("Address that people type")).to_be_focused()
    axe.check(tab, "administration, refused")
    axe.expect_none()
    for width in (320, 390, 1280):
        tab.page.set_viewport_size({"width": width, "height": 800})
        assert tab.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
