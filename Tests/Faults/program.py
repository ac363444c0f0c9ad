"""The built program as a process."""

import os
import re
import sqlite3
import subprocess
import threading
from contextlib import closing
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("NEXTALK_PROGRAM") or TOP / ".build" / "release" / "nextalk").resolve()
START_SECONDS = 60
STOP_SECONDS = 10


class Program:
    """Keeps its port, data folder and log over `start`, `stop` and `kill`."""

    def __init__(self, folder, *options, data=None, environment=None, open_files=None, awaits_owner=False):
        self.data = data or folder / "data"
        self.log = folder / "log"
        self.options = options
        self.environment = environment or {}
        self.open_files = open_files
        # Whether the first account becomes the owner's.
        self.awaits_owner = awaits_owner
        self.port = 0
        self.process = None
        self.is_up = threading.Event()

    @property
    def database(self):
        return self.data / "nextalk.sqlite"

    @property
    def runs(self):
        return self.process is not None and self.process.poll() is None

    def start(self):
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self._command("--port", self.port, "--data", self.data, "--rate-limits", "off", *self.options),
                cwd=TOP, env=clean_environment(self.environment),
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, text=True,
            )
        with killed_after(START_SECONDS, self.process):
            line = self.process.stdout.readline()
        ready = re.fullmatch(r"Nextalk is ready at https?://127\.0\.0\.1:(\d+)\n", line)
        assert ready, f"no ready line, but {line!r}\n{self.log_text}"
        self.port = int(ready[1])
        if not self.awaits_owner:
            with closing(sqlite3.connect(self.database, timeout=10)) as connection, connection:
                connection.execute("UPDATE site SET awaits_owner = 0 WHERE awaits_owner = 1")
        self.is_up.set()
        return self

    def stop(self):
        """Stops it as a service manager does, and holds it to what it promises then."""
        self.is_up.clear()
        self.process.terminate()
        self.expect_clean_exit()

    def expect_clean_exit(self):
        with killed_after(STOP_SECONDS, self.process):
            rest = self.process.stdout.read()
            status = self.process.wait()
        self.process.stdout.close()
        assert status == 0, f"exit status {status}\n{self.log_text}"
        assert rest == "", f"standard output holds more than the ready line: {rest!r}"

    def kill(self):
        """Ends it without any warning (SIGKILL)."""
        self.is_up.clear()
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def end(self):
        if self.runs:
            self.kill()

    @property
    def log_text(self):
        """Without the line about the owner, which most folders of tests have none of."""
        text = self.log.read_text(errors="replace") if self.log.exists() else ""
        return re.sub(r"^This chat has no owner.*\n", "", text, flags=re.MULTILINE)

    @property
    def resident_bytes(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) * 1024

    @property
    def socket_count(self):
        """The sockets that the process holds open."""
        count = 0
        for entry in os.scandir(f"/proc/{self.process.pid}/fd"):
            try:
                count += os.readlink(entry.path).startswith("socket:")
            except FileNotFoundError:
                pass
        return count

    def _command(self, *arguments):
        command = [str(each) for each in (PROGRAM, "serve", *arguments)]
        return command if self.open_files is None else ["prlimit", f"--nofile={self.open_files}", *command]


def run(*arguments, **options):
    """Runs the program to its end, which must come soon."""
    command = [str(each) for each in (PROGRAM, *arguments)]
    options.setdefault("cwd", TOP)
    options.setdefault("stdin", subprocess.DEVNULL if "input" not in options else None)
    if "input" in options:
        del options["stdin"]
    return subprocess.run(
        command, env=clean_environment(), capture_output=True, text=True, timeout=START_SECONDS, **options
    )


def clean_environment(more=None):
    """The environment without options for the program that the caller's shell may hold."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NEXTALK_")}
    return {**kept, **(more or {})}


class killed_after:
    """Kills a process that takes longer than `seconds`, so that waiting for it has an end."""

    def __init__(self, seconds, process):
        self.timer = threading.Timer(seconds, process.kill)

    def __enter__(self):
        self.timer.start()

    def __exit__(self, *_):
        self.timer.cancel()
