"""More pictures for whoever wants to look: other pages, and what long names and long texts make of them."""

import pytest
from playwright.sync_api import expect

from database import add_messages, add_people
from pictures import file, picture
from test_deletion import ask as ask_to_delete
from test_screenshots import SIZES, take

LONG = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwaren Hubert Blaine Younger"
ARABIC = "محمد بن موسى الخوارزمي"
HEBREW = "עדה יונת"
PARAGRAPH = "It was the kind of morning on which nothing could be found, least of all the bread knife. "
COLOURS = [(196, 92, 60), (64, 112, 160), (92, 140, 92), (180, 150, 60), (120, 84, 150)]


def wide(tab):
    tab.page.set_viewport_size(SIZES["wide"])
    return tab


def photo(number, width=640, height=480):
    return file(f"photo-{number}.jpg", picture(width, height, colour=COLOURS[number % len(COLOURS)]))


def test_profile_and_settings(ada):
    ada.expect_errors("status of 4")
    tab = wide(ada.tab.open("/profile"))
    take(tab, "profile")
    wide(tab).field("Full name").fill(" ")
    tab.page.get_by_label("Picture", exact=True).set_input_files(file("me.pdf", b"%PDF-1.4"))
    tab.button("Save profile").click()
    expect(tab.field("Full name")).to_have_attribute("aria-invalid", "true")
    take(tab, "profile-refused")
    wide(tab).field("Full name").fill(LONG)
    tab.page.get_by_label("Picture", exact=True).set_input_files(photo(1))
    tab.button("Save profile").click()
    expect(tab.page.get_by_role("status").get_by_text("Your profile is saved.")).to_be_visible()
    take(tab, "profile-saved")
    wide(tab).link("Settings").click()
    expect(tab.heading("Settings")).to_be_visible()
    take(tab, "settings")
    wide(tab).link("Change").click()
    expect(tab.heading("Theme")).to_be_visible()
    take(tab, "theme")
    wide(tab).page.get_by_role("radio", name="Dracula", exact=True).check()
    take(tab, "theme-chosen")
    wide(tab).button("Save theme").click()
    expect(tab.page.get_by_role("status").get_by_text("saved")).to_be_visible()
    take(tab, "settings-saved")
    tab.open("/logout")
    take(tab, "error")


def test_ones_account(talk, ada, grace):
    ada.expect_errors("status of 4")
    mine, _ = talk
    mine.send(photo(2), text="By the lake")
    grace.new_tab()
    tab = wide(ada.tab.open("/shortcuts"))
    expect(tab.heading("Keyboard shortcuts")).to_be_visible()
    take(tab, "shortcuts")
    wide(tab).open("/settings")
    take(tab, "settings-whole", whole=True)
    wide(tab).link("Download my data").click()
    expect(tab.button("Download my data")).to_be_visible()
    take(tab, "data")
    ask_to_delete(wide(tab))
    expect(tab.button("Undo")).to_be_visible()
    take(tab, "deletion")


def test_images(talk):
    ada, grace = talk
    grace.send(photo(0), text="The view from the window")
    ada.send(photo(1), photo(2, 480, 640))
    grace.send(*[photo(each) for each in range(3)], text="Three of them")
    ada.send(*[photo(each) for each in range(5)])
    grace.send(photo(3, 300, 1200))
    expect(ada.messages).to_have_count(5)
    for each in ada.images(ada.messages).all():
        each.scroll_into_view_if_needed()
        expect(each).to_have_js_property("complete", True)
    wide(ada).images(ada.messages.first).scroll_into_view_if_needed()
    take(ada, "images")
    ada.images(ada.messages.last).scroll_into_view_if_needed()
    take(wide(ada), "images-more")
    wide(ada).attach.set_input_files([photo(each) for each in range(4)])
    expect(ada.attached).to_have_count(4)
    ada.composer.fill("Four more")
    take(ada, "images-attached")
    wide(ada).images(ada.messages.first).click()
    expect(ada.gallery).to_be_visible()
    take(ada, "image-open")


def test_what_people_may_be_called_and_say(server, ada, grace, person):
    strangers = []
    for number, name in enumerate((LONG, ARABIC, HEBREW)):
        stranger = person(name, signed_up=False)
        stranger.email = f"stranger{number}@example.org"
        strangers.append(stranger.sign_up())
    strangers[0].post(ada, "W" * 200)
    strangers[1].post(ada, "مرحبا! كيف حالك اليوم؟ " * 12)
    strangers[1].post(ada, "See https://example.org/" + "very-long-path/" * 20 + "?query=" + "x" * 120)
    ada.post(strangers[1], "شكرا، بخير 👍")
    strangers[2].post(ada, "שלום Ada, מה שלומך? 123")
    for text in ("👍", "🎉🎉🎉", "❤️", "👩‍👩‍👧‍👦 🏳️‍🌈", "Nice 👍"):
        grace.post(ada, text)
    ada.post(grace, "😀")
    strangers[2].post_all(ada, map(str, range(30)))
    tab = wide(ada.tab.open())
    expect(tab.row(LONG)).to_be_visible()
    take(tab, "names")
    for name, shot in {LONG: "long-words", ARABIC: "right-to-left", grace.name: "emoji"}.items():
        wide(tab).rows.filter(has_text=name).click()
        expect(tab.heading(name)).to_be_visible()
        take(tab, shot)


def test_much_to_read(server, ada, grace):
    grace.post(ada, (PARAGRAPH * 60)[:5000])
    add_messages(server, grace, ada, 1005)
    tab = wide(ada.tab.open())
    expect(tab.row(grace.name)).to_contain_text("unread")
    take(tab, "thousand-unread")
    wide(tab).open("/people/2" if ada.id == 1 else "/people/1")
    take(tab, "thousand-new")
    grace.post(ada, (PARAGRAPH * 60)[:5000])
    expect(tab.messages.last).to_contain_text("bread knife")
    take(tab, "five-thousand-characters")


def test_offline_and_nobody_there(ada):
    ada.expect_errors("net::ERR_")
    tab = wide(ada.tab.open())
    tab.online_only.check()
    expect(tab.rows).to_have_count(0)
    take(tab, "nobody-online")
    ada.context.set_offline(True)
    expect(tab.reconnecting).to_be_visible()
    take(tab, "offline")
