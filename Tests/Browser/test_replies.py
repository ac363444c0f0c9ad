"""Answering a message: what stands above the field, what goes with the answer, and where pressing it leads."""

import re

import pytest
from playwright.sync_api import expect

from acts import do, edit, focus, message, open_sheet, quote, sheet, strip
from axe import Findings
from database import add_messages, message_id
from groups import add, make, open_group
from pictures import file
from test_deletion import ask as ask_for_deletion
from test_phone import PHONE
from touch import Finger


@pytest.fixture
def said(talk):
    mine, hers = talk
    hers.say("Shall we meet at nine?")
    expect(mine.messages).to_have_count(1)
    return talk


def expect_replying(tab, name, line):
    expect(strip(tab)).to_contain_text(f"Replying to {name}")
    expect(strip(tab)).to_contain_text(line)
    expect(tab.composer).to_be_focused()


def expect_answered(tab, text, name, line):
    expect(quote(tab, text)).to_contain_text(name)
    expect(quote(tab, text).locator(".said")).to_have_text(line)


def test_from_the_tools(said):
    mine, _ = said
    message(mine, "Shall we meet at nine?").hover()
    mine.button("Reply").click()
    expect_replying(mine, "Grace Hopper", "Shall we meet at nine?")
    mine.write("Yes")
    expect(strip(mine)).to_be_empty()
    for tab in said:
        expect_answered(tab, "Yes", "Grace Hopper", "Shall we meet at nine?")
    # The next one answers nothing.
    mine.say("Bye")
    expect(quote(mine, "Bye")).to_have_count(0)


def test_by_keyboard(said):
    mine, hers = said
    focus(mine, "Shall we meet at nine?")
    mine.page.keyboard.press("r")
    expect_replying(mine, "Grace Hopper", "Shall we meet at nine?")
    mine.page.keyboard.press("Escape")
    expect(strip(mine)).to_be_empty()
    expect(mine.heading("Grace Hopper")).to_be_visible()
    focus(mine, "Shall we meet at nine?")
    mine.page.keyboard.press("r")
    mine.page.keyboard.type("Yes")
    mine.page.keyboard.press("Enter")
    expect_answered(hers, "Yes", "Grace Hopper", "Shall we meet at nine?")


def test_selected_text_is_the_quote(said):
    mine, hers = said
    message(mine, "Shall we meet at nine?").locator(".text").evaluate("""(text) => {
      const range = document.createRange()
      range.setStart(text.firstChild, 'Shall we meet '.length)
      range.setEnd(text.firstChild, 'Shall we meet at nine'.length)
      getSelection().removeAllRanges()
      getSelection().addRange(range)
    }""")
    do(mine, "Shall we meet at nine?", "Reply")
    expect(strip(mine).locator(".said > span")).to_have_text("at nine")
    mine.write("Better at ten")
    expect_answered(hers, "Better at ten", "Grace Hopper", "at nine")


def test_it_can_be_left(said):
    mine, hers = said
    do(mine, "Shall we meet at nine?", "Reply")
    mine.page.keyboard.type("Never mind")
    mine.button("Do not reply").click()
    expect(strip(mine)).to_be_empty()
    expect(mine.composer).to_be_focused()
    mine.page.keyboard.press("Enter")
    expect(hers.sent("Never mind")).to_have_count(1)
    expect(quote(hers, "Never mind")).to_have_count(0)


def test_it_is_kept_with_the_draft(said, grace):
    mine, _ = said
    do(mine, "Shall we meet at nine?", "Reply")
    mine.page.keyboard.type("Half a thought")
    mine.page.reload()
    expect(mine.composer).to_have_value("Half a thought")
    expect(strip(mine)).to_contain_text("Shall we meet at nine?")


def test_one_that_waits_for_the_line_keeps_it(said, ada):
    mine, hers = said
    ada.expect_errors("net::ERR_", "Failed to load")
    do(mine, "Shall we meet at nine?", "Reply")
    ada.context.set_offline(True)
    mine.write("From the tunnel")
    # It shows before it is sent.
    expect_answered(mine, "From the tunnel", "Grace Hopper", "Shall we meet at nine?")
    ada.context.set_offline(False)
    expect_answered(hers, "From the tunnel", "Grace Hopper", "Shall we meet at nine?")


def test_it_comes_back_with_what_is_refused(said, ada):
    mine, _ = said
    ada.expect_errors("422")
    do(mine, "Shall we meet at nine?", "Reply")
    mine.write("l" * 20_000)
    expect(mine.page.get_by_role("alert")).not_to_be_empty()
    expect(strip(mine)).to_contain_text("Shall we meet at nine?")


def test_pressing_it_leads_there_far_back(server, talk, ada, grace):
    mine, hers = talk
    hers.say("The first one")
    do(mine, "The first one", "Reply")
    mine.write("To the first one")
    expect(quote(hers, "To the first one")).to_have_count(1)
    add_messages(server, ada, grace, 300)
    mine.page.reload()
    expect(message(mine, "Message 300.")).to_be_in_viewport()
    expect(message(mine, "To the first one")).to_have_count(0)
    do(mine, "Message 300.", "Reply")
    mine.write("Once more")
    link = quote(mine, "Once more")
    expect(link).to_contain_text("Message 300.")
    mine.mark()
    link.click()
    expect(message(mine, "Message 300.")).to_be_focused()
    mine.open(f"/messages/{message_id(server, 'To the first one')}")
    quote(mine, "To the first one").click()
    expect(message(mine, "The first one")).to_be_focused()
    expect(message(mine, "The first one")).to_have_class(re.compile(r"\blit\b"))


def test_an_edit_changes_the_line(said):
    mine, hers = said
    do(mine, "Shall we meet at nine?", "Reply")
    mine.write("Yes")
    expect(quote(hers, "Yes")).to_have_count(1)
    edit(hers, "Shall we meet at nine?", "Shall we meet at ten?")
    for tab in said:
        expect_answered(tab, "Yes", "Grace Hopper", "Shall we meet at ten?")


def stored(tab):
    """All that this browser keeps, as one text."""
    return tab.page.evaluate("JSON.stringify({ ...localStorage })")


def expect_nothing_of(tab, text):
    """Neither in the page, be it seen or not, nor in what the browser keeps."""
    tab.page.wait_for_function("text => !JSON.stringify({ ...localStorage }).includes(text)", arg=text)
    # But for what is read out when it comes, which goes by itself.
    tab.page.locator("#announcer").evaluate("announcer => announcer.replaceChildren()")
    assert text not in tab.page.locator("body").inner_html()


def begin(tab, text="Half a thought"):
    """An answer that is not sent yet."""
    do(tab, "Shall we meet at nine?", "Reply")
    tab.page.keyboard.type(text)
    expect(strip(tab)).to_contain_text("Shall we meet at nine?")
    assert "nine" in stored(tab)


def test_before_it_is_sent_an_edit_changes_the_line(said):
    mine, hers = said
    begin(mine)
    edit(hers, "Shall we meet at nine?", "Shall we meet at ten?")
    expect_replying(mine, "Grace Hopper", "Shall we meet at ten?")
    expect(mine.composer).to_have_value("Half a thought")
    expect_nothing_of(mine, "nine")
    mine.page.reload()
    expect(strip(mine)).to_contain_text("Shall we meet at ten?")
    mine.composer.press("Enter")
    expect_answered(hers, "Half a thought", "Grace Hopper", "Shall we meet at ten?")


@pytest.mark.alone
def test_before_it_is_sent_a_deletion_takes_the_line_away(said):
    mine, hers = said
    begin(mine)
    do(hers, "Shall we meet at nine?", "Delete")
    expect_replying(mine, "Grace Hopper", "Message deleted")
    expect(mine.composer).to_have_value("Half a thought")
    expect_nothing_of(mine, "nine")
    hers.button("Undo").click()
    expect_replying(mine, "Grace Hopper", "Shall we meet at nine?")
    do(hers, "Shall we meet at nine?", "Delete")
    expect_replying(mine, "Grace Hopper", "Message deleted")
    mine.composer.press("Enter")
    for tab in said:
        expect_answered(tab, "Half a thought", "Grace Hopper", "Message deleted")


def select(tab, part):
    message(tab, "Shall we meet at nine?").locator(".text").evaluate("""(text, part) => {
      const start = text.textContent.indexOf(part)
      getSelection().setBaseAndExtent(text.firstChild, start, text.firstChild, start + part.length)
    }""", part)


@pytest.mark.parametrize("new, line", [("Can we meet at nine?", "at nine"), ("Can we meet at ten?", "Can we meet at ten?")])
def test_a_part_stays_as_long_as_it_stands_there(said, new, line):
    mine, hers = said
    select(mine, "at nine")
    do(mine, "Shall we meet at nine?", "Reply")
    mine.page.keyboard.type("Why then?")
    expect(strip(mine).locator(".said > span")).to_have_text("at nine")
    edit(hers, "Shall we meet at nine?", new)
    expect(mine.sent(new)).to_have_count(1)
    expect(strip(mine).locator(".said > span")).to_have_text(line)
    mine.composer.press("Enter")
    expect_answered(hers, "Why then?", "Grace Hopper", line)


def test_the_draft_in_another_conversation_follows_too(said, ada, grace, carol):
    mine, hers = said
    begin(mine)
    mine.page.reload()
    mine.talk_to(carol)
    assert "nine" in stored(mine)
    do(hers, "Shall we meet at nine?", "Delete")
    expect_nothing_of(mine, "nine")
    mine.talk_to(grace)
    expect_replying(mine, "Grace Hopper", "Message deleted")
    expect(mine.composer).to_have_value("Half a thought")


def test_it_follows_while_a_message_is_edited(said):
    mine, hers = said
    mine.say("Mine")
    begin(mine)
    do(mine, "Mine", "Edit")
    expect(mine.composer).to_have_value("Mine")
    do(hers, "Shall we meet at nine?", "Delete")
    expect_nothing_of(mine, "nine")
    expect(strip(mine)).to_contain_text("Editing")
    mine.page.keyboard.press("Escape")
    expect_replying(mine, "Grace Hopper", "Message deleted")
    expect(mine.composer).to_have_value("Half a thought")


@pytest.mark.parametrize("way", ["edited", "deleted"])
def test_one_that_is_far_back_is_looked_up_when_its_draft_is_opened(server, said, ada, grace, way):
    mine, hers = said
    begin(mine)
    mine.open("/settings")
    if way == "edited":
        edit(hers, "Shall we meet at nine?", "Shall we meet at ten?")
    else:
        do(hers, "Shall we meet at nine?", "Delete")
        expect(hers.button("Undo")).to_be_visible()
    add_messages(server, ada, grace, 100)
    mine.open().talk_to(grace)
    expect(message(mine, "Message 100.")).to_have_count(1)
    expect(mine.messages.filter(has_text="Shall we meet")).to_have_count(0)
    expect_replying(mine, "Grace Hopper", "Shall we meet at ten?" if way == "edited" else "Message deleted")
    expect(mine.composer).to_have_value("Half a thought")
    expect_nothing_of(mine, "nine")


@pytest.mark.delays(5)
def test_an_account_that_goes_takes_its_words_along(said, grace):
    mine, hers = said
    grace.expect_errors("status of 401")
    begin(mine)
    ask_for_deletion(hers)
    expect(strip(mine)).to_contain_text("Message deleted", timeout=20_000)
    expect_nothing_of(mine, "nine")


def test_one_on_its_way_follows(said, ada):
    mine, hers = said
    ada.expect_errors("net::ERR_", "Failed to load")
    begin(mine, "Yes")
    mine.page.route("**/messages", lambda route: route.abort())
    mine.composer.press("Enter")
    expect_answered(mine, "Yes", "Grace Hopper", "Shall we meet at nine?")
    do(hers, "Shall we meet at nine?", "Delete")
    expect_answered(mine, "Yes", "Grace Hopper", "Message deleted")
    expect_nothing_of(mine, "nine")


def test_who_came_later_sees_nothing_of_what_is_answered(ada, grace, carol):
    mine = make(ada.tab, "Walkers", grace, history="only what comes later")
    mine.say("The old plan")
    add(mine, carol)
    theirs = open_group(carol.tab, "Walkers")
    do(mine, "The old plan", "Reply")
    mine.write("It still holds")
    expect_answered(mine, "It still holds", "Ada Lovelace", "The old plan")
    expect(quote(theirs, "It still holds")).to_have_text("What this answers is no longer here.")
    # Nor with the page, nor when what is answered changes.
    theirs.page.reload()
    expect(quote(theirs, "It still holds")).to_have_text("What this answers is no longer here.")
    edit(mine, "The old plan", "The old plan, mended")
    expect_answered(mine, "It still holds", "Ada Lovelace", "The old plan, mended")
    mine.say("Until then")
    expect(theirs.sent("Until then")).to_have_count(1)
    assert "old plan" not in theirs.page.content()


def test_a_link_to_a_page_with_it_is_the_same(said):
    mine, hers = said
    do(mine, "Shall we meet at nine?", "Details")
    mine.link("Reply").click()
    expect(strip(mine)).to_contain_text("Shall we meet at nine?")
    mine.composer.fill("Yes")
    mine.composer.press("Enter")
    expect_answered(hers, "Yes", "Grace Hopper", "Shall we meet at nine?")
    mine.page.reload()
    expect(mine.composer).to_be_visible()
    expect(strip(mine)).to_be_empty()


@pytest.fixture
def phone(ada, grace, person):
    grace.post(ada, "Shall we meet at nine?")
    tab = person("Ada Lovelace", **PHONE).tab.open()
    tab.row(grace.name).tap()
    expect(tab.messages).to_have_count(1)
    return tab


def test_a_swipe_answers(phone):
    finger = Finger(phone)
    bubble = message(phone, "Shall we meet at nine?").locator(".bubble")
    before = bubble.bounding_box()["x"]
    finger.swipe(bubble, 100)
    # It follows no farther than this.
    expect(phone.page.locator(".reply-disc.counts")).to_be_visible()
    assert bubble.bounding_box()["x"] == pytest.approx(before + 64, abs=1)
    finger.up()
    expect_replying(phone, "Grace Hopper", "Shall we meet at nine?")
    assert bubble.bounding_box()["x"] == pytest.approx(before, abs=64)
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("across, down", [(30, 0), (-80, 0), (60, 80)])
def test_one_that_is_short_or_goes_elsewhere_does_not(phone, across, down):
    finger = Finger(phone)
    finger.swipe(message(phone, "Shall we meet at nine?").locator(".bubble"), across, down)
    finger.up()
    expect(phone.page.locator(".reply-disc")).to_have_count(0)
    expect(strip(phone)).to_be_empty()


@pytest.mark.parametrize("across, is_answered", [(-100, True), (100, False)])
def test_where_one_reads_from_right_to_left_it_goes_the_other_way(phone, across, is_answered):
    phone.page.evaluate("document.documentElement.dir = 'rtl'")
    finger = Finger(phone)
    finger.swipe(message(phone, "Shall we meet at nine?").locator(".bubble"), across)
    finger.up()
    expect(phone.page.locator(".reply-disc")).to_have_count(0)
    if is_answered:
        expect_replying(phone, "Grace Hopper", "Shall we meet at nine?")
    else:
        expect(strip(phone)).to_be_empty()


def test_from_the_sheet(phone):
    open_sheet(phone, "Shall we meet at nine?").get_by_role("button", name="Reply", exact=True).tap()
    expect_replying(phone, "Grace Hopper", "Shall we meet at nine?")


SELECT_NINE = """(text) => {
  const start = text.textContent.indexOf('nine')
  getSelection().setBaseAndExtent(text.firstChild, start, text.firstChild, start + 'nine'.length)
}"""


def open_text(tab, text):
    """What a finger selects a part of."""
    open_sheet(tab, text).get_by_role("button", name="Quote a part", exact=True).tap()
    return tab.page.get_by_role("dialog", name="Quote a part", exact=True)


def test_a_part_by_touch(phone, grace):
    dialog = open_text(phone, "Shall we meet at nine?")
    text = dialog.get_by_role("group", name="Message", exact=True)
    expect(text).to_have_text("Shall we meet at nine?")
    expect(text).to_have_css("user-select", "text")
    findings = Findings()
    findings.check(phone, "a part to quote")
    findings.expect_none()
    # A long press there is the browser's own.
    assert text.evaluate("(text) => text.dispatchEvent(new Event('contextmenu', { bubbles: true, cancelable: true }))")
    text.evaluate(SELECT_NINE)
    dialog.get_by_role("button", name="Quote", exact=True).tap()
    expect(dialog).to_have_count(0)
    expect(strip(phone).locator(".said > span")).to_have_text("nine")
    expect_replying(phone, "Grace Hopper", "nine")
    phone.composer.fill("Better at ten")
    phone.button("Send").tap()
    expect_answered(grace.tab.talk_to(phone.person), "Better at ten", "Grace Hopper", "nine")


@pytest.mark.parametrize("way", ["Cancel", "Escape", "Back", "outside"])
def test_a_part_can_be_left(phone, way):
    dialog = open_text(phone, "Shall we meet at nine?")
    phone.mark()
    expect(dialog).to_be_visible()
    if way == "Cancel":
        dialog.get_by_role("button", name="Cancel", exact=True).tap()
    elif way == "Escape":
        phone.page.keyboard.press("Escape")
    elif way == "Back":
        phone.page.go_back()
    else:
        phone.page.touchscreen.tap(200, 60)
    expect(dialog).to_have_count(0)
    expect(message(phone, "Shall we meet at nine?")).to_be_visible()
    expect(strip(phone)).to_be_empty()
    phone.expect_not_reloaded()
    # A finger does what it did.
    finger = Finger(phone)
    finger.swipe(message(phone, "Shall we meet at nine?").locator(".bubble"), 100)
    finger.up()
    expect_replying(phone, "Grace Hopper", "Shall we meet at nine?")


@pytest.mark.parametrize("what", ["options", "a part", "emoji"])
def test_what_is_open_closes_when_the_message_is_deleted(phone, ada, grace, what):
    hers = grace.tab.open().talk_to(ada)
    if what == "a part":
        opened = open_text(phone, "Shall we meet at nine?")
    else:
        opened = open_sheet(phone, "Shall we meet at nine?")
    if what == "emoji":
        opened.get_by_role("button", name="More emoji", exact=True).tap()
        opened = phone.page.get_by_role("dialog", name="Emoji", exact=True)
    expect(opened).to_be_visible()
    phone.mark()
    do(hers, "Shall we meet at nine?", "Delete")
    expect(opened).to_have_count(0)
    expect(phone.messages.filter(has_text="Message deleted")).to_be_focused()
    expect(phone.heading("Grace Hopper")).to_be_visible()
    phone.expect_not_reloaded()
    assert "nine" not in phone.page.locator("body").inner_html()


def test_a_part_only_of_what_has_text(ada, grace, person):
    make(grace.tab, "Walkers", ada)
    grace.tab.send(file("lake.jpg"), words=["A lake"])
    grace.tab.say("Look")
    tab = person("Ada Lovelace", **PHONE).tab.open()
    tab.row("Walkers").tap()
    part = sheet(tab).get_by_role("button", name="Quote a part", exact=True)
    Finger(tab).hold(tab.messages.filter(has=tab.page.get_by_role("img", name="A lake")).locator(".bubble"), until=sheet(tab))
    expect(sheet(tab).get_by_role("button", name="Reply", exact=True)).to_be_visible()
    expect(part).to_have_count(0)
    tab.page.keyboard.press("Escape")
    expect(sheet(tab)).to_have_count(0)
    open_sheet(tab, "Look")
    expect(part).to_be_visible()


def test_axe(said):
    mine, _ = said
    do(mine, "Shall we meet at nine?", "Reply")
    mine.write("Yes")
    expect(quote(mine, "Yes")).to_have_count(1)
    do(mine, "Shall we meet at nine?", "Reply")
    expect_replying(mine, "Grace Hopper", "Shall we meet at nine?")
    findings = Findings()
    findings.check(mine, "an answer and a reply")
    findings.expect_none()
