"""What people write is text, whatever it looks like."""

from playwright.sync_api import expect

SCRIPT = "<script>window.isBroken = true</script><img src=x onerror='window.isBroken = true'>"
QUOTES = "\"\u0301 onmouseover=\"window.isBroken = true\" '\u0301><b>bold</b> &amp; &lt;i&gt;"
OVERRIDE = "\u202eright to left\u202c and \u2066isolated"
TEMPLATE = "{{{text}}} {{>fragments/row}} </template></article></div>"
STREAM = "data: fake\n\nid: 99\nevent: signed-out\n\ndata: x"
EMOJI = "😀" * 5_000

TEXTS = [SCRIPT, QUOTES, OVERRIDE, TEMPLATE, STREAM, EMOJI]


def expect_whole(tab, rows=1):
    """Nothing ran, nothing broke out, and both parts of the page are there."""
    assert tab.page.evaluate("window.isBroken === undefined")
    expect(tab.log.locator("script, img, b, i")).to_have_count(0)
    expect(tab.rows).to_have_count(rows)
    expect(tab.composer).to_be_visible()


def test_any_text_is_shown_as_it_was_written(talk):
    ada, grace = talk
    for count, text in enumerate(TEXTS, start=1):
        ada.write(text)
        for tab in talk:
            expect(tab.log.locator("article[data-message-id]")).to_have_count(count)
            assert text in tab.messages.last.text_content()
            expect_whole(tab)
    grace.say("Both ways")
    expect(ada.sent("Both ways")).to_have_count(1)
    ada.page.reload()
    for at, text in enumerate(TEXTS):
        assert text in ada.messages.nth(at).text_content()
    expect_whole(ada)


def test_nul_becomes_the_replacement_character(talk, ada, grace):
    ada.post(grace, "zero\0byte")
    for tab in talk:
        expect(tab.sent("zero\ufffdbyte")).to_have_count(1)
        expect_whole(tab)


def test_any_name_is_shown_as_it_was_typed(ada, person):
    for number, name in enumerate([SCRIPT[:80], QUOTES[:80], OVERRIDE], start=1):
        stranger = person(name, signed_up=False)
        stranger.email = f"stranger{number}@example.org"
        stranger.sign_up()
        tab = ada.tab
        tab.rows.filter(has=tab.page.get_by_text(name, exact=True)).click()
        expect(tab.main.get_by_role("heading", level=1)).to_have_text(name)
        stranger.tab.talk_to(ada).say("It is me")
        expect(tab.sent("It is me")).to_contain_text(name)
        expect(tab.rows.first).to_contain_text(name)
        expect_whole(tab, number)
        tab.page.reload()
        expect(tab.sent("It is me")).to_contain_text(name)
        expect_whole(tab, number)
        assert tab.page.title().startswith(name)
