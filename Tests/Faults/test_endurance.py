"""Ordinary people among clients that read slowly, drip and vanish: memory stays, and the log stays empty."""

import os
import random
import socket
import struct
import threading
import time

from .accounts import add_accounts
from .event_streams import EventStreams
from .senders import Senders
from .unread import open_unread, send_picture
from .waiting import wait_until

# NEXTALK_ENDURANCE=1800 with a release build (NEXTALK_PROGRAM) gives the figures to quote.
SECONDS = int(os.environ.get("NEXTALK_ENDURANCE", "60"))
# From then on memory is to stay.
SETTLED = min(300, SECONDS / 3)
ORDINARY, EACH, SENDERS = 200, 50, 40
GROWTH = 1.2


class Misbehaving(threading.Thread):
    """So many clients of one kind on one thread, each begun anew when it has ended."""

    def __init__(self, begin, go_on):
        super().__init__(daemon=True)
        self.begin, self.go_on = begin, go_on
        self.is_over = threading.Event()
        self.begun = 0
        self.failure = None

    def run(self):
        clients = []
        try:
            while not self.is_over.is_set():
                while len(clients) < EACH:
                    clients.append(self.begin())
                    self.begun += 1
                clients = [client for client in clients if self.goes_on(client)]
                self.is_over.wait(0.5)
        except BaseException as failure:
            self.failure = failure
        finally:
            for client in clients:
                client.close()

    def goes_on(self, client):
        try:
            if self.go_on(client):
                return True
        except OSError:
            pass
        client.close()
        return False


def connect(program):
    return socket.create_connection(("127.0.0.1", program.port), timeout=10)


def slow(program, reader, picture):
    paths = [picture, "/events?after=0", "/conversations/1"]

    def begin():
        return open_unread(program, reader, random.choice(paths))

    def go_on(client):
        client.setblocking(False)
        try:
            return client.recv(2_000) != b""
        except BlockingIOError:
            return True

    return Misbehaving(begin, go_on)


def dripping(program, author, reader):
    head = f"POST /people/{reader.id}/messages HTTP/1.1\r\nHost: x\r\nCookie: {author.cookie}\r\n"
    form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\ntext="
    upload = "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 9000000\r\n\r\n"
    upload += '--b\r\nContent-Disposition: form-data; name="images"; filename="a.png"\r\n\r\n'

    def begin():
        client = connect(program)
        client.sendall(random.choice([head, head + form, head + upload, "GET /login HTTP/1.1\r\nX-Slow: "]).encode())
        return client

    def go_on(client):
        client.sendall(b"x")
        return True

    return Misbehaving(begin, go_on)


def vanishing(program, author, reader, picture):
    """Each leaves in the middle of something, without a word (RST)."""
    requests = [
        f"GET {path} HTTP/1.1\r\nHost: x\r\nCookie: {reader.cookie}\r\n\r\n"
        for path in (picture, "/", "/conversations/1", "/events?after=0")
    ]
    requests.append(
        f"POST /people/{reader.id}/messages HTTP/1.1\r\nHost: x\r\nCookie: {author.cookie}\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 9000000\r\n\r\n"
        '--b\r\nContent-Disposition: form-data; name="images"; filename="a.png"\r\n\r\nhalf'
    )

    def begin():
        client = connect(program)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.sendall(random.choice(requests).encode())
        return client

    return Misbehaving(begin, lambda client: random.random() < 0.5)


def test_memory_stays(make_program):
    program = make_program("--rate-limits", "on", open_files=4_096).start()
    people = add_accounts(program, ORDINARY)
    author, reader = add_accounts(program, 2, prefix="Odd")
    picture = send_picture(program, author, reader)
    kinds = [
        slow(program, reader, picture), dripping(program, author, reader), vanishing(program, author, reader, picture),
    ]
    pairs = list(zip(people[:SENDERS], people[SENDERS:]))
    with EventStreams(program) as streams:
        listening = [streams.open(person) for person in people]
        wait_until(lambda: all(stream.events for stream in listening), 60, "everyone listening")
        for kind in kinds:
            kind.start()
        with Senders(program, pairs, pause=1.1) as ledger:
            end = time.monotonic() + SECONDS
            settled = time.monotonic() + SETTLED
            early, late = [], []
            while time.monotonic() < end:
                assert program.runs and not ledger.failures, ledger.failures
                now = time.monotonic()
                if settled <= now < settled + SECONDS / 10:
                    early.append(program.resident_bytes)
                if now > end - SECONDS / 10:
                    late.append(program.resident_bytes)
                time.sleep(0.5)
        for kind in kinds:
            kind.is_over.set()
            kind.join(30)
    assert [kind.failure for kind in kinds] == [None] * 3
    assert ledger.lost == 0 and ledger.count > SECONDS
    assert all(stream.opened == 1 for stream in listening), "somebody's stream was cut"
    print(
        f"\n{SECONDS} s, {ledger.count} messages, {[kind.begun for kind in kinds]} slow, dripping and vanishing clients: "
        f"{max(early) >> 20} MiB after {SETTLED:.0f} s, {max(late) >> 20} at the end"
    )
    assert max(late) < GROWTH * max(early)
    assert program.log_text == ""
    program.stop()
