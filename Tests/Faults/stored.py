"""What the data folder holds, read past the program."""

import shutil
import sqlite3
from contextlib import closing

# Each message with the event that tells of it: id, event, author and text, in the order of the log.
MESSAGES = """
    SELECT message.id, event.id, author_id, text FROM message
    JOIN event ON event.kind = 'message.posted' AND event.subject_id = message.id ORDER BY event.id
"""


def read(program, sql, *arguments):
    with closing(sqlite3.connect(program.database, timeout=10)) as connection:
        # Only the server's own writer checkpoints.
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        return connection.execute(sql, arguments).fetchall()


def integrity(program, copies):
    """The verdict on a copy of the files as they lie, so that looking changes nothing."""
    shutil.rmtree(copies, ignore_errors=True)
    copies.mkdir()
    for suffix in ("", "-wal"):
        file = program.database.with_name(program.database.name + suffix)
        if file.exists():
            shutil.copy(file, copies / file.name)
    with closing(sqlite3.connect(copies / program.database.name)) as connection:
        return [verdict for verdict, in connection.execute("PRAGMA integrity_check")]
