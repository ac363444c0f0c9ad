"""A tab that stays open while the server becomes a newer version."""

import shutil

from playwright.sync_api import expect

from pictures import file
from server import TOP


def test_a_tab_is_told_of_a_new_version_and_loses_nothing(server, talk, ada, tmp_path):
    mine, theirs = talk
    for each in talk:
        each.person.expect_errors("net::ERR_", "404")
    # Both tabs of one browser are told, though only one has the stream.
    second = ada.new_tab().talk_to(theirs.person)
    mine.attach.set_input_files([file("lake.jpg")])
    expect(mine.attached).to_have_count(1)
    mine.composer.fill("Half a sentence")
    server.stop()
    for folder in ("Public", "Templates"):
        shutil.copytree(TOP / folder, tmp_path / "new" / folder)
    layout = tmp_path / "new" / "Templates" / "layouts" / "page.mustache"
    layout.write_text(layout.read_text().replace("<head>", '<head>\n<meta name="edition" content="second">'))
    server.options = ["--resources", tmp_path / "new"]
    server.start()
    for tab in (mine, second):
        expect(tab.page.get_by_role("status").get_by_text("A new version is here.")).to_be_visible(timeout=60_000)
    # What needs no new page goes on.
    theirs.say("Still here")
    expect(mine.sent("Still here")).to_be_visible()
    mine.button("Reload").click()
    expect(mine.page.locator("meta[name=edition]")).to_have_count(1)
    expect(mine.composer).to_have_value("Half a sentence")
    expect(mine.attached).to_have_count(1)
    expect(mine.button("Reload")).to_have_count(0)


def test_the_same_version_is_no_news(server, talk):
    mine, theirs = talk
    for each in talk:
        each.person.expect_errors("net::ERR_")
    server.stop()
    server.start()
    theirs.write("After the restart")
    expect(mine.sent("After the restart")).to_be_visible(timeout=60_000)
    expect(mine.button("Reload")).to_have_count(0)
