"""SIGTERM and a new start under load: a restart is no event for anyone."""

import html
import re
import threading

from . import stored
from .accounts import add_accounts
from .client import LOST, Client, message_id
from .event_streams import EventStreams
from .senders import Senders
from .waiting import wait_until

SENDERS = 32
STREAMS = 500
PEOPLE = 50
MESSAGES = 150

PRESENCE = re.compile(r"\[data-presence='(\d+)'\]\">(\w*)<")


def test_restart_under_load(program):
    watcher, leaver, *people = add_accounts(program, PEOPLE + 2)
    seen = {}

    def look():
        """Loads the list of people to its end: whom a page shows is told to its session's streams."""
        client, path = Client(program, watcher), "/"
        while path:
            page = client.get(path).text
            more = re.search(r'id="more-rows"><a class="button" href="([^"]+)"', page)
            path = more and html.unescape(more[1])

    def watch(event):
        # The server has started anew and knows of no page.
        if event.name == "rows":
            threading.Thread(target=look).start()
        if event.name == "presence":
            for id, word in PRESENCE.findall(event.data):
                seen.setdefault(int(id), []).append(word or "offline")

    with EventStreams(program) as streams:
        opened = [
            streams.open(person, after=Client(program, person).newest_event(), heeds_retry=True)
            for person in people for _ in range(STREAMS // PEOPLE)
        ]
        leaving = streams.open(leaver)
        wait_until(lambda: leaving.events and all(stream.events for stream in opened), 60, "streams open")
        # The watcher comes last, and back first, so that nobody may be offline in its eyes.
        look()
        watching = streams.open(watcher, on_event=watch)
        wait_until(lambda: watching.events, 60, "the watcher's stream open")
        pairs = [(people[number], people[(number * 7 + 3) % PEOPLE]) for number in range(SENDERS)]
        with PageReader(program, people[0]) as reader, Senders(program, pairs) as ledger:
            wait_until(lambda: ledger.count >= MESSAGES or ledger.failures, 90, "sends before the restart")
            leaving.comes_back = False
            program.stop()
            wait_until(
                lambda: all(stream.endings for stream in (watching, leaving, *opened)), 10, "every stream ended"
            )
            for stream in (watching, leaving, *opened):
                assert stream.endings[0] == "clean"
            program.start()
            wanted = ledger.count + MESSAGES
            wait_until(lambda: ledger.count >= wanted or ledger.failures, 90, "sends after the restart")
            wait_until(lambda: all(stream.opened > 1 for stream in opened), 60, "streams back")
        assert ledger.failures == []
        assert reader.strange == [] and reader.good > 0

        rows = stored.read(program, stored.MESSAGES)
        by_person = {person.id: [] for person in people}
        reader_of = {author.id: to.id for author, to in pairs}
        for id, event, author, _ in rows:
            by_person[author].append((id, event))
            by_person[reader_of[author]].append((id, event))
        wait_until(
            lambda: all(len(stream.durable) >= len(by_person[stream.account.id]) for stream in opened), 60,
            "every stream caught up",
        )
        # Who does not come back goes offline at last, and by then nobody else has.
        wait_until(lambda: seen[leaver.id][-1] == "offline", 60, "the one who left offline")

    assert {text: id for id, _, _, text in rows} == ledger.acknowledged
    assert len(rows) == len(ledger.acknowledged)
    for stream in opened:
        assert [(message_id(event.data), event.id) for event in stream.durable] == by_person[stream.account.id]
        assert len(stream.retries) == stream.opened and all(1_000 <= retry <= 3_000 for retry in stream.retries)
        assert set(stream.statuses) == {200}
    assert len({stream.retries[0] for stream in opened}) > STREAMS // 10, "the streams come back all at once"
    assert watching.opened > 1
    assert seen.pop(leaver.id).count("offline") == 1
    assert {word for words in seen.values() for word in words} == {"online"} and len(seen) == PEOPLE
    print(
        f"\n{len(rows)} messages acknowledged and stored once, {ledger.lost} sends tried again, "
        f"{len(opened)} streams back, {reader.good} pages read and {reader.lost} connections lost meanwhile"
    )


class PageReader(threading.Thread):
    """Someone who loads a page again and again, and may be refused but never shown an error."""

    def __init__(self, program, account):
        super().__init__(daemon=True)
        self.client = Client(program, account)
        self.program = program
        self.done = threading.Event()
        self.good = self.lost = 0
        self.strange = []

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.done.set()
        self.join(60)
        self.client.close()

    def run(self):
        while not self.done.wait(0.02):
            try:
                answer = self.client.get("/")
            except LOST:
                self.lost += 1
                self.program.is_up.wait(60)
                continue
            if answer.status == 200:
                self.good += 1
            else:
                self.strange.append((answer.status, answer.text))
