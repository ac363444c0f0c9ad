"""People at their browsers. What they use they find as a person does, by role and name."""

import re
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import expect

PASSWORD = "correct horse battery"


class Tab:
    """One tab, and what stands in it."""

    def __init__(self, page, person):
        self.page = page
        self.person = person

    # The account pages

    def field(self, label):
        return self.page.get_by_role("textbox", name=label, exact=True)

    def button(self, name):
        return self.page.get_by_role("button", name=name, exact=True)

    def link(self, name):
        return self.page.get_by_role("link", name=name, exact=True)

    def heading(self, name):
        return self.page.get_by_role("heading", name=name, exact=True)

    def sign_up(self, name, email, password=PASSWORD):
        self.field("Full name").fill(name)
        self.field("Email").fill(email)
        self.field("Password").fill(password)
        self.button("Create account").click()

    def log_in(self, email, password=PASSWORD):
        self.field("Email").fill(email)
        self.field("Password").fill(password)
        self.button("Log in").click()

    def log_out(self):
        if not self.button("Log out").is_visible():
            # On a phone it is there.
            self.open("/settings")
        self.button("Log out").click()
        expect(self.heading("Welcome back")).to_be_visible()

    # The sidebar

    @property
    def sidebar(self):
        return self.page.get_by_role("navigation", name="Conversations", exact=True)

    @property
    def rows(self):
        return self.sidebar.get_by_role("listitem").get_by_role("link")

    def row(self, name):
        """The row of a person or group, whose accessible name starts with `name`."""
        return self.sidebar.get_by_role("link", name=re.compile(rf"^{re.escape(name)}\b"))

    @property
    def online_only(self):
        return self.sidebar.get_by_role("checkbox", name="Show online only", exact=True)

    @property
    def find(self):
        return self.sidebar.get_by_role("searchbox", name="Find people", exact=True)

    # The conversation

    @property
    def main(self):
        return self.page.get_by_role("main")

    @property
    def log(self):
        return self.page.get_by_role("log", name="Messages", exact=True)

    @property
    def messages(self):
        return self.log.get_by_role("article")

    def message(self, text):
        """A message, be it taken by the server or not."""
        return self.messages.filter(has=self.page.get_by_text(text, exact=True))

    def sent(self, text):
        """A message that the server has taken."""
        return self.log.locator("article[data-message-id]").filter(has=self.page.get_by_text(text, exact=True))

    @property
    def jump(self):
        """The way to the newest messages, with the number of those that are new."""
        return self.main.get_by_role("button", name=re.compile("^To the newest"))

    @property
    def composer(self):
        return self.field("Message")

    @property
    def attach(self):
        """The file field, which browsers call a button."""
        return self.main.get_by_label("Attach images", exact=True)

    @property
    def attached(self):
        """What will go with the next message."""
        return self.main.get_by_role("list", name="Images to send", exact=True).get_by_role("listitem")

    @property
    def gallery(self):
        return self.page.get_by_role("dialog", name="Image", exact=True)

    def images(self, message):
        """Those of one message, when the browser has loaded them."""
        return message.get_by_role("link").get_by_role("img")

    def send(self, *files, text="", words=()):
        """Sends images as one does by hand; answers the message that the server has taken."""
        # One's own alone: another's may come meanwhile.
        viewer = self.page.locator("body").get_attribute("data-viewer")
        own = self.log.locator(f"article[data-message-id][data-author='{viewer}']")
        before = own.count()
        self.attach.set_input_files(list(files))
        expect(self.attached).to_have_count(len(files))
        for at, each in enumerate(words):
            self.attached.nth(at).get_by_role("textbox").fill(each)
        self.composer.fill(text)
        self.button("Send").click()
        expect(own).to_have_count(before + 1)
        return own.last

    @property
    def reconnecting(self):
        return self.page.get_by_role("status").get_by_text("Reconnecting…")

    def open(self, path="/"):
        self.page.goto(self.person.url + path)
        return self

    def talk_to(self, other):
        """Opens the conversation with another person from the list."""
        self.row(other.name).click()
        expect(self.heading(other.name)).to_be_visible()
        return self

    def write(self, text):
        """Writes and sends; does not wait for the server."""
        self.composer.fill(text)
        self.composer.press("Enter")

    def say(self, text):
        """Writes, sends, and waits until the server has it."""
        if self.person.has_modules:
            self.write(text)
        else:
            self.composer.fill(text)
            self.button("Send").click()
        expect(self.sent(text)).to_have_count(1)

    def read_all(self):
        """Goes to the end of the open conversation, which has more that is new than fits, and opens its page anew."""
        self.jump.click()
        expect(self.jump).to_be_hidden()
        expect(self.sidebar.locator(".row:has([aria-current]) .unread")).to_be_empty()
        self.page.reload()

    def mark(self):
        """Marks the page, to see later that it is still the same one."""
        self.page.evaluate("window.isMarked = true")

    def expect_not_reloaded(self):
        assert self.page.evaluate("window.isMarked === true"), "the page was loaded anew"


class Person:
    """Someone with an account and a browser of their own, in which nothing may go wrong unnoticed."""

    def __init__(self, browser, url, name, **options):
        self.name = name
        self.email = re.sub(r"\W+", ".", name.lower()).strip(".") + "@example.org"
        self.password = PASSWORD
        self.url = url
        self.has_modules = options.get("java_script_enabled", True)
        self.expected = []
        self.errors = []
        self.context = browser.new_context(**{"locale": "en-GB", **options})
        self.context.on("console", self._heed_console)
        self.context.on("weberror", lambda error: self.errors.append(f"uncaught: {error.error}"))

    def _heed_console(self, message):
        # Chromium reports violations of the content security policy as errors, too.
        if message.type == "error":
            self.errors.append(f"console: {message.text} ({message.location.get('url')})")

    def expect_errors(self, *patterns):
        """What the browser will report and may: it calls each answer of 4xx and each lost connection an error."""
        self.expected += patterns

    @property
    def surprises(self):
        return [each for each in self.errors if not any(re.search(pattern, each) for pattern in self.expected)]

    def new_tab(self, path="/"):
        return Tab(self.context.new_page(), self).open(path)

    def sign_up(self):
        self.tab = self.new_tab("/signup")
        self.tab.sign_up(self.name, self.email)
        expect(self.tab.link("Chats")).to_be_visible()
        return self

    def come_back(self, cookies):
        """Is still logged in from another time."""
        self.context.add_cookies([{"name": each["name"], "value": each["value"], "url": self.url} for each in cookies])
        self.tab = self.new_tab()
        expect(self.tab.link("Chats")).to_be_visible()
        return self

    @property
    def id(self):
        return int(self.tab.page.locator("body").get_attribute("data-viewer"))

    def post(self, other, text, client_id=""):
        """Sends a message by plain HTTP, as a script would."""
        form = {"text": text, "clientId": client_id}
        answer = self.context.request.post(f"{self.url}/people/{other.id}/messages", form=form, max_redirects=0)
        assert answer.status == 303, f"{answer.status} {answer.text()}"

    def post_all(self, other, texts):
        """The same with many messages, over one connection and without the browser, which takes several times as long."""
        connection = HTTPConnection(urlsplit(self.url).netloc)
        cookies = "; ".join(f"{each['name']}={each['value']}" for each in self.context.cookies(self.url))
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        path = f"/people/{other.id}/messages"
        with closing(connection):
            for text in texts:
                connection.request("POST", path, urlencode({"text": text, "clientId": ""}), headers)
                answer = connection.getresponse()
                body = answer.read()
                assert answer.status == 303, f"{answer.status} {body.decode()}"
