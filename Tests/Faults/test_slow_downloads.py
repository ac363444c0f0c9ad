"""Readers of pictures, pages and replays that do not read: each costs next to nothing, whoever else there is."""

import http.client
import os
import socket
import sqlite3
import ssl
import statistics
import time
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from .accounts import Account, add_accounts
from .certificate import make_certificate
from .client import Client
from .dripping import HEADERS, PREFACE, SETTINGS, frame, header_block
from .unread import open_unread, send_picture
from .waiting import wait_until

READERS = int(os.environ.get("NEXTALK_SLOW_READERS", "1000"))
BYTES_EACH = 128 << 10
# What allocators keep for later.
KEPT = 48 << 20
LONG_MESSAGES = 1_140
# A page among the slow readers: without bounds on them it took seconds.
CROWDED_SECONDS = 0.05


def page_times(client, count=60):
    times = []
    for _ in range(count):
        start = time.monotonic()
        assert client.get("/").status == 200
        times.append(time.monotonic() - start)
    return times


def settled(program):
    """The most memory until it grows no longer and little is done."""
    most, last, last_ticks = 0, -1, 0
    while True:
        memory = program.resident_bytes
        ticks = sum(int(field) for field in Path(f"/proc/{program.process.pid}/stat").read_text().split()[13:15])
        most = max(most, memory)
        # A tick is a hundredth of a second.
        if abs(memory - last) < 1 << 20 and ticks - last_ticks < 20:
            return most
        last, last_ticks = memory, ticks
        time.sleep(1)


def hold_slow_readers(program, client, open_all, count, bytes_each=BYTES_EACH):
    """Opens them, measures, and hangs up; holds the server to what each may cost."""
    alone = page_times(client)
    before, sockets = settled(program), program.socket_count
    with ExitStack() as slow:
        open_all(slow)
        most = settled(program)
        crowded = page_times(client)
        most = max(most, settled(program))
    wait_until(lambda: program.socket_count <= sockets, 30, "the slow ones forgotten")
    wait_until(lambda: program.resident_bytes - before < KEPT, 30, "their memory given back")
    print(
        f"\n{count} readers: {before >> 20} MiB before, at most {most >> 20}, {program.resident_bytes >> 20} afterwards; "
        f"a page {statistics.median(alone) * 1e3:.1f} ms before, {statistics.median(crowded) * 1e3:.1f} among them"
    )
    assert most - before < count * bytes_each + KEPT
    # Other tests run beside this one on the same processors, now more and now fewer of them.
    assert statistics.median(crowded) < max(5 * statistics.median(alone), CROWDED_SECONDS)


# With the limits a person has so many at once; without them all are served.
@pytest.mark.parametrize("limits", ["on", "off"])
def test_pictures(make_program, limits):
    program = make_program("--rate-limits", limits, open_files=8_192).start()
    author, reader, other = add_accounts(program, 3)
    picture = send_picture(program, author, reader)
    with open_unread(program, reader, picture) as connection:
        received = 0
        while received < 10_000_000:
            received += len(connection.recv(1 << 20))

    def open_all(slow):
        for _ in range(READERS):
            slow.enter_context(open_unread(program, reader, picture))

    hold_slow_readers(program, Client(program, other), open_all, READERS)


def add_long_messages(program, author, reader, conversation=1):
    """As in a talk of years. Returns the ids."""
    client = Client(program, author)
    assert client.send(reader, "x").status == 200
    now = int(time.time() * 1000)
    messages = []
    with closing(sqlite3.connect(program.database, timeout=10)) as connection, connection:
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        for _ in range(LONG_MESSAGES):
            message = connection.execute(
                "INSERT INTO message (conversation_id, author_id, text, created_at) VALUES (?, ?, ?, ?)",
                [conversation, author.id, "long words " * 450, now],
            ).lastrowid
            connection.execute(
                "INSERT INTO event (audience, kind, subject_id, created_at) VALUES (?, 'message.posted', ?, ?)",
                [conversation, message, now],
            )
            messages.append(message)
        connection.execute("UPDATE conversation SET newest_message_id = ? WHERE id = ?", [message, conversation])
    return messages


@pytest.mark.parametrize("limits", ["on", "off"])
@pytest.mark.parametrize("path", ["/events?after=0", "/conversations/1"])
def test_replays_and_pages(make_program, limits, path):
    program = make_program("--rate-limits", limits, open_files=4_096).start()
    author, reader, other = add_accounts(program, 3)
    add_long_messages(program, author, reader)

    def open_all(slow):
        for _ in range(150):
            slow.enter_context(open_unread(program, reader, path))

    hold_slow_readers(program, Client(program, other), open_all, 150)


def test_pages_that_all_differ(make_program):
    """None of them is another's bytes, so that they are held at once: a quarter of a MiB each, for ten people."""
    program = make_program("--rate-limits", "on", open_files=4_096).start()
    other, *people = add_accounts(program, 11)
    pages = []
    for number in range(0, 10, 2):
        pair = people[number : number + 2]
        conversation = number // 2 + 1
        messages = add_long_messages(program, *pair, conversation)
        pages += [
            (account, f"/conversations/{conversation}?before={message}")
            for account in pair for message in messages[-95:]
        ]
    # What is kept on purpose is there before anything is measured.
    for account, path in pages[::2]:
        assert Client(program, account).get(path).status == 200

    def open_all(slow):
        for account, path in pages:
            slow.enter_context(open_unread(program, account, path))

    # Each is twice as large as this. Beside other tests the allocators keep more of what pages were made of.
    hold_slow_readers(program, Client(program, other), open_all, len(pages), bytes_each=160 << 10)


def test_answers_in_a_row(make_program):
    """Asked for on one connection without waiting for the one before (RFC 9112, section 9.3.2)."""
    program = make_program("--rate-limits", "on", open_files=4_096).start()
    [other] = add_accounts(program, 1)
    request = f"GET /login HTTP/1.1\r\nHost: 127.0.0.1:{program.port}\r\n\r\n".encode()

    def open_all(slow):
        for _ in range(150):
            connection = slow.enter_context(open_unread(program, other, "/login"))
            connection.setblocking(False)
            try:
                connection.send(request * 300)
            except BlockingIOError:
                pass

    hold_slow_readers(program, Client(program, other), open_all, 150)


def test_pictures_over_http2(make_program, tmp_path):
    """As many as a connection takes, none of which gets a window for more than its first bytes."""
    certificate, key = make_certificate(tmp_path, "server")
    program = make_program("--tls-certificate", certificate, "--tls-key", key).start()
    context = ssl.create_default_context(cafile=certificate)
    author, reader, other = [
        Account(each.id, each.name, each.email, "__Host-" + each.cookie) for each in add_accounts(program, 3)
    ]
    picture = send_picture(program, author, reader, context=context)
    context.set_alpn_protocols(["h2"])
    fields = [(b":method", b"GET"), (b":scheme", b"https"), (b":path", picture.encode()), (b":authority", b"x")]
    block = header_block([*fields, (b"cookie", reader.cookie.encode())])

    def open_all(slow):
        for _ in range(10):
            connection = slow.enter_context(socket.create_connection(("127.0.0.1", program.port), timeout=30))
            secured = slow.enter_context(context.wrap_socket(connection, server_hostname="127.0.0.1"))
            requests = b"".join(frame(HEADERS, 5, 2 * number + 1, block) for number in range(50))
            secured.sendall(PREFACE + frame(SETTINGS, 0, 0) + requests)

    hold_slow_readers(program, SecureClient(program, other, certificate), open_all, 500)


def test_small_answers_over_http2(make_program, tmp_path):
    """Of somebody who is not logged in, and gives none of them a window."""
    certificate, key = make_certificate(tmp_path, "server")
    program = make_program(
        "--tls-certificate", certificate, "--tls-key", key, "--rate-limits", "on", open_files=4_096
    ).start()
    [other] = add_accounts(program, 1)
    other = Account(other.id, other.name, other.email, "__Host-" + other.cookie)
    context = ssl.create_default_context(cafile=certificate)
    context.set_alpn_protocols(["h2"])
    fields = [(b":method", b"GET"), (b":scheme", b"https"), (b":path", b"/login"), (b":authority", b"x")]
    block = header_block(fields)

    def open_all(slow):
        for _ in range(60):
            connection = slow.enter_context(socket.create_connection(("127.0.0.1", program.port), timeout=30))
            secured = slow.enter_context(context.wrap_socket(connection, server_hostname="127.0.0.1"))
            requests = b"".join(frame(HEADERS, 5, 2 * number + 1, block) for number in range(100))
            # SETTINGS_INITIAL_WINDOW_SIZE (RFC 9113, section 6.5.2).
            secured.sendall(PREFACE + frame(SETTINGS, 0, 0, b"\0\4\0\0\0\0") + requests)

    hold_slow_readers(program, SecureClient(program, other, certificate), open_all, 1_000)


class SecureClient:
    def __init__(self, program, account, certificate, address="127.0.0.1"):
        context = ssl.create_default_context(cafile=certificate)
        self.connection = http.client.HTTPSConnection(
            "127.0.0.1", program.port, timeout=30, context=context, source_address=(address, 0)
        )
        self.headers = {"Cookie": account.cookie}

    def get(self, path):
        self.connection.request("GET", path, headers=self.headers)
        answer = self.connection.getresponse()
        answer.read()
        return answer
