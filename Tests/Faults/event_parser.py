"""Bytes of a chunked event stream in, events out."""

from typing import NamedTuple


class Event(NamedTuple):
    """`id` is None for a passing event; `name` is "message" for a durable one."""

    id: int | None
    name: str
    data: str


class ChunkedBody:
    """Decodes the chunked transfer coding (RFC 9112, section 7.1)."""

    def __init__(self):
        self.waiting = bytearray()
        self.is_complete = False

    def feed(self, data):
        self.waiting += data
        decoded = bytearray()
        start = 0
        while not self.is_complete:
            line_end = self.waiting.find(b"\r\n", start)
            if line_end < 0:
                break
            size = int(bytes(self.waiting[start:line_end]).split(b";")[0], 16)
            chunk = line_end + 2
            if len(self.waiting) < chunk + size + 2:
                break
            assert self.waiting[chunk + size : chunk + size + 2] == b"\r\n", "a chunk without its end"
            decoded += self.waiting[chunk : chunk + size]
            start = chunk + size + 2
            self.is_complete = size == 0
        del self.waiting[:start]
        return bytes(decoded)


class EventParser:
    """Interprets an event stream (WHATWG HTML, section 9.2.6). The server ends its lines with LF."""

    def __init__(self):
        self.waiting = b""
        self.retry = None

    def feed(self, data):
        *blocks, self.waiting = (self.waiting + data).split(b"\n\n")
        return [event for block in blocks if (event := self._event(block.decode()))]

    def _event(self, block):
        id, name, data = None, "message", []
        for line in block.split("\n"):
            field, _, value = line.partition(":")
            value = value.removeprefix(" ")
            if field == "id":
                id = int(value)
            elif field == "event":
                name = value
            elif field == "data":
                data.append(value)
            elif field == "retry":
                self.retry = int(value)
        return Event(id, name, "\n".join(data)) if data else None
