"""Four people in groups: made, joined, written in, left."""

import re

import pytest
from playwright.sync_api import expect

from acts import do, pinned
from axe import Findings
from groups import act, candidate, chosen, details, make, member, open_group
from held import Held

LEFT = "You are no longer in this group"


@pytest.fixture
def tom(person):
    return person("Tom Sawyer")


def test_made_in_a_few_moves_and_live_for_all(ada, grace, carol, tom):
    for each in (grace, carol, tom):
        each.tab.mark()
    mine = make(ada.tab, "Sunday walkers", grace, carol)
    expect(mine.page.locator(".group-line")).to_have_text([re.compile("^Ada Lovelace made this group"), re.compile("^Ada Lovelace added ")])
    # It is there by itself for those who are in it, and for nobody else.
    for each in (grace, carol):
        open_group(each.tab, "Sunday walkers")
        each.tab.expect_not_reloaded()
        expect(each.tab.page.locator(".status")).to_contain_text("3 members, 3 online")
    expect(tom.tab.row("Sunday walkers")).to_have_count(0)
    mine.say("Ten o'clock?")
    grace.tab.say("Fine with me")
    grace.tab.say("And with the dog")
    for tab in (mine, grace.tab, carol.tab):
        expect(tab.messages).to_have_count(3)
        expect(tab.row("Sunday walkers")).to_contain_text("Grace Hopper: And with the dog")
    # Who writes stands at the top of a run, and not over one's own.
    expect(carol.tab.sent("Fine with me").locator(".author")).to_be_in_viewport()
    box = carol.tab.sent("Fine with me").locator(".author").bounding_box()
    assert box["width"] > 40 and box["height"] > 12, box
    assert carol.tab.sent("And with the dog").locator(".author").bounding_box()["width"] <= 1
    expect(grace.tab.sent("Fine with me").locator(".author")).to_be_hidden()
    # Tom comes later and sees what comes then.
    details(mine)
    mine.page.get_by_text("Add people", exact=True).click()
    candidate(mine, tom.name).check()
    mine.button("Add").click()
    expect(member(mine, tom.name)).to_be_visible()
    open_group(tom.tab, "Sunday walkers")
    tom.tab.expect_not_reloaded()
    expect(tom.tab.messages).to_have_count(0)
    expect(carol.tab.page.locator(".group-line").last).to_have_text(re.compile("^Ada Lovelace added Tom Sawyer"))
    expect(carol.tab.page.locator(".status")).to_contain_text("4 members")
    carol.tab.say("Welcome")
    expect(tom.tab.sent("Welcome")).to_have_count(1)


def test_put_out_while_the_page_is_open(ada, grace, carol):
    mine = make(ada.tab, "Club", grace, carol)
    mine.say("Between us")
    theirs = open_group(grace.tab, "Club")
    expect(theirs.sent("Between us")).to_have_count(1)
    do(mine, "Between us", "Pin")
    expect(pinned(theirs)).to_contain_text("Between us")
    theirs.composer.fill("Half a sentence")
    # So do the pages beside it.
    of_group, of_message = details(open_group(grace.new_tab(), "Club")), open_group(grace.new_tab(), "Club")
    of_message.messages.last.get_by_role("link", name=re.compile(r"^\d\d:\d\d$")).click()
    expect(of_message.heading("Message details")).to_be_visible()
    act(details(mine), grace.name, "Remove from the group")
    for tab in (theirs, of_group, of_message):
        expect(tab.main.get_by_text(LEFT)).to_be_visible()
        expect(tab.page.get_by_text("Between us")).to_have_count(0)
        expect(tab.main.get_by_text(carol.name)).to_have_count(0)
    expect(theirs.row("Club")).to_have_count(0)
    expect(theirs.composer).to_have_value("Half a sentence")
    # Coming back shows what came since, and nothing of the time between.
    open_group(carol.tab, "Club").say("Without her")
    mine.page.get_by_text("Add people", exact=True).click()
    candidate(mine, grace.name).check()
    mine.button("Add").click()
    expect(member(mine, grace.name)).to_be_visible()
    for tab in (theirs, of_group, of_message):
        expect(tab.main.get_by_text("You are in this group again.")).to_be_visible()
    theirs.main.get_by_role("link", name="Show it").click()
    expect(theirs.sent("Between us")).to_have_count(1)
    expect(theirs.sent("Without her")).to_have_count(0)


def test_an_open_group_is_found_and_joined(ada, grace, carol):
    grace.expect_errors("status of 404")
    make(ada.tab, "釣り Ψαράδες 7", access="Open").say("Before")
    tab = grace.tab.open("/groups")
    tab.page.get_by_role("button", name="Join 釣り Ψαράδες 7", exact=True).click()
    expect(tab.heading("釣り Ψαράδες 7")).to_be_visible()
    tab.say("Hello")
    expect(ada.tab.sent("Hello")).to_have_count(1)
    expect(ada.tab.page.locator(".group-line").last).to_have_text(re.compile("^Grace Hopper joined"))
    # Also by a part of its name, in the list.
    carol.tab.find.fill("釣")
    carol.tab.row("釣り Ψαράδες 7").click()
    expect(carol.tab.button("Join")).to_be_visible()
    expect(carol.tab.page.get_by_text("Hello")).to_have_count(0)
    # And left again.
    details(tab)
    tab.page.get_by_text("Leave this group", exact=True).click()
    tab.button("Leave").click()
    expect(tab.heading("Choose someone to write to")).to_be_visible()
    expect(tab.row("釣り Ψαράδες 7")).to_have_count(0)
    expect(ada.tab.page.locator(".group-line").last).to_have_text(re.compile("^Grace Hopper left"))


def test_only_administrators_write_in_an_announcement_group(ada, grace):
    grace.expect_errors("status of 403")
    mine = make(ada.tab, "News", grace)
    theirs = open_group(grace.tab, "News")
    theirs.composer.fill("My two cents")
    details(mine)
    mine.page.get_by_text("Edit", exact=True).click()
    mine.page.get_by_label("Who can write", exact=True).select_option(label="administrators only")
    mine.button("Save group").click()
    expect(mine.page.get_by_text("The group is saved.")).to_be_visible()
    # Who has begun to write still sees it, and why it cannot be sent.
    expect(theirs.main.get_by_text("Only administrators write in this group.")).to_be_visible()
    theirs.composer.press("Enter")
    expect(theirs.page.get_by_text("Only administrators can write in this group.")).to_be_visible()
    expect(theirs.composer).to_have_value("My two cents")
    theirs.composer.fill("")
    expect(theirs.composer).to_be_hidden()
    theirs.open(theirs.page.url.removeprefix(grace.url))
    expect(theirs.main.get_by_text("Only administrators write in this group.")).to_be_visible()
    expect(theirs.composer).to_have_count(0)
    theirs.mark()
    # One who becomes an administrator may write from then on, on the open page.
    act(mine, grace.name, "Make administrator")
    expect(member(mine, grace.name)).to_contain_text("administrator")
    expect(theirs.main.get_by_text("You can write in this group now.")).to_be_visible()
    theirs.main.get_by_role("link", name="Write", exact=True).click()
    expect(theirs.main.get_by_text("You can write in this group now.")).to_be_hidden()
    theirs.say("News from me")
    expect(mine.row("News")).to_contain_text("News from me")
    theirs.expect_not_reloaded()


@pytest.mark.delays(3)
def test_who_is_online_in_a_group_is_told_while_it_is_open(ada, grace, person):
    dora = person("Dora Marsden")
    mine = make(ada.tab, "Club", grace, dora)
    status = mine.page.locator(".status")
    expect(status).to_have_text("3 members, 3 online")
    theirs = details(open_group(grace.tab, "Club"))
    expect(member(theirs, dora.name)).to_contain_text("online")
    mine.mark()
    theirs.mark()
    dora.tab.page.close()
    expect(status).to_have_text("3 members, 2 online", timeout=30_000)
    expect(theirs.main.get_by_text("3 members, 2 online")).to_be_visible()
    expect(member(theirs, dora.name)).to_contain_text("last seen")
    dora.new_tab()
    expect(status).to_have_text("3 members, 3 online")
    expect(member(theirs, dora.name)).to_contain_text("online")
    # Who is put out counts no longer.
    details(mine)
    act(mine, dora.name, "Remove from the group")
    expect(mine.page.locator(".details .about")).to_contain_text("2 members, 2 online")
    theirs.expect_not_reloaded()


def test_two_members_stand_for_a_group_without_a_picture(ada, grace, carol):
    mine = make(ada.tab, "Club", grace)
    discs = mine.row("Club").locator(".disc")
    expect(discs).to_have_count(2)
    assert set(discs.evaluate_all("discs => discs.map((disc) => disc.dataset.avatar)")) == {str(ada.id), str(grace.id)}
    details(mine)
    act(mine, grace.name, "Remove from the group")
    expect(discs).to_have_count(0)
    expect(mine.row("Club").locator(".avatar")).to_have_text("C")


def test_what_is_done_with_members_keeps_the_page(ada, grace, carol):
    mine = details(make(ada.tab, "Club", grace, carol))
    mine.mark()
    act(mine, grace.name, "Make administrator")
    expect(member(mine, grace.name).locator(".pill")).to_have_text("administrator")
    expect(member(mine, grace.name).locator("summary")).to_be_focused()
    mine.page.get_by_role("radio", name="Mentions only").check()
    mine.button("Save notifications").click()
    expect(mine.page.get_by_role("status")).to_contain_text("Your notifications are saved.")
    mine.expect_not_reloaded()


def test_renamed_for_all(ada, grace):
    mine = make(ada.tab, "Club", grace)
    theirs = open_group(grace.tab, "Club")
    theirs.mark()
    details(mine)
    mine.page.get_by_text("Edit", exact=True).click()
    mine.field("Name").fill("Club <b>&amp; 7")
    mine.button("Save group").click()
    expect(theirs.heading("Club <b>&amp; 7")).to_be_visible()
    expect(theirs.row("Club <b>&amp; 7")).to_be_visible()
    theirs.expect_not_reloaded()


def test_muted_ones_count_in_grey_and_not_in_the_title(ada, grace):
    mine = make(ada.tab, "Club", grace)
    theirs = grace.tab
    details(open_group(theirs, "Club"))
    theirs.page.get_by_label("Mute", exact=True).select_option(label="Until I turn it back on")
    theirs.button("Save notifications").click()
    expect(theirs.page.get_by_label("Mute", exact=True).locator("option:checked")).to_have_text("Muted until you turn it back on")
    theirs.open()
    mine.say("Ding")
    expect(theirs.row("Club")).to_have_accessible_name(re.compile("muted.*1 unread"))
    expect(theirs.page).to_have_title(re.compile("^Chats"))
    ada.post(grace, "Dong")
    expect(theirs.page).to_have_title(re.compile(r"^\(1\) "))
    # The bell, by the time, takes no line of its own, and a mention takes no room from the count.
    for number in range(11):
        mine.say(f"@Grace Hopper {number}")
    row = theirs.row("Club")
    expect(row.locator(".unread")).to_contain_text("12")
    name, bell, time, count = (row.locator(each).bounding_box() for each in (".name", ".mute svg", ".when", ".unread"))
    assert name["y"] < bell["y"] + bell["height"] / 2 < name["y"] + name["height"]
    assert bell["x"] + bell["width"] <= time["x"] + 1 and abs(time["y"] - name["y"]) < 8
    assert count["x"] + count["width"] <= time["x"] + time["width"] + 1
    assert row.locator(".unread").evaluate("(pill) => pill.scrollWidth <= pill.clientWidth")


def test_the_small_tabs(ada, grace, carol):
    make(ada.tab, "Club", grace)
    theirs = grace.tab
    carol.post(grace, "Hello")
    expect(theirs.row(carol.name)).to_have_accessible_name(re.compile("1 unread"))
    theirs.mark()
    theirs.sidebar.get_by_role("link", name="Groups", exact=True).click()
    expect(theirs.rows).to_have_count(1)
    expect(theirs.row("Club")).to_be_visible()
    theirs.sidebar.get_by_role("link", name="Unread", exact=True).click()
    expect(theirs.row(carol.name)).to_be_visible()
    expect(theirs.rows).to_have_count(1)
    theirs.sidebar.get_by_role("link", name="All", exact=True).click()
    expect(theirs.rows).to_have_count(3)
    theirs.expect_not_reloaded()


def test_who_is_ticked_before_the_module_is_there_stays_ticked(ada, grace, carol):
    tab = ada.tab
    held = Held(tab.page, "**/choosing*.js")
    tab.page.goto(f"{ada.url}/groups/new")
    candidate(tab, grace.name).check()
    expect(candidate(tab, grace.name)).to_be_checked()
    held.let_go()
    expect(chosen(tab)).to_have_count(1)
    expect(candidate(tab, grace.name)).to_be_checked()


def test_who_is_ticked_stays_while_one_finds_others(ada, grace, carol):
    tab = ada.tab.open("/groups/new")
    candidate(tab, grace.name).check()
    expect(chosen(tab)).to_have_count(1)
    find = tab.main.get_by_role("searchbox", name="Find people", exact=True)
    find.fill("carol")
    expect(candidate(tab, grace.name)).to_have_count(0)
    candidate(tab, carol.name).check()
    expect(chosen(tab)).to_have_count(2)
    find.fill("")
    expect(candidate(tab, grace.name)).to_be_checked()
    expect(candidate(tab, carol.name)).to_be_checked()
    candidate(tab, grace.name).uncheck()
    expect(chosen(tab)).to_have_count(1)
    # Enter finds, and makes nothing.
    find.press("Enter")
    tab.field("Name").fill("Two of us")
    tab.button("Make the group").click()
    expect(tab.page.locator(".status")).to_contain_text("2 members")


def test_without_javascript(person, grace, carol):
    dora = person("Dora Marsden", java_script_enabled=False)
    dora.expect_errors("status of 422")
    tab = dora.tab
    tab.link("New group").click()
    candidate(tab, grace.name).check()
    tab.main.get_by_role("searchbox", name="Find people", exact=True).fill("carol")
    tab.button("Find").click()
    expect(chosen(tab)).to_have_count(1)
    expect(chosen(tab)).to_be_checked()
    candidate(tab, carol.name).check()
    tab.button("Make the group").click()
    expect(tab.main.get_by_text("Give the group a name.")).to_be_visible()
    expect(chosen(tab)).to_have_count(2)
    tab.field("Name").fill("Presses")
    tab.button("Make the group").click()
    expect(tab.heading("Presses")).to_be_visible()
    tab.say("Ink")
    expect(grace.tab.row("Presses")).to_contain_text("Dora Marsden: Ink")
    details(tab)
    act(tab, carol.name, "Make administrator")
    expect(member(tab, carol.name)).to_contain_text("administrator")
    tab.page.get_by_text("Leave this group", exact=True).click()
    tab.button("Leave").click()
    expect(tab.row("Presses")).to_have_count(0)


def test_the_other_one_has_details_too(talk, ada, grace):
    mine, _ = talk
    mine.say("Hello")
    mine.open(mine.page.url.removeprefix(ada.url))
    details(mine)
    expect(mine.heading(grace.name)).to_be_visible()
    mine.link("Add people").click()
    expect(chosen(mine)).to_be_checked()
    expect(mine.heading("New group")).to_be_visible()


def test_whom_a_mention_means_sees_it(ada, grace, carol):
    mine = make(ada.tab, "Club", grace, carol)
    mine.say("@Grace Hopper, the boat is yours")
    expect(grace.tab.row("Club")).to_have_accessible_name(re.compile("mentions you"))
    expect(carol.tab.row("Club")).to_have_accessible_name(re.compile("1 unread"))
    expect(carol.tab.row("Club")).not_to_have_accessible_name(re.compile("mentions you"))
    theirs = open_group(grace.tab, "Club")
    expect(theirs.row("Club")).not_to_have_accessible_name(re.compile("unread|mentions you"))
    mark = theirs.log.locator(f"[data-mention='{grace.id}']")
    expect(mark).to_have_text("@Grace Hopper")
    # It is filled for the one it means, and only coloured for others.
    filled = "(mark) => getComputedStyle(mark).backgroundColor"
    assert mark.evaluate(filled) != "rgba(0, 0, 0, 0)"
    other = open_group(carol.tab, "Club").log.locator(f"[data-mention='{grace.id}']")
    assert other.evaluate(filled) == "rgba(0, 0, 0, 0)"
    theirs.open()
    expect(theirs.row("Club")).not_to_have_accessible_name(re.compile("mentions you"))


def test_the_list_that_an_at_opens(ada, grace, carol):
    mine = make(ada.tab, "Club", grace, carol)
    options = mine.page.get_by_role("listbox", name="Members", exact=True).get_by_role("option")
    mine.composer.press_sequentially("Hi @")
    expect(options).to_have_count(2)
    # All of it can be seen, right above what one writes.
    for option in options.all():
        expect(option).to_be_in_viewport(ratio=1)
    box = options.last.bounding_box()
    assert 0 < mine.composer.bounding_box()["y"] - box["y"] - box["height"] < 40
    mine.composer.press("ArrowDown")
    expect(options.filter(has_text=grace.name)).to_have_attribute("aria-selected", "true")
    mine.composer.press_sequentially("gr")
    expect(options).to_have_count(1)
    # Enter takes the name, and sends only then.
    mine.composer.press("Enter")
    expect(mine.composer).to_have_value("Hi @Grace Hopper ")
    expect(options).to_have_count(0)
    mine.composer.press_sequentially("and @ca")
    options.filter(has_text=carol.name).click()
    expect(mine.composer).to_have_value("Hi @Grace Hopper and @Carol Shaw ")
    expect(mine.composer).to_be_focused()
    mine.composer.press("Enter")
    expect(mine.log.locator("[data-mention]")).to_have_text(["@Grace Hopper", "@Carol Shaw"])
    # All are told how many that is, and Escape closes the list alone.
    mine.composer.press_sequentially("@al")
    expect(options.filter(has_text="This reaches 2 people")).to_be_visible()
    findings = Findings()
    findings.check(mine, "the list of members")
    findings.expect_none()
    mine.composer.press("Escape")
    expect(options).to_have_count(0)
    expect(mine.composer).to_have_value("@al")
    # Who has not chosen it is told before it is sent.
    mine.composer.fill("@all Lunch is ready")
    mine.composer.press("Enter")
    expect(options).to_have_count(1)
    expect(options).to_contain_text("Send it to everyone This reaches 2 people")
    mine.composer.press("Escape")
    expect(options).to_have_count(0)
    mine.button("Send").click()
    expect(options).to_have_count(1)
    expect(mine.message("@all Lunch is ready")).to_have_count(0)
    mine.composer.press("Enter")
    expect(mine.log.locator("[data-mention=all]")).to_have_count(1)
    expect(mine.composer).to_have_value("")
    mine.composer.fill("@all Again")
    mine.composer.press("Enter")
    expect(options).to_have_count(1)
    options.click()
    expect(mine.log.locator("[data-mention=all]")).to_have_count(2)
    # An address means nobody.
    mine.composer.fill("")
    mine.composer.press_sequentially("ada@gr")
    mine.composer.press("Backspace")
    expect(options).to_have_count(0)
