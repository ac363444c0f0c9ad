"""A program killed amid uploads: what was acknowledged is there, and nothing else stays."""

import re
import threading
import uuid
from io import BytesIO

from Faults import stored
from Faults.accounts import add_accounts
from Faults.client import LOST
from Faults.program import Program
from Faults.waiting import wait_until
from PIL import Image

from .form import post_form

ROUNDS = 5
SENDERS = 4
# So that a kill comes amid the uploads of most senders.
UPLOADS_BEFORE_KILL = 12


def picture(seed):
    data = BytesIO()
    Image.effect_noise((60 + seed % 400, 300), 50).save(data, "PNG")
    return data.getvalue()


def files_of(program):
    return {path.name for path in (program.data / "uploads").rglob("*") if path.is_file()}


def test_killed_amid_uploads(tmp_path):
    program = Program(tmp_path).start()
    *authors, reader = add_accounts(program, SENDERS + 1)
    acknowledged = []
    lost = 0

    def send_until_killed(author, seed):
        nonlocal lost
        while program.is_up.is_set():
            seed += 1
            data, client_id = picture(seed), str(uuid.uuid4())
            try:
                answer = post_form(
                    program, author, f"/people/{reader.id}/messages", {"text": "", "clientId": client_id},
                    [("p.png", data)], fragment=True,
                )
            except LOST:
                lost += 1
                return
            assert answer.status == 200, answer.text
            acknowledged.append((re.search(r"/uploads/([0-9a-f]{32}\.png)", answer.text)[1], data))

    try:
        for number in range(ROUNDS):
            before = len(acknowledged)
            threads = [
                threading.Thread(target=send_until_killed, args=[author, 1000 * number + 50 * at])
                for at, author in enumerate(authors)
            ]
            for thread in threads:
                thread.start()
            wait_until(lambda: len(acknowledged) >= before + UPLOADS_BEFORE_KILL, 60, "some uploads")
            program.kill()
            for thread in threads:
                thread.join()
            program.start()
        rows = {name for name, in stored.read(program, "SELECT name FROM attachment")}
        wait_until(lambda: files_of(program) == rows, 20, "just the files that rows tell of")
        for name, data in acknowledged:
            assert name in rows
            assert (program.data / "uploads" / name[:2] / name[2:4] / name).read_bytes() == data
        program.stop()
        print(f"\n{len(acknowledged)} images acknowledged, each there; {lost} uploads cut off in {ROUNDS} kills")
        assert lost
    finally:
        program.end()
