"""A line on which a page comes in pieces, each when the test lets it. It brings no events and takes no posts."""

import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Pieces:
    """Hands on what the server answers; a page ends for the time being after each of these bytes."""

    def __init__(self, url, *ends):
        self.server_url = url
        self.ends = ends
        self.gate = threading.Semaphore(0)

    def let_go(self):
        """One piece more."""
        self.gate.release()

    def __enter__(self):
        pieces = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                pieces._answer(self)

            def do_POST(self):
                self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        for _ in self.ends:
            self.let_go()
        self.server.shutdown()
        self.server.server_close()

    def _answer(self, request):
        if request.path.startswith("/events"):
            # A stream has no end to wait for.
            request.send_response(204)
            return request.end_headers()
        asked = urllib.request.Request(self.server_url + request.path, headers={"Cookie": request.headers.get("Cookie", "")})
        with urllib.request.urlopen(asked) as answer:
            kind, body = answer.headers["Content-Type"], answer.read()
        request.send_response(200)
        request.send_header("Content-Type", kind)
        request.end_headers()
        if kind.startswith("text/html"):
            for end in self.ends:
                piece, _, body = body.partition(end)
                request.wfile.write(piece + end)
                self.gate.acquire()
        request.wfile.write(body)
