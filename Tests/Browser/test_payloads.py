"""What people write is text, whatever it looks like."""

import pytest
from playwright.sync_api import expect

SCRIPT = "<script>window.isBroken = true</script><img src=x onerror='window.isBroken = true'>"
QUOTES = "\"\u0301 onmouseover=\"window.isBroken = true\" '\u0301><b>bold</b> &amp; &lt;i&gt;"
OVERRIDE = "\u202eright to left\u202c and \u2066isolated"
TEMPLATE = "{{{text}}} {{>fragments/row}} </template></article></div>"
STREAM = "data: fake\n\nid: 99\nevent: signed-out\n\ndata: x"
EMOJI = "😀" * 5_000

TEXTS = [SCRIPT, QUOTES, OVERRIDE, TEMPLATE, STREAM, EMOJI]


def expect_whole(tab):
    """Nothing ran, nothing broke out, and both parts of the page are there."""
    assert tab.page.evaluate("window.isBroken === undefined")
    expect(tab.log.locator("script, img, b, i")).to_have_count(0)
    expect(tab.rows).to_have_count(1)
    expect(tab.composer).to_be_visible()


@pytest.mark.parametrize("text", TEXTS, ids=["script", "quotes", "override", "template", "stream", "emoji"])
def test_any_text_is_shown_as_it_was_written(talk, text):
    ada, grace = talk
    ada.write(text)
    for tab in talk:
        expect(tab.log.locator("article[data-message-id]")).to_have_count(1)
        assert text in tab.messages.text_content()
        expect_whole(tab)
    grace.say("Both ways")
    expect(ada.sent("Both ways")).to_have_count(1)
    ada.page.reload()
    assert text in ada.messages.first.text_content()
    expect_whole(ada)


def test_nul_becomes_the_replacement_character(talk, ada, grace):
    ada.post(grace, "zero\0byte")
    for tab in talk:
        expect(tab.sent("zero\ufffdbyte")).to_have_count(1)
        expect_whole(tab)


@pytest.mark.parametrize("name", [SCRIPT[:80], QUOTES[:80], OVERRIDE], ids=["script", "quotes", "override"])
def test_any_name_is_shown_as_it_was_typed(ada, person, name):
    stranger = person(name, signed_up=False)
    stranger.email = "stranger@example.org"
    stranger.sign_up()
    tab = ada.tab
    tab.rows.first.click()
    expect(tab.main.get_by_role("heading", level=1)).to_have_text(name)
    stranger.tab.talk_to(ada).say("It is me")
    expect(tab.sent("It is me")).to_contain_text(name)
    expect(tab.rows.first).to_contain_text(name)
    expect_whole(tab)
    tab.page.reload()
    expect(tab.sent("It is me")).to_contain_text(name)
    expect_whole(tab)
    assert tab.page.title().startswith(name)
