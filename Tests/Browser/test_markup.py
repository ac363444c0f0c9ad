"""The HTML of every page and fragment is valid, whatever state it shows."""

import re
import subprocess
import zipfile

from playwright.sync_api import expect

from database import add_people
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


def events(person):
    """What is pushed, each as a fragment."""
    cookies = "; ".join(f"{each['name']}={each['value']}" for each in person.context.cookies())
    command = ["curl", "-sN", "--max-time", "2", "-H", f"Cookie: {cookies}", person.url + "/events?after=0"]
    text = subprocess.run(command, capture_output=True, text=True).stdout
    blocks = [re.findall(r"^data: ?(.*)$", block, re.MULTILINE) for block in text.split("\n\n")]
    return ["\n".join(lines) for lines in blocks if any("<" in line for line in lines)]


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
    for number in range(60):
        grace.post(ada, f"Message {number}")
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

    # What one takes along.
    archive = tmp_path / "data.zip"
    archive.write_bytes(mine.request.post(server.url + "/settings/data", form={}).body())
    with zipfile.ZipFile(archive) as opened:
        for each in opened.namelist():
            if each.endswith(".html"):
                pages.add(f"export {each}", opened.read(each).decode())

    # Somebody goes.
    ben = person("Ben Shaw")
    ben.expect_errors("status of 4", "net::ERR_")
    theirs, bens = Client(ben, pages, "Ben"), f"/people/{ben.id}"
    ben.post(ada, "Before I go")
    theirs.post("/settings/deletion", {"password": PASSWORD}, status=303)
    theirs.get("/settings", "/settings/deletion")
    expect(ada.tab.open().row("Deleted account")).to_have_count(1, timeout=20_000)
    expect(ben.tab.page.get_by_text("Your account is deleted.")).to_be_visible()
    pages.add("with modules, deleted", ben.tab.page.content())
    mine.get("/", bens)
    for each in events(ada):
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
