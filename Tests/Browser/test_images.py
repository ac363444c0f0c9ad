"""Images in messages: choosing, describing, sending, taking back, looking."""

import re

import pytest
from PIL import features
from playwright.sync_api import expect

from held import Held
from pictures import Drag, animation, file, noise, paste, picture, turned
from samples.jpeg import ARITHMETIC

# The browser's own style for a tab with an image, which the server lets nobody's file have.
SANDBOX = "inline style violates"


def size(image):
    """The size in pixels of what was stored; waits until the browser has it."""
    expect(image).to_have_js_property("complete", True)
    return image.evaluate("async (image) => { await image.decode(); return [image.naturalWidth, image.naturalHeight] }")


def sizes(images, count):
    """The same of so many; waits until they are there."""
    expect(images).to_have_count(count)
    return [size(each) for each in images.all()]


def test_two_images_with_text_arrive_at_once_at_the_other(talk):
    ada, grace = talk
    for tab in talk:
        tab.mark()
    ada.send(file("lake.jpg"), file("hills.png", picture(200, 300, "PNG")), text="This morning", words=["The lake"])
    for tab in talk:
        message = tab.sent("This morning")
        assert sizes(tab.images(message), 2) == [[320, 240], [200, 300]]
        expect(message.get_by_role("img", name="The lake", exact=True)).to_be_visible()
        expect(message.get_by_role("img", name="Image from Ada Lovelace", exact=True)).to_be_visible()
        tab.expect_not_reloaded()
    expect(ada.messages).to_have_count(1)
    expect(ada.attached).to_have_count(0)
    expect(ada.composer).to_have_value("")
    expect(ada.composer).to_be_focused()


def test_an_image_needs_no_text(talk):
    ada, grace = talk
    ada.send(file("lake.jpg"))
    expect(grace.images(grace.messages)).to_have_count(1)
    expect(grace.row("Ada Lovelace")).to_contain_text("Photo")
    said = grace.page.get_by_role("status").filter(has_text="Ada Lovelace: Image from Ada Lovelace")
    expect(said).to_have_count(1)
    ada.send(file("lake.jpg"), file("hills.jpg"), file("woods.jpg"))
    expect(grace.row("Ada Lovelace")).to_contain_text("3 photos")
    # All is still there after a reload.
    grace.page.reload()
    expect(grace.images(grace.messages.last)).to_have_count(3)


def test_attached_by_paste_and_by_drop(talk, tmp_path):
    ada, grace = talk
    paths = [tmp_path / "lake.jpg", tmp_path / "hills.jpg"]
    for path in paths:
        path.write_bytes(picture())
    ada.composer.fill("Both")
    paste(ada.page, file("pasted.png", picture(kind="PNG")))
    expect(ada.attached).to_have_count(1)
    hint = ada.main.get_by_text("Drop images to attach them")
    drag = Drag(ada.heading("Grace Hopper"), *paths)
    expect(hint).to_be_visible()
    drag.drop()
    expect(hint).to_be_hidden()
    expect(ada.attached).to_have_count(3)
    expect(ada.composer).to_have_value("Both")
    ada.button("Send").click()
    expect(grace.images(grace.sent("Both"))).to_have_count(3)


def test_a_preview_can_be_removed(talk):
    ada, grace = talk
    ada.attach.set_input_files([file("lake.jpg"), file("hills.jpg", picture(50, 60))])
    expect(ada.attached.get_by_role("img")).to_have_count(2)
    ada.field("Describe hills.jpg").fill("Hills")
    ada.button("Remove lake.jpg").click()
    expect(ada.attached).to_have_count(1)
    expect(ada.composer).to_be_focused()
    ada.composer.press("Enter")
    expect(grace.images(grace.messages)).to_have_count(1)
    expect(grace.messages.get_by_role("img", name="Hills", exact=True)).to_be_visible()


def test_all_of_it_by_keyboard(talk):
    ada, grace = talk
    ada.attach.set_input_files(file("lake.jpg"))
    expect(ada.attached).to_have_count(1)
    ada.composer.focus()
    ada.page.keyboard.press("Tab")
    expect(ada.button("Remove lake.jpg")).to_be_focused()
    ada.page.keyboard.press("Tab")
    expect(ada.field("Describe lake.jpg")).to_be_focused()
    ada.page.keyboard.type("A lake")
    ada.page.keyboard.press("Tab")
    expect(ada.attach).to_be_focused()
    ada.page.keyboard.press("Tab")
    expect(ada.button("Emoji")).to_be_focused()
    ada.page.keyboard.press("Tab")
    expect(ada.button("Send")).to_be_focused()
    ada.page.keyboard.press("Enter")
    expect(grace.messages.get_by_role("img", name="A lake", exact=True)).to_be_visible()


def test_enter_in_a_description_sends(talk):
    ada, grace = talk
    ada.attach.set_input_files(file("lake.jpg"))
    ada.field("Describe lake.jpg").fill("A lake")
    ada.field("Describe lake.jpg").press("Enter")
    expect(grace.messages.get_by_role("img", name="A lake", exact=True)).to_be_visible()


def throttle(page):
    """A line of 200 kilobytes a second."""
    session = page.context.new_cdp_session(page)
    limits = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 200_000}
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", limits)
    return lambda: session.send("Network.emulateNetworkConditions", {**limits, "uploadThroughput": -1})


def test_the_upload_shows_how_far_it_is_and_can_be_cancelled(talk):
    ada, grace = talk
    ada.person.expect_errors("net::ERR_")
    let_go = throttle(ada.page)
    ada.attach.set_input_files([file("noise.png", noise(1200, 800)), file("lake.jpg")])
    expect(ada.attached).to_have_count(2)
    ada.field("Describe lake.jpg").fill("The lake")
    ada.composer.fill("On its way")
    ada.button("Send").click()
    waiting = ada.message("On its way")
    expect(waiting.get_by_role("img")).to_have_count(2)
    bar = waiting.get_by_role("progressbar", name="Upload", exact=True)
    expect(bar).not_to_have_js_property("value", 0)
    assert bar.evaluate("(bar) => bar.value") < 1
    ada.composer.fill("One may write on")

    waiting.get_by_role("button", name="Cancel", exact=True).click()
    expect(ada.messages).to_have_count(0)
    expect(ada.composer).to_have_value("On its way\nOne may write on")
    expect(ada.composer).to_be_focused()
    expect(ada.attached.get_by_role("img")).to_have_count(2)
    expect(ada.field("Describe lake.jpg")).to_have_value("The lake")
    expect(grace.messages).to_have_count(0)

    let_go()
    ada.composer.fill("Now it is")
    ada.button("Send").click()
    expect(grace.images(grace.sent("Now it is"))).to_have_count(2)
    expect(grace.messages).to_have_count(1)
    expect(ada.messages).to_have_count(1)


def test_what_is_on_its_way_keeps_its_place(talk):
    ada, grace = talk
    held = Held(ada.page, "**/messages")
    ada.attach.set_input_files(file("lake.jpg"))
    expect(ada.attached).to_have_count(1)
    ada.write("First, with a picture")
    ada.write("Second")
    expect(ada.messages).to_contain_text(["First, with a picture", "Second"])
    held.let_go()
    for tab in talk:
        expect(tab.log.locator("article[data-message-id]")).to_have_count(2)
        expect(tab.messages).to_contain_text(["First, with a picture", "Second"])
        expect(tab.images(tab.messages.first)).to_have_count(1)


def test_a_large_picture_is_scaled_down(talk):
    ada, grace = talk
    large, small = file("large.jpg", picture(3000, 1500)), file("small.jpg", picture(100, 50))
    ada.attach.set_input_files(small)
    expect(ada.attached).to_have_count(1)
    original = ada.main.get_by_role("checkbox", name="Send original", exact=True)
    expect(original).to_be_hidden()
    ada.button("Remove small.jpg").click()
    ada.send(large, small)
    assert sizes(grace.images(grace.messages.nth(0)), 2) == [[2048, 1024], [100, 50]]

    ada.attach.set_input_files(large)
    original.check()
    ada.button("Send").click()
    expect(grace.messages).to_have_count(2)
    assert size(grace.images(grace.messages.nth(1))) == [3000, 1500]
    # That was for one message.
    ada.send(large)
    assert size(grace.images(grace.messages.nth(2))) == [2048, 1024]


def test_scaled_or_not_a_photo_stands_upright(talk):
    ada, grace = talk
    ada.send(file("large.jpg", turned(3000, 1500)), file("small.jpg", turned(300, 150)))
    assert sizes(grace.images(grace.messages), 2) == [[1024, 2048], [150, 300]]
    expect(grace.images(grace.messages).last).to_have_attribute("width", "150")


def test_what_moves_is_not_scaled_down(talk):
    ada, grace = talk
    ada.send(file("moves.gif", animation(2100, 40)))
    image = grace.images(grace.messages)
    assert size(image) == [2100, 40]
    expect(image).to_have_attribute("src", re.compile(r"\.gif$"))


@pytest.mark.skipif(not features.check("avif"), reason="this Pillow makes no AVIF")
def test_what_only_some_browsers_show_is_turned_into_jpeg(talk):
    ada, grace = talk
    ada.send(file("photo.avif", picture(kind="AVIF")))
    image = grace.images(grace.messages)
    assert size(image) == [320, 240]
    expect(image).to_have_attribute("src", re.compile(r"\.jpg$"))


def test_what_is_no_picture_is_refused_at_once_and_the_others_stay(talk):
    ada, grace = talk
    ada.composer.fill("With a letter")
    ada.attach.set_input_files([file("lake.jpg"), file("letter.pdf", b"%PDF-1.4"), file("photo.heic", b"\0\0\0\x18ftypheic")])
    expect(ada.composer).to_have_accessible_description(
        "letter.pdf is not a picture that this browser can read. Choose a JPEG or PNG instead. "
        "photo.heic is not a picture that this browser can read. Choose a JPEG or PNG instead."
    )
    expect(ada.attached).to_have_count(1)
    ada.button("Send").click()
    expect(grace.images(grace.sent("With a letter"))).to_have_count(1)
    expect(ada.composer).to_have_accessible_description("")


def test_what_the_server_refuses_goes_and_the_others_come_back(talk):
    ada, grace = talk
    ada.person.expect_errors("status of 422")
    # This browser shows it, and another one does not.
    ada.attach.set_input_files([file("lake.jpg"), file("wrong.jpg", ARITHMETIC), file("hills.jpg")])
    expect(ada.attached).to_have_count(3)
    ada.field("Describe hills.jpg").fill("Hills")
    ada.write("Three of them")
    expect(ada.composer).to_have_accessible_description(re.compile("wrong.jpg is a rare kind of JPEG"))
    expect(ada.composer).to_have_value("Three of them")
    expect(ada.attached.get_by_role("img")).to_have_count(2)
    expect(ada.button("Remove wrong.jpg")).to_have_count(0)
    expect(ada.field("Describe hills.jpg")).to_have_value("Hills")
    expect(ada.messages).to_have_count(0)
    ada.button("Send").click()
    expect(grace.images(grace.sent("Three of them"))).to_have_count(2)
    expect(grace.messages.get_by_role("img", name="Hills", exact=True)).to_be_visible()


def test_no_more_than_ten_and_none_over_ten_megabytes(talk):
    ada, _ = talk
    ada.attach.set_input_files(file("heavy.png", noise(2048, 1800)))
    expect(ada.composer).to_have_accessible_description("heavy.png is larger than 10 MB. Choose a smaller one.")
    expect(ada.attached).to_have_count(0)
    ada.attach.set_input_files([file(f"{number}.jpg", picture(9, 9)) for number in range(12)])
    expect(ada.composer).to_have_accessible_description(re.compile("up to 10 images"))
    expect(ada.attached).to_have_count(10)
    ada.button("Send").click()
    expect(ada.images(ada.messages)).to_have_count(10)


def test_not_sent_can_be_sent_again(talk):
    ada, grace = talk
    ada.person.expect_errors("net::ERR_")
    ada.page.route("**/messages", lambda route: route.abort())
    ada.attach.set_input_files(file("lake.jpg"))
    expect(ada.attached).to_have_count(1)
    ada.write("Stubborn")
    message = ada.message("Stubborn")
    expect(message).to_contain_text("Not sent")
    expect(message.get_by_role("progressbar")).to_be_hidden()
    ada.page.unroute_all()
    message.get_by_role("button", name="Retry", exact=True).click()
    expect(grace.images(grace.sent("Stubborn"))).to_have_count(1)
    expect(ada.messages).to_have_count(1)
    expect(grace.messages).to_have_count(1)


# Looking


def test_a_click_shows_the_whole_image(talk):
    ada, grace = talk
    ada.send(file("lake.jpg"), file("hills.jpg", picture(60, 50)), words=["The lake", "The hills"])
    ada.send(file("woods.jpg", picture(70, 50)), words=["The woods"])
    links = grace.log.locator(".images").get_by_role("link")
    expect(links).to_have_count(3)
    links.nth(0).click()
    shown = grace.gallery.get_by_role("img")
    expect(shown).to_have_accessible_name("The lake")
    expect(grace.gallery.get_by_role("paragraph")).to_have_text("The lake")
    assert size(shown) == [320, 240]
    for name, words in [("Next image", "The hills"), ("Next image", "The woods"), ("Next image", "The lake"),
                        ("Previous image", "The woods")]:
        grace.button(name).click()
        expect(shown).to_have_accessible_name(words)
    grace.button("Close").click()
    expect(grace.gallery).to_be_hidden()
    expect(links.nth(0)).to_be_focused()


def test_the_images_by_keyboard(talk):
    ada, grace = talk
    ada.send(file("lake.jpg"), file("hills.jpg"), words=["The lake", "The hills"])
    link = grace.log.locator(".images").get_by_role("link").nth(1)
    expect(grace.log.locator(".images").get_by_role("link")).to_have_count(2)
    link.focus()
    grace.page.keyboard.press("Enter")
    shown = grace.gallery.get_by_role("img")
    expect(shown).to_have_accessible_name("The hills")
    grace.page.keyboard.press("ArrowLeft")
    expect(shown).to_have_accessible_name("The lake")
    grace.page.keyboard.press("ArrowRight")
    expect(shown).to_have_accessible_name("The hills")
    # What comes meanwhile changes nothing here.
    ada.say("And?")
    expect(grace.main.locator("article[data-message-id]")).to_have_count(2)
    expect(grace.gallery).to_be_visible()
    grace.page.keyboard.press("Escape")
    expect(grace.gallery).to_be_hidden()
    expect(link).to_be_focused()


def test_one_image_has_no_arrows(talk):
    ada, _ = talk
    message = ada.send(file("lake.jpg"))
    message.locator(".images").get_by_role("link").click()
    expect(ada.button("Close")).to_be_visible()
    expect(ada.button("Next image")).to_be_hidden()


def test_a_click_with_control_opens_a_tab(talk, ada):
    mine, _ = talk
    ada.expect_errors(SANDBOX)
    message = mine.send(file("lake.jpg"))
    with ada.context.expect_page() as opened:
        message.locator(".images").get_by_role("link").click(modifiers=["ControlOrMeta"])
    opened.value.wait_for_url("**/uploads/*")
    expect(mine.gallery).to_be_hidden()


def test_nothing_moves_when_an_image_is_there(talk):
    ada, grace = talk
    for dimensions in ([300, 3000], [3000, 30], [8, 8]):
        ada.send(file("odd.png", picture(*dimensions, kind="PNG")))
    for kind in ("JPEG", "PNG", "WEBP"):
        ada.send(file("turned", turned(400, 200, kind)))
    ada.send(*[file(f"{number}.jpg", picture(100 + 40 * number, 200)) for number in range(5)])
    expect(grace.messages).to_have_count(7)

    def heights(tab):
        return [round(each.bounding_box()["height"]) for each in tab.messages.all()]

    held = Held(grace.page, "**/uploads/*")
    grace.page.reload(wait_until="commit")
    expect(grace.messages).to_have_count(7)
    before = heights(grace)
    held.let_go()
    for each in grace.log.get_by_role("img").all():
        each.scroll_into_view_if_needed()
        size(each)
    assert heights(grace) == before
    assert max(before) < grace.page.viewport_size["height"]
