"""Many event streams in one thread, each coming back as a browser's EventSource does."""

import heapq
import itertools
import os
import selectors
import socket
import threading
import time

from .event_parser import ChunkedBody, EventParser

REOPEN_SECONDS = 0.05


class EventStream:
    """One client's stream over all of its connections: what it got, and how each connection ended.

    Only with its first event is the server known to count it; `opened` counts answers of 200.
    """

    def __init__(self, account, after=None, heeds_retry=False, on_event=None):
        self.account = account
        self.last_id = after
        self.heeds_retry = heeds_retry
        self.on_event = on_event
        self.events = []
        self.opened = 0
        self.statuses = []
        self.retries = []
        self.endings = []
        self.comes_back = True

    @property
    def ids(self):
        return [event.id for event in self.events if event.id is not None]

    @property
    def durable(self):
        return [event for event in self.events if event.id is not None]

    def request(self, port):
        headers = ["GET /events HTTP/1.1", f"Host: 127.0.0.1:{port}", f"Cookie: {self.account.cookie}"]
        if self.last_id is not None:
            headers.append(f"Last-Event-ID: {self.last_id}")
        return "\r\n".join([*headers, "", ""]).encode()

    def take(self, events):
        for event in events:
            if event.id is not None:
                self.last_id = event.id
            self.events.append(event)
            if self.on_event:
                self.on_event(event)


class _Connection:
    def __init__(self, stream, port):
        self.stream = stream
        self.request = stream.request(port)
        self.socket = socket.socket()
        self.socket.setblocking(False)
        self.socket.connect_ex(("127.0.0.1", port))
        self.head = b""
        self.body = None
        self.parser = EventParser()

    def send(self):
        error = self.socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if error:
            raise OSError(error, os.strerror(error))
        assert self.socket.send(self.request) == len(self.request)

    def receive(self):
        """Returns whether the connection goes on."""
        data = self.socket.recv(1 << 18)
        if not data:
            return False
        if self.body is None:
            self.head += data
            head, blank_line, data = self.head.partition(b"\r\n\r\n")
            if not blank_line:
                return True
            status = int(head.split(b" ", 2)[1])
            self.stream.statuses.append(status)
            if status != 200:
                return False
            assert b"transfer-encoding: chunked" in head.lower(), head
            self.stream.opened += 1
            self.body = ChunkedBody()
        knew_retry = self.parser.retry is not None
        self.stream.take(self.parser.feed(self.body.feed(data)))
        if self.parser.retry is not None and not knew_retry:
            self.stream.retries.append(self.parser.retry)
        return not self.body.is_complete

    @property
    def ending(self):
        if self.body is None:
            return "never opened"
        return "clean" if self.body.is_complete else "cut"


class EventStreams(threading.Thread):
    def __init__(self, program):
        super().__init__(name="event streams", daemon=True)
        self.program = program
        self.selector = selectors.DefaultSelector()
        self.wake_receiver, self.wake_sender = socket.socketpair()
        self.wake_receiver.setblocking(False)
        self.selector.register(self.wake_receiver, selectors.EVENT_READ)
        self.due = []
        self.order = itertools.count()
        self.lock = threading.Lock()
        self.is_ending = False
        self.failure = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.is_ending = True
        self.wake_sender.send(b".")
        self.join()
        for key in list(self.selector.get_map().values()):
            key.fileobj.close()
        self.selector.close()
        self.wake_sender.close()
        if self.failure:
            raise self.failure

    def open(self, account, **options):
        stream = EventStream(account, **options)
        self._schedule(stream, 0)
        self.wake_sender.send(b".")
        return stream

    def _schedule(self, stream, seconds):
        with self.lock:
            heapq.heappush(self.due, (time.monotonic() + seconds, next(self.order), stream))

    def run(self):
        try:
            while not self.is_ending:
                wait = self._open_due()
                for key, _ in self.selector.select(wait):
                    if key.data is None:
                        self.wake_receiver.recv(4096)
                    else:
                        self._serve(key)
        except BaseException as failure:
            self.failure = failure
            raise

    def _open_due(self):
        """Opens what is due; returns for how long nothing else will be."""
        while True:
            with self.lock:
                if not self.due:
                    return 1
                wait = self.due[0][0] - time.monotonic()
                if wait > 0:
                    return min(wait, 1)
                _, _, stream = heapq.heappop(self.due)
            if stream.comes_back:
                connection = _Connection(stream, self.program.port)
                self.selector.register(connection.socket, selectors.EVENT_WRITE, connection)

    def _serve(self, key):
        connection = key.data
        try:
            if key.events == selectors.EVENT_WRITE:
                connection.send()
                self.selector.modify(key.fileobj, selectors.EVENT_READ, connection)
                return
            if connection.receive():
                return
        except OSError:
            pass
        self.selector.unregister(key.fileobj)
        key.fileobj.close()
        stream = connection.stream
        stream.endings.append(connection.ending)
        pause = (connection.parser.retry or 1000) / 1000 if stream.heeds_retry else REOPEN_SECONDS
        if stream.comes_back:
            self._schedule(stream, pause)
