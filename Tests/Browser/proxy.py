"""A bad line: hands bytes on between browser and server, and loses answers when told to."""

import re
import socket
import threading
from contextlib import suppress


class Proxy:
    """Listens on a port of its own. `drop` loses the answers to the next posts of messages."""

    def __init__(self, port):
        self.server = ("127.0.0.1", port)
        self.posts = []
        self.posted = threading.Condition()
        self.losses = []
        self.has_streams = True
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self._run(self._accept)

    def drop(self, *kept):
        """Loses the answers to as many posts; the browser still gets so many bytes of each."""
        self.losses += kept

    def wait_for_posts(self, count):
        with self.posted:
            assert self.posted.wait_for(lambda: len(self.posts) >= count, timeout=20), self.posts

    def close(self):
        self.listener.close()

    def _run(self, task, *arguments):
        threading.Thread(target=task, args=arguments, daemon=True).start()

    def _accept(self):
        with suppress(OSError):
            while True:
                browser, _ = self.listener.accept()
                server = socket.create_connection(self.server)
                line = _Line(browser, server)
                self._run(self._requests, line)
                self._run(self._answers, line)

    def _requests(self, line):
        with line, suppress(OSError):
            while data := line.browser.recv(65536):
                if re.match(rb"POST \S+/messages ", data):
                    # Head and body may come in two pieces.
                    while b"clientId=" not in data:
                        data += line.browser.recv(65536)
                    line.kept = self.losses.pop(0) if self.losses else None
                    with self.posted:
                        self.posts.append(re.search(rb"clientId=([\w-]*)", data)[1].decode())
                        self.posted.notify_all()
                elif data.startswith(b"GET /events") and not self.has_streams:
                    return
                line.server.sendall(data)

    def _answers(self, line):
        with line, suppress(OSError):
            while data := line.server.recv(65536):
                if line.kept is not None:
                    line.browser.sendall(data[: line.kept])
                    return
                line.browser.sendall(data)


class _Line:
    """Both ends of one connection; closed as soon as either way is done."""

    def __init__(self, browser, server):
        self.browser = browser
        self.server = server
        self.kept = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for end in (self.browser, self.server):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
