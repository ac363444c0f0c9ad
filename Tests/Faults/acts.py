"""What people do with messages, over plain HTTP as the page's modules do it."""

import http.client
import itertools
import re

from .client import Client, message_id

MODULES = {"HX-Request": "true"}
# Any piece of a text is recognised by one of its words.
WORD = re.compile(rb"zq[0-9]{8}")
UNDO_SECONDS = 10
FORGET_SECONDS = 3

_numbers = itertools.count(10_000_000)


def words(count):
    """A text of so many words that stand nowhere else, of eleven characters each."""
    return " ".join(f"zq{next(_numbers)}" for _ in range(count))


def words_of(text):
    return set(WORD.findall(text.encode()))


class Actor(Client):
    """Someone of whom everything that they do is taken. A new connection each time: kills come in between."""

    def request(self, *arguments, **options):
        self.close()
        return super().request(*arguments, **options)

    def _act(self, path, form):
        answer = self.post(path, form, MODULES)
        assert answer.status == 200, f"{path}: {answer.status} {answer.text}"
        return answer.text

    def say(self, other, text, **more):
        form = {"text": text, "clientId": "", **more}
        return message_id(self._act(f"/people/{other.id}/messages", form))

    def edit(self, message, text, **more):
        return self._act(f"/messages/{message}/edit", {"text": text, **more})

    def delete(self, message, image=""):
        return self._act(f"/messages/{message}/delete", {"image": image})

    def undo(self, message):
        return self._act(f"/messages/{message}/delete/undo", {"undo": "1"})

    def react(self, message, emoji):
        return self._act(f"/messages/{message}/reactions", {"emoji": emoji})

    def pin(self, message):
        return self._act(f"/messages/{message}/pin", {"pin": "1"})

    def shown(self, message):
        """The message as the page of its conversation shows it, without what leads elsewhere."""
        page = self.get(f"/messages/{message}")
        assert page.status == 303, page.status
        html = self.get(page.headers["Location"].partition("#")[0]).text
        return re.search(rf'<article [^>]*id="message-{message}".*?</article>', html, re.DOTALL)[0]

    def sees_picture(self, name):
        connection = http.client.HTTPConnection("127.0.0.1", self.program.port, timeout=self.timeout)
        try:
            connection.request("GET", f"/uploads/{name}", headers={"Cookie": self.account.cookie})
            status = connection.getresponse().status
        finally:
            connection.close()
        assert status in (200, 404), status
        return status == 200


def left(program, wanted):
    """Those of some byte strings that stand in any file of the data folder, or in the log."""
    found = set()
    for each in [*program.data.rglob("*"), program.log]:
        try:
            data = each.read_bytes() if each.is_file() else b""
        except FileNotFoundError:
            continue  # It has just gone.
        found |= wanted & set(WORD.findall(data))
        found |= {piece for piece in wanted if not WORD.fullmatch(piece) and piece in data}
    return found


def expect_there(program, wanted):
    """So that a search that finds nothing means something. A few are cut in two where a page of the file ends."""
    found = len(left(program, wanted))
    assert found > 0.95 * len(wanted), f"{found} of {len(wanted)}"
