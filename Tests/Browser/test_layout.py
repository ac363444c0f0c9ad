"""Where things stand: nothing over another, no strip where nothing is, and what is wrong looks so."""

import pytest
from playwright.sync_api import expect

from pictures import file, picture
from test_deletion import ask, expect_farewell


def box(locator):
    found = locator.bounding_box()
    return found | {"right": found["x"] + found["width"], "bottom": found["y"] + found["height"]}


def boxes(message, *selectors):
    """Where parts of a message are, measured at once: the list may move in between."""
    return message.evaluate(
        "(message, selectors) => selectors.map((each) => message.querySelector(each).getBoundingClientRect().toJSON())",
        selectors)


def test_a_picture_without_words_has_its_time_on_it(talk):
    mine, _ = talk
    bare = mine.send(file("lake.jpg", picture(900, 600)))
    image, bubble, time = boxes(bare, "img", ".bubble", ".at")
    assert bubble["bottom"] - image["bottom"] <= image["x"] - bubble["x"] + 1
    assert image["y"] < time["y"] and time["bottom"] < image["bottom"] and time["right"] < image["right"]
    told = mine.send(file("lake.jpg", picture(900, 600)), text="The lake")
    image, time = boxes(told, "img", ".at")
    assert time["y"] >= image["bottom"]


@pytest.mark.parametrize("size", [(900, 600), (600, 3000), (3000, 600), (60, 60)])
def test_an_open_picture_stands_in_the_middle(talk, size):
    mine, _ = talk
    message = mine.send(file("lake.jpg", picture(*size)))
    # Of a small one the time covers the middle.
    message.locator(".images").get_by_role("link").click(position={"x": 4, "y": 4})
    expect(mine.gallery).to_be_visible()
    image = mine.gallery.get_by_role("img")
    image.evaluate("image => image.decode()")
    shown, window = box(image), mine.page.viewport_size
    assert abs(shown["y"] + shown["bottom"] - window["height"]) < 4
    assert abs(shown["x"] + shown["right"] - window["width"]) < 4
    assert shown["y"] >= 40


def test_a_preview_takes_the_room_that_there_is(ada, grace):
    ada.tab.open()
    for text in ("word " * 30, "word " * 31):
        grace.post(ada, text)
    row = ada.tab.row(grace.name)
    expect(row.locator(".unread")).to_have_text("2 unread")
    # The time is wider than the count.
    row.locator(".when").evaluate("time => { time.textContent = 'The day before yesterday' }")
    preview, count, time = (box(row.locator(each)) for each in (".preview", ".unread", ".when"))
    assert 0 < count["x"] - preview["right"] <= 16
    assert preview["right"] > time["x"]


def test_what_is_wrong_looks_no_less_so_in_focus(person):
    stranger = person("Ada Lovelace", signed_up=False)
    stranger.expect_errors("status of 422")
    tab = stranger.new_tab("/signup")
    tab.sign_up(" ", "ada@example.org", "short")
    expect(tab.field("Password")).to_have_attribute("aria-invalid", "true")
    colour = "field => [getComputedStyle(field).borderTopColor, getComputedStyle(field).outlineColor]"
    tab.field("Full name").blur()
    [at_rest, _] = tab.field("Full name").evaluate(colour)
    tab.field("Full name").focus()
    assert tab.field("Full name").evaluate(colour) == [at_rest, at_rest]


def test_who_has_an_account_is_led_to_log_in(ada, person):
    stranger = person("Somebody Else", signed_up=False)
    stranger.expect_errors("status of 422")
    tab = stranger.new_tab("/signup?next=/profile")
    tab.sign_up("Ada Lovelace", ada.email)
    said = "There is an account with that email already. Log in instead"
    expect(tab.field("Email")).to_have_accessible_description(said)
    tab.link("Log in instead").click()
    tab.log_in(ada.email)
    expect(tab.heading("Profile")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.delays(4)
def test_a_farewell_covers_nothing(ada, width):
    ada.expect_errors("status of 401")
    ask(ada.tab)
    expect_farewell(ada.tab)
    ada.tab.page.set_viewport_size({"width": width, "height": 800})
    farewell = ada.tab.page.get_by_text("Your account is deleted.")
    shown, form, heading = box(farewell), box(ada.tab.main), box(ada.tab.heading("Create an account"))
    assert form["x"] <= shown["x"] and shown["right"] <= form["right"]
    assert shown["bottom"] <= heading["y"]
