"""Deleting a message, and taking that back."""

from playwright.sync_api import expect

from acts import do, focus, notice, open_sheet, quote
from groups import make, open_group
from test_phone import PHONE

GONE = "Message deleted"


def gone(tab):
    return tab.messages.filter(has_text=GONE)


def test_it_is_gone_for_both_and_comes_back(talk):
    mine, hers = talk
    mine.say("A slip")
    expect(hers.sent("A slip")).to_have_count(1)
    do(mine, "A slip", "Delete")
    for tab in talk:
        expect(gone(tab)).to_have_count(1)
        expect(tab.page.get_by_text("A slip")).to_have_count(0)
        expect(tab.rows.first).to_contain_text(GONE)
    expect(notice(mine, "Message deleted.")).to_be_visible()
    expect(hers.button("Undo")).to_have_count(0)
    mine.button("Undo").click()
    for tab in talk:
        expect(tab.sent("A slip")).to_have_count(1)
        expect(gone(tab)).to_have_count(0)
    expect(mine.button("Undo")).to_have_count(0)


def test_undo_goes_after_ten_seconds(talk):
    mine, _ = talk
    mine.say("A slip")
    mine.page.clock.install()
    do(mine, "A slip", "Delete")
    expect(mine.button("Undo")).to_be_visible()
    mine.page.clock.run_for(9_000)
    expect(mine.button("Undo")).to_be_visible()
    mine.page.clock.run_for(1_500)
    expect(mine.button("Undo")).to_have_count(0)


def test_by_keyboard(talk):
    mine, hers = talk
    mine.say("Stays")
    mine.say("A slip")
    focus(mine, "A slip")
    mine.page.keyboard.press("Delete")
    expect(gone(hers)).to_have_count(1)
    # One is still where one was.
    expect(gone(mine)).to_be_focused()
    mine.page.keyboard.press("z")
    expect(hers.sent("A slip")).to_have_count(1)
    expect(mine.message("A slip")).to_be_focused()
    mine.page.keyboard.press("ArrowUp")
    expect(mine.message("Stays")).to_be_focused()


def test_on_a_phone(ada, grace, person):
    ada.post(grace, "A slip")
    tab = person("Ada Lovelace", **PHONE).tab.open()
    tab.row(grace.name).tap()
    open_sheet(tab, "A slip").get_by_role("button", name="Delete", exact=True).tap()
    expect(gone(tab)).to_have_count(1)
    tab.button("Undo").tap()
    expect(tab.sent("A slip")).to_have_count(1)


def test_by_an_administrator(ada, grace):
    make(ada.tab, "Walkers", grace)
    hers = open_group(grace.tab.open(), "Walkers")
    hers.say("Not here")
    expect(ada.tab.message("Not here")).to_have_count(1)
    do(ada.tab, "Not here", "Delete")
    for tab in (ada.tab, hers):
        expect(tab.messages.last).to_contain_text("Message deleted by an administrator")


def test_an_answer_to_it_shows_nothing_of_it(talk):
    mine, hers = talk
    hers.say("A slip")
    do(mine, "A slip", "Reply")
    mine.write("An answer")
    expect(quote(hers, "An answer")).to_contain_text("A slip")
    do(hers, "A slip", "Delete")
    for tab in talk:
        expect(quote(tab, "An answer")).not_to_contain_text("A slip")
        expect(quote(tab, "An answer")).to_contain_text(GONE)
