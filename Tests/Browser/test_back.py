"""Back and forward show what is true now, out of the browser's cache or not."""

import re

import pytest
from playwright.sync_api import expect

from conftest import launch
from database import add_messages

NOTE_RETURNS = "addEventListener('pageshow', ({ persisted }) => { if (persisted) window.isFromCache = true })"


@pytest.fixture(params=["with a cache", "without a cache"])
def ada(request, playwright, person):
    """Playwright turns the back-forward cache off and the shell has none; people's browsers have it on."""
    if request.param == "without a cache":
        yield person("Ada Lovelace")
        return
    browser = launch(playwright, "chromium", ignore_default_args=["--disable-back-forward-cache"])
    yield person("Ada Lovelace", browser=browser)
    browser.close()


@pytest.mark.known("carol")
def test_back_shows_what_came_meanwhile_and_goes_on(ada, grace, person):
    carol = person("Carol Shaw")
    tab = ada.tab.talk_to(grace)
    grace.tab.talk_to(ada)
    carol.tab.talk_to(ada)
    tab.say("Before")
    tab.talk_to(carol)
    grace.tab.say("While you were away")
    expect(tab.row(grace.name)).to_have_accessible_name(re.compile(r"\b1 unread\b"))

    tab.page.go_back()
    expect(tab.heading(grace.name)).to_be_visible()
    expect(tab.sent("While you were away")).to_have_count(1)
    expect(tab.messages).to_contain_text(["Before", "While you were away"])
    expect(tab.row(grace.name)).not_to_have_accessible_name(re.compile("unread"))
    expect(tab.page).not_to_have_title(re.compile(r"^\("))
    grace.tab.say("Live again")
    expect(tab.sent("Live again")).to_have_count(1)
    tab.say("And back")
    expect(grace.tab.sent("And back")).to_have_count(1)
    expect(tab.messages).to_have_count(4)

    tab.page.go_forward()
    expect(tab.heading(carol.name)).to_be_visible()
    expect(tab.row(grace.name)).to_contain_text("You: And back")
    carol.tab.say("Here I am")
    expect(tab.sent("Here I am")).to_have_count(1)


def test_out_of_the_cache_the_stream_is_opened_again_at_once(ada, grace):
    tab = ada.tab.talk_to(grace)
    tab.page.evaluate(NOTE_RETURNS)
    grace.tab.talk_to(ada)
    tab.say("Before")
    tab.composer.fill("Half a sentence")
    # A page without modules: nobody's message throws the other one out of the cache.
    tab.open("/health")
    grace.tab.say("While you were away")
    # A page out of the cache is not loaded again.
    tab.page.go_back(wait_until="commit")
    expect(tab.sent("While you were away")).to_have_count(1)
    has_cache = ada.context.browser is not grace.context.browser
    assert bool(tab.page.evaluate("window.isFromCache")) == has_cache
    expect(tab.composer).to_have_value("Half a sentence")
    grace.tab.say("Live again")
    expect(tab.sent("Live again")).to_have_count(1)
    tab.say("And back")
    expect(grace.tab.sent("And back")).to_have_count(1)
    expect(tab.messages).to_have_count(4)


def test_back_is_where_one_was(server, ada, grace):
    """Out of the cache all that was loaded is still there; without one the place is."""
    tab = ada.tab.talk_to(grace)
    tab.say("The first")
    add_messages(server, ada, grace, 200)
    tab.page.reload()
    expect(tab.message("Message 200.")).to_be_in_viewport()
    tab.log.hover()
    for _ in range(500):
        if tab.message("Message 80.").count():
            break
        tab.page.mouse.wheel(0, -1500)
        tab.page.evaluate("new Promise(requestAnimationFrame)")
    tab.message("Message 110.").scroll_into_view_if_needed()
    y = tab.message("Message 110.").bounding_box()["y"]
    count = tab.messages.count()
    assert count > 100
    tab.link("Settings").click()
    expect(tab.heading("Settings")).to_be_visible()
    tab.page.go_back(wait_until="commit")
    expect(tab.message("Message 110.")).to_be_in_viewport()
    assert abs(tab.message("Message 110.").bounding_box()["y"] - y) < 3
    if ada.context.browser is not grace.context.browser:
        assert tab.messages.count() == count
    grace.tab.talk_to(ada).say("Live again")
    tab.jump.click()
    expect(tab.sent("Live again")).to_be_in_viewport()


def test_back_after_logging_out_shows_no_conversation(ada, grace):
    tab = ada.tab.talk_to(grace)
    tab.say("A secret")
    tab.link("Chats").click()
    expect(tab.heading("Choose someone to write to")).to_be_visible()
    tab.log_out()
    for _ in range(2):
        tab.page.go_back()
        expect(tab.heading("Welcome back")).to_be_visible()
        expect(tab.page.get_by_text("A secret")).to_have_count(0)
