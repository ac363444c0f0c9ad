"""What goes over the wire for a page, by Chromium's own count, and how long that takes on a bad line."""

from urllib.parse import urlsplit

STREAM = "text/event-stream"

# As of a cheap phone on a slow line: 1.6 Mbit/s, 300 ms, a quarter of this machine.
SLOW_LINE = {"offline": False, "latency": 300, "downloadThroughput": 200_000, "uploadThroughput": 200_000}
SLOWER = {"rate": 4}


class Wire:
    """Notes each answer that a page gets from the server and not from a cache."""

    def __init__(self, page):
        self.session = page.context.new_cdp_session(page)
        self.answers = {}
        self.sizes = {}
        self.cached = set()
        self.session.on("Network.responseReceived", self._note_answer)
        self.session.on("Network.requestServedFromCache", lambda event: self.cached.add(event["requestId"]))
        self.session.on("Network.loadingFinished", self._note_size)
        # What a page that is left was still asking for.
        self.session.on("Network.loadingFailed", lambda event: self.answers.pop(event["requestId"], None))
        self.session.send("Network.enable")

    def _note_answer(self, event):
        answer = event["response"]
        if answer.get("fromDiskCache") or answer.get("fromPrefetchCache"):
            self.cached.add(event["requestId"])
        self.answers[event["requestId"]] = answer

    def _note_size(self, event):
        self.sizes[event["requestId"]] = event["encodedDataLength"]

    def slow_down(self):
        self.session.send("Network.emulateNetworkConditions", SLOW_LINE)
        self.session.send("Emulation.setCPUThrottlingRate", SLOWER)

    def block(self, address):
        """Lets nothing through to an address; the browser's console does not hear of that."""
        self.session.send("Network.setBlockedURLs", {"urls": [address]})

    @property
    def fetched(self):
        """The answers that came over the wire, the event stream not among them, by path."""
        return {
            urlsplit(answer["url"]).path: answer
            for id, answer in self.answers.items()
            if id not in self.cached and answer["mimeType"] != STREAM and answer["url"].startswith("http")
        }

    @property
    def streams(self):
        return [answer for answer in self.answers.values() if answer["mimeType"] == STREAM]

    @property
    def bytes(self):
        """Of them all, with their headers. Only what has come to its end has a size."""
        wanted = [id for id, answer in self.answers.items() if id not in self.cached and answer["mimeType"] != STREAM]
        return {urlsplit(self.answers[id]["url"]).path: self.sizes[id] for id in wanted if id in self.sizes}

    @property
    def is_idle(self):
        """Whether all that has begun to come has come."""
        return all(id in self.sizes for id, answer in self.answers.items() if answer["mimeType"] != STREAM)
