"""Pictures of every page for whoever wants to look, in `screenshots/`: wide and narrow, light and dark."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from playwright.sync_api import expect

from acts import do, open_menu, open_sheet, strip
from database import add_people, move_messages
from test_phone import PHONE

FOLDER = Path(__file__).parent / "screenshots"
SIZES = {"wide": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}

LINES = [
    ("grace", "Good morning! Did the parcel arrive?"),
    ("ada", "It did, thank you 🎉 The children have not put it down since."),
    ("ada", "Shall we come by on Saturday?"),
    ("grace", "Gladly. Around three?\nBring the cake tin back, please."),
    ("ada", "Three is perfect. By the way, I wrote down the recipe that you asked for: 250 g of flour, four eggs, "
            "a little salt, the zest of a lemon, and whatever berries the garden gives. It bakes for forty minutes."),
    ("grace", "👍"),
    ("ada", "https://example.org/a/very/long/address/that/has/no/place/to/break/the/line/in/it/at/all/whatever"),
    ("grace", "مرحبا، أراك يوم السبت"),
    ("ada", "See you then."),
]


def take(tab, name, whole=False):
    FOLDER.mkdir(exist_ok=True)
    for scheme in ("light", "dark"):
        tab.page.emulate_media(color_scheme=scheme)
        for size, viewport in SIZES.items():
            tab.page.set_viewport_size(viewport)
            path = FOLDER / f"{name}-{size}-{scheme}.png"
            tab.page.screenshot(path=path, animations="disabled", caret="initial", full_page=whole)
            assert path.stat().st_size > 1_000


def test_account_pages(person):
    stranger = person("Ada Lovelace", signed_up=False)
    stranger.expect_errors("status of 4")
    tab = stranger.new_tab("/login")
    take(tab, "log-in")
    tab.log_in("ada@example.org", "not the password")
    expect(tab.field("Password")).to_have_attribute("aria-invalid", "true")
    take(tab, "log-in-refused")
    tab.open("/signup")
    take(tab, "sign-up")
    tab.sign_up(" ", "ada@example.org", "short")
    expect(tab.field("Password")).to_have_attribute("aria-invalid", "true")
    take(tab, "sign-up-refused")
    tab.open("/nothing/here")
    take(tab, "not-found")
    stranger.sign_up()
    take(stranger.tab, "alone")


@pytest.fixture
def village(server, person):
    """Ada and Grace with some talk over three days, and others around them."""
    people = {"ada": person("Ada Lovelace"), "grace": person("Grace Hopper")}
    ada, grace = people["ada"], people["grace"]
    for author, text in LINES:
        people[author].post(grace if author == "ada" else ada, text)
    carol = person("Carol Shaw")
    carol.post(ada, "Do you have a minute?")
    carol.post(ada, "It is about the summer party and who brings the tables, the lamps and the long extension lead.")
    now = datetime.now(timezone.utc)
    minutes = [2900, 2899, 2897, 1500, 1498, 1490, 60, 20, 12, 3, 2]
    server.stop()
    move_messages(server, [now - timedelta(minutes=each) for each in minutes])
    for each in (ada, grace, carol):
        each.expect_errors("net::ERR_", "status of 50")
    server.start()
    names = ["Alan Turing", "Barbara Liskov", "Donald Knuth", "Edsger Dijkstra", "Frances Allen", "李小龍", "محمد علي",
             "Hedy Lamarr", "Jean Bartik", "Katherine Johnson", "Radia Perlman", "Wolfeschlegelsteinhausenbergerdorff Senior"]
    add_people(server, names)
    return ada, grace


@pytest.mark.known("ada", "grace", "carol")
def test_chat_pages(village):
    ada, grace = village
    tab = ada.tab.open()
    expect(tab.row(grace.name)).to_be_visible()
    take(tab, "chats")
    tab.page.set_viewport_size(SIZES["wide"])
    tab.talk_to(grace)
    expect(tab.messages).to_have_count(len(LINES))
    take(tab, "conversation")
    tab.page.set_viewport_size(SIZES["wide"])
    tab.page.route("**/messages", lambda route: route.abort())
    tab.write("This one does not get through")
    expect(tab.message("This one does not get through")).to_contain_text("Not sent")
    tab.composer.fill("A draft of two lines,\nwhich makes the field grow")
    take(tab, "not-sent")
    tab.page.unroute_all()
    tab.message("This one does not get through").get_by_role("button", name="Discard").click()
    tab.page.set_viewport_size(SIZES["wide"])
    tab.row("Barbara Liskov").click()
    expect(tab.heading("Barbara Liskov")).to_be_visible()
    take(tab, "first-words")
    tab.page.set_viewport_size(SIZES["wide"])
    tab.find.fill("xyz")
    expect(tab.sidebar.get_by_text("Nobody by that name.")).to_be_visible()
    take(tab, "nobody-found")


@pytest.mark.known("ada", "grace", "carol")
def test_acts_on_messages(village):
    ada, grace = village
    tab, hers = ada.tab.open().talk_to(grace), grace.tab.open().talk_to(ada)
    do(hers, "Shall we come by on Saturday?", "Reply")
    hers.write("Or on Sunday?")
    # It moves the others from under the pointer.
    for each in (tab, hers):
        expect(each.sent("Or on Sunday?")).to_have_count(1)
    do(tab, "See you then.", "Pin")
    for each, emoji in ((tab, "👍"), (hers, "👍"), (hers, "🎉")):
        do(each, "Or on Sunday?", "React")
        each.page.get_by_role("menuitem", name=emoji, exact=True).click()
    expect(tab.log.locator(".reaction")).to_have_count(2)
    open_menu(tab, "Or on Sunday?")
    take(tab, "menu")
    tab.page.set_viewport_size(SIZES["wide"])
    tab.page.keyboard.press("r")
    expect(strip(tab)).to_contain_text("Replying to")
    take(tab, "replying")
    tab.page.set_viewport_size(SIZES["wide"])
    do(tab, "See you then.", "Edit")
    expect(tab.composer).to_have_value("See you then.")
    take(tab, "editing")


@pytest.mark.known("ada", "grace")
def test_the_sheet_of_a_phone(person, ada, grace):
    ada.post(grace, "I made plum cake. Come at four?")
    phone = person("Grace Hopper", **PHONE).tab.open()
    phone.row(ada.name).tap()
    open_sheet(phone, "I made plum cake. Come at four?")
    FOLDER.mkdir(exist_ok=True)
    for scheme in ("light", "dark"):
        phone.page.emulate_media(color_scheme=scheme)
        phone.page.screenshot(path=FOLDER / f"sheet-phone-{scheme}.png", animations="disabled")
