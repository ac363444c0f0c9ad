"""Pictures are what their bytes say, whatever they are called: what is transparent stays so, what moves goes on moving."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from pictures import animation, file, half_transparent, picture


def sent(tab, image):
    """What the server has of an image."""
    answer = tab.person.context.request.get(tab.person.url + image.get_attribute("src"))
    assert answer.ok
    return Image.open(io.BytesIO(answer.body()))


def is_half_transparent(image):
    pixels = image.convert("RGBA")
    left, right = (pixels.getpixel((image.width * part // 4, image.height // 2)) for part in (1, 3))
    return left[3] == 0 and right[3] == 255 and right[0] > 150


@pytest.mark.parametrize("name", ["photo", "photo.jpg", "photo.pdf"])
@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF", "GIF"])
def test_what_is_transparent_stays_so(talk, kind, name):
    ada, grace = talk
    ada.send(file(name, half_transparent(60, 40, kind)), file(name, half_transparent(2100, 40, kind)))
    images = grace.images(grace.messages)
    expect(images).to_have_count(2)
    for image in images.all():
        assert is_half_transparent(sent(grace, image))


@pytest.mark.parametrize("name", ["party", "party.jpg", "party.avif"])
@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
def test_what_moves_goes_on_moving(talk, kind, name):
    ada, grace = talk
    ada.send(file(name, animation(60, 40, kind)), file(name, animation(2100, 40, kind)))
    images = grace.images(grace.messages)
    expect(images).to_have_count(2)
    for image in images.all():
        assert sent(grace, image).n_frames == 2


def test_what_moves_and_cannot_be_sent_does_not_become_a_still(talk):
    ada, _ = talk
    ada.attach.set_input_files(file("party.avif", animation(60, 40, "AVIF")))
    expect(ada.composer).to_have_accessible_description(
        "party.avif moves, and is of a kind that cannot be sent. Save it as GIF or WebP and choose that one.")
    expect(ada.attached).to_have_count(0)


def test_a_photo_stays_a_jpeg_whatever_it_is_called(talk):
    ada, grace = talk
    ada.send(file("photo", picture(2100, 40)), file("photo.png", picture(2100, 40)))
    images = grace.images(grace.messages)
    expect(images).to_have_count(2)
    assert {sent(grace, image).format for image in images.all()} == {"JPEG"}


@pytest.mark.parametrize("name", ["photo.bmp", "photo.png"])
def test_what_the_server_does_not_take_is_drawn_anew(talk, name):
    ada, grace = talk
    ada.send(file(name, picture(60, 40, "BMP")))
    images = grace.images(grace.messages)
    expect(images).to_have_count(1)
    assert sent(grace, images).format == "JPEG"


@pytest.mark.parametrize("kind", ["PNG", "AVIF"])
def test_a_profile_picture_stays_transparent(ada, kind):
    tab = ada.tab.open("/profile")
    tab.page.get_by_label("Picture", exact=True).set_input_files(file("me.jpg", half_transparent(600, 600, kind)))
    portrait = tab.main.locator("[data-avatar] img")
    expect(portrait).to_have_js_property("naturalWidth", 512)
    tab.button("Save profile").click()
    expect(tab.page.get_by_text("Your profile is saved.")).to_be_visible()
    assert is_half_transparent(sent(tab, portrait))
