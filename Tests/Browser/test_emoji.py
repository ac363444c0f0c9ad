"""The list of emoji that the composer's button opens, where a keyboard has none."""

import re

import pytest
from playwright.sync_api import expect

from axe import Findings


def opener(tab):
    return tab.button("Emoji")


def picker(tab):
    return tab.page.get_by_role("dialog", name="Emoji", exact=True)


def search(tab):
    return picker(tab).get_by_role("searchbox", name="Search emoji", exact=True)


def emoji(tab, name):
    return picker(tab).get_by_role("button", name=name, exact=True)


def group(tab, name):
    return picker(tab).get_by_role("group", name=name, exact=True)


def open_picker(tab):
    opener(tab).click()
    expect(search(tab)).to_be_focused()
    return tab


def expect_closed(tab):
    expect(picker(tab)).to_have_count(0)
    expect(opener(tab)).to_have_attribute("aria-expanded", "false")


def test_one_is_put_in_at_the_caret(talk, ada, grace):
    tab, hers = talk
    tab.composer.fill("Well done! See you")
    for _ in range(len(" See you")):
        tab.composer.press("ArrowLeft")
    with tab.page.expect_response("**/js/emoji.js"):
        open_picker(tab)
    expect(opener(tab)).to_have_attribute("aria-expanded", "true")
    search(tab).press_sequentially("party pop")
    expect(group(tab, "Found emoji").get_by_role("button")).to_have_count(1)
    expect(picker(tab).get_by_role("status")).to_have_text("1 emoji found")
    search(tab).press("Enter")
    expect_closed(tab)
    expect(tab.composer).to_be_focused()
    tab.page.keyboard.type("!")
    expect(tab.composer).to_have_value("Well done!🎉! See you")
    # A draft as what is typed is one.
    tab.page.reload()
    expect(tab.composer).to_have_value("Well done!🎉! See you")
    tab.button("Send").click()
    expect(hers.sent("Well done!🎉! See you")).to_have_count(1)


def test_with_shift_the_list_stays_and_what_was_used_last_stands_first(talk):
    tab, _ = talk
    open_picker(tab)
    expect(group(tab, "Used last")).to_have_count(0)
    emoji(tab, "thumbs up").click(modifiers=["Shift"])
    emoji(tab, "red heart").click(modifiers=["Shift"])
    expect(picker(tab)).to_be_visible()
    expect(tab.composer).to_have_value("👍❤️")
    emoji(tab, "rocket").click()
    expect_closed(tab)
    expect(tab.composer).to_have_value("👍❤️🚀")
    tab.page.reload()
    open_picker(tab)
    last = group(tab, "Used last").get_by_role("button")
    expect(last).to_have_text(["🚀", "❤️", "👍"])
    expect(picker(tab).get_by_role("heading").first).to_have_text("Used last")


def test_at_most_twenty_four_were_used_last(talk):
    tab, _ = talk
    open_picker(tab)
    smileys = group(tab, "Smileys").get_by_role("button")
    for at in range(26):
        smileys.nth(at).click(modifiers=["Shift"])
    search(tab).press("Escape")
    open_picker(tab)
    expect(group(tab, "Used last").get_by_role("button")).to_have_count(24)


def test_by_keyboard(talk):
    tab, _ = talk
    tab.composer.fill("")
    tab.composer.press("Tab")
    expect(tab.attach).to_be_focused()
    tab.attach.press("Tab")
    expect(opener(tab)).to_be_focused()
    tab.page.keyboard.press("Enter")
    expect(search(tab)).to_be_focused()
    keys = tab.page.keyboard
    smileys, hearts = (group(tab, name).get_by_role("button") for name in ("Smileys", "Hearts and feelings"))
    keys.press("ArrowDown")
    expect(smileys.nth(0)).to_be_focused()
    for key, at in (("ArrowRight", 1), ("ArrowDown", 9), ("End", 15), ("Home", 8), ("ArrowLeft", 7), ("ArrowDown", 15)):
        keys.press(key)
        expect(smileys.nth(at)).to_be_focused()
    # From the last row of a group into the first of the next, and back.
    smileys.last.focus()
    column = (smileys.count() - 1) % 8
    keys.press("ArrowDown")
    expect(hearts.nth(column)).to_be_focused()
    keys.press("ArrowUp")
    expect(smileys.last).to_be_focused()
    # Of all emoji one is a stop.
    keys.press("Shift+Tab")
    expect(search(tab)).to_be_focused()
    keys.press("Tab")
    expect(smileys.last).to_be_focused()
    keys.press("Shift+Enter")
    expect(tab.composer).to_have_value(smileys.last.inner_text())
    expect(smileys.last).to_be_focused()
    smileys.first.focus()
    keys.press("ArrowUp")
    expect(search(tab)).to_be_focused()
    keys.press("Escape")
    expect_closed(tab)
    expect(tab.composer).to_be_focused()
    # The conversation is still open.
    expect(tab.composer).to_be_visible()


def test_what_is_not_there_is_said_and_nothing_is_sent(talk):
    tab, hers = talk
    tab.composer.fill("Not yet")
    open_picker(tab)
    search(tab).fill("xyzzy")
    expect(picker(tab).get_by_text("No emoji by that name.")).to_be_visible()
    search(tab).press("Enter")
    expect(picker(tab)).to_be_visible()
    search(tab).fill("flag germany")
    expect(picker(tab).get_by_role("button")).to_have_text(["🇩🇪"])
    search(tab).fill("PINATA")
    expect(emoji(tab, "piñata")).to_have_count(1)
    search(tab).fill("")
    expect(picker(tab).get_by_role("button")).not_to_have_count(1)
    expect(tab.composer).to_have_value("Not yet")
    expect(hers.messages).to_have_count(0)


def test_it_closes_on_what_is_done_elsewhere(talk, carol):
    tab, _ = talk
    open_picker(tab)
    tab.heading("Grace Hopper").click()
    expect_closed(tab)
    open_picker(tab)
    opener(tab).click()
    expect_closed(tab)
    open_picker(tab)
    tab.composer.click()
    expect_closed(tab)
    open_picker(tab)
    tab.page.evaluate("document.querySelector('.row:not(:has([aria-current])) a').click()")
    expect(tab.heading(carol.name)).to_be_visible()
    expect_closed(tab)
    open_picker(tab)
    emoji(tab, "rocket").click()
    expect(tab.composer).to_have_value("🚀")


def test_it_moves_nothing_and_fits(talk):
    tab, _ = talk
    for width, height in ((1280, 800), (720, 500)):
        tab.page.set_viewport_size({"width": width, "height": height})
        before = [each.bounding_box() for each in (tab.composer, tab.button("Send"), opener(tab))]
        open_picker(tab)
        assert [each.bounding_box() for each in (tab.composer, tab.button("Send"), opener(tab))] == before
        box, main = picker(tab).bounding_box(), tab.main.bounding_box()
        assert main["x"] <= box["x"] and box["x"] + box["width"] <= main["x"] + main["width"], (box, main)
        assert main["y"] <= box["y"] and box["y"] + box["height"] <= before[0]["y"], (box, main)
        assert before[2]["width"] == before[2]["height"] == 44
        search(tab).press("Escape")


def test_not_where_the_keyboard_has_them(person, grace):
    tab = person("Ada Lovelace", has_touch=True, is_mobile=True).tab.talk_to(grace)
    expect(tab.button("Send")).to_be_visible()
    expect(opener(tab)).to_have_count(0)


@pytest.mark.parametrize("state", ["all", "found", "none"])
def test_axe_finds_nothing(person, grace, state):
    tab = person("Ada Lovelace", reduced_motion="reduce").tab.talk_to(grace)
    open_picker(tab)
    if state != "all":
        search(tab).fill("heart" if state == "found" else "xyzzy")
        expect(picker(tab).get_by_role("status")).to_have_text(re.compile("emoji"))
    axe = Findings()
    axe.check(tab, f"emoji, {state}")
    axe.expect_none()


def test_in_another_browser(person, firefox, grace):
    tab = open_picker(person("Ada Lovelace", browser=firefox).tab.talk_to(grace))
    for key in ("ArrowDown", "ArrowDown", "Shift+Enter"):
        tab.page.keyboard.press(key)
    expect(tab.composer).to_have_value("🙂")
    expect(emoji(tab, "slightly smiling face").first).to_be_focused()
    tab.page.keyboard.press("Enter")
    expect_closed(tab)
    expect(tab.composer).to_have_value("🙂🙂")
    expect(tab.composer).to_be_focused()
