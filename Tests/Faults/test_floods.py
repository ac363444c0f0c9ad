"""Frames of HTTP/2 that cost their client nothing (RFC 9113, section 10.5): whoever sends many is shut out alone."""

import shutil
import socket
import ssl
import subprocess
import threading
import time

import pytest

from .accounts import Account, add_accounts
from .certificate import make_certificate
from .dripping import DATA, HEADERS, PING, PREFACE, RST_STREAM, SETTINGS, frame, header_block
from .test_slow_downloads import SecureClient
from .unread import send_picture

WINDOW_UPDATE, UNKNOWN = 8, 0xFA
FRAMES = 200_000
ATTACKER = "127.0.0.2"
FLOOD_SECONDS = 4


@pytest.fixture
def secure(make_program, tmp_path):
    certificate, key = make_certificate(tmp_path, "server")
    program = make_program("--tls-certificate", certificate, "--tls-key", key, "--rate-limits", "on")
    program.certificate = certificate
    return program.start()


def add_people(program, count):
    return [Account(each.id, each.name, each.email, "__Host-" + each.cookie) for each in add_accounts(program, count)]


def connect(program, address=ATTACKER):
    context = ssl.create_default_context(cafile=program.certificate)
    context.set_alpn_protocols(["h2"])
    connection = socket.create_connection(("127.0.0.1", program.port), timeout=10, source_address=(address, 0))
    try:
        return context.wrap_socket(connection, server_hostname="127.0.0.1")
    except BaseException:
        connection.close()
        raise


def flood_of(kind):
    """What begins a connection, and the frames of it that follow, by the number of each."""
    fields = [(b":method", b"GET"), (b":scheme", b"https"), (b":path", b"/login"), (b":authority", b"x")]
    begin = PREFACE + frame(SETTINGS, 0, 0)
    stream = frame(HEADERS, 4, 1, header_block([(b":method", b"POST"), *fields[1:]]))
    block = header_block(fields)
    return {
        "resets": (begin, lambda number: frame(HEADERS, 5, 2 * number + 1, block)
                   + frame(RST_STREAM, 0, 2 * number + 1, (8).to_bytes(4, "big"))),
        "windows": (begin, lambda number: frame(WINDOW_UPDATE, 0, 0, (1).to_bytes(4, "big"))),
        "unknown kinds": (begin, lambda number: frame(UNKNOWN, 0, 0)),
        "pings": (begin, lambda number: frame(PING, 0, 0, b"12345678")),
        "settings": (begin, lambda number: frame(SETTINGS, 0, 0)),
        "data of a byte": (begin + stream, lambda number: frame(DATA, 0, 1, b"x")),
    }[kind]


def is_shut_out(program, begin, make):
    """Whether a connection is cut off before so many frames were sent."""
    try:
        with connect(program) as connection:
            connection.sendall(begin)
            for first in range(0, FRAMES, 500):
                connection.sendall(b"".join(make(number) for number in range(first, first + 500)))
    except (ConnectionError, TimeoutError, ssl.SSLError):
        return True
    return False


@pytest.mark.parametrize("kind", ["resets", "windows", "unknown kinds", "pings", "settings", "data of a byte"])
def test_who_floods_is_shut_out_alone(secure, kind):
    begin, make = flood_of(kind)
    known, other = add_people(secure, 2)
    neighbour = SecureClient(secure, known, secure.certificate, address=ATTACKER)
    elsewhere = SecureClient(secure, other, secure.certificate)
    assert neighbour.get("/").status == 200
    end = time.monotonic() + FLOOD_SECONDS
    cut_off = []

    def flood():
        while time.monotonic() < end:
            cut_off.append(is_shut_out(secure, begin, make))

    threads = [threading.Thread(target=flood) for _ in range(3)]
    for thread in threads:
        thread.start()
    while time.monotonic() < end:
        assert elsewhere.get("/").status == 200
        # Who is logged in has a share of their own, whoever else is at their address.
        assert neighbour.get("/").status == 200
    for thread in threads:
        thread.join()
    assert cut_off and all(cut_off)
    # It passes: nobody has to do anything about it.
    deadline = time.monotonic() + 30
    while True:
        try:
            with connect(secure) as connection:
                connection.sendall(PREFACE + frame(SETTINGS, 0, 0))
                assert connection.recv(1 << 16)
                break
        except (ConnectionError, ssl.SSLError):
            assert time.monotonic() < deadline
            time.sleep(0.1)
    secure.stop()


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_downloads_cost_none_of_it(secure, tmp_path):
    """Their client tells again and again that it takes more."""
    author, reader = add_people(secure, 2)
    picture = send_picture(
        secure, author, reader, context=ssl.create_default_context(cafile=secure.certificate)
    )
    address = f"https://127.0.0.1:{secure.port}{picture}"
    command = ["curl", "--silent", "--show-error", "--http2", "--cacert", secure.certificate, "--max-time", "60"]
    downloads = subprocess.run(
        [*command, "--cookie", reader.cookie, "--write-out", "%{response_code} %{size_download}\n",
         *["--output", "/dev/null", address] * 30],
        capture_output=True, text=True, timeout=90, check=True,
    ).stdout.splitlines()
    assert len(downloads) == 30 and len(set(downloads)) == 1
    status, size = downloads[0].split()
    assert status == "200" and int(size) > 10_000_000
