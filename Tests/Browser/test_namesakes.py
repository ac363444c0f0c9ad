"""Two members of a group with one name: who is chosen from the list is the one whom a mention means."""

import re

import pytest
from playwright.sync_api import expect

from axe import Findings
from groups import candidate, chosen
from pictures import file, picture

MENTIONED = re.compile("mentions you")
GROUP = "Club"


@pytest.fixture
def twin(person):
    """Another Grace Hopper, who has a picture."""
    twin = person("Grace Hopper", signed_up=False)
    twin.email = "another@example.org"
    twin.sign_up()
    twin.tab.open("/profile").page.get_by_label("Picture", exact=True).set_input_files(file("me.jpg", picture(64, 64)))
    expect(twin.tab.main.locator("[data-avatar] img")).to_be_visible()
    twin.tab.button("Save profile").click()
    expect(twin.tab.page.get_by_text("Your profile is saved.")).to_be_visible()
    twin.tab.open()
    return twin


@pytest.fixture
def mine(ada, grace, twin):
    """Ada's tab with a group of her and the two."""
    tab = ada.tab.open("/groups/new")
    tab.field("Name").fill(GROUP)
    for box in candidate(tab, grace.name).all():
        box.check()
    expect(chosen(tab)).to_have_count(2)
    tab.button("Make the group").click()
    expect(tab.heading(GROUP)).to_be_visible()
    for each in (grace, twin):
        expect(each.tab.row(GROUP)).to_be_visible()
    return tab


def options(tab):
    return tab.page.get_by_role("listbox", name="Members", exact=True).get_by_role("option")


def choose(tab, has_picture=True):
    """Types `@gr` and takes one of the two, whom the picture tells apart."""
    tab.composer.press_sequentially("@gr")
    expect(options(tab)).to_have_count(2)
    picture = tab.page.locator("img")
    option = options(tab).filter(has=picture) if has_picture else options(tab).filter(has_not=picture)
    option.click()
    expect(tab.composer).to_have_value(re.compile("@Grace Hopper $"))


def expect_mentioned(tab, text, *people):
    message = tab.sent(f"@Grace Hopper {text}")
    expect(message).to_have_count(1)
    expect(message.locator("[data-mention]")).to_have_count(len(people))
    for at, each in enumerate(people):
        expect(message.locator("[data-mention]").nth(at)).to_have_attribute("data-mention", str(each.id))


def expect_unread(person, count, is_mentioned):
    row = person.tab.row(GROUP)
    expect(row).to_have_accessible_name(re.compile(rf"\b{count} unread\b"))
    if is_mentioned:
        expect(row).to_have_accessible_name(MENTIONED)
    else:
        expect(row).not_to_have_accessible_name(MENTIONED)


def test_the_chosen_one_is_meant_and_the_other_is_not(mine, grace, twin):
    mine.composer.press_sequentially("@gr")
    # Beside the picture, what else is known of the two.
    expect(options(mine).filter(has_text="online")).to_have_count(2)
    findings = Findings()
    findings.check(mine, "two members with one name")
    findings.expect_none()
    mine.composer.fill("")
    expect(options(mine)).to_have_count(0)
    choose(mine)
    mine.composer.press_sequentially("has the key")
    mine.composer.press("Enter")
    expect_mentioned(mine, "has the key", twin)
    expect_unread(twin, 1, True)
    expect_unread(grace, 1, False)
    # With the next message nobody is chosen yet.
    mine.say("@Grace Hopper as written by hand")
    expect_mentioned(mine, "as written by hand")
    choose(mine, has_picture=False)
    mine.composer.press_sequentially("has the boat")
    mine.composer.press("Enter")
    expect_mentioned(mine, "has the boat", grace)
    expect_unread(grace, 3, True)


def test_the_choice_stays_with_the_draft_and_goes_with_images(mine, grace, twin):
    choose(mine)
    mine.composer.press_sequentially("has the key")
    mine.page.reload()
    expect(mine.composer).to_have_value("@Grace Hopper has the key")
    mine.composer.press("End")
    mine.composer.press("Enter")
    expect_mentioned(mine, "has the key", twin)
    expect_unread(twin, 1, True)
    mine.attach.set_input_files([file("lake.jpg")])
    expect(mine.attached).to_have_count(1)
    choose(mine)
    mine.composer.press_sequentially("has a view")
    mine.page.reload()
    expect(mine.attached).to_have_count(1)
    mine.button("Send").click()
    expect_mentioned(mine, "has a view", twin)
    expect_unread(grace, 2, False)


def test_the_choice_outlives_a_message_that_waits_or_is_refused(mine, ada, twin):
    ada.expect_errors("net::ERR_", "422")
    mine.page.route("**/messages", lambda route: route.abort())
    choose(mine)
    mine.composer.press_sequentially("waits")
    mine.composer.press("Enter")
    expect(mine.message("@Grace Hopper waits")).to_have_count(1)
    mine.page.unroute_all()
    mine.page.reload()
    expect_mentioned(mine, "waits", twin)
    # What is refused stands in the field again, and so does the choice.
    choose(mine)
    mine.composer.fill("@Grace Hopper " + "x" * 5001)
    mine.composer.press("Enter")
    expect(mine.main.get_by_role("alert")).to_contain_text("5,0")
    expect(mine.composer).to_have_value(re.compile("^@Grace Hopper x"))
    mine.composer.fill("@Grace Hopper shorter")
    mine.composer.press("Enter")
    expect_mentioned(mine, "shorter", twin)


def test_a_choice_goes_with_its_name(mine, grace, twin):
    choose(mine)
    mine.composer.fill("")
    mine.say("@Grace Hopper by hand")
    expect_mentioned(mine, "by hand")
    choose(mine)
    for _ in "@Grace Hopper ":
        mine.composer.press("Backspace")
    choose(mine, has_picture=False)
    mine.composer.press_sequentially("it is")
    mine.composer.press("Enter")
    expect_mentioned(mine, "it is", grace)
