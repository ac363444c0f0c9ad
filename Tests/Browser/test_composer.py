"""Where one writes: focus, Enter, and that no text is ever gone."""

from playwright.sync_api import expect

from held import Held


def test_enter_sends_and_the_focus_stays(talk):
    ada, grace = talk
    ada.composer.click()
    ada.page.keyboard.type("One line")
    ada.page.keyboard.press("Enter")
    expect(ada.sent("One line")).to_have_count(1)
    expect(ada.composer).to_be_focused()
    expect(ada.composer).to_have_value("")
    # Typing on without touching the mouse.
    ada.page.keyboard.type("Another")
    ada.page.keyboard.press("Enter")
    expect(grace.sent("Another")).to_have_count(1)


def test_the_button_sends_and_the_focus_comes_back(talk):
    ada, grace = talk
    ada.composer.fill("By button")
    ada.button("Send").click()
    expect(grace.sent("By button")).to_have_count(1)
    expect(ada.composer).to_be_focused()
    expect(ada.composer).to_have_value("")


def test_shift_enter_breaks_the_line(talk):
    ada, grace = talk
    ada.composer.click()
    ada.page.keyboard.type("first line")
    ada.page.keyboard.press("Shift+Enter")
    ada.page.keyboard.type("second line")
    expect(ada.composer).to_have_value("first line\nsecond line")
    expect(ada.messages).to_have_count(0)
    ada.page.keyboard.press("Enter")
    for tab in talk:
        expect(tab.messages).to_have_count(1)
        text = tab.messages.inner_text()
        assert "first line\nsecond line" in text, text


def test_nothing_but_white_space_is_not_sent(talk):
    ada, _ = talk
    ada.write("  \n ")
    ada.say("Something")
    expect(ada.messages).to_have_count(1)


def test_the_text_is_in_sight_until_the_server_has_taken_it(talk):
    ada, grace = talk
    held = Held(ada.page, "**/messages")
    ada.write("On its way")
    waiting = ada.message("On its way")
    expect(waiting).to_have_count(1)
    expect(waiting).to_contain_text("Sending")
    expect(ada.sent("On its way")).to_have_count(0)
    expect(ada.composer).to_be_focused()
    # One may write on meanwhile, and loses nothing by it.
    ada.page.keyboard.type("The next one")
    held.let_go()
    expect(ada.sent("On its way")).to_have_count(1)
    expect(ada.messages).to_have_count(1)
    expect(ada.message("On its way")).not_to_contain_text("Sending")
    expect(ada.composer).to_have_value("The next one")
    expect(ada.composer).to_be_focused()
    expect(grace.sent("On its way")).to_have_count(1)


def test_messages_sent_in_a_row_keep_their_order(talk):
    texts = [f"Number {number}" for number in range(10)]
    for text in texts:
        talk[0].write(text)
    for tab in talk:
        expect(tab.log.locator("article[data-message-id]")).to_have_count(10)
        expect(tab.messages).to_contain_text(texts)


def test_a_message_too_long_comes_back_with_a_sentence(talk):
    ada, grace = talk
    ada.person.expect_errors("status of 422")
    text = "x" * 5_001
    ada.write(text)
    expect(ada.composer).to_have_accessible_description(
        "Your message has 5,001 characters; it can have up to 5,000. Send it in parts."
    )
    expect(ada.composer).to_have_value(text)
    expect(ada.composer).to_be_focused()
    expect(ada.messages).to_have_count(0)
    ada.say(text[:5_000])
    expect(ada.composer).to_have_accessible_description("")
    expect(grace.messages).to_have_count(1)


def test_what_others_send_leaves_focus_caret_and_text_alone(talk):
    ada, grace = talk
    ada.composer.fill("half a sentence")
    for _ in range(8):
        ada.page.keyboard.press("ArrowLeft")
    grace.say("Me first")
    expect(ada.sent("Me first")).to_have_count(1)
    expect(ada.composer).to_be_focused()
    ada.page.keyboard.type("long ")
    expect(ada.composer).to_have_value("half a long sentence")
