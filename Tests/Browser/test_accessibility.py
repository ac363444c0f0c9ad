"""axe-core finds nothing wrong on any page in any state."""

import re
from datetime import datetime, timedelta, timezone

import pytest
from playwright.sync_api import expect

from axe import SIZES, Findings
from database import add_people, move_messages
from pictures import file

# Without motion nothing is half there when axe looks.
CALM = {"viewport": SIZES["1280"], "reduced_motion": "reduce"}


@pytest.fixture
def axe():
    return Findings()


def test_the_account_and_error_pages(person, axe):
    stranger = person("Ada Lovelace", signed_up=False, **CALM)
    stranger.expect_errors("status of 4")
    tab = stranger.new_tab("/login")
    axe.check(tab, "log-in")
    tab.log_in("ada@example.org", "not the password")
    expect(tab.field("Password")).to_have_attribute("aria-invalid", "true")
    axe.check(tab, "log-in refused")
    tab.open("/signup")
    axe.check(tab, "sign-up")
    tab.sign_up(" ", "ada@example.org", "short")
    expect(tab.field("Password")).to_have_attribute("aria-invalid", "true")
    axe.check(tab, "sign-up refused")
    stranger.sign_up()
    expect(stranger.tab.heading("You are the first one here")).to_be_visible()
    axe.check(stranger.tab, "first user alone")
    stranger.tab.open("/nothing/here")
    expect(stranger.tab.heading("Nothing here")).to_be_visible()
    axe.check(stranger.tab, "page not found")
    stranger.tab.open("/logout")
    expect(stranger.tab.heading("That did not work")).to_be_visible()
    axe.check(stranger.tab, "error page")
    axe.expect_none()


@pytest.fixture
def talked(server, person):
    """Ada's tab, in which a conversation with Grace of three days waits, the last of it unread."""
    ada, grace = person("Ada Lovelace", **CALM), person("Grace Hopper")
    for author, other, text in [
        (grace, ada, "Good morning! Did the parcel arrive?"),
        (ada, grace, "It did, thank you. See https://example.org/tracking"),
        (grace, ada, "Then I am glad."),
        (grace, ada, "🎉🎉"),
    ]:
        author.post(other, text)
    now = datetime.now(timezone.utc)
    for each in (ada, grace):
        each.expect_errors("net::ERR_", "status of")
    server.stop()
    move_messages(server, [now - timedelta(minutes=each) for each in (2900, 1500, 20, 2)])
    server.start()
    names = ["Alan Turing", "Barbara Liskov", "محمد علي", "Wolfeschlegelsteinhausenbergerdorff Senior"]
    add_people(server, names)
    return ada, grace


def test_the_chat_pages(talked, axe):
    ada, grace = talked
    tab = ada.tab.open()
    expect(tab.row(grace.name)).to_have_accessible_name(re.compile(r"\bonline\b.*\b3 unread\b"))
    axe.check(tab, "no conversation chosen")
    tab.find.fill("xyz")
    expect(tab.sidebar.get_by_text("Nobody by that name.")).to_be_visible()
    axe.check(tab, "no result")
    tab.find.fill("")
    expect(tab.row("Barbara Liskov")).to_be_visible()
    tab.row("Barbara Liskov").click()
    expect(tab.main.get_by_text("No messages yet. Say hello.")).to_be_visible()
    axe.check(tab, "no messages yet")
    tab.talk_to(grace)
    expect(tab.log.get_by_text("3 new messages", exact=True)).to_be_visible()
    axe.check(tab, "conversation")

    tab.attach.set_input_files([file("lake.jpg"), file("hills.jpg")])
    expect(tab.attached).to_have_count(2)
    axe.check(tab, "images attached")
    tab.button("Send").click()
    expect(tab.images(tab.messages.last)).to_have_count(2)
    axe.check(tab, "with images")
    tab.images(tab.messages.last).first.click()
    expect(tab.gallery).to_be_visible()
    axe.check(tab, "image open")
    tab.gallery.get_by_role("button", name="Close", exact=True).click()
    tab.attach.set_input_files(file("notes.txt", b"no picture"))
    expect(tab.main.get_by_role("alert")).to_contain_text("notes.txt")
    axe.check(tab, "attached what is no image")

    tab.page.route("**/messages", lambda route: route.abort())
    tab.write("This one does not get through")
    expect(tab.message("This one does not get through")).to_contain_text("Not sent", timeout=15_000)
    axe.check(tab, "not sent")
    tab.page.unroute_all()
    ada.context.set_offline(True)
    expect(tab.reconnecting).to_be_visible()
    axe.check(tab, "offline")
    axe.expect_none()


def test_the_pages_of_the_bar(talked, axe):
    ada, grace = talked
    tab = ada.tab.open()
    bar = tab.page.get_by_role("navigation", name="Main", exact=True).get_by_role("link")
    names = [name.strip() for name in bar.all_inner_texts()]
    assert names[0] == "Chats" and len(names) > 2, names
    for name in names[1:]:
        tab.link(name).click()
        expect(tab.link(name)).to_have_attribute("aria-current", "page")
        axe.check(tab, name)
    tab.link("Profile").click()
    tab.field("Full name").fill(" ")
    tab.page.get_by_label("Picture", exact=True).set_input_files(file("me.pdf", b"%PDF-1.4"))
    tab.button("Save profile").click()
    expect(tab.field("Full name")).to_have_attribute("aria-invalid", "true")
    axe.check(tab, "profile refused")
    tab.link("Chats").click()
    grace.context.close()
    tab.online_only.check()
    expect(tab.rows).to_have_count(0, timeout=20_000)
    axe.check(tab, "nobody online")
    axe.expect_none()
