"""The shim that makes a disk slow, and the writer on such a disk: many sends, few syncs, no early answer."""

import json
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from . import stored
from .accounts import add_accounts
from .client import Client
from .program import clean_environment

SOURCE = Path(__file__).with_name("slow_fsync.c")
SYNC_MS = 100
SENDERS = 32

TIMED_CALLS = """
import ctypes, json, os, tempfile, time
libc = ctypes.CDLL(None, use_errno=True)
took = {}
with tempfile.TemporaryFile() as file:
    calls = {
        "fsync": lambda: libc.fsync(file.fileno()),
        "fdatasync": lambda: libc.fdatasync(file.fileno()),
        "sync_file_range": lambda: libc.sync_file_range(file.fileno(), 0, 0, 0),
    }
    for name, call in calls.items():
        file.write(b"."); file.flush()
        start = time.monotonic()
        for _ in range(10):
            assert call() == 0
        took[name] = (time.monotonic() - start) / 10 * 1000
assert libc.fsync(-1) == -1 and ctypes.get_errno() == 9
print(json.dumps(took))
"""


@pytest.fixture(scope="module")
def shim(tmp_path_factory):
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    assert compiler, "a C compiler is missing"
    library = tmp_path_factory.mktemp("shim") / "slow_fsync.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-Wall", "-Werror", "-o", library, SOURCE, "-ldl"], check=True)
    return library


@pytest.mark.parametrize("milliseconds", [None, 40])
def test_shim_slows_syncs_and_nothing_else(shim, milliseconds):
    environment = clean_environment({"LD_PRELOAD": str(shim)})
    if milliseconds:
        environment["SLOW_FSYNC_MS"] = str(milliseconds)
    output = subprocess.run([sys.executable, "-c", TIMED_CALLS], env=environment, capture_output=True, check=True)
    took = json.loads(output.stdout)
    assert took["fsync"] >= (milliseconds or 5)
    assert took["fdatasync"] >= (milliseconds or 5)
    assert took["sync_file_range"] < (milliseconds or 5)


@pytest.fixture
def slow_program(make_program, shim):
    return make_program(environment={"LD_PRELOAD": str(shim), "SLOW_FSYNC_MS": str(SYNC_MS)}).start()


def test_every_answer_waits_for_a_sync(slow_program):
    """What a kill cannot show, because the kernel still writes what was not synced; a power cut would."""
    author, reader = add_accounts(slow_program, 2)
    client = Client(slow_program, author)
    took = []
    for number in range(20):
        start = time.monotonic()
        assert client.send(reader, f"message {number}").status == 200
        took.append(time.monotonic() - start)
    early = sum(seconds < SYNC_MS / 1000 for seconds in took)
    assert early == 0, f"{early} of {len(took)} sends were answered before any sync could be over"


def test_sends_share_slow_syncs(slow_program):
    reader, *authors = add_accounts(slow_program, SENDERS + 1)
    # Opens conversations and connections first.
    clients = [Client(slow_program, author) for author in authors]
    together(clients, reader, "first")
    took, whole = together(clients, reader, "second")
    assert min(took) >= SYNC_MS / 1000, "someone was answered before the sync"
    assert whole < SENDERS * SYNC_MS / 1000 / 2, "the sends did not share their syncs"
    assert stored.read(slow_program, "SELECT count(*) FROM message") == [(2 * SENDERS,)]
    print(f"\n{SENDERS} sends at once, each sync {SYNC_MS} ms longer: all answered after {whole * 1000:.0f} ms")


def together(clients, reader, text):
    """Sends from all at once; returns how long each send took, and all of them."""
    gate = threading.Barrier(len(clients) + 1)
    took = []

    def send(client):
        gate.wait(30)
        start = time.monotonic()
        answer = client.send(reader, text)
        assert answer.status == 200, answer.text
        took.append(time.monotonic() - start)

    threads = [threading.Thread(target=send, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    gate.wait(30)
    start = time.monotonic()
    for thread in threads:
        thread.join(60)
    assert len(took) == len(clients), "not every send was taken"
    return took, time.monotonic() - start
