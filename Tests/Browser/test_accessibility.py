"""axe-core finds nothing wrong on any page in any state."""

import re
from datetime import datetime, timedelta, timezone

import pytest
from playwright.sync_api import expect

from axe import SIZES, Findings
from database import add_people, go_away, message_id, move_messages
from groups import make
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
    # So that whoever shows as online has come back.
    go_away(server, grace, now)
    server.start()
    names = ["Alan Turing", "Barbara Liskov", "محمد علي", "Wolfeschlegelsteinhausenbergerdorff Senior"]
    add_people(server, names)
    return ada, grace


@pytest.mark.known("ada", "grace")
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
    expect(tab.message("This one does not get through")).to_contain_text("Not sent")
    axe.check(tab, "not sent")
    tab.page.unroute_all()
    ada.context.set_offline(True)
    expect(tab.reconnecting).to_be_visible()
    axe.check(tab, "offline")
    axe.expect_none()


@pytest.mark.known("ada", "grace")
def test_the_pages_of_the_bar(talked, axe):
    ada, grace = talked
    tab = ada.tab.open()
    expect(tab.row(grace.name)).to_have_accessible_name(re.compile(r"\bonline\b"))
    # At the end nobody is online: the server waits a while whether she comes back.
    grace.context.close()
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
    tab.online_only.check()
    expect(tab.rows).to_have_count(0, timeout=20_000)
    axe.check(tab, "nobody online")
    axe.expect_none()


@pytest.fixture
def acted(server, person):
    """Ada, the address of a group in which all that one can do with messages was done, and their ids by their texts."""
    ada, grace = person("Ada Lovelace", **CALM), person("Grace Hopper")
    for each in (ada, grace):
        each.expect_errors("net::ERR_", "status of")
    group = make(ada.tab, "Walkers", grace).page.url.removeprefix(ada.url)
    # Grace writes from what is in sight to her.
    for author, text, answered in [
        (grace, "Shall we walk on Sunday?", None),
        (ada, "I would like to.", "Shall we walk on Sunday?"),
        (grace, "Rain, they say.", None),
        (ada, "Then by train.", "Rain, they say."),
        (ada, "By train at noon.", None),
        (grace, "Not for everyone.", None),
    ]:
        form = {"text": text, "replyTo": str(message_id(server, answered)) if answered else ""}
        assert post(author, f"{group}/messages", form) == 303
    ids = {text: message_id(server, text) for text in (
        "Shall we walk on Sunday?", "I would like to.", "Rain, they say.", "By train at noon.", "Not for everyone.")}
    sunday, like, rain, train, everyone = ids.values()
    for author, emojis in ((ada, "🎉👍"), (grace, "👍❤🚂")):
        for emoji in emojis:
            assert post(author, f"/messages/{like}/reactions", {"emoji": emoji}) == 303
    for each in (sunday, like):
        assert post(ada, f"/messages/{each}/pin", {"pin": "1"}) == 303
    assert post(ada, f"/messages/{train}/edit", {"text": "By train at one."}) == 303
    assert post(ada, f"/messages/{everyone}/delete", {}) == 303
    assert post(grace, f"/messages/{rain}/delete", {}) == 303
    ada.tab.send(file("lake.jpg"), file("hills.jpg"), text="Two of them")
    return ada, group, ids


def post(person, path, form):
    return person.context.request.post(person.url + path, form=form, max_redirects=0).status


@pytest.mark.known("ada", "grace")
def test_what_is_done_with_messages(acted, axe):
    ada, group, ids = acted
    tab = ada.tab.open(group)
    expect(tab.log.get_by_text("Message deleted by an administrator")).to_be_visible()
    expect(tab.messages.filter(has_text="By train at one.")).to_contain_text("edited")
    expect(tab.main.get_by_role("link", name=re.compile("^Pinned"))).to_be_visible()
    axe.check(tab, "replies, reactions, pins, edited and deleted")
    tab.open(f"{group}?reply={ids['Shall we walk on Sunday?']}")
    expect(tab.main.get_by_text("Replying to Grace Hopper")).to_be_visible()
    axe.check(tab, "replying")
    tab.open(f"{group}/details")
    expect(tab.heading("Pinned")).to_be_visible()
    axe.check(tab, "pins in the details")
    tab.open(f"/messages/{ids['I would like to.']}/details")
    expect(tab.heading("Reactions")).to_be_visible()
    axe.check(tab, "details of a message with reactions, a reply and a pin")
    tab.open(f"/messages/{ids['By train at noon.']}/details")
    expect(tab.main.get_by_text("Edited:")).to_be_visible()
    axe.check(tab, "details of an edited message")
    axe.expect_none()


@pytest.mark.known("ada", "grace")
def test_the_pages_to_edit_and_to_delete(acted, axe):
    ada, group, ids = acted
    edit = f"/messages/{ids['By train at noon.']}/edit"
    tab = ada.tab.open(edit)
    axe.check(tab, "editing")
    tab.field("Message").fill(" ")
    tab.button("Save").click()
    expect(tab.page.get_by_role("alert")).to_have_text("Write something first.")
    axe.check(tab, "an edit that is refused")
    tab.open(edit)
    assert post(ada, edit, {"text": "By train at two."}) == 303
    tab.field("Message").fill("By bus.")
    tab.button("Save").click()
    expect(tab.page.get_by_text("By train at two.")).to_be_visible()
    axe.check(tab, "an edit of what has changed")
    tab.open(group).sent("Two of them").get_by_role("link", name=re.compile(r"^\d\d:\d\d")).click()
    tab.link("Delete").click()
    expect(tab.button("Picture 2")).to_be_visible()
    axe.check(tab, "asked whether to delete")
    tab.button("Delete").click()
    expect(tab.button("Undo")).to_be_visible()
    axe.check(tab, "deleted, with a way back")
    axe.expect_none()
