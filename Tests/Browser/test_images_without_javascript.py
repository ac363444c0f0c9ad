"""Images by the plain form."""

import re

import pytest
from playwright.sync_api import expect

from pictures import file, picture

pytestmark = pytest.mark.known("ada", "grace")


@pytest.fixture
def talk(person):
    ada, grace = (person(name, java_script_enabled=False) for name in ("Ada Lovelace", "Grace Hopper"))
    ada.tab.open().talk_to(grace)
    grace.tab.open().talk_to(ada)
    return ada.tab, grace.tab


def test_an_image_by_the_plain_field(talk):
    ada, grace = talk
    grace.person.expect_errors("inline style violates")
    ada.attach.set_input_files([file("lake.jpg"), file("hills.png", picture(kind="PNG"))])
    ada.field("Describe the image").fill("The lake")
    ada.composer.fill("No script here")
    ada.button("Send").click()
    grace.page.reload()
    for tab in talk:
        message = tab.sent("No script here")
        expect(tab.images(message)).to_have_count(2)
        expect(message.get_by_role("img", name="The lake", exact=True)).to_be_visible()
        expect(message.get_by_role("img", name="Image from Ada Lovelace", exact=True)).to_be_visible()
    with grace.person.context.expect_page() as opened:
        grace.messages.get_by_role("link").first.click()
    assert re.search(r"/uploads/\w+\.jpg$", opened.value.url)


def test_what_is_refused_goes_and_the_others_are_kept(talk):
    ada, grace = talk
    ada.person.expect_errors("status of 422")
    ada.attach.set_input_files([file("lake.jpg"), file("letter.pdf", b"%PDF-1.4"), file("hills.jpg")])
    ada.field("Describe the image").fill("The lake")
    ada.composer.fill("Two and a letter")
    ada.button("Send").click()
    expect(ada.composer).to_have_accessible_description(re.compile("letter.pdf"))
    expect(ada.composer).to_have_value("Two and a letter")
    expect(ada.attached.locator("img")).to_have_count(2)
    first, second = (ada.attached.get_by_role("checkbox", name=f"Image {number}") for number in (1, 2))
    expect(first).to_be_checked()
    expect(second).to_be_checked()
    expect(ada.field("Describe image 1")).to_have_value("The lake")
    # One may think again about one, and add another.
    second.uncheck()
    ada.field("Describe image 1").fill("The lake at dawn")
    ada.attach.set_input_files(file("woods.jpg"))
    ada.button("Send").click()
    grace.page.reload()
    message = grace.sent("Two and a letter")
    expect(grace.images(message)).to_have_count(2)
    expect(message.get_by_role("img", name="The lake at dawn", exact=True)).to_be_visible()
