"""Code in a message has a button that copies it."""

import pytest
from playwright.sync_api import expect

from announcer import listen, wait_for_said

FENCE = "Look:\n```swift\nlet a = 1\n  let b = \"ü\"\n```\nand\n```\n2\n```"


def buttons(tab):
    return tab.log.get_by_role("button", name="Copy code", exact=True)


def show_code(talk):
    """A tab in which somebody else has just written some."""
    mine, hers = talk
    hers.composer.fill(FENCE)
    hers.composer.press("Enter")
    expect(buttons(mine)).to_have_count(2)
    listen(mine)
    return mine


def expect_copied(tab, text):
    """That it is said, and is what the keyboard puts in then."""
    wait_for_said(tab, "Copied")
    tab.composer.fill("")
    tab.page.keyboard.press("ControlOrMeta+v")
    expect(tab.composer).to_have_value(text)


def test_the_code_is_copied_without_its_language(talk):
    tab = show_code(talk)
    tab.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    buttons(tab).first.click()
    expect(tab.log.get_by_role("button", name="Copied", exact=True)).to_have_count(1)
    assert tab.page.evaluate("getSelection().toString()") == "", "what was selected is not any more"
    expect_copied(tab, 'let a = 1\n  let b = "ü"')
    # After a while it can be said again.
    expect(buttons(tab)).to_have_count(2)
    expect(tab.page.get_by_role("status").get_by_text("Copied", exact=True)).to_have_count(0)
    listen(tab)
    buttons(tab).last.press("Enter")
    expect_copied(tab, "2")


def test_over_plain_http(person, server):
    url = f"http://chat.test:{server.port}"
    ada, grace = person("Ada Lovelace", url=url), person("Grace Hopper", url=url)
    tab = show_code((ada.tab.talk_to(grace), grace.tab.talk_to(ada)))
    assert not tab.page.evaluate("isSecureContext || 'clipboard' in navigator")
    buttons(tab).first.click()
    expect_copied(tab, 'let a = 1\n  let b = "ü"')


@pytest.mark.parametrize("touch, side", [(False, 32), (True, 44)])
def test_at_the_top_end_corner_where_there_is_room(person, grace, touch, side):
    tab = person("Ada Lovelace", has_touch=touch, is_mobile=touch).tab.talk_to(grace)
    tab.composer.fill("```\n" + "a long line of code " * 12 + "\n```")
    tab.button("Send").click()
    button = buttons(tab)
    expect(button).to_have_count(1)
    box, code = button.bounding_box(), tab.log.locator("[data-message-id] pre").bounding_box()
    fence = tab.log.locator("[data-message-id] .fence").bounding_box()
    assert (box["width"], box["height"]) == (side, side)
    assert code["x"] + code["width"] <= box["x"] + 2, (code, box)
    assert 0 <= fence["x"] + fence["width"] - box["x"] - box["width"] <= 4
    assert 0 <= box["y"] - fence["y"] <= 4 and box["y"] + box["height"] <= fence["y"] + fence["height"]


def test_nothing_moves_as_the_button_comes(talk, ada, grace):
    mine, _ = talk
    show_code(talk)
    mine.page.reload()
    expect(buttons(mine)).to_have_count(2)
    message = mine.messages.last
    before = message.bounding_box()
    message.evaluate("message => message.querySelectorAll('.copy').forEach(button => button.remove())")
    assert message.bounding_box() == before
