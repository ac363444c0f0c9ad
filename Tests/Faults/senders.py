"""People who write and send again, under the same clientId, when an answer is lost."""

import random
import threading
import time
import uuid

from .client import LOST, Client, message_id

MESSAGE_SECONDS = 90


class Ledger:
    """What was acknowledged, by text, and what came instead of an acknowledgement."""

    def __init__(self):
        self.lock = threading.Lock()
        self.acknowledged = {}
        self.lost = 0
        self.repeated = 0
        self.failures = []

    def acknowledge(self, text, id):
        with self.lock:
            self.acknowledged[text] = id

    def note_lost(self):
        with self.lock:
            self.lost += 1

    def note_repeated(self):
        with self.lock:
            self.repeated += 1

    def fail(self, failure):
        with self.lock:
            self.failures.append(failure)

    @property
    def count(self):
        return len(self.acknowledged)


class Sender(threading.Thread):
    def __init__(self, program, account, to, ledger, stop, pause):
        super().__init__(name=account.name, daemon=True)
        self.client = Client(program, account)
        self.program = program
        self.to = to
        self.ledger = ledger
        self.stop = stop
        self.pause = pause

    def run(self):
        try:
            number = 0
            while not self.stop.is_set():
                number += 1
                self._say(f"{self.name}, message {number}")
                self.stop.wait(self.pause)
        except BaseException as failure:
            self.ledger.fail(repr(failure))
        finally:
            self.client.close()

    def _say(self, text):
        client_id = str(uuid.uuid4())
        id, was_lost = self._send(text, client_id)
        self.ledger.acknowledge(text, id)
        if was_lost:
            again, _ = self._send(text, client_id)
            assert again == id, f"{text!r} was message {id}, sent again it is {again}"
            self.ledger.note_repeated()

    def _send(self, text, client_id):
        """Sends until there is an answer; returns the message's id and whether an answer was lost."""
        deadline = time.monotonic() + MESSAGE_SECONDS
        was_lost = False
        while True:
            assert time.monotonic() < deadline, f"{text!r} was never acknowledged"
            try:
                answer = self.client.send(self.to, text, client_id)
            except LOST:
                was_lost = True
                self.ledger.note_lost()
                self.program.is_up.wait(MESSAGE_SECONDS)
                # A client that is refused comes back after a while, each after another.
                time.sleep(random.uniform(0.005, 0.05))
                continue
            assert answer.status == 200, f"{text!r} got {answer.status}: {answer.text}"
            return message_id(answer.text), was_lost


class Senders:
    """Senders from `pairs` of (author, recipient), until the block ends; then each has finished.

    Each writes without a pause, or waits for so many seconds after each message.
    """

    def __init__(self, program, pairs, pause=0):
        self.ledger = Ledger()
        self.stop = threading.Event()
        self.threads = [Sender(program, author, to, self.ledger, self.stop, pause) for author, to in pairs]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self.ledger

    def __exit__(self, *_):
        self.stop.set()
        for thread in self.threads:
            thread.join(MESSAGE_SECONDS * 2)
