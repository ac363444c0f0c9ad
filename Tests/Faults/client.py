"""A plain HTTP client for one person."""

import http.client
import re
import urllib.parse
from dataclasses import dataclass

# What a lost connection looks like: the answer may or may not have been on its way.
LOST = (OSError, http.client.HTTPException)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    text: str


class Client:
    """Keeps one connection and opens it anew after it was lost; never retries by itself."""

    def __init__(self, program, account=None, timeout=30):
        self.account = account
        self.program = program
        self.timeout = timeout
        self.connection = None

    def request(self, method, path, form=None, headers=()):
        headers = dict(headers)
        if self.account:
            headers.setdefault("Cookie", self.account.cookie)
        body = None
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urllib.parse.urlencode(form)
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.program.port, timeout=self.timeout)
        try:
            self.connection.request(method, path, body, headers)
            response = self.connection.getresponse()
            return Answer(response.status, response.headers, response.read().decode())
        except LOST:
            self.close()
            raise

    def get(self, path, headers=()):
        return self.request("GET", path, headers=headers)

    def post(self, path, form, headers=()):
        return self.request("POST", path, form, headers)

    def send(self, other, text, client_id=""):
        """Sends a message as the page's module does."""
        form = {"text": text, "clientId": client_id}
        return self.post(f"/people/{other.id}/messages", form, {"HX-Request": "true"})

    def newest_event(self):
        """The id of the newest event that the page already shows."""
        return int(re.search(r'data-event="(\d+)"', self.get("/").text)[1])

    def close(self):
        if self.connection:
            self.connection.close()
            self.connection = None


def message_id(html):
    """The id of the one message in an answer or event."""
    return int(re.search(r'data-message-id="(\d+)"', html)[1])
