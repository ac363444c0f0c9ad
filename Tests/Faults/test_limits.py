"""Clients that take up the server: headers too large, bytes dripped in, too many connections."""

import socket

from .client import Client
from .waiting import wait_until

OPEN_FILES = 256
MAXIMUM_CONNECTIONS = OPEN_FILES - 128
# A server takes several connections at a time from the kernel before it looks at the limit again.
ACCEPTED_TOGETHER = 16


def connect(program):
    return socket.create_connection(("127.0.0.1", program.port), timeout=30)


def test_header_too_large(program):
    for header in (
        b"X-Large: " + b"x" * 200_000, b"\r\n".join(b"X-%d: %s" % (n, b"x" * 4_000) for n in range(50)),
        b"\r\n".join(b"X-%d: x" % n for n in range(5_000)),
    ):
        with connect(program) as connection:
            try:
                connection.sendall(b"GET /login HTTP/1.1\r\nHost: x\r\n" + header + b"\r\n\r\n")
                answer = read_to_end(connection)
            except (ConnectionResetError, BrokenPipeError):
                answer = b""
            assert answer == b"" or answer.split()[1] in (b"400", b"431"), answer[:200]
    with connect(program) as connection:
        connection.sendall(b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n")
        try:
            answer = read_to_end(connection)
        except ConnectionResetError:
            answer = b""
        assert answer == b"" or answer.split()[1] in (b"400", b"414", b"431"), answer[:200]
    # What a browser may well send is taken.
    with connect(program) as connection:
        connection.sendall(b"GET /login HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX: " + b"x" * 8_000 + b"\r\n\r\n")
        assert read_to_end(connection).split()[1] == b"200"
    assert Client(program).get("/health").status == 200


def read_to_end(connection):
    received = b""
    while data := connection.recv(1 << 16):
        received += data
    return received


def test_dripped_and_idle_connections_are_cut_off(dripping):
    dripping.finish()
    assert dripping.failures == []
    took = dripping.took
    print("\ncut off after " + ", ".join(f"{took[name]:.0f} s: {name}" for name in sorted(took, key=took.get)))
    assert sorted(took) == dripping.names, f"not cut off: {set(dripping.names) - set(took)}"
    # An event stream is none of these: it is still there, and has had its pings.
    listening = dripping.listening
    listening.setblocking(False)
    assert listening.recv(1 << 20).count(b"event: ping") >= 2
    assert is_open(listening), "the event stream was cut off too"
    for program in (dripping.plain, dripping.secure):
        assert program.runs


def is_open(connection):
    try:
        while connection.recv(1 << 16):
            pass
        return False
    except BlockingIOError:
        return True


def test_number_of_connections_is_bounded(make_program):
    """What comes past the limit waits, and nobody who is in is disturbed."""
    program = make_program(open_files=OPEN_FILES).start()
    request = b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n"
    connections = [connect(program) for _ in range(MAXIMUM_CONNECTIONS + 60)]
    try:
        for connection in connections:
            connection.setblocking(False)
            connection.sendall(request)

        answered = set()

        def read_all():
            for connection in connections:
                if connection not in answered:
                    try:
                        data = connection.recv(1 << 16)
                    except BlockingIOError:
                        continue
                    assert data.startswith(b"HTTP/1.1 200"), data
                    answered.add(connection)
            return len(answered)

        wait_until(lambda: read_all() >= MAXIMUM_CONNECTIONS, 20, "the first connections answered")
        first = next(iter(answered))
        for _ in range(20):
            first.sendall(request)
            wait_until(lambda: has_data(first), 10, "an answer to one that is in")
        assert read_all() <= MAXIMUM_CONNECTIONS + ACCEPTED_TOGETHER
        assert program.socket_count <= MAXIMUM_CONNECTIONS + 2 * ACCEPTED_TOGETHER
        everyone = len(connections)
        for connection in list(answered)[:80]:
            connection.close()
            connections.remove(connection)
        wait_until(lambda: read_all() == everyone, 20, "those that waited answered")
    finally:
        for connection in connections:
            connection.close()
    assert Client(program).get("/health").status == 200
    program.stop()


def has_data(connection):
    try:
        return connection.recv(1 << 16)
    except BlockingIOError:
        return None
