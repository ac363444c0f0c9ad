"""w3m and lynx: signing up, logging in, reading who says what, and sending, all of it in text."""

import re
import subprocess
import time

import pytest
from playwright.sync_api import expect

from database import add_messages, message_id
from groups import make
from people import PASSWORD
from pictures import file
from terminal import Terminal

QUESTION = "Which train do you take"
ANSWER = "The one before noon, Grace"


class W3m:
    """Enter fills a field in, at the bottom line, and presses a button; longer texts are written in an editor."""

    def __init__(self, folder, url):
        self.words = folder.with_suffix(".txt")
        # As if someone typed it there.
        editor = f"editor=cp {self.words} %s"
        self.terminal = Terminal(folder, "w3m", "-cookie", "-no-mouse", "-o", editor, url)

    def _go_to(self, label):
        self.terminal.press("g", "/")
        self.terminal.wait("^Forward:")
        self.terminal.type(label)
        self.terminal.press("Enter")

    def fill(self, label, text):
        self._go_to(label)
        self.terminal.press("Tab", "Enter")
        self.terminal.wait("^(TEXT|Password):")
        self.terminal.type(text)
        self.terminal.press("Enter")

    def press(self, name):
        self._go_to(name)
        self.terminal.press("Enter")

    def follow_after(self, text):
        """The first link behind a text."""
        self._go_to(text)
        self.terminal.press("Tab", "Enter")

    def open(self, url):
        self.terminal.press("U")
        self.terminal.wait("^Goto URL:")
        self.terminal.press("C-u")
        self.terminal.type(url)
        self.terminal.press("Enter")

    def write(self, text):
        self.words.write_text(text)
        self._go_to(r"Message \[")
        self.terminal.press("Tab", "Enter")
        self.terminal.wait(rf"\[{text[:10]}")


class Lynx:
    """Tab goes on to the next field or link; what is typed goes right into a field."""

    def __init__(self, folder, url):
        settings = folder.with_suffix(".cfg")
        # The cursor tells where one is. After some of its messages it would sleep.
        settings.write_text("SHOW_CURSOR:TRUE\nINFOSECS:0\nMESSAGESECS:0\nALERTSECS:0\n")
        # Without colours the cursor stands at the field or link.
        self.terminal = Terminal(folder, "lynx", "-nocolor", "-accept_all_cookies", f"-cfg={settings}", url)

    def _go_to(self, is_there, limit=60):
        seen = []
        for _ in range(limit):
            at = self.terminal.cursor
            if is_there(*at):
                return
            seen.append(at)
            self.terminal.press("Tab")
            deadline = time.monotonic() + 1
            while self.terminal.cursor == at and time.monotonic() < deadline:
                time.sleep(0.01)
        raise AssertionError(f"Tab does not lead there, but to {seen}")

    def _go_to_field(self, label):
        def is_there(line, text):
            return text.startswith("_") and label in self.terminal.screen.split("\n")[line - 1]

        self._go_to(is_there)

    def fill(self, label, text):
        self._go_to_field(label)
        self.terminal.type(text)

    def press(self, name):
        # A person's name may have the initials before it that are their picture.
        wanted = re.compile(rf"(\(BUTTON\))? *([A-Z]{{1,2}} )?{name}")
        self._go_to(lambda line, text: wanted.match(text))
        self.terminal.press("Enter")

    def write(self, text):
        self.fill("Message", text)


@pytest.fixture(params=[W3m, Lynx])
def text_browser(request, server, tmp_path):
    browser = request.param(tmp_path / "home", server.url + "/signup")
    yield browser
    print(browser.terminal.screen)
    browser.terminal.close()


def test_signing_up_logging_in_reading_and_sending(text_browser, grace):
    browser = text_browser
    shows = browser.terminal.wait
    shows("^ *Create an account")
    browser.fill("Full name", "Ada Lovelace")
    browser.fill("Email", "ada@example.org")
    browser.fill("Password", PASSWORD)
    browser.press("Create account")
    shows("Grace Hopper.* online")
    browser.press("Log out")
    shows("Welcome back")
    browser.fill("Email", "ada@example.org")
    browser.fill("Password", PASSWORD)
    browser.press("Log in")
    shows("Grace Hopper.* online")

    expect(grace.tab.row("Ada Lovelace")).to_be_visible()
    grace.tab.row("Ada Lovelace").click()
    grace.tab.say(QUESTION)
    browser.press("Grace Hopper")
    shows(rf"^ *Grace Hopper\s+{QUESTION}")
    browser.write(ANSWER)
    browser.press("Send")
    expect(grace.tab.sent(ANSWER)).to_have_count(1)
    shows(rf"^ *Grace Hopper\s+{QUESTION}(.*\n)+ *Ada Lovelace\s+{ANSWER}")


def test_joining_a_group_and_writing_in_it(text_browser, ada):
    make(ada.tab, "Village green", access="Open").say(QUESTION)
    browser = text_browser
    shows = browser.terminal.wait
    browser.fill("Full name", "Bob Miller")
    browser.fill("Email", "bob@example.org")
    browser.fill("Password", PASSWORD)
    browser.press("Create account")
    shows("Ada Lovelace.* online")
    browser.press("Groups")
    shows("not in any groups yet")
    browser.press("Open groups")
    shows("Village green")
    browser.press("Join")
    shows("Bob Miller joined")
    browser.write(ANSWER)
    browser.press("Send")
    expect(ada.tab.sent(ANSWER)).to_have_count(1)
    shows(rf"^ *Bob Miller\s+{ANSWER}")


FORMATTED = """**Before** _noon_, by `train`, see https://example.org/lake
> quoted
- one
- two
```swift
let a = 1
  let b = 2
```"""
# Each line as it shows, without the marks that it was typed with.
READABLE = """Before noon, by train, see https://example.org/lake
quoted
• one
• two
let a = 1
  let b = 2""".split("\n")


@pytest.fixture
def w3m(server, tmp_path, ada):
    """Ada's, in which she is logged in."""
    browser = W3m(tmp_path / "home", server.url + "/login")
    browser.fill("Email", ada.email)
    browser.fill("Password", ada.password)
    browser.press("Log in")
    browser.terminal.wait("Grace Hopper")
    yield browser
    print(browser.terminal.screen)
    browser.terminal.close()


def test_a_time_leads_to_the_details_of_a_message(w3m, ada, grace):
    shows = w3m.terminal.wait
    grace.post_all(ada, [QUESTION, FORMATTED, ANSWER])
    w3m.press("Grace Hopper")
    shows(ANSWER)
    for line in READABLE:
        shows(rf"(^|\W){re.escape(line)}($|\W)")
    w3m.follow_after(QUESTION)
    shows("Message details")
    shows(QUESTION)
    w3m.press("Mark unread")
    shows("Grace Hopper.* 3 unread")
    w3m.press("Grace Hopper")
    shows("3 new messages")


@pytest.mark.alone
def test_replying_editing_and_deleting(w3m, ada, grace):
    shows = w3m.terminal.wait
    grace.post(ada, QUESTION)
    theirs = grace.tab.talk_to(ada)
    w3m.press("Grace Hopper")
    shows(rf"^ *Grace Hopper\s+{QUESTION}")
    w3m.follow_after(rf"^ *{QUESTION}")
    shows("Message details")
    w3m.press("Reply")
    shows(f"Replying to Grace Hopper {QUESTION}")
    w3m.write("The one after noon")
    w3m.press("Send")
    expect(theirs.sent("The one after noon").get_by_role("link", name=re.compile(QUESTION))).to_have_count(1)
    shows(rf"^ *Ada Lovelace\s+Grace Hopper\s+{QUESTION}\s+The one after noon")

    w3m.follow_after("^ *The one after noon")
    shows("Message details")
    w3m.press("Edit")
    shows("Edit message")
    w3m.write(ANSWER)
    w3m.press("^ *Save Cancel")
    expect(theirs.messages.last).to_contain_text(ANSWER)
    expect(theirs.messages.last).to_contain_text("edited")
    shows(rf"{ANSWER} edited \d\d:\d\d")

    w3m.follow_after(f"^ *{ANSWER} edited")
    shows("Message details")
    w3m.press("Delete")
    shows("Nobody will see this message any more")
    w3m.press("^ *Delete Cancel")
    expect(theirs.messages.last).to_contain_text("Message deleted")
    shows("You can undo what you just deleted")
    w3m.press("^ *Undo")
    expect(theirs.messages.last).to_contain_text(ANSWER)
    shows(rf"{ANSWER} edited")


@pytest.fixture
def far_back(server, ada, grace):
    """The address of a message with more of them before it and behind it than the window has lines for."""
    grace.post(ada, QUESTION)
    add_messages(server, grace, ada, 200)
    return f"{server.url}/messages/{message_id(server, 'Message 100.')}"


def test_an_address_leads_to_the_page_of_a_message_far_back(w3m, far_back):
    shows = w3m.terminal.wait
    w3m.open(far_back)
    shows("Load older messages")
    w3m.follow_after(r"Message 100\.")
    shows("Message details")
    shows(r"Message 100\.")
    w3m.terminal.press("B")
    shows(r"Message 99\.")
    w3m.press("Go to the newest messages")
    shows("Load older messages")
    w3m.follow_after(r"Message 190\.")
    shows("Message details")
    shows(r"Message 190\.")


DUMPS = {
    "w3m": ["w3m", "-dump", "-cols", "100", "-T", "text/html", "-I", "UTF-8", "-O", "UTF-8"],
    "lynx": ["lynx", "-dump", "-nolist", "-width=100", "-assume_charset=utf-8", "-display_charset=utf-8", "-stdin"],
}


@pytest.mark.parametrize("name", DUMPS)
def test_a_message_takes_two_lines_and_no_picture_its_address(name, talk, ada, grace):
    mine, theirs = talk
    answer = grace.context.request.post(grace.url + "/profile", multipart={
        "fullName": grace.name, "picture": file("me.jpg"),
    }, max_redirects=0)
    assert answer.status == 303
    theirs.send(file("lake.jpg"), file("hills.jpg"), text="From the train", words=["A lake"])
    mine.say(QUESTION)
    theirs.say(ANSWER)
    page = ada.context.request.get(mine.page.url).text()
    shown = subprocess.run(DUMPS[name], input=page, capture_output=True, text=True, check=True).stdout
    print(shown)
    # Whether the last one has been read is nothing to it.
    lines = [line.strip() for line in shown.splitlines() if line.strip() and "new message" not in line]
    first = next(at for at, line in enumerate(lines) if "From the train" in line) - 1
    time = r"\d\d:\d\d"
    for line, wanted in zip(lines[first:], [
        "Grace Hopper", rf"A lake Image from Grace Hopper From the train {time}",
        "Ada Lovelace", rf"{QUESTION} {time} (✓ Sent|✓✓ Read) AL", "Grace Hopper", rf"{ANSWER} {time}",
    ]):
        assert re.fullmatch(wanted, line), f"{line!r} is not {wanted!r}\n{shown}"
    assert not re.search(r"\[[0-9a-f]{4,}", shown), shown
