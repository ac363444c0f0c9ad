"""People who have an account already: signed up once, through the page, and copied for each test."""

import shutil
import sqlite3
from contextlib import closing

from people import Person
from server import Server

NAMES = {"ada": "Ada Lovelace", "grace": "Grace Hopper", "carol": "Carol Shaw"}


class Accounts:
    """A data folder for each set of people that tests ask for."""

    def __init__(self, browser, folder):
        self.browser = browser
        self.folder = folder
        self.made = {}

    def copy(self, names, server):
        """Gives the server a data folder with these people, and what their browsers know."""
        if not names:
            return {}
        if names not in self.made:
            self.made[names] = self._make(names)
        folder, cookies = self.made[names]
        shutil.copytree(folder, server.data)
        return cookies

    def _make(self, names):
        """Signs the last one up where the others are already: hashing a password takes long."""
        *others, name = names
        folder = self.folder / " ".join(names)
        folder.mkdir()
        server = Server(folder)
        cookies = self.copy(tuple(others), server)
        server.start()
        # Without modules, since the server remembers of a session that it has had a stream.
        person = Person(self.browser, server.url, name, java_script_enabled=False).sign_up()
        assert not person.errors, person.errors
        cookies = {**cookies, name: person.context.cookies()}
        person.context.close()
        server.stop()
        with closing(sqlite3.connect(server.database)) as connection, connection:
            # They were there a moment ago; the next server would wait for them to come back.
            connection.execute("UPDATE user SET is_online = 0, last_seen_at = NULL")
        return server.data, cookies
