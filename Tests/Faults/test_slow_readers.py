"""A thousand readers that do not read: they slow nobody, are let go, and leave no memory behind."""

import statistics
import time
from contextlib import ExitStack

from .accounts import add_accounts
from .client import Client
from .event_streams import EventStreams
from .unread import open_unread
from .waiting import wait_until

SLOW = 1_000
ALONE = 30
MOST_MESSAGES = 600
# As long as a message may be.
TEXT = "x" * 5_000
TIMES_SLOWER = 5
# What allocators keep for later; a mailbox full of copies for each slow one would be ten times as much.
MEMORY_KEPT = 96 << 20


def test_slow_readers_do_not_slow_a_fast_one(program):
    author, reader = add_accounts(program, 2)
    client = Client(program, author)
    with EventStreams(program) as streams, ExitStack() as slow:
        arrivals = []
        fast = streams.open(reader, on_event=lambda event: event.id and arrivals.append(time.monotonic()))
        wait_until(lambda: fast.events, 10, "the fast stream open")

        def post():
            """Sends a message; returns how long it took to reach the fast stream."""
            wanted = len(arrivals) + 1
            start = time.monotonic()
            answer = client.send(reader, TEXT)
            assert answer.status == 200, answer.text
            wait_until(lambda: len(arrivals) >= wanted, 30, "a message at the fast stream")
            return arrivals[wanted - 1] - start

        post()
        alone = [post() for _ in range(ALONE)]
        sockets, memory = program.socket_count, program.resident_bytes

        readers = [slow.enter_context(open_unread(program, reader)) for _ in range(SLOW)]
        wait_until(lambda: program.socket_count >= sockets + SLOW, 60, "the slow streams open")
        opened = memory_at_most = program.resident_bytes
        crowded = []
        while program.socket_count > sockets and len(crowded) < MOST_MESSAGES:
            crowded.append(post())
            memory_at_most = max(memory_at_most, program.resident_bytes)
        assert program.socket_count <= sockets, f"{program.socket_count - sockets} slow streams are still held"
        afterwards = [post() for _ in range(ALONE)]
        assert fast.opened == 1, "the fast stream was cut"
        assert [end_of(each) for each in readers[:: SLOW // 10]] == ["cut"] * 10
        memory_left = program.resident_bytes

    assert statistics.median(crowded) < TIMES_SLOWER * statistics.median(alone)
    assert memory_at_most - memory < 4 * MEMORY_KEPT
    assert memory_left - memory < MEMORY_KEPT

    def milliseconds(times):
        return f"{statistics.median(times) * 1000:.1f} ms"

    def megabytes(bytes):
        return f"{bytes / (1 << 20):.0f} MiB"

    print(
        f"\nto the fast reader, median: {milliseconds(alone)} alone, {milliseconds(crowded)} over {len(crowded)} "
        f"messages among {SLOW} slow ones, {milliseconds(afterwards)} afterwards; "
        f"resident: {megabytes(memory)} before, {megabytes(opened)} with all open, "
        f"at most {megabytes(memory_at_most)}, {megabytes(memory_left)} afterwards"
    )


def end_of(connection):
    """Reads on to the end of a stream; says how it came."""
    tail = b""
    try:
        while data := connection.recv(1 << 16):
            tail = (tail + data)[-16:]
    except ConnectionResetError:
        return "cut"
    except TimeoutError:
        return "open"
    return "clean" if tail.endswith(b"0\r\n\r\n") else "cut"
