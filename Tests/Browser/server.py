"""The built program, run for one test."""

import os
import re
import sqlite3
import subprocess
import threading
import time
from contextlib import closing
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("NEXTALK_PROGRAM") or TOP / ".build" / "release" / "nextalk").resolve()


class Server:
    """Keeps its port and data folder over `stop` and `start`."""

    def __init__(self, folder):
        self.data = folder / "data"
        self.log = folder / "log"
        self.port = 0
        self.process = None
        self.has_limits = False
        # Whether the first account becomes the owner's.
        self.awaits_owner = False
        self.options = []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self):
        return self.data / "nextalk.sqlite"

    @property
    def runs(self):
        return self.process is not None and self.process.poll() is None

    def start(self):
        options = ["--port", str(self.port), "--data", self.data, "--rate-limits", "on" if self.has_limits else "off"]
        options += self.options
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [PROGRAM, *options], cwd=TOP, env=_environment(), stdout=subprocess.PIPE, stderr=log, text=True
            )
        with _killed_after(30, self.process):
            line = self.process.stdout.readline()
        ready = re.fullmatch(r"Nextalk is ready at http://127\.0\.0\.1:(\d+)\n", line)
        assert ready, f"no ready line, but {line!r}\n{self.log.read_text()}"
        self.port = int(ready[1])
        if not self.awaits_owner:
            with closing(sqlite3.connect(self.database, timeout=10)) as connection, connection:
                connection.execute("UPDATE site SET awaits_owner = 0 WHERE awaits_owner = 1")

    def wait_for_log(self, pattern, seconds=30):
        """What it has written to standard error, once that has the pattern in it."""
        end = time.monotonic() + seconds
        while not pattern.search(text := self.log.read_text()):
            assert time.monotonic() < end, text
            time.sleep(0.02)
        return text

    def stop(self):
        """Stops it as a service manager does, and holds it to what it promises then."""
        self.process.terminate()
        with _killed_after(10, self.process):
            rest = self.process.stdout.read()
            status = self.process.wait()
        assert status == 0, f"exit status {status}\n{self.log.read_text()}"
        assert rest == "", "standard output holds more than the ready line"

    def kill(self):
        """Ends it as a power cut does."""
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def make_owner(self, email, answer="stderr"):
        """What it says of that to people, or to programs by `stdout`."""
        command = [PROGRAM, "make-owner", email, "--data", self.data]
        done = subprocess.run(command, cwd=TOP, env=_environment(), capture_output=True, text=True, check=True)
        return getattr(done, answer)

    def set_password(self, email, password):
        command = [PROGRAM, "set-password", email, "--data", self.data]
        subprocess.run(command, cwd=TOP, env=_environment(), input=password + "\n", text=True, check=True)


def _environment():
    return {name: value for name, value in os.environ.items() if not name.startswith("NEXTALK_")}


class _killed_after:
    def __init__(self, seconds, process):
        self.timer = threading.Timer(seconds, process.kill)

    def __enter__(self):
        self.timer.start()

    def __exit__(self, *_):
        self.timer.cancel()
