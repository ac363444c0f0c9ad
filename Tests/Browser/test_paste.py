"""Pasting: a file that was copied in a file manager is attached, a text that comes with a picture of it is written."""

import pytest
from playwright.sync_api import expect

from pictures import copy, file, paste, picture


@pytest.mark.parametrize("text", ["lake.jpg", "/home/ada/lake.jpg", "file:///home/ada/lake.jpg"])
def test_a_file_from_a_file_manager_is_attached_without_its_name(talk, text):
    ada, grace = talk
    ada.composer.fill("Look")
    assert not paste(ada.page, file("lake.jpg"), plain=text), "the browser puts the name in as well"
    expect(ada.attached).to_have_count(1)
    expect(ada.button("Remove lake.jpg")).to_be_visible()
    expect(ada.composer).to_have_value("Look")
    ada.button("Send").click()
    expect(grace.images(grace.sent("Look"))).to_have_count(1)


def test_several_files_come_with_several_names(talk):
    ada, _ = talk
    ada.composer.focus()
    assert not paste(ada.page, file("lake.jpg"), file("hills.jpg"), plain="lake.jpg\nhills.jpg")
    expect(ada.attached).to_have_count(2)
    expect(ada.composer).to_have_value("")


def test_a_text_from_a_word_processor_is_written(talk):
    ada, _ = talk
    ada.composer.focus()
    assert paste(ada.page, file("image.png", picture(kind="PNG")), plain="Dear Grace", html="<p>Dear Grace</p>")
    expect(ada.attached).to_have_count(0)


def test_by_keyboard_with_what_other_programs_put_on_the_clipboard(talk):
    ada, _ = talk
    ada.composer.focus()
    image = picture(kind="PNG")
    # A word processor: its text, and how that looks.
    copy(ada.page, plain=b"Dear Grace", html=b"<p>Dear Grace</p>", png=image)
    ada.page.keyboard.press("ControlOrMeta+v")
    expect(ada.composer).to_have_value("Dear Grace")
    expect(ada.attached).to_have_count(0)
    # A page: an image, with the element that it stands in.
    copy(ada.page, html=b"<img src='https://example.org/lake.png'>", png=image)
    ada.page.keyboard.press("ControlOrMeta+v")
    expect(ada.attached).to_have_count(1)
    # A file manager. The browser calls what has no name so.
    copy(ada.page, plain=b"image.png", png=image)
    ada.page.keyboard.press("ControlOrMeta+v")
    expect(ada.attached).to_have_count(2)
    expect(ada.composer).to_have_value("Dear Grace")
