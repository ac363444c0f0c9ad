"""The list of people: who is online, who is found, who is new."""

import re

import pytest
from playwright.sync_api import expect

from database import add_people
from held import Held
from test_deletion import ask

ONLINE = re.compile(r"\bonline\b")


ABSENT = "Bob Émile Builder"


@pytest.fixture
def three(server, grace, ada):
    """Ada's tab, with Grace who is there and Bob who is not in its list."""
    add_people(server, [ABSENT])
    ada.tab.page.reload()
    expect(ada.tab.rows).to_have_count(2)
    expect(ada.tab.row(grace.name)).to_have_accessible_name(ONLINE)
    return ada.tab


@pytest.mark.delays(4)
def test_who_closes_the_last_tab_goes_offline_and_who_keeps_one_stays(ada, grace, person):
    zoe = person("Zoe Adams")
    expect(ada.tab.sidebar.get_by_text("2 online", exact=True)).to_be_visible()
    second = zoe.new_tab()
    expect(second.row(ada.name)).to_have_accessible_name(ONLINE)
    ada.tab.talk_to(grace)
    expect(ada.tab.main.get_by_text("online", exact=True)).to_be_visible()
    zoe.tab.page.close()
    grace.tab.page.close()
    expect(ada.tab.row(grace.name)).not_to_have_accessible_name(ONLINE)
    expect(ada.tab.main.get_by_text(re.compile(r"last seen today at \d\d:\d\d"))).to_be_visible()
    expect(ada.tab.sidebar.get_by_text("1 online", exact=True)).to_be_visible()
    expect(ada.tab.row(zoe.name)).to_have_accessible_name(ONLINE)


def test_show_online_only(three, grace):
    tab = three
    tab.mark()
    expect(tab.row(ABSENT)).not_to_have_accessible_name(ONLINE)
    expect(tab.sidebar.get_by_text("1 online", exact=True)).to_be_visible()
    tab.online_only.check()
    expect(tab.rows).to_have_count(1)
    expect(tab.row(grace.name)).to_be_visible()
    expect(tab.online_only).to_be_focused()
    tab.online_only.uncheck()
    expect(tab.rows).to_have_count(2)
    tab.expect_not_reloaded()


@pytest.mark.delays(4)
def test_the_list_of_those_online_keeps_itself_true(three, person):
    three.online_only.check()
    expect(three.rows).to_have_count(1)
    carol = person("Carol Shaw")
    expect(three.row(carol.name)).to_be_visible()
    carol.tab.page.close()
    expect(three.row(carol.name)).to_have_count(0, timeout=20_000)


def test_people_are_found_by_any_part_of_their_names(three, grace):
    found = {"gra": grace.name, "HOP": grace.name, "opper": grace.name, "hopper gr": grace.name}
    found |= {"emile": ABSENT, "Émi": ABSENT, "uild": ABSENT}
    for typed, name in found.items():
        three.find.press_sequentially(typed)
        expect(three.rows).to_have_count(1)
        expect(three.row(name)).to_be_visible()
        expect(three.find).to_be_focused()
        expect(three.find).to_have_value(typed)
        three.find.fill("")
        expect(three.rows).to_have_count(2)


def test_people_are_found_by_nothing_else(three):
    for typed in ("operh", "example", "grace.hopper@example.org", "%"):
        three.find.fill(typed)
        expect(three.sidebar.get_by_text("Nobody by that name.")).to_be_visible()
        expect(three.rows).to_have_count(0)
        three.find.fill("")
        expect(three.rows).to_have_count(2)


def test_who_signs_up_appears_in_every_open_list(ada, grace, person):
    second = ada.new_tab()
    ada.tab.talk_to(grace)
    tabs = (ada.tab, second, grace.tab)
    for tab in tabs:
        tab.mark()
    carol = person("Carol Shaw")
    for tab in tabs:
        expect(tab.row(carol.name)).to_have_accessible_name(ONLINE)
        tab.expect_not_reloaded()
    # In its place by name.
    expect(ada.tab.rows.nth(0)).to_have_accessible_name(re.compile("^Carol Shaw"))
    ada.tab.talk_to(carol).say("Welcome")
    expect(carol.tab.row(ada.name)).to_contain_text("Welcome")


@pytest.mark.delays(4)
def test_the_second_person_takes_the_place_of_nobody(ada, person):
    tab = ada.tab
    nobody = tab.sidebar.get_by_text("Nobody else is here yet.")
    expect(nobody).to_be_visible()
    grace = person("Grace Hopper")
    expect(tab.row(grace.name)).to_be_visible()
    expect(nobody).to_be_hidden()
    # And the other way round.
    grace.expect_errors("status of 401")
    ask(grace.tab)
    expect(ada.tab.rows).to_have_count(0, timeout=25_000)
    expect(nobody).to_be_visible()
    expect(tab.heading("You are the first one here")).to_be_visible()


def test_who_signs_up_is_found_by_who_looks_for_them(ada, grace, person):
    tab = ada.tab
    tab.find.fill("carol")
    nobody = tab.sidebar.get_by_text("Nobody by that name.")
    expect(nobody).to_be_visible()
    carol = person("Carol Shaw")
    expect(tab.row(carol.name)).to_be_visible()
    expect(nobody).to_be_hidden()
    person("Zoe Adams")
    expect(grace.tab.row("Zoe Adams")).to_be_visible()
    expect(tab.rows).to_have_count(1)


@pytest.mark.delays(4)
def test_who_comes_online_takes_the_place_of_nobody(server, ada, person):
    tab = ada.tab
    tab.online_only.check()
    nobody = tab.sidebar.get_by_text("Nobody is online.")
    expect(nobody).to_be_visible()
    grace = person("Grace Hopper")
    expect(tab.row(grace.name)).to_be_visible()
    expect(nobody).to_be_hidden()
    grace.context.close()
    expect(nobody).to_be_visible(timeout=20_000)
    expect(tab.rows).to_have_count(0)


def test_more_people_come_on_demand(server, ada, grace):
    add_people(server, [f"Member {number:03}" for number in range(65)])
    tab = ada.tab
    tab.page.reload()
    more = tab.sidebar.get_by_role("link", name="Show more people")
    for shown in (30, 60):
        expect(tab.rows).to_have_count(shown + 1)
        more.click()
    expect(tab.rows).to_have_count(66)
    expect(more).to_have_count(0)
    names = [re.search(r"Member \d+", text)[0] for text in tab.rows.all_inner_texts()[1:]]
    assert names == [f"Member {number:03}" for number in range(65)]


def test_a_slow_list_shows_that_it_is_coming(three):
    held = Held(three.page, "**/*find=*")
    three.find.fill("grace")
    # Rows in outline cover the old ones, which can no longer be seen.
    rows = three.sidebar.locator("#rows")
    expect(rows).to_have_attribute("aria-busy", "true")
    expect(rows.locator("> *").first).to_have_css("opacity", "0")
    outline = "rows => getComputedStyle(rows, '::after').visibility"
    three.page.wait_for_function(f"({outline})(document.getElementById('rows')) === 'visible'")
    held.let_go()
    expect(three.rows).to_have_count(1)
    expect(rows.locator("> *").first).to_have_css("opacity", "1")
    expect(rows).not_to_have_attribute("aria-busy", "true")
