"""What one has begun to write shows in the list, in place of the preview."""

import re

import pytest
from playwright.sync_api import expect

from groups import make, open_group
from pictures import file

HELLO = "Hello from Grace"
BEGUN = "Half a sentence"
DRAFT = f"Draft: {BEGUN}"


@pytest.fixture
def begun(talk, ada, grace, carol):
    """Ada's tab, in which she has left a draft to Grace for the conversation with Carol."""
    tab, hers = talk
    hers.say(HELLO)
    expect(tab.row(grace.name)).to_contain_text(HELLO)
    tab.composer.fill(BEGUN)
    expect(tab.row(grace.name)).not_to_contain_text("Draft")
    return tab.talk_to(carol)


def expect_draft(tab, name, text=DRAFT):
    """For the eye and the ear, and the preview for neither."""
    row = tab.row(name)
    expect(row.locator(".draft")).to_have_text(text)
    expect(row.locator(".draft")).to_be_visible()
    expect(row.locator(".preview")).to_be_hidden()
    expect(row).to_have_accessible_name(re.compile(re.escape(text)))


def expect_preview(tab, name, text):
    row = tab.row(name)
    expect(row.locator(".preview")).to_have_text(text)
    expect(row.locator(".preview")).to_be_visible()
    expect(row).not_to_have_accessible_name(re.compile("Draft"))


def test_in_every_tab_and_after_a_reload(begun, ada, grace):
    expect_draft(begun, grace.name)
    other = ada.new_tab()
    expect_draft(other, grace.name)
    begun.page.reload()
    expect_draft(begun, grace.name)
    begun.link("Settings").click()
    begun.link("Chats").click()
    expect_draft(begun, grace.name)


def test_live_as_another_tab_writes_sends_and_empties(talk, ada, grace):
    tab, hers = talk
    hers.say(HELLO)
    # One that has no draft to show as it opens.
    other = ada.new_tab()
    expect_preview(other, grace.name, HELLO)
    other.mark()
    tab.composer.press_sequentially("One")
    expect_draft(other, grace.name, "Draft: One")
    tab.composer.fill("One\n and  two")
    expect_draft(other, grace.name, "Draft: One and two")
    tab.composer.fill("")
    expect_preview(other, grace.name, HELLO)
    tab.composer.fill("Sent soon")
    expect_draft(other, grace.name, "Draft: Sent soon")
    tab.composer.press("Enter")
    expect_preview(other, grace.name, "You: Sent soon")
    other.expect_not_reloaded()


def test_a_row_that_changes_keeps_its_draft(begun, ada, grace):
    grace.tab.say("And on")
    expect(begun.row(grace.name)).to_have_accessible_name(re.compile(r"\b1 unread\b"))
    expect_draft(begun, grace.name)
    begun.sidebar.get_by_role("link", name="Unread", exact=True).click()
    expect(begun.rows).to_have_count(1)
    expect_draft(begun, grace.name)
    begun.talk_to(grace)
    expect_preview(begun, grace.name, "And on")
    expect(begun.composer).to_have_value(BEGUN)


def test_the_conversation_that_is_open_shows_what_it_is_about(begun, grace, carol):
    begun.composer.fill("For Carol")
    begun.talk_to(grace)
    expect_preview(begun, grace.name, HELLO)
    # Without a message the row has no preview, and a draft nevertheless.
    expect_draft(begun, carol.name, "Draft: For Carol")
    begun.main.get_by_role("link", name="Close the conversation").click()
    expect_draft(begun, grace.name)
    begun.talk_to(grace).composer.fill("")
    begun.talk_to(carol)
    expect_preview(begun, grace.name, HELLO)


def test_pictures_and_groups(ada, grace, carol):
    tab = make(ada.tab, "Sunday walkers", grace)
    tab.attach.set_input_files([file("lake.jpg")])
    expect(tab.attached).to_have_count(1)
    tab.talk_to(carol)
    expect_draft(tab, "Sunday walkers", "Draft: Photo")
    open_group(tab, "Sunday walkers")
    expect(tab.attached).to_have_count(1)
    tab.attach.set_input_files([file("hills.jpg")])
    expect(tab.attached).to_have_count(2)
    tab.talk_to(carol)
    expect_draft(tab, "Sunday walkers", "Draft: 2 photos")
    open_group(tab, "Sunday walkers").button("Send").click()
    expect(tab.images(tab.messages.last)).to_have_count(2)
    tab.talk_to(carol)
    expect_preview(tab, "Sunday walkers", f"{ada.name}: 2 photos")
