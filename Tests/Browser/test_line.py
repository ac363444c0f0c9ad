"""While the server cannot be reached: what the page says, what it does not claim, and how soon it is back."""

import re
import time
from contextlib import suppress

import pytest
from playwright.sync_api import TimeoutError, expect

from held import Held

ONLINE = re.compile(r"\bonline\b")
AWAY = "Nextalk cannot be reached at the moment."


@pytest.fixture
def cut_off(server, talk, ada, grace, carol):
    """Ada's tab, with Grace's conversation open and Carol in the list, some time after the server went away."""
    mine, _ = talk
    expect(mine.row(carol.name)).to_have_accessible_name(ONLINE)
    expect(mine.row(grace.name)).to_have_accessible_name(ONLINE)
    for each in (ada, grace, carol):
        each.expect_errors("Failed to load resource", "ERR_")
    mine.mark()
    server.kill()
    expect(mine.reconnecting).to_be_visible()
    return mine, carol


def try_now(tab):
    """Presses the button; by then the line may have come back by itself, and the button be gone."""
    with suppress(TimeoutError):
        tab.button("Try now").click(timeout=1_500)


def test_nobody_shows_as_online(server, cut_off, grace):
    tab, carol = cut_off
    dot = "row => getComputedStyle(row.querySelector('.avatar'), '::after').content"
    for person in (grace, carol):
        expect(tab.row(person.name)).not_to_have_accessible_name(ONLINE)
        assert tab.row(person.name).evaluate(dot) == "none"
    expect(tab.main.get_by_text("online", exact=True)).to_be_hidden()
    expect(tab.sidebar.get_by_text("2 online")).to_be_hidden()
    server.start()
    try_now(tab)
    for person in (grace, carol):
        expect(tab.row(person.name)).to_have_accessible_name(ONLINE)
    expect(tab.main.get_by_text("online", exact=True)).to_be_visible()


def test_it_says_when_it_tries_again_and_tries_at_once(server, cut_off):
    tab, _ = cut_off
    expect(tab.page.get_by_role("status").get_by_text(re.compile(r"Next try in \d s"))).to_be_visible()
    server.start()
    try_now(tab)
    expect(tab.reconnecting).to_be_hidden(timeout=2_000)
    tab.expect_not_reloaded()


def test_by_itself_it_is_back_within_six_seconds(server, cut_off):
    tab, _ = cut_off
    # However long it was away: some tries later.
    for _ in range(4):
        tab.page.wait_for_event("requestfailed", lambda request: "/events" in request.url, timeout=20_000)
    server.start()
    began = time.monotonic()
    expect(tab.reconnecting).to_be_hidden(timeout=20_000)
    assert time.monotonic() - began < 6


def test_who_comes_back_to_the_tab_does_not_wait(server, cut_off):
    tab, _ = cut_off
    server.start()
    tab.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(tab.reconnecting).to_be_hidden(timeout=2_000)


@pytest.mark.parametrize("how", ["a row", "a tab", "back", "log out"])
def test_a_press_stays_on_the_page_and_says_so(server, cut_off, grace, how):
    tab, carol = cut_off
    address = tab.page.url
    tab.composer.fill("Half a thought")
    if how == "a row":
        tab.row(carol.name).click()
    elif how == "a tab":
        tab.link("Profile").click()
    elif how == "back":
        tab.page.go_back(wait_until="commit")
    else:
        tab.button("Log out").click()
    expect(tab.page.get_by_role("status").get_by_text(AWAY).first).to_be_visible()
    expect(tab.heading(grace.name)).to_be_visible()
    expect(tab.page).to_have_url(address)
    expect(tab.composer).to_have_value("Half a thought")
    expect(tab.page.locator("[data-pressed]")).to_have_count(0)
    tab.expect_not_reloaded()
    server.start()
    expect(tab.reconnecting).to_be_hidden()
    tab.row(carol.name).click()
    expect(tab.heading(carol.name)).to_be_visible()


OPACITY = "element => Number(getComputedStyle(element).opacity)"


def test_what_was_pressed_shows_it_at_once(talk, ada, grace):
    mine, _ = talk
    mine.link("Close the conversation").click()
    expect(mine.heading("Choose someone to write to")).to_be_visible()
    held = Held(mine.page, "**/conversations/*")
    also = Held(mine.page, "**/people/*")
    row = mine.row(grace.name)
    row.click()
    assert row.evaluate(OPACITY) < 0.8
    expect(row).to_have_attribute("aria-current", "page")
    held.let_go()
    also.let_go()
    expect(mine.heading(grace.name)).to_be_visible()
    assert row.evaluate(OPACITY) == 1

    # A page that is on its way can be asked nothing: it tells the next one.
    mine.link("Profile").evaluate(f"""link => link.addEventListener('click', () => {{
      setTimeout(() => {{ sessionStorage.opacity = ({OPACITY})(link) }})
    }})""")
    held = Held(mine.page, "**/profile")
    with mine.page.expect_request("**/profile"):
        mine.link("Profile").click(no_wait_after=True)
    held.let_go()
    expect(mine.heading("Profile")).to_be_visible()
    assert float(mine.page.evaluate("sessionStorage.opacity")) < 0.8

    held = Held(mine.page, "**/profile")
    mine.button("Save profile").click()
    assert mine.button("Save profile").evaluate(OPACITY) < 0.8
    held.let_go()
    expect(mine.page.get_by_role("status").get_by_text("saved")).to_be_visible()


def test_a_button_shows_that_it_is_held_down_without_modules(person):
    stranger = person("Ada Lovelace", signed_up=False)
    stranger.context.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    tab = stranger.new_tab("/login")
    button = tab.button("Log in")
    assert button.evaluate(OPACITY) == 1
    button.hover()
    tab.page.mouse.down()
    assert button.evaluate(OPACITY) < 0.8
    tab.page.mouse.move(1, 1)
    tab.page.mouse.up()
    assert button.evaluate(OPACITY) == 1
