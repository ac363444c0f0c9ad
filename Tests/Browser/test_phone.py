"""On a phone there is one pane at a time, and nothing sticks out."""

import pytest
from playwright.sync_api import expect

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def ada(person):
    return person("Ada Lovelace", **PHONE)


def expect_no_sideways_scrolling(tab):
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_one_pane_with_a_way_back(ada, grace):
    tab = ada.tab
    expect(tab.sidebar).to_be_visible()
    expect(tab.button("Log out")).to_be_hidden()
    expect_no_sideways_scrolling(tab)
    tab.row(grace.name).tap()
    expect(tab.heading(grace.name)).to_be_visible()
    expect(tab.sidebar).to_be_hidden()
    expect(tab.composer).to_be_in_viewport()
    expect_no_sideways_scrolling(tab)
    tab.composer.fill("From the phone " + "word " * 60 + "l" * 200)
    tab.button("Send").tap()
    expect(tab.log.locator("article[data-message-id]")).to_have_count(1)
    expect_no_sideways_scrolling(tab)
    tab.link("Back to the list").tap()
    expect(tab.sidebar).to_be_visible()
    expect(tab.composer).to_be_hidden()
    expect(tab.row(grace.name)).to_contain_text("From the phone")
    expect_no_sideways_scrolling(tab)


def test_enter_breaks_the_line_on_a_touch_keyboard(ada, grace):
    tab = ada.tab
    tab.row(grace.name).tap()
    tab.composer.press_sequentially("one")
    tab.composer.press("Enter")
    tab.composer.press_sequentially("two")
    expect(tab.composer).to_have_value("one\ntwo")
    tab.button("Send").tap()
    expect(tab.log.locator("article[data-message-id]")).to_have_count(1)


def test_targets_are_large_enough_for_a_finger(ada, grace):
    tab = ada.tab
    small = """() => [...document.querySelectorAll('a, button, input:not([type=hidden]), textarea, label.check')]
      .filter(each => each.checkVisibility({ visibilityProperty: true }) && !each.matches('.skip, label input'))
      .filter(each => !each.closest('p') || each.matches('.button'))
      .map(each => [each.outerHTML.slice(0, 80), each.getBoundingClientRect()])
      .filter(([, box]) => box.width && (box.width < 43.5 || box.height < 43.5))
      .map(([html, box]) => `${html}: ${box.width} x ${box.height}`)"""
    assert tab.page.evaluate(small) == []
    tab.row(grace.name).tap()
    expect(tab.heading(grace.name)).to_be_visible()
    assert tab.page.evaluate(small) == []


def cover(tab, pixels, scale=1):
    """Lets a keyboard lie over the page, as some phones do, or zooms: the browser of the tests has none."""
    tab.page.evaluate("""([height, scale]) => {
        Object.defineProperty(visualViewport, 'height', { value: height, configurable: true })
        Object.defineProperty(visualViewport, 'scale', { value: scale, configurable: true })
        visualViewport.dispatchEvent(new Event('resize'))
    }""", [(844 - pixels) / scale, scale])


def bottom(tab):
    box = tab.composer.bounding_box()
    return box["y"] + box["height"]


def test_a_keyboard_that_lies_over_the_page_covers_no_composer(ada, grace):
    tab = ada.tab
    tab.talk_to(grace)
    before = bottom(tab)
    cover(tab, 300)
    assert before - 301 <= bottom(tab) <= 844 - 300
    cover(tab, 0, scale=2)
    assert bottom(tab) == before
    cover(tab, 0)
    assert bottom(tab) == before


HIDDEN_WORDS = """() => [...document.querySelectorAll('.hidden, .presence, .author, .attach span, #welcome')]
  .map((each) => [each.textContent, getComputedStyle(each).position !== 'static' && each.getBoundingClientRect()])
  .filter(([, box]) => box && box.width && (box.bottom > innerHeight + 1 || box.right > innerWidth + 1))"""


@pytest.mark.known("ada")
@pytest.mark.parametrize("width, height", [(390, 844), (390, 500), (1280, 800)])
def test_a_page_is_as_large_as_its_window(person, grace, width, height):
    ada = person("Ada Lovelace", viewport={"width": width, "height": height})
    tab = ada.tab.talk_to(grace)
    for text in ("Hello", "Good morning", "word " * 60):
        tab.say(text.strip())
    conversation = tab.page.url.removeprefix(ada.url)
    size = "() => [document.scrollingElement.scrollWidth, document.scrollingElement.scrollHeight]"
    for path in [conversation, "/", "/?find=nobody", "/profile", "/settings", "/shortcuts", "/settings/data"]:
        tab.open(path)
        across, down = tab.page.evaluate(size)
        assert across == width, path
        if tab.page.locator(".chat").count():
            assert down == height, path
            # Nor does the focus move it.
            tab.page.evaluate("scrollTo(0, 99)")
            for field in tab.page.get_by_role("textbox").all():
                field.focus()
            assert tab.page.evaluate("scrollY") == 0, path
            assert tab.page.evaluate(HIDDEN_WORDS) == [], path
