"""How the program starts and stops: one line on standard output, and what each signal does."""

import fcntl
import re
import signal
import socket
import struct
import subprocess
import termios
import time

import pytest

from .accounts import add_accounts
from .client import Client
from .event_streams import EventStreams
from .program import PROGRAM, TOP, clean_environment, killed_after
from .unread import open_unread
from .waiting import wait_until


@pytest.mark.parametrize("command", [[], ["serve"]])
def test_ready_line_alone_on_standard_output(tmp_path, command):
    environment = clean_environment({"NEXTALK_PORT": "0", "NEXTALK_DATA": str(tmp_path / "data")})
    process = subprocess.Popen(
        [PROGRAM, *command], cwd=TOP, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True,
    )
    with killed_after(60, process):
        line = process.stdout.readline()
        port = re.fullmatch(r"Nextalk is ready at http://127\.0\.0\.1:(\d+)\n", line)[1]
        with socket.create_connection(("127.0.0.1", int(port)), timeout=10) as connection:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            assert connection.recv(1 << 16).startswith(b"HTTP/1.1 303")
        process.terminate()
        rest, _ = process.communicate()
    assert process.returncode == 0
    assert rest == ""
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_first_signal_stops_cleanly(program, number):
    account, = add_accounts(program, 1)
    idle = Client(program, account)
    assert idle.get("/").status == 200
    with EventStreams(program) as streams:
        stream = streams.open(account)
        wait_until(lambda: stream.events, 10, "a stream")
        stream.comes_back = False
        program.process.send_signal(number)
        program.expect_clean_exit()
        wait_until(lambda: stream.endings, 10, "the stream's end")
        assert stream.endings == ["clean"]


def test_request_in_flight_is_answered(program):
    account, other = add_accounts(program, 2)
    with half_sent(program, account, other) as (connection, rest):
        program.process.terminate()
        wait_until(lambda: refuses(program), 10, "no new connections")
        connection.sendall(rest)
        assert connection.recv(1 << 16).startswith(b"HTTP/1.1 200")
        program.expect_clean_exit()


def test_stop_is_bounded(program):
    """Even where a request never ends."""
    account, other = add_accounts(program, 2)
    with half_sent(program, account, other):
        start = time.monotonic()
        program.process.terminate()
        program.process.wait(30)
        assert time.monotonic() - start <= 10


def test_reader_that_does_not_read_holds_up_no_stop(program):
    account, author = add_accounts(program, 2)
    client = Client(program, author)
    with open_unread(program, account):
        for _ in range(60):
            assert client.send(account, "x" * 5_000).status == 200
        start = time.monotonic()
        program.process.terminate()
        program.process.wait(30)
        assert time.monotonic() - start <= 10
        assert program.process.returncode == 0, program.log_text


def test_second_signal_ends_at_once(program):
    account, other = add_accounts(program, 2)
    with half_sent(program, account, other):
        program.process.terminate()
        wait_until(lambda: refuses(program), 10, "no new connections")
        assert program.runs
        start = time.monotonic()
        program.process.send_signal(signal.SIGINT)
        program.process.wait(30)
        assert time.monotonic() - start < 3, "the second signal waited for the request"


class half_sent:
    """A message whose last byte is still to come."""

    def __init__(self, program, account, other):
        self.connection = socket.create_connection(("127.0.0.1", program.port), timeout=10)
        body = b"text=half"
        head = [
            f"POST /people/{other.id}/messages HTTP/1.1", f"Host: 127.0.0.1:{program.port}", "HX-Request: true",
            f"Cookie: {account.cookie}", "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}", "", "",
        ]
        self.connection.sendall("\r\n".join(head).encode() + body[:-1])
        self.rest = body[-1:]
        # The server has read all of it when it answers what came later, on another connection.
        wait_until(lambda: unread_bytes(self.connection) == 0, 10, "the request's arrival")
        assert Client(program).get("/health").status == 200

    def __enter__(self):
        return self.connection, self.rest

    def __exit__(self, *_):
        self.connection.close()


def unread_bytes(connection):
    """What the peer's kernel has not acknowledged yet (SIOCOUTQ, tcp(7))."""
    return struct.unpack("i", fcntl.ioctl(connection, termios.TIOCOUTQ, bytes(4)))[0]


def refuses(program):
    try:
        socket.create_connection(("127.0.0.1", program.port), timeout=1).close()
    except OSError:
        return True
    return False


def test_a_body_that_never_ends_does_not_keep_it_from_a_clean_stop(program):
    with socket.create_connection(("127.0.0.1", program.port), timeout=30) as connection:
        connection.sendall(
            b"POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n"
            b"Content-Type: application/x-www-form-urlencoded\r\n\r\nemail=half"
        )
        # An answer to somebody who came later: the half of it has been read.
        assert Client(program).get("/health").status == 200
        program.stop()
