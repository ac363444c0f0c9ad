"""The HTML of every page and fragment is valid, whatever state it shows."""

import re
import urllib.request
import zipfile

from playwright.sync_api import expect

from database import add_messages, add_people, message_id
from groups import make
from markup import Pages
from people import PASSWORD
from pictures import file, picture

ARABIC = "مرحبا، أراك يوم السبت <b>"
FRAGMENT = {"HX-Request": "true"}
FORMS = {
    "/settings": {"theme": "mauve"},
    "/settings/clock": {"timeZone": "Atlantis", "hours": "13"},
    "/settings/privacy": {"presence": "maybe"},
    "/settings/email": {"email": "no email", "password": "wrong"},
    "/settings/password": {"password": "wrong", "newPassword": "short"},
    "/settings/sessions": {"others": "1", "password": "wrong"},
    "/settings/deletion": {"password": "wrong"},
    "/profile": {"fullName": ""},
}


class Client:
    """Fetches as a browser without modules does, and as they do, and keeps what comes."""

    def __init__(self, person, pages, who):
        self.request = person.context.request
        self.url = person.url
        self.pages = pages
        self.who = who

    def get(self, *paths, target=None):
        for path in paths:
            headers = {**FRAGMENT, "HX-Target": target} if target else {}
            answer = self.request.get(self.url + path, headers=headers)
            self.pages.add(f"{self.who} GET {path} {target or ''}", answer.text())

    def post(self, path, form, status=422):
        for headers in ({}, FRAGMENT):
            answer = self.request.post(self.url + path, form=form, headers=headers, max_redirects=0)
            assert answer.status in (status, 200), f"{path} {answer.status}"
            if answer.text():
                self.pages.add(f"{self.who} POST {path} {headers}", answer.text())


def events(tab):
    """What was pushed until the page in the tab was made, each as a fragment."""
    newest = int(tab.page.locator("body").get_attribute("data-event"))
    cookies = "; ".join(f"{each['name']}={each['value']}" for each in tab.person.context.cookies())
    request = urllib.request.Request(tab.person.url + "/events?after=0", headers={"Cookie": cookies})
    fragments, lines = [], []
    with urllib.request.urlopen(request, timeout=10) as stream:
        for line in stream:
            field, _, value = line.decode().rstrip("\n").partition(": ")
            if field == "data":
                lines.append(value)
            elif field == "id":
                position = int(value)
            elif not field and lines:
                if "<" in "".join(lines):
                    fragments.append("\n".join(lines))
                    if position >= newest:
                        return fragments
                lines = []
    raise AssertionError("the stream ended")


def show_acts(who, other, address, may_delete_all):
    """One after the other, each page before and after it."""

    def send(author, text, **more):
        answer = author.request.post(author.url + f"{address}/messages", multipart={"text": text, **more},
                                     headers=FRAGMENT)
        assert answer.status == 200, answer.text()
        author.pages.add(f"sent {text} {list(more)}", answer.text())
        return re.search(r'data-message-id="(\d+)"', answer.text())[1]

    quoted = send(other, "Is **this** <it>?\n> said\n- one\n- two\n```\ncode\n```")
    reply = send(who, "It is", replyTo=quoted, quote="this")
    picture_alone = send(other, "", images=file("c.jpg", picture(60, 40)))
    to_picture = send(who, "Nice", replyTo=picture_alone)
    pictured = send(who, "A picture", images=file("d.jpg", picture(60, 40)))
    lost = send(who, "To be deleted")
    to_lost = send(who, "What it answers goes", replyTo=lost)
    ids = (quoted, reply, picture_alone, to_picture, pictured, lost, to_lost)
    who.get(f"{address}?reply={quoted}", f"{address}?reply={picture_alone}", f"{address}?reply=999999")
    who.post(f"{address}/messages", {"text": "y" * 5_001, "replyTo": reply})
    for emoji in ("👍", "🏳️‍🌈", "1️⃣"):
        other.post(f"/messages/{reply}/reactions", {"emoji": emoji}, status=303)
        # Each form is sent twice, as a page and as a fragment: there and back again.
        who.request.post(who.url + f"/messages/{reply}/reactions", form={"emoji": emoji})
    other.request.post(who.url + f"/messages/{quoted}/reactions", form={"emoji": "🎉"})
    who.post(f"/messages/{reply}/reactions", {"emoji": "no"})
    for each in (quoted, reply, pictured):
        who.post(f"/messages/{each}/pin", {"pin": "1"}, status=303)
        who.request.post(who.url + f"/messages/{each}/pin", form={"pin": "1"})
    who.get(f"/messages/{reply}/edit", target="edit")
    who.get(*(f"/messages/{each}/details" for each in ids), *(f"/messages/{each}/edit" for each in (reply, pictured)),
            *(f"/messages/{each}/delete" for each in (reply, pictured)))
    who.post(f"/messages/{reply}/edit", {"text": " "})
    who.post(f"/messages/{quoted}/edit", {"text": "Not mine"}, status=403)
    who.post(f"/messages/{reply}/edit", {"text": "It is <b>\n\n", "base": "0"}, status=303)
    who.post(f"/messages/{reply}/edit", {"text": "It was <i>", "base": "0"}, status=409)
    who.request.post(who.url + f"/messages/{pictured}/edit", form={"text": ""})
    who.get(f"/messages/{pictured}/edit")
    for each in (lost, *[picture_alone] * may_delete_all, pictured):
        who.post(f"/messages/{each}/delete", {"image": ""}, status=303)
        who.get(f"/messages/{each}/delete", f"/messages/{each}/details")
    answer = who.request.post(who.url + f"/messages/{pictured}/delete/undo", form={}, headers=FRAGMENT)
    assert answer.status == 200, answer.text()
    who.pages.add("undone", answer.text())
    who.post(f"/messages/{pictured}/delete/undo", {"undo": "1"}, status=409)
    who.get(f"/messages/{lost}/edit")
    for each in (who, other):
        each.get("/", address, f"{address}/details", f"{address}?reply={reply}")


def test_every_page_and_fragment_is_valid(server, ada, grace, person, tmp_path):
    pages = Pages(tmp_path / "pages")
    for each in (ada, grace):
        each.expect_errors("status of 4", "net::ERR_")
    mine = Client(ada, pages, "Ada")
    outsider = person("Nobody", signed_up=False)
    nobody = Client(outsider, pages, "Nobody")

    nobody.get("/login", "/login?next=/settings", "/signup", "/health/x")
    nobody.post("/login", {"email": ada.email, "password": "wrong"})
    nobody.post("/signup", {"fullName": " ", "email": "no email", "password": "short"})
    nobody.post("/signup", {"fullName": "Ada", "email": ada.email, "password": PASSWORD})

    # Nothing said yet, and nobody found.
    mine.get("/", "/?find=xyz", "/?online=1", f"/people/{grace.id}", "/nothing", "/profile", "/shortcuts",
             "/settings", "/settings/theme", "/settings/data", "/settings?saved=theme-form", "/profile?saved")
    mine.get("/settings/data", target="export-progress")
    tab = ada.tab.talk_to(grace)
    tab.send(file("a.png", picture(320, 240, "PNG")), file("b.jpg"), text="Two of them", words=["A \"green\" field"])
    lost = tab.send(file("c.jpg", picture(60, 40))).get_by_role("img").get_attribute("src").rpartition("/")[2]
    for text in ("Shall we? https://example.org/?a=1&b=2", ARABIC, "🎉🎉"):
        ada.post(grace, text)
        grace.post(ada, text)
    grace.post_all(ada, [f"Message {number}" for number in range(12)])
    add_messages(server, grace, ada, 48)
    for path in (server.data / "uploads").rglob(lost + "*"):
        path.unlink()
    add_people(server, ["محمد علي", *(f"Person {number}" for number in range(60))])
    talk = tab.page.url.removeprefix(ada.url)
    newest = int(tab.page.locator("article[data-message-id]").last.get_attribute("data-message-id"))
    mine.get("/", talk, f"{talk}?before={newest - 5}", f"{talk}?after=3", f"{talk}?around=5", f"{talk}?renew")
    mine.get("/?find=", "/?find=person", "/?start=0.", target="rows")
    mine.get("/?start=0.", target="more-rows")
    mine.get(f"{talk}?before={newest - 5}", target="older")
    mine.get(f"{talk}?after=3", target="newer")
    mine.get("/nothing", target="rows")
    mine.post(f"{talk}/messages", {"text": "y" * 5_001})
    mine.post(f"{talk}/messages", {"text": "Said by a form"}, status=303)

    # A group, and what can be refused there.
    mine.get("/groups", "/groups/new", "/groups/new?findPeople=1&find=person&member=2", "/groups/new?find=xyz")
    mine.get("/groups/new?find=person", target="candidates")
    mine.post("/groups/new", {"name": " ", "member": str(grace.id), "make": "1"})
    group = make(ada.tab.open(), "Walkers <b>", grace, access="Open").page.url.removeprefix(ada.url)
    ada.tab.send(file("a.png", picture(320, 240, "PNG")), text="@Grace Hopper, look")
    theirs_in_group = Client(grace, pages, "Grace")
    for each in (mine, theirs_in_group):
        each.get("/", "/groups", group, f"{group}/details", f"{group}/details?member=grace", f"{talk}/details")
        each.get(f"{group}/details?member=grace", target="members")
    mine.post(f"{group}/details", {"name": ""})
    mine.post(f"{group}/members", {"action": "add", "user": "999"})
    mine.post(f"{group}/notifications", {"level": "none", "mute": "8h"}, status=303)
    mine.post(f"{group}/members", {"action": "promote", "user": str(grace.id)}, status=303)
    mine.post(f"{group}/details", {"description": "Every Sunday", "writers": "administrators"}, status=303)
    for each in (mine, theirs_in_group):
        each.get("/?show=groups", group, f"{group}/details?saved=details")
    for path in ("/groups/new", f"{group}/details"):
        pages.add(f"with modules {path}", ada.tab.open(path).page.content())

    # What is done with messages, in a talk and in a group, on pages and as fragments.
    show_acts(mine, theirs_in_group, "/conversations/1", may_delete_all=False)
    show_acts(theirs_in_group, mine, group, may_delete_all=True)

    # Somebody goes, which takes the time in which it can be undone.
    ben = person("Ben Shaw")
    ben.expect_errors("status of 4", "net::ERR_")
    theirs, bens = Client(ben, pages, "Ben"), f"/people/{ben.id}"
    # He does not see what is answered from before he came.
    mine.request.post(f"{ada.url}{group}/members", form={"action": "add", "user": str(ben.id)})
    early = message_id(server, "@Grace Hopper, look")
    mine.request.post(f"{ada.url}{group}/messages", form={"text": "There it is", "replyTo": str(early)})
    theirs.get("/", group, f"{group}/details")
    assert "What this answers is no longer here." in theirs.request.get(ben.url + group).text()
    ben.post(ada, "Before I go")
    theirs.post("/settings/deletion", {"password": PASSWORD}, status=303)
    theirs.get("/settings", "/settings/deletion")

    # A session more, to be ended.
    outsider.context.request.post(server.url + "/login", form={"email": ada.email, "password": PASSWORD})
    mine.get("/settings")
    for path, form in FORMS.items():
        mine.post(path, form)
    mine.post("/settings/privacy", {}, status=303)
    mine.get("/?online=1")
    mine.post("/settings/privacy", {"presence": "1"}, status=303)
    pages.add("wrong method", mine.request.fetch(server.url + "/settings", method="PUT").text())
    pages.add("too large", mine.request.post(server.url + "/settings", form={"theme": "x" * 9_000}).text())

    # As the modules leave a page.
    tab = ada.tab.open(talk)
    tab.attach.set_input_files([file("lake.jpg"), file("notes.txt", b"no picture")])
    expect(tab.attached).to_have_count(1)
    tab.composer.fill("Half a sentence")
    pages.add("with modules, images attached", tab.page.content())
    tab.page.route("**/messages", lambda route: route.abort())
    tab.button("Send").click()
    expect(tab.messages.last).to_contain_text("Half a sentence")
    pages.add("with modules, on its way", tab.page.content())
    tab.button("Log out").click()
    expect(tab.page.get_by_role("dialog")).to_be_visible()
    pages.add("with modules, asked about drafts", tab.page.content())
    tab.page.keyboard.press("Escape")
    tab.page.unroute_all()
    for path in ("/settings", "/settings/theme", "/profile"):
        pages.add(f"with modules {path}", tab.open(path).page.content())

    # The owner's pages.
    link = server.make_owner("new@example.org", answer="stdout").strip()
    nobody.get(link, "/setup/nothing")
    nobody.post(link, {"fullName": " "})
    server.make_owner(ada.email)
    mine.get(*("/administration/settings" + query for query in ("", "?first", "?saved")))
    mine.post("/administration/settings", {"name": "a" * 81, "admission": "some", "address": "some"})

    # What one takes along.
    archive = tmp_path / "data.zip"
    archive.write_bytes(mine.request.post(server.url + "/settings/data", form={}).body())
    with zipfile.ZipFile(archive) as opened:
        for each in opened.namelist():
            if each.endswith(".html"):
                pages.add(f"export {each}", opened.read(each).decode())

    expect(ada.tab.open().row("Deleted account")).to_have_count(1, timeout=20_000)
    expect(ben.tab.page.get_by_text("Your account is deleted.")).to_be_visible()
    pages.add("with modules, deleted", ben.tab.page.content())
    mine.get("/", bens)
    for each in events(ada.tab.open()):
        pages.add("pushed", each)

    found = pages.faults()
    print(len(pages.states), "pages")
    assert len(pages.states) > 100, pages.states
    assert found == [], "\n".join(found)


def test_a_fault_is_found(tmp_path):
    pages = Pages(tmp_path / "pages")
    pages.add("good", "<p>Good</p>")
    pages.add("bad", '<time>never</time><div id="a"></div><div id="a"></div>')
    pages.add("two", '<input autofocus aria-label="one"><input autofocus aria-label="other">')
    found = pages.faults()
    assert {each.partition(":")[0] for each in found} >= {"bad"}, found
