"""Someone hides when they are online, and what they and the others see of it."""

import re

import pytest
from playwright.sync_api import expect

from axe import Findings

ONLINE = re.compile(r"\bonline\b")
LABEL = "Show when I am online and when I was last here"
WHY = "You are hiding when you are online, so you cannot see who else is."


def show(tab, shown):
    """Chooses it in the settings."""
    tab.open("/settings")
    box = tab.page.get_by_role("checkbox", name=LABEL, exact=True)
    expect(box).to_be_checked(checked=not shown)
    box.set_checked(shown)
    tab.button("Save privacy").click()
    expect(tab.page.get_by_role("status").get_by_text("Your privacy is saved.")).to_be_visible()
    expect(box).to_be_checked(checked=shown)


def status(tab):
    return tab.main.locator(".status")


def test_hidden_and_back_with_every_page_open(talk, ada, grace, person):
    mine, theirs = talk
    mine.say("Hello")
    expect(theirs.sent("Hello")).to_have_count(1)
    carol = person("Carol Shaw")
    expect(status(theirs)).to_have_text("online")
    expect(status(mine)).to_have_text("online")
    expect(theirs.sidebar.get_by_text("2 online", exact=True)).to_be_visible()
    carol.tab.online_only.check()
    expect(carol.tab.row(ada.name)).to_be_visible()
    tabs = (mine, theirs, carol.tab)
    for tab in tabs:
        tab.mark()

    settings = ada.new_tab()
    show(settings, False)
    # The others see nothing of her, wherever they look.
    expect(status(theirs)).to_have_text("")
    expect(theirs.row(ada.name)).not_to_have_accessible_name(ONLINE)
    expect(theirs.row(carol.name)).to_have_accessible_name(ONLINE)
    expect(theirs.sidebar.get_by_text("1 online", exact=True)).to_be_visible()
    expect(carol.tab.row(ada.name)).to_have_count(0)
    expect(carol.tab.row(grace.name)).to_be_visible()
    # And she sees nothing of them.
    expect(status(mine)).to_have_text("")
    for other in (grace, carol):
        expect(mine.row(other.name)).to_have_count(1)
        expect(mine.row(other.name)).not_to_have_accessible_name(ONLINE)
    expect(mine.sidebar.get_by_text(ONLINE, exact=False).filter(visible=True)).to_have_text(["Show online only"])
    mine.online_only.check()
    expect(mine.sidebar.get_by_text(WHY)).to_be_visible()
    expect(mine.rows).to_have_count(0)
    mine.online_only.uncheck()
    expect(mine.rows).to_have_count(2)

    # Messages go on, and bring nothing of it.
    theirs.say("Are you there?")
    expect(mine.sent("Are you there?")).to_have_count(1)
    mine.say("I am")
    expect(theirs.sent("I am")).to_have_count(1)
    for tab, other in ((mine, grace), (theirs, ada)):
        expect(tab.row(other.name)).to_contain_text("I am")
        expect(tab.row(other.name)).not_to_have_accessible_name(ONLINE)
        expect(status(tab)).to_have_text("")
    # The same without the events.
    for tab in (mine, theirs):
        again = tab.person.new_tab(tab.page.url.removeprefix(ada.url))
        expect(again.sent("I am")).to_have_count(1)
        expect(status(again)).to_have_text("")
        again.page.close()

    show(settings, True)
    for tab, other in ((mine, grace), (theirs, ada)):
        expect(status(tab)).to_have_text("online")
        expect(tab.row(other.name)).to_have_accessible_name(ONLINE)
        expect(tab.sidebar.get_by_text("2 online", exact=True)).to_be_visible()
    expect(carol.tab.row(ada.name)).to_be_visible()
    for tab in tabs:
        tab.expect_not_reloaded()


def test_a_list_of_those_online_says_at_once_why_it_is_empty(ada, grace):
    ada.tab.online_only.check()
    expect(ada.tab.row(grace.name)).to_be_visible()
    settings = ada.new_tab()
    show(settings, False)
    expect(ada.tab.sidebar.get_by_text(WHY)).to_be_visible()
    expect(ada.tab.rows).to_have_count(0)
    show(settings, True)
    expect(ada.tab.row(grace.name)).to_be_visible()


@pytest.mark.delays(4)
def test_who_goes_hidden_was_never_here(ada, grace, person):
    carol = person("Carol Shaw")
    show(ada.tab, False)
    theirs = grace.tab.open().talk_to(ada)
    expect(theirs.row(carol.name)).to_have_accessible_name(ONLINE)
    ada.context.close()
    # Whose going is told later than hers would be.
    carol.context.close()
    expect(theirs.row(carol.name)).not_to_have_accessible_name(ONLINE, timeout=20_000)
    expect(status(theirs)).to_have_text("")
    theirs.page.reload()
    expect(status(theirs)).to_have_text("")


@pytest.fixture
def plain(person):
    return person("Ada Lovelace", java_script_enabled=False)


def test_without_javascript(plain, grace):
    tab = plain.tab.open()
    expect(tab.row(grace.name)).to_have_accessible_name(ONLINE)
    expect(grace.tab.row(plain.name)).to_have_accessible_name(ONLINE)
    show(tab, False)
    expect(grace.tab.row(plain.name)).not_to_have_accessible_name(ONLINE)
    tab.open("/?online=1")
    expect(tab.sidebar.get_by_text(WHY)).to_be_visible()
    tab.open().talk_to(grace)
    expect(status(tab)).to_have_text("")
    expect(tab.row(grace.name)).not_to_have_accessible_name(ONLINE)
    show(tab, True)
    expect(grace.tab.row(plain.name)).to_have_accessible_name(ONLINE)
    tab.open().talk_to(grace)
    expect(status(tab)).to_have_text("online")


@pytest.mark.known("ada")
def test_axe_finds_nothing(person):
    ada = person("Ada Lovelace", reduced_motion="reduce")
    ada.expect_errors("status of 422")
    axe = Findings()
    show(ada.tab, False)
    ada.tab.open("/settings#privacy")
    axe.check(ada.tab, "hidden")
    box = ada.tab.page.get_by_role("checkbox", name=LABEL, exact=True)
    box.check()
    box.evaluate("(box) => { box.value = 'maybe' }")
    ada.tab.button("Save privacy").click()
    expect(box).to_have_accessible_description(re.compile("^Tick the box or leave it empty."))
    expect(box).to_be_focused()
    # Where the page has scrolled to by itself, the bar below may lie over half of a button.
    ada.tab.page.evaluate("scrollTo(0, 0)")
    axe.check(ada.tab, "privacy refused")
    ada.tab.open("/?online=1")
    expect(ada.tab.sidebar.get_by_text(WHY)).to_be_visible()
    axe.check(ada.tab, "hidden and online only")
    axe.expect_none()
