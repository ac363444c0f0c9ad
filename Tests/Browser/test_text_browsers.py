"""w3m and lynx: signing up, logging in, reading who says what, and sending, all of it in text."""

import re
import time

import pytest
from playwright.sync_api import expect

from people import PASSWORD
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

    def write(self, text):
        self.words.write_text(text)
        self._go_to(r"Message \[")
        self.terminal.press("Tab", "Enter")
        self.terminal.wait(rf"Message \[{text[:10]}")


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
