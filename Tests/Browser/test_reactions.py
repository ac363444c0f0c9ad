"""Reactions to a message: six to hand and all the others, joined and taken back, live for everyone."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from acts import do, focus, message, notice, open_sheet, pill
from announcer import listen, wait_for_said
from axe import Findings
from database import message_id
from groups import make, open_group
from test_phone import PHONE


@pytest.fixture
def said(talk):
    mine, hers = talk
    mine.say("The cake is ready")
    expect(hers.sent("The cake is ready")).to_have_count(1)
    return talk


def react(tab, emoji):
    message(tab, "The cake is ready").hover()
    tab.button("React").click()
    tab.page.get_by_role("menu", name="React", exact=True).get_by_role("menuitem", name=emoji, exact=True).click()


def expect_pill(tab, emoji, count, mine=False):
    each = pill(tab, "The cake is ready", emoji)
    name = f"{emoji} {count}, including you" if mine else f"{emoji} {count}"
    expect(each).to_have_accessible_name(name)


def test_both_see_it_at_once_and_whose_it_is(said, ada, grace):
    mine, hers = said
    react(hers, "🎉")
    expect_pill(mine, "🎉", 1)
    expect_pill(hers, "🎉", 1, mine=True)
    expect(pill(mine, "The cake is ready", "🎉")).to_have_attribute("title", re.compile("Grace Hopper"))
    # Pressing joins, and takes back.
    pill(mine, "The cake is ready", "🎉").click()
    expect_pill(mine, "🎉", 2, mine=True)
    expect_pill(hers, "🎉", 2, mine=True)
    pill(mine, "The cake is ready", "🎉").click()
    expect_pill(mine, "🎉", 1)
    pill(hers, "The cake is ready", "🎉").click()
    for tab in said:
        expect(message(tab, "The cake is ready").locator(".reaction")).to_have_count(0)


def test_a_press_counts_though_the_message_changes_under_it(said, ada, grace):
    mine, hers = said
    react(hers, "🎉")
    expect_pill(mine, "🎉", 1)
    now = datetime.now()
    mine.page.clock.install(time=now)
    mine.page.clock.pause_at(now + timedelta(seconds=1))
    pill(mine, "The cake is ready", "🎉").hover()
    mine.page.mouse.down()
    react(hers, "👍")
    # What is told after a reaction has come means that it has been told.
    grace.post(ada, "Come")
    expect(hers.sent("Come")).to_have_count(1)
    mine.page.clock.run_for(500)
    expect(message(mine, "The cake is ready").locator(".reaction")).to_have_count(1)
    mine.page.mouse.up()
    mine.page.clock.resume()
    expect_pill(mine, "🎉", 2, mine=True)
    expect_pill(mine, "👍", 1)


def test_a_third_one_sees_the_count_and_joins(ada, grace, carol):
    tabs = [make(ada.tab, "Bakers", grace, carol), *(open_group(each.tab.open(), "Bakers") for each in (grace, carol))]
    mine, hers, theirs = tabs
    mine.say("The cake is ready")
    for tab in tabs:
        expect(tab.sent("The cake is ready")).to_have_count(1)
    react(mine, "🎉")
    expect_pill(theirs, "🎉", 1)
    pill(hers, "The cake is ready", "🎉").click()
    expect_pill(theirs, "🎉", 2)
    pill(theirs, "The cake is ready", "🎉").click()
    for tab in tabs:
        expect_pill(tab, "🎉", 3, mine=True)
    pill(hers, "The cake is ready", "🎉").click()
    expect_pill(hers, "🎉", 2)
    for tab in (mine, theirs):
        expect_pill(tab, "🎉", 2, mine=True)


KINDS = "🍎 🍐 🍊 🍋 🍌 🍉 🍇 🍓 🍒 🍑 🥭 🍍 🥥 🥝 🍅 🥑 🥦 🥬 🥒 🌽".split()


def test_one_kind_too_many_is_refused_and_the_page_stays(server, said, ada, grace):
    mine, hers = said
    grace.expect_errors("422")
    address = f"{ada.url}/messages/{message_id(server, 'The cake is ready')}/reactions"
    for emoji in KINDS:
        ada.context.request.post(address, form={"emoji": emoji})
    shown = [message(tab, "The cake is ready").locator(".reaction") for tab in said]
    for each in shown:
        expect(each).to_have_count(len(KINDS))
    listen(hers)
    react(hers, "🎉")
    expect(notice(hers, "This message has 20 kinds of reactions already. Choose one that is there.")).to_be_visible()
    for each in shown:
        expect(each).to_have_text([f"{emoji} 1, including you" if each is shown[0] else f"{emoji} 1" for emoji in KINDS],
                                  use_inner_text=True)
    assert hers.page.evaluate("window.said") == []
    # One that is there may be joined.
    pill(hers, "The cake is ready", KINDS[0]).click()
    expect_pill(mine, KINDS[0], 2, mine=True)
    expect_pill(hers, KINDS[0], 2, mine=True)


def test_mine_is_marked(said):
    mine, hers = said
    react(mine, "👍")
    expect_pill(hers, "👍", 1)
    own, other = (pill(tab, "The cake is ready", "👍") for tab in said)
    expect(own).to_have_css("font-weight", "600")
    expect(other).to_have_css("font-weight", "400")
    assert own.evaluate("(each) => getComputedStyle(each).backgroundColor") != other.evaluate(
        "(each) => getComputedStyle(each).backgroundColor")


def test_it_is_no_news(said):
    mine, hers = said
    hers.page.get_by_role("link", name="Close the conversation", exact=True).click()
    react(mine, "👍")
    expect(message(mine, "The cake is ready").locator(".reaction")).to_have_count(1)
    expect(hers.row("Ada Lovelace")).not_to_have_accessible_name(re.compile("unread"))


def test_the_focus_stays_on_the_same_emoji(said):
    mine, hers = said
    for emoji in ("👍", "😂", "🎉"):
        react(hers, emoji)
        expect(pill(mine, "The cake is ready", emoji)).to_be_visible()
    focus(mine, "The cake is ready")
    for _ in range(3):
        mine.page.keyboard.press("Tab")
    expect(pill(mine, "The cake is ready", "😂")).to_be_focused()
    mine.page.keyboard.press("Enter")
    expect(pill(hers, "The cake is ready", "😂")).to_contain_text("2")
    expect(pill(mine, "The cake is ready", "😂")).to_be_focused()
    # Somebody else's press does not take it away, either.
    react(hers, "❤️")
    expect(pill(mine, "The cake is ready", "❤️")).to_be_visible()
    expect(pill(mine, "The cake is ready", "😂")).to_be_focused()


def test_by_keyboard(said):
    mine, hers = said
    listen(mine)
    focus(mine, "The cake is ready")
    mine.page.keyboard.press("e")
    # With the first message one comes to, what opens it is still on its way.
    expect(mine.page.get_by_role("menuitem", name="👍", exact=True)).to_be_focused()
    mine.page.keyboard.press("ArrowRight")
    mine.page.keyboard.press("Enter")
    expect(pill(hers, "The cake is ready", "❤️")).to_be_visible()
    expect(message(mine, "The cake is ready")).to_be_focused()
    wait_for_said(mine, "Reacted with ❤️")
    mine.page.keyboard.press("e")
    expect(mine.page.get_by_role("menuitem", name="👍", exact=True)).to_be_focused()
    mine.page.keyboard.press("ArrowRight")
    mine.page.keyboard.press("Enter")
    expect(pill(hers, "The cake is ready", "❤️")).to_have_count(0)
    wait_for_said(mine, "Reaction taken back")


def test_one_of_all(said):
    mine, hers = said
    do(mine, "The cake is ready", "React")
    mine.page.get_by_role("menuitem", name="More emoji", exact=True).click()
    picker = mine.page.get_by_role("dialog", name="Emoji", exact=True)
    search = picker.get_by_role("searchbox", name="Search emoji", exact=True)
    expect(search).to_be_focused()
    mine.page.keyboard.type("rocket")
    mine.page.keyboard.press("Enter")
    expect(picker).to_have_count(0)
    expect(pill(hers, "The cake is ready", "🚀")).to_be_visible()
    # It is none of the text.
    expect(mine.composer).to_have_value("")


def test_who_reacted_is_in_the_details(said):
    mine, hers = said
    react(hers, "🎉")
    expect(pill(mine, "The cake is ready", "🎉")).to_be_visible()
    do(mine, "The cake is ready", "Details")
    row = mine.page.get_by_role("listitem").filter(has_text="🎉")
    expect(row).to_contain_text("Grace Hopper")


def test_on_a_phone(server, ada, grace, person):
    ada.post(grace, "The cake is ready")
    address = f"{grace.url}/messages/{message_id(server, 'The cake is ready')}/reactions"
    grace.context.request.post(address, form={"emoji": "😂"})
    tab = person("Ada Lovelace", **PHONE).tab.open()
    tab.row(grace.name).tap()
    box = pill(tab, "The cake is ready", "😂").bounding_box()
    assert box["height"] == 36
    # What a finger can hit is larger.
    tab.page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] + 3)
    expect_pill(tab, "😂", 2, mine=True)
    open_sheet(tab, "The cake is ready").get_by_role("button", name="🎉", exact=True).tap()
    expect_pill(tab, "🎉", 1, mine=True)
    open_sheet(tab, "The cake is ready").get_by_role("button", name="More emoji", exact=True).tap()
    tab.page.get_by_role("button", name="rocket", exact=True).tap()
    expect_pill(tab, "🚀", 1, mine=True)


def test_axe(said):
    mine, hers = said
    react(mine, "👍")
    react(hers, "🎉")
    expect(message(mine, "The cake is ready").locator(".reaction")).to_have_count(2)
    message(mine, "The cake is ready").hover()
    mine.button("React").click()
    findings = Findings()
    findings.check(mine, "reactions and those to hand")
    expect(mine.page.get_by_role("menu", name="React", exact=True)).to_be_visible()
    findings.expect_none()
