"""Many large uploads at once cost little memory."""

import os
import re
import threading
from http.client import HTTPConnection
from io import BytesIO
from pathlib import Path

from Faults.accounts import add_accounts
from Faults.program import Program
from PIL import Image

from .form import encode

# NEXTALK_UPLOADS=100 with a release build (NEXTALK_PROGRAM) gives the figures to quote.
UPLOADS = int(os.environ.get("NEXTALK_UPLOADS", "30"))
MOST_BYTES = 64 << 20
LARGEST = 10 << 20


def large_photo():
    """As large as one may be: noise does not compress."""
    data = BytesIO()
    Image.effect_noise((3_000, 2_000), 80).save(data, "JPEG", quality=97)
    assert 4 << 20 < data.tell() <= LARGEST, data.tell()
    # What follows the end is read, stored for a moment, and not kept.
    return data.getvalue().ljust(LARGEST, b"x")


def peak_bytes(program):
    status = Path(f"/proc/{program.process.pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) * 1024


def test_uploads_at_once(tmp_path):
    program = Program(tmp_path, "--upload-quota", "100 GiB").start()
    author, reader = add_accounts(program, 2)
    photo = large_photo()
    body, content_type = encode({"text": "Large"}, [("large.jpg", photo)])
    barrier = threading.Barrier(UPLOADS, timeout=120)
    statuses = []

    def upload():
        connection = HTTPConnection("127.0.0.1", program.port, timeout=240)
        connection.putrequest("POST", f"/people/{reader.id}/messages")
        for name, value in {"Content-Type": content_type, "Content-Length": len(body), "Cookie": author.cookie}.items():
            connection.putheader(name, str(value))
        connection.endheaders()
        connection.send(body[: len(body) // 2])
        # All are half way at the same time.
        barrier.wait()
        connection.send(body[len(body) // 2:])
        statuses.append(connection.getresponse().status)
        connection.close()

    try:
        # Pages and one upload before, so that what stays loaded is no part of it.
        barrier_of_one, barrier = barrier, threading.Barrier(1)
        upload()
        barrier = barrier_of_one
        before = program.resident_bytes
        Path(f"/proc/{program.process.pid}/clear_refs").write_text("5")
        threads = [threading.Thread(target=upload) for _ in range(UPLOADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        grown = peak_bytes(program) - before
        print(f"\n{UPLOADS} uploads of 10 MiB at once: {before >> 20} MiB before, {grown >> 20} MiB more at most")
        assert statuses == [303] * (UPLOADS + 1)
        assert grown <= MOST_BYTES
        assert list((program.data / "uploads" / "incoming").iterdir()) == []
    finally:
        program.end()
