"""One's own data, downloaded by hand, unpacked and read without the server."""

import json
import socket
import subprocess
import zipfile
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from axe import Findings
from database import add_messages
from pictures import file, noise, picture


def download(tab, folder):
    """Clicks through from the settings; answers the folder that the archive holds."""
    tab.open("/settings").link("Download my data").click()
    expect(tab.heading("Your data")).to_be_visible()
    with tab.page.expect_download() as started:
        tab.button("Download my data").click()
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    subprocess.run(["unzip", "-tq", path], check=True)
    subprocess.run(["unzip", "-q", path, "-d", folder], check=True)
    return folder / path.stem


def stalled_download(person):
    """A connection that has asked for the data of `person` and takes none of it."""
    cookies = "; ".join(f"{each['name']}={each['value']}" for each in person.context.cookies())
    address = urlsplit(person.url)
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.connect((address.hostname, address.port))
    request = f"POST /settings/data HTTP/1.1\r\nHost: {address.netloc}\r\nCookie: {cookies}\r\nContent-Length: 0\r\n\r\n"
    connection.sendall(request.encode())
    return connection


@pytest.fixture
def reader(browser):
    """Opens files without any server. Their own policy lets no script in but the driver's."""
    context = browser.new_context(offline=True, bypass_csp=True)
    page = context.new_page()
    yield page
    context.close()


def test_what_one_gets(server, ada, grace, talk, reader, tmp_path):
    mine, theirs = talk
    mine.say("First things first.")
    theirs.say("<script>alert(1)</script> is text.")
    mine.send(file("a.png", picture(320, 240, "PNG")), file("b.jpg"), text="Two of them", words=["A green field"])
    add_messages(server, ada, grace, 450)
    ada.tab.open("/settings/theme").page.get_by_role("radio", name="Synthwave").check(force=True)
    ada.tab.button("Save theme").click()
    expect(ada.tab.page.get_by_text("Your theme is saved.")).to_be_visible()

    folder = download(ada.tab, tmp_path)
    # The page stays, and says that it is whole.
    expect(ada.tab.page.get_by_text("Your download is complete, with 453 messages and 2 images.")).to_be_visible()

    data = {path.relative_to(folder).as_posix(): json.loads(path.read_text()) for path in folder.rglob("*.json")}
    assert data["profile.json"]["fullName"] == ada.name and data["profile.json"]["email"] == ada.email
    assert data["settings.json"]["theme"] == "synthwave"
    (conversation,) = data["conversations.json"]
    assert conversation["name"] == grace.name and conversation["messageCount"] == 453
    messages, name = [], conversation["messages"]
    while name:
        messages += data[name]["messages"]
        name = data[name].get("next")
    assert [each["text"] for each in messages[:3]] == [
        "First things first.", "<script>alert(1)</script> is text.", "Two of them"]
    assert len(messages) == 453 and messages[-1]["text"] == "Message 450."
    for image in messages[2]["images"]:
        assert (folder / image["file"]).stat().st_size == image["bytes"]

    reader.goto((folder / "index.html").as_uri())
    findings = Findings()
    shown = SimpleNamespace(page=reader)
    assert reader.evaluate("getComputedStyle(document.body).getPropertyValue('--bg')") == "#190d36"
    # Not as a page of the server, which is unseen until all of it is there.
    expect(reader.get_by_role("main")).to_have_css("opacity", "1")
    findings.check(shown, "index")
    reader.get_by_role("link", name=grace.name).click()
    expect(reader.get_by_role("heading", name=grace.name, exact=True)).to_be_visible()
    expect(reader.get_by_text("<script>alert(1)</script> is text.")).to_be_visible()
    images = reader.get_by_role("article").get_by_role("img")
    expect(images).to_have_count(2)
    for image in images.all():
        image.scroll_into_view_if_needed()
        reader.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=image.element_handle())
    assert images.first.get_attribute("alt") == "A green field"
    own, other = (reader.get_by_role("article").nth(number).locator(".bubble").bounding_box() for number in (0, 1))
    assert own["x"] > other["x"]
    findings.check(shown, "page 1")
    for number in (2, 3):
        reader.get_by_role("link", name="Newer messages").click()
        expect(reader.get_by_role("heading", name=grace.name)).to_be_visible()
        assert reader.url.endswith(f"/{number}.html")
        if number == 2:
            findings.check(shown, "page 2")
    expect(reader.get_by_text("Message 450.")).to_be_visible()
    reader.get_by_role("link", name="All conversations").click()
    expect(reader.get_by_role("heading", name="Your data")).to_be_visible()
    findings.expect_none()


def test_its_own_policy_lets_pictures_in(ada, grace, talk, browser, tmp_path):
    talk[0].send(file("a.png", picture(64, 48, "PNG")))
    folder = download(ada.tab, tmp_path)
    with zipfile.ZipFile(next(tmp_path.glob("*.zip"))) as archive:
        assert archive.testzip() is None
        assert {each.compress_type for each in archive.infolist() if "/images/" in each.filename} == {0}
    context = browser.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(next(folder.glob("conversations/*/1.html")).as_uri())
    image = page.get_by_role("article").get_by_role("img")
    expect(image).to_have_js_property("naturalWidth", 64)
    assert page.locator("body").evaluate("body => getComputedStyle(body).marginTop") == "0px"
    assert complaints == []
    context.close()


def test_how_far_it_is(ada, talk):
    for number in range(4):
        talk[0].send(file(f"{number}.png", noise(1000 + number, 1000)))
    findings = Findings()
    tab = ada.tab.open("/settings/data")
    expect(tab.page.get_by_text("You are in 1 conversation with 4 messages and 4 images, about 12 MB in all.")).to_be_visible()
    expect(tab.page.get_by_text("You can follow its progress here.")).to_be_visible()
    findings.check(tab, "nothing under way")
    tab.mark()
    connection = stalled_download(ada)
    expect(tab.page.get_by_text("of 4 messages, ")).to_be_visible()
    expect(tab.page.get_by_role("progressbar")).to_be_visible()
    findings.check(tab, "under way")
    connection.close()
    expect(tab.page.get_by_text("The last download stopped before it was finished.")).to_be_visible()
    tab.expect_not_reloaded()
    findings.expect_none()


@pytest.mark.known("ada")
def test_without_javascript(person, server, tmp_path):
    ada = person("Ada Lovelace", java_script_enabled=False)
    download(ada.tab, tmp_path)
    ada.tab.link("Show progress").click()
    expect(ada.tab.page.get_by_text("Your download is complete, with 0 messages.")).to_be_visible()
