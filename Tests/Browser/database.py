"""What no one can do from outside: people by the dozen, and messages of other days."""

import sqlite3
import unicodedata
from contextlib import closing, contextmanager


@contextmanager
def _connection(server):
    with closing(sqlite3.connect(server.database, timeout=10)) as connection, connection:
        # Only the server's own writer checkpoints.
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        yield connection


def add_people(server, names):
    """Accounts that nobody can log in to. Pages show them when they are loaded next."""
    with _connection(server) as connection:
        for name in names:
            letters = unicodedata.normalize("NFD", name.lower())
            folded = "".join(each for each in letters if not unicodedata.combining(each))
            # From each letter on, as the server's own folding has it.
            stretches = " ".join(word[at:] for word in folded.split() for at in range(len(word)))
            email = folded.replace(" ", ".") + "@example.org"
            connection.execute(
                "INSERT INTO user (full_name, sort_name, folded_name, email, email_key, password_hash, created_at)"
                " VALUES (?, ?, ?, ?, ?, '', 0)",
                [name, folded, stretches, email, email],
            )


def move_messages(server, times):
    """Gives the messages, oldest first, the times of day that `times` says."""
    with _connection(server) as connection:
        ids = [id for id, in connection.execute("SELECT id FROM message ORDER BY id")]
        for id, time in zip(ids, times, strict=True):
            moved = [int(time.timestamp() * 1000), id]
            connection.execute("UPDATE message SET created_at = ?, continues = 0 WHERE id = ?", moved)


def count_messages(server, text):
    with _connection(server) as connection:
        return connection.execute("SELECT count(*) FROM message WHERE text = ?", [text]).fetchone()[0]


def message_id(server, text):
    with _connection(server) as connection:
        return connection.execute("SELECT id FROM message WHERE text = ?", [text]).fetchone()[0]


def react(server, message, names, emoji):
    """Reactions of people to a message, in this order."""
    with _connection(server) as connection:
        connection.executemany(
            "INSERT INTO reaction SELECT ?, ?, id, ? FROM user WHERE full_name = ?",
            [[message, emoji, number, name] for number, name in enumerate(names)],
        )


def add_messages(server, one, other, count):
    """Messages of `one` after those that are there, each the same minute: `Message 1.` and so on."""
    # Asked of the page once, which takes longer than writing a message does.
    author, reader = one.id, other.id
    with _connection(server) as connection:
        key = f"{min(author, reader)}-{max(author, reader)}"
        conversation, newest, time = connection.execute(
            "SELECT conversation.id, message.id, message.created_at FROM conversation"
            " JOIN message ON message.id = newest_message_id WHERE direct_key = ?",
            [key],
        ).fetchone()
        connection.executemany(
            "INSERT INTO message (id, conversation_id, author_id, text, created_at) VALUES (?, ?, ?, ?, ?)",
            [[newest + number, conversation, author, f"Message {number}.", time] for number in range(1, count + 1)],
        )
        connection.execute("UPDATE conversation SET newest_message_id = ? WHERE id = ?", [newest + count, conversation])


def go_away(server, person, time):
    """Has someone whose pages are closed be offline at once, as the server would after it had waited for them."""
    with _connection(server) as connection:
        gone = [int(time.timestamp() * 1000), person.name]
        connection.execute("UPDATE user SET is_online = 0, last_seen_at = ? WHERE full_name = ?", gone)
