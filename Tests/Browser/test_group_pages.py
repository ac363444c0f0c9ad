"""The pages around a group, as they stand on small screens and large ones."""

import pytest
from playwright.sync_api import expect

from axe import Findings
from database import add_people
from groups import candidate, details, make, member, open_group
from pictures import file, picture
from test_phone import PHONE


@pytest.mark.known("ada")
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_on_a_phone_the_rest_of_the_members_open(server, person, scripts):
    names = [f"Member {number}" for number in range(1, 7)]
    add_people(server, names)
    ada = person("Ada Lovelace", **PHONE, java_script_enabled=scripts)
    tab = ada.tab.open("/groups/new")
    tab.field("Name").fill("Crowd")
    for name in names:
        candidate(tab, name).check()
    tab.button("Make the group").tap()
    details(tab)
    expect(tab.page.locator("#members li").filter(visible=True)).to_have_count(4)
    tab.link("All 7 members").tap()
    expect(tab.page.locator("#members li").filter(visible=True)).to_have_count(7)
    expect(tab.link("All 7 members")).to_be_hidden()
    assert member(tab, ada.name).bounding_box()["y"] > tab.heading("Details").bounding_box()["y"] + 40
    # So do the notifications, from a row that says how they are set.
    save = tab.button("Save notifications")
    expect(save).to_be_hidden()
    tab.link("Notifications Everything").tap()
    tab.page.get_by_label("Mute", exact=True).select_option(label="For an hour")
    save.tap()
    expect(tab.page.get_by_text("Your notifications are saved.")).to_be_visible()
    expect(tab.link("Notifications Muted")).to_be_visible()
    expect(save).to_be_hidden()


def test_pictures_open_from_the_details(ada, grace):
    mine = make(ada.tab, "Club", grace)
    for name in ("lake.jpg", "hills.jpg"):
        mine.send(file(name, picture(900, 600)), words=[name])
    details(mine)
    shown = mine.page.get_by_role("list").filter(has=mine.page.get_by_role("img", name="hills.jpg")).get_by_role("link")
    expect(shown).to_have_count(2)
    boxes = [each.bounding_box() for each in shown.all()]
    assert boxes[0]["y"] == boxes[1]["y"] and abs(boxes[0]["width"] - boxes[0]["height"]) < 1
    shown.first.click()
    expect(mine.gallery.get_by_role("img", name="hills.jpg")).to_be_visible()
    assert mine.gallery.bounding_box() == {"x": 0, "y": 0, **mine.page.viewport_size}
    mine.page.keyboard.press("ArrowRight")
    expect(mine.gallery.get_by_role("img", name="lake.jpg")).to_be_visible()
    mine.page.keyboard.press("Escape")
    expect(shown.first).to_be_focused()


def test_a_new_group_shows_its_picture_before_it_is_made(ada, grace):
    tab = ada.tab.open("/groups/new")
    # Larger than the server would take it.
    tab.page.get_by_label("Picture", exact=True).set_input_files(file("lake.jpg", picture(2_600, 1_800)))
    expect(tab.main.locator("#portrait img")).to_be_visible()
    tab.field("Name").fill("By the lake")
    candidate(tab, grace.name).check()
    tab.button("Make the group").click()
    expect(tab.main.locator(".heading .avatar img")).to_be_visible()


OUTSIDE = """() => [...document.querySelectorAll('main *, .sidebar *')].filter((each) => {
  const { left, right, width } = each.getBoundingClientRect()
  return width > 1 && (left < -1 || right > innerWidth + 1) && each.checkVisibility({ visibilityProperty: true })
}).map((each) => each.outerHTML.slice(0, 100))"""


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_names_without_a_space_stay_in_their_places(ada, person, direction):
    long = person(("Wolfeschlegelsteinhausen" * 4)[:80])
    name = ("Gruppewithoutanyspace" * 4)[:80]
    tab = make(ada.tab, name, long, access="Open")
    tab.say("@" + long.name + " is here")
    theirs = open_group(long.tab, name)
    theirs.say("z" * 100)
    expect(tab.sent("z" * 100)).to_have_count(1)
    address = tab.page.url.removeprefix(ada.url)
    long.post(ada, "Hello")
    for path in ("/", address, address + "/details", "/groups", "/groups/new", f"/people/{long.id}", f"/people/{long.id}/details"):
        tab.open(path)
        tab.page.evaluate("(direction) => { document.documentElement.dir = direction }", direction)
        if path == "/groups/new":
            candidate(tab, long.name).check()
        for width in (320, 390, 720, 960, 1280):
            tab.page.set_viewport_size({"width": width, "height": 800})
            assert tab.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} {width}"
            assert tab.page.evaluate(OUTSIDE) == [], f"{path} {width}"


def test_nothing_is_wrong_with_the_pages(ada, grace, carol):
    tab = make(ada.tab, "A rather long name for a group " + "ẞ" * 40, grace, carol, access="Open")
    tab.say("Hello")
    address = tab.page.url.removeprefix(ada.url)
    findings = Findings()
    for path in (address, address + "/details", "/groups", "/groups/new"):
        tab.open(path)
        for summary in tab.main.locator("summary").all():
            summary.click()
        findings.check(tab, path)
        for width in (320, 390, 720, 1280):
            tab.page.set_viewport_size({"width": width, "height": 800})
            assert tab.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} {width}"
    findings.expect_none()
