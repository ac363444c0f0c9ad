"""A download of everything costs little memory, whatever it holds."""

import hashlib
import os
import re
import sqlite3
import statistics
import subprocess
import threading
import time
import zipfile
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

from Faults.accounts import add_accounts
from Faults.program import Program

MESSAGES = 10_000
IMAGES = 500
IMAGE_BYTES = 700_000
MOST_BYTES = 32 << 20


def fill(program, one, other):
    """A conversation of two with as many messages and images; on the disk all of these are one file."""
    now = int(time.time() * 1000)
    content = b"\x89PNG\r\n\x1a\n" + os.urandom(IMAGE_BYTES - 8)
    first = None
    with closing(sqlite3.connect(program.database, timeout=10)) as connection, connection:
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        key = f"{one.id}-{other.id}"
        conversation = connection.execute(
            "INSERT INTO conversation (kind, direct_key, created_at) VALUES ('direct', ?, ?)", [key, now]
        ).lastrowid
        for person in (one, other):
            connection.execute(
                "INSERT INTO member (conversation_id, user_id, joined_at) VALUES (?, ?, ?)",
                [conversation, person.id, now],
            )
        for number in range(MESSAGES):
            author = (one, other)[number // 3 % 2]
            has_image = number % (MESSAGES // IMAGES) == 0
            text = f"Message {number}, as long as people write them most of the time, with <b> & \"quotes\"."
            message = connection.execute(
                "INSERT INTO message (conversation_id, author_id, text, created_at, attachment_count) VALUES (?, ?, ?, ?, ?)",
                [conversation, author.id, text, now + number, has_image],
            ).lastrowid
            if not has_image:
                continue
            name = hashlib.md5(str(number).encode()).hexdigest() + ".png"
            path = program.data / "uploads" / name[:2] / name[2:4] / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if first:
                os.link(first, path)
            else:
                path.write_bytes(content)
                first = path
            connection.execute(
                "INSERT INTO attachment (name, kind, owner_id, message_id, position, media_type, width, height, bytes, alt,"
                " created_at) VALUES (?, 'message', ?, ?, 0, 'image/png', 800, 600, ?, '', ?)",
                [name, author.id, message, IMAGE_BYTES, now],
            )
        connection.execute("UPDATE conversation SET newest_message_id = ? WHERE id = ?", [message, conversation])
    return conversation


def memory(program, line):
    status = Path(f"/proc/{program.process.pid}/status").read_text()
    return int(re.search(rf"{line}:\s+(\d+) kB", status)[1]) * 1024


class Reader(threading.Thread):
    """Loads one page again and again, as many others at their browsers do."""

    def __init__(self, program, account, path):
        super().__init__()
        self.program, self.account, self.path = program, account, path
        self.ends = threading.Event()
        self.times = []

    def run(self):
        connection = HTTPConnection("127.0.0.1", self.program.port, timeout=60)
        while not self.ends.wait(0.005):
            begun = time.perf_counter()
            connection.request("GET", self.path, headers={"Cookie": self.account.cookie})
            response = connection.getresponse()
            response.read()
            assert response.status == 200, response.status
            self.times.append((time.perf_counter() - begun) * 1000)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.ends.set()
        self.join()

    def __str__(self):
        ordered = sorted(self.times)
        return f"median {statistics.median(ordered):.1f} ms, p99 {ordered[len(ordered) * 99 // 100]:.1f} ms"


def test_a_large_one(tmp_path):
    program = Program(tmp_path).start()
    one, other = add_accounts(program, 2)
    conversation = fill(program, one, other)
    path = f"/conversations/{conversation}"
    zipped = tmp_path / "data.zip"
    try:
        # Pages before, so that what stays loaded is no part of it.
        with Reader(program, other, path):
            time.sleep(1)
        with Reader(program, other, path) as without:
            time.sleep(3)
        before = memory(program, "VmRSS")
        Path(f"/proc/{program.process.pid}/clear_refs").write_text("5")
        with Reader(program, other, path) as during, zipped.open("wb") as out:
            begun = time.perf_counter()
            address = f"http://127.0.0.1:{program.port}/settings/data"
            # A process of its own, so that it takes no time from the reader.
            subprocess.run(
                ["curl", "--silent", "--fail", "--data", "", "--cookie", one.cookie, address],
                stdout=out, check=True, timeout=240,
            )
            seconds = time.perf_counter() - begun
        peak, after = memory(program, "VmHWM") - before, memory(program, "VmRSS") - before
        print(
            f"\n{MESSAGES} messages and {IMAGES} images, {zipped.stat().st_size / 1e6:.0f} MB in {seconds:.1f} s:"
            f" {before / 2**20:.1f} MiB before, {peak / 2**20:.1f} MiB more at most, {after / 2**20:.1f} MiB more after"
            f"\nanother's page: {without} without it, {during} meanwhile"
        )
        with zipfile.ZipFile(zipped) as archive:
            assert archive.testzip() is None
            names = archive.namelist()
        assert sum("/images/" in name for name in names) == IMAGES
        assert sum("/conversations/" in name and name.endswith(".json") for name in names) == MESSAGES / 200
        assert peak <= MOST_BYTES
    finally:
        program.end()
