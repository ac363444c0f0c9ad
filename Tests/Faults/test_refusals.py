"""What the owner can mend: exit status 1 and one plain sentence."""

import os
import socket
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from .certificate import make_certificate
from .refused import expect_refusal

SERVE = ["serve", "--port", "0"]


def test_port_taken(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        expect_refusal(["serve", "--port", port, "--data", tmp_path / "data"], rf"127\.0\.0\.1:{port}\b")


def test_folder_not_writable():
    # Not below pytest's own folder, which no other user may enter.
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        locked = Path(folder) / "locked"
        locked.mkdir(mode=0o555)
        # Root may write anywhere, so the program is somebody else then.
        user = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
        for data in (locked, locked / "data"):
            expect_refusal([*SERVE, "--data", data], "data folder.*(writable|made)", **user)


def test_folder_that_is_a_file(tmp_path):
    file = tmp_path / "file"
    file.touch()
    expect_refusal([*SERVE, "--data", file], "data folder")
    expect_refusal([*SERVE, "--data", file / "data"], "data folder")


def test_newer_database(program):
    program.stop()
    with closing(sqlite3.connect(program.database)) as connection, connection:
        connection.execute("INSERT INTO grdb_migrations VALUES ('99 from the future')")
    before = program.database.read_bytes()
    expect_refusal([*SERVE, "--data", program.data], "newer")
    assert program.database.read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"This is no database. " * 500, b"SQLite format 3\0" + b"\xff" * 8_000], ids=["text", "damaged"]
)
def test_file_that_is_no_database(tmp_path, content):
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    (data / "nextalk.sqlite").write_bytes(content)
    expect_refusal([*SERVE, "--data", data], "cannot be used")
    assert (data / "nextalk.sqlite").read_bytes() == content


def test_second_server_on_the_same_folder(program):
    expect_refusal([*SERVE, "--data", program.data], "already uses")
    program.kill()
    program.start()


def test_bad_tls_files(tmp_path):
    certificate, key = make_certificate(tmp_path, "one")
    _, other_key = make_certificate(tmp_path, "other")
    junk = tmp_path / "junk.pem"
    junk.write_text("no PEM\n")
    missing = tmp_path / "missing.pem"

    def refused(sentence, certificate=None, key=None):
        options = [*SERVE, "--data", tmp_path / "data"]
        options += ["--tls-certificate", certificate] if certificate else []
        options += ["--tls-key", key] if key else []
        expect_refusal(options, sentence)

    refused("both", certificate=certificate)
    refused("both", key=key)
    refused("missing.pem", missing, key)
    refused("missing.pem", certificate, missing)
    refused("junk.pem", junk, key)
    refused("junk.pem", certificate, junk)
    refused("not the key", certificate, other_key)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--port", "70000"], "65535"),
        (["--port", "http"], "65535"),
        (["--host", "192.0.2.1"], r"192\.0\.2\.1"),
        (["--host", "0.0.0.0", "--rate-limits", "off"], "loopback"),
        (["--rate-limits", "maybe"], "--rate-limits"),
        (["--signup", "perhaps"], "--signup"),
        (["--upload-quota", "lots"], "--upload-quota"),
        (["--hsts", "everywhere"], "--hsts"),
        (["--public-url", "chat.example.org"], "--public-url"),
        (["--resources", "/nonexistent"], "Templates"),
    ],
)
def test_options(tmp_path, options, sentence):
    expect_refusal([*SERVE, "--data", tmp_path / "data", *options], sentence)


def test_set_password_refusals(program):
    def refused(email, sentence, input="correct horse\n", data=program.data):
        expect_refusal(["set-password", email, "--data", data], sentence, input=input)

    refused("nobody@example.org", "nobody@example.org")
    refused("nobody@example.org", "8 characters", input="short\n")
    refused("nobody@example.org", "password", input="")
    refused("no address", "mail")
    refused("nobody@example.org", "no database", data=program.data / "elsewhere")
