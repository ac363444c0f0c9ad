"""A data folder without room: said plainly, nothing harmed, and mended by making room."""

import errno
import re
import sqlite3
import subprocess
from contextlib import closing
from io import BytesIO

import pytest
from Uploads.form import post_form
from Uploads.pictures import gradient

from . import refused, stored
from .accounts import add_accounts
from .client import Client, message_id
from .event_streams import EventStreams
from .waiting import wait_until

BYTES = 4 << 20
# What is left at first, so that the disk becomes full by messages, amid the log and its checkpoints.
ROOM = 512 << 10
MOST_SENDS = 5_000


@pytest.fixture
def small_disk(tmp_path):
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={BYTES}", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(mount, capture_output=True, text=True)
    except FileNotFoundError:
        pytest.skip("there is no mount command")
    if mounted.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def fill(disk, room):
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(b"." * 4096):
                pass
        except OSError as error:
            assert error.errno == errno.ENOSPC
        file.truncate(file.tell() - room)
    return filler


def test_full_disk(make_program, small_disk, tmp_path):
    program = make_program("--disk-reserve", "0", data=small_disk / "data").start()
    try:
        live_through(program, small_disk, tmp_path)
    finally:
        program.end()


def test_no_room_for_the_copy_before_an_update(make_program, small_disk):
    program = make_program("--disk-reserve", "0", data=small_disk / "data").start()
    program.stop()
    with closing(sqlite3.connect(program.database)) as connection, connection:
        connection.execute(
            "DELETE FROM grdb_migrations WHERE rowid = (SELECT max(rowid) FROM grdb_migrations)")
    before = program.database.read_bytes()
    refused.expect_refusal(["serve", "--port", "0", "--data", program.data], "no room.*Nothing was changed")
    assert program.database.read_bytes() == before
    assert not list(program.data.glob("*-before-*"))


def live_through(program, disk, tmp_path):
    author, reader, newcomer = add_accounts(program, 3)
    client = Client(program, author)
    stored_texts = {}

    def send(text, client_id=""):
        answer = client.send(reader, text, client_id)
        if answer.status == 200:
            stored_texts[text] = message_id(answer.text)
        return answer

    assert send("before").status == 200
    with EventStreams(program) as streams:
        listening = streams.open(reader, after=0)
        wait_until(lambda: listening.durable, 10, "the first message")

        filler = fill(disk, ROOM)
        refused = None
        for number in range(MOST_SENDS):
            answer = send(f"filling {number} " + "." * 500, uuid_of(number))
            if answer.status != 200:
                refused = number
                break
        assert refused, "the disk was full at once or never"
        expect_refusal(answer)
        assert "That did not work" not in answer.text and "message" in answer.text

        page = client.post(f"/people/{reader.id}/messages", {"text": "kept words & more"})
        expect_refusal(page)
        assert "<!doctype html>" in page.text.lower() and "kept words &amp; more" in page.text

        health = wait_until(lambda: unhealthy(client), 10, "/health saying so")
        assert "full" in health.text

        home = client.get("/")
        assert home.status == 200
        conversation = client.get("/conversations/1")
        assert conversation.status == 200 and f"filling {refused - 1} " in conversation.text
        assert client.get("/login").status in (200, 303)
        read = Client(program, reader).post("/conversations/1/read", {"message": stored_texts["before"]})
        assert read.status in (204, 503)
        login = Client(program).post("/login", {"email": "nobody@example.org", "password": "not one that fits"})
        assert login.status == 422
        log_out = Client(program, newcomer).post("/logout", {})
        assert log_out.status in (303, 503)

        # Also who has never listened before can, and hears of what is in the log.
        first = streams.open(author, after=0)
        wait_until(lambda: len(messages(first)) == len(stored_texts), 15, "a first stream while the disk is full")

        filler.unlink()
        wait_until(lambda: client.get("/health").status == 200, 15, "/health well again")
        assert send(f"filling {refused} " + "." * 500, uuid_of(refused)).status == 200
        assert send("after").status == 200
        for stream in (listening, first):
            wait_until(lambda: len(messages(stream)) >= len(stored_texts), 15, "the messages after it")
            assert messages(stream) == sorted(stored_texts.values())

    program.stop()
    rows = stored.read(program, "SELECT text, id FROM message")
    assert dict(rows) == stored_texts and len(rows) == len(stored_texts)
    assert stored.integrity(program, tmp_path / "copies") == ["ok"]
    print(f"\n{refused} messages filled the disk; {len(rows)} are stored, none of them twice")


def test_no_room_for_an_image(make_program, small_disk):
    program = make_program("--disk-reserve", "0", data=small_disk / "data").start()
    try:
        send_images(program, small_disk)
    finally:
        program.end()


def send_images(program, disk):
    author, reader = add_accounts(program, 2)
    data = BytesIO()
    gradient(size=(500, 300)).resize((700, 400)).save(data, "PNG", compress_level=0)
    path = f"/people/{reader.id}/messages"

    def send(fragment):
        return post_form(program, author, path, {"text": "kept & more"}, [("p.png", data.getvalue())], fragment=fragment)

    filler = fill(disk, ROOM)
    for fragment in (True, False):
        answer = send(fragment)
        expect_refusal(answer)
        assert "kept &amp; more" in answer.text and "cannot store images" in answer.text
    profile = post_form(program, author, "/profile", {"fullName": "Ada"}, [("p.png", data.getvalue())], field="picture")
    assert profile.status in (422, 503) and "cannot store" in profile.text
    assert [path for path in (program.data / "uploads").rglob("*") if path.is_file()] == []

    filler.unlink()
    answer = send(True)
    assert answer.status == 200, answer.text
    name = re.search(r"/uploads/([0-9a-f]{32}\.png)", answer.text)[1]
    assert Client(program, author).request("HEAD", f"/uploads/{name}").status == 200


def messages(stream):
    return [message_id(event.data) for event in stream.durable if "data-message-id" in event.data]


def uuid_of(number):
    return f"00000000-0000-4000-8000-{number:012}"


def unhealthy(client):
    answer = client.get("/health")
    return answer if answer.status == 503 else None


def expect_refusal(answer):
    assert answer.status == 503, f"{answer.status} {answer.text}"
    assert int(answer.headers["Retry-After"]) > 0
    assert "SQLite" not in answer.text and "Something went wrong" not in answer.text
