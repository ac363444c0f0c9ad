"""What one is told of another while they write and after they have read: live, and only where both tell it."""

import re

from playwright.sync_api import expect

from groups import make, open_group

TYPING = "Ada Lovelace is typing …"


def test_that_somebody_is_typing_shows_and_goes(talk, ada, grace):
    mine, theirs = talk
    mine.say("Hello")
    expect(theirs.sent("Hello")).to_have_count(1)
    theirs.mark()
    mine.composer.press_sequentially("Half a sen", delay=400)
    expect(theirs.page.locator(".heading").get_by_text(TYPING)).to_be_visible()
    expect(theirs.row(ada.name).get_by_text(TYPING)).to_be_visible()
    expect(theirs.row(ada.name).get_by_text("Hello")).to_be_hidden()
    # What was being typed is here.
    mine.composer.press("Enter")
    expect(theirs.sent("Half a sen")).to_have_count(1)
    expect(theirs.page.get_by_text(TYPING)).to_have_count(0)
    expect(theirs.row(ada.name)).to_contain_text("Half a sen")
    theirs.expect_not_reloaded()


def test_that_somebody_was_typing_is_forgotten(talk, ada):
    mine, theirs = talk
    mine.say("Hello")
    expect(theirs.sent("Hello")).to_have_count(1)
    mine.composer.press_sequentially("Half a sen", delay=400)
    expect(theirs.page.locator(".heading").get_by_text(TYPING)).to_be_visible()
    expect(theirs.page.get_by_text(TYPING)).to_have_count(0)
    expect(theirs.row(ada.name).get_by_text("Hello")).to_be_visible()


def test_in_a_group_all_are_told_but_who_does_not_tell(ada, grace, carol):
    mine = make(ada.tab, "Club", grace, carol)
    carol.tab.open("/settings")
    box = carol.tab.page.get_by_role("checkbox", name="Show when I am typing")
    box.uncheck()
    carol.tab.button("Save privacy").click()
    expect(carol.tab.page.get_by_role("status")).to_contain_text("Your privacy is saved.")
    expect(box).not_to_be_checked()
    theirs = open_group(grace.tab, "Club")
    other = open_group(carol.tab.open(), "Club")
    mine.composer.press_sequentially("So")
    expect(theirs.page.locator(".heading").get_by_text(TYPING)).to_be_visible()
    mine.composer.press("Enter")
    expect(other.sent("So")).to_have_count(1)
    expect(other.page.get_by_text(TYPING)).to_have_count(0)


def test_sent_and_read(talk, ada, grace):
    mine, theirs = talk
    theirs.open("/settings")
    mine.say("Hello")
    article = mine.sent("Hello")
    expect(article.get_by_text("Sent", exact=True)).to_have_count(1)
    mine.mark()
    theirs.open().talk_to(ada)
    expect(article.get_by_text("Read", exact=True)).to_have_count(1)
    expect(article.get_by_text("Sent", exact=True)).to_have_count(0)
    # Only the author is told.
    expect(theirs.sent("Hello").get_by_text(re.compile("Sent|Read"))).to_have_count(0)
    mine.expect_not_reloaded()
    mine.page.reload()
    expect(mine.sent("Hello").get_by_text("Read", exact=True)).to_have_count(1)


def test_a_link_to_a_message_leads_there(talk, ada, grace):
    mine, theirs = talk
    for number in range(3):
        mine.say(f"Message {number}")
    message = mine.sent("Message 1")
    number = message.get_attribute("data-message-id")
    theirs.open(f"/messages/{number}")
    expect(theirs.sent("Message 1")).to_be_in_viewport()
    assert theirs.page.url.endswith(f"#message-{number}")
    grace.expect_errors("status of 404")
    theirs.page.goto(grace.url + "/messages/99999")
    expect(theirs.page.get_by_text("This message is no longer here")).to_be_visible()


def test_marked_unread_until_one_reads_on(talk, ada, grace):
    mine, theirs = talk
    for text in ("One", "Two"):
        mine.say(text)
    expect(theirs.sent("Two")).to_have_count(1)
    number = theirs.sent("Two").get_attribute("data-message-id")
    theirs.open(f"/messages/{number}/details")
    theirs.button("Mark unread").click()
    expect(theirs.row(ada.name)).to_have_accessible_name(re.compile("1 unread"))
    theirs.talk_to(ada)
    expect(theirs.page.get_by_text("1 new message", exact=True)).to_be_visible()
    expect(theirs.row(ada.name)).not_to_have_accessible_name(re.compile("unread"))
