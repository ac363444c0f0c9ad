"""`kill -9` while an account is being deleted, again and again: in the end nothing of the person is left."""

import random
import sqlite3
import time
from contextlib import closing

from . import stored
from .accounts import add_accounts
from .client import Client
from .waiting import wait_until

MESSAGES = 60_000
SECRETS = [b"zerafina", b"Zerafina", b"wort wort", b"brief-"]


def fill(program, author, other):
    """A long conversation of two people, and the word to delete one of them."""
    now = int(time.time() * 1000)
    with closing(sqlite3.connect(program.database, timeout=10)) as connection, connection:
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute(
            "INSERT INTO conversation (kind, direct_key, created_at) VALUES ('direct', ?, 1)",
            [f"{author.id}-{other.id}"],
        )
        connection.executemany("INSERT INTO member (conversation_id, user_id, joined_at) VALUES (1, ?, 1)",
                               [[author.id], [other.id]])
        connection.executemany(
            "INSERT INTO message (conversation_id, author_id, text, created_at, client_id) VALUES (1, ?, ?, ?, ?)",
            (
                [author.id, f"brief-{at} " + "wort " * (at % 50), now, f"{at:032}" if at % 2 else None]
                if at % 3 else [other.id, f"reply {at}", now, None]
                for at in range(MESSAGES)
            ),
        )
        connection.execute("UPDATE conversation SET newest_message_id = (SELECT max(id) FROM message)")
        connection.execute("INSERT INTO deletion (user_id, due_at, keeps_messages) VALUES (?, ?, 0)", [author.id, now])


def left(program):
    files = [each for each in program.data.rglob("*") if each.is_file()]
    return [secret for secret in SECRETS for each in files if secret in each.read_bytes()]


def test_a_deletion_survives_kills(program, tmp_path):
    author, other = add_accounts(program, 1, "Zerafina") + add_accounts(program, 1, "Other")
    fill(program, author, other)
    assert set(left(program)) == set(SECRETS)
    chance = random.Random(3)
    kills = 0
    while stored.read(program, "SELECT 1 FROM deletion"):
        program.kill()
        kills += 1
        assert stored.integrity(program, tmp_path / "copies") == ["ok"], f"kill {kills}"
        program.start()
        time.sleep(chance.uniform(0, 0.2) + kills / 100)
    assert kills > 3
    wait_until(lambda: left(program) == [], 30, "nothing is left")
    assert stored.integrity(program, tmp_path / "copies") == ["ok"]
    kept = stored.read(program, "SELECT count(*), sum(text LIKE 'reply %') FROM message WHERE text <> ''")
    assert kept == [(MESSAGES // 3, MESSAGES // 3)]
    assert Client(program, other).get("/conversations/1").text.count("Message deleted") > 20
    program.stop()
    print(f"\n{kills} kills until it was done")
