"""People with an account and a session."""

import base64
import hashlib
import os
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass

PASSWORD = "correct horse battery"


@dataclass(frozen=True)
class Account:
    id: int
    name: str
    email: str
    cookie: str


def add_accounts(program, count, prefix="Person"):
    """Makes accounts that are logged in, past the password hash that makes each sign-up slow."""
    now = int(time.time() * 1000)
    accounts = []
    with closing(sqlite3.connect(program.database, timeout=10)) as connection, connection:
        # Only the server's own writer checkpoints.
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        for number in range(1, count + 1):
            name = f"{prefix} {number}"
            email = f"{prefix}{number}@example.org".lower()
            token = base64.urlsafe_b64encode(os.urandom(32)).rstrip(b"=").decode()
            id = connection.execute(
                "INSERT INTO user (full_name, sort_name, folded_name, email, email_key, password_hash, created_at)"
                " VALUES (?, ?, ?, ?, ?, '', ?)",
                [name, name.lower(), name.lower(), email, email, now],
            ).lastrowid
            connection.execute(
                "INSERT INTO session (user_id, token_hash, created_at, used_at, expires_at) VALUES (?, ?, ?, ?, ?)",
                [id, hashlib.sha256(token.encode()).digest(), now, now, now + 86_400_000],
            )
            accounts.append(Account(id, name, email, f"nextalk_session={token}"))
    return accounts
