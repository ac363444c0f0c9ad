"""Connections that send next to nothing, each on a thread, until the server cuts them off."""

import socket
import ssl
import struct
import threading
import time

from .accounts import add_accounts
from .certificate import make_certificate
from .program import Program
from .unread import open_unread, send_picture

CUT_OFF_SECONDS = 80
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
DATA, HEADERS, RST_STREAM, SETTINGS, PING, GOAWAY = 0, 1, 3, 4, 6, 7


def frame(kind, flags, stream, payload=b""):
    """RFC 9113, section 4.1."""
    return struct.pack(">I", len(payload))[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + payload


def header_block(fields):
    """Literal fields without indexing (RFC 7541, section 6.2.2), each shorter than 127 bytes."""
    return b"".join(b"\0" + bytes([len(name)]) + name + bytes([len(value)]) + value for name, value in fields)


class Dripping:
    """Seconds until each case was cut off, by name, once it was; `finish` waits for all."""

    def __init__(self, folder):
        certificate, key = make_certificate(folder, "dripping")
        plain_folder, secure_folder = folder / "plain", folder / "secure"
        plain_folder.mkdir()
        secure_folder.mkdir()
        self.plain = Program(plain_folder)
        self.secure = Program(secure_folder, "--tls-certificate", certificate, "--tls-key", key)
        self.certificate = certificate
        self.took = {}
        self.failures = []
        self.threads = []
        self.listening = None

    def start(self):
        self.plain.start()
        self.secure.start()
        account, other = add_accounts(self.plain, 2)
        cookie = f"Cookie: {account.cookie}\r\n".encode()
        get = b"GET /login HTTP/1.1\r\nHost: x\r\n"
        post = b"POST /people/%d/messages HTTP/1.1\r\nHost: x\r\n%b" % (other.id, cookie)
        post += b"Content-Type: application/x-www-form-urlencoded\r\n"
        upload = b"POST /people/%d/messages HTTP/1.1\r\nHost: x\r\n%b" % (other.id, cookie)
        upload += b"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 100000\r\n\r\n"
        upload += b'--b\r\nContent-Disposition: form-data; name="images"; filename="a.png"\r\n\r\nhalf'
        fields = [(b":method", b"POST"), (b":scheme", b"https"), (b":path", b"/login"), (b":authority", b"x")]
        fields += [(b"content-type", b"application/x-www-form-urlencoded"), (b"content-length", b"10000")]
        hello = PREFACE + frame(SETTINGS, 0, 0)
        # Name: how it connects, what it sends at first, and what it goes on to send every second.
        cases = {
            "nothing sent": (self.connect, b"", b""),
            "header dripped": (self.connect, get + b"X-Slow: ", b"x"),
            "header lines dripped": (self.connect, get, b"X: x\r\n"),
            "second header dripped": (self.connect, get + b"\r\n" + get + b"X: ", b"x"),
            "body dripped": (self.connect, post + b"Content-Length: 100000\r\n\r\ntext=", b"x"),
            "chunked body dripped": (self.connect, post + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
            "upload gone silent": (self.connect, upload, b""),
            "upload too slow": (self.connect, upload, b"x" * 500),
            "idle after an answer": (self.connect, get + b"\r\n", b""),
            "no TLS handshake": (self.connect_untold, b"", b""),
            "TLS handshake dripped": (self.connect_untold, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"x"),
            "nothing over TLS": (lambda: self.connect_secure("http/1.1"), b"", b""),
            "header dripped over TLS": (lambda: self.connect_secure("http/1.1"), get + b"X-Slow: ", b"x"),
            "nothing over HTTP/2": (lambda: self.connect_secure("h2"), b"", b""),
            "idle HTTP/2": (lambda: self.connect_secure("h2"), hello, b""),
            "body dripped over HTTP/2": (
                lambda: self.connect_secure("h2"), hello + frame(HEADERS, 4, 1, header_block(fields)),
                frame(DATA, 0, 1, b"x"),
            ),
        }
        self.threads = [
            threading.Thread(target=self.drip, args=[name, *case], daemon=True) for name, case in cases.items()
        ]
        self.threads.append(threading.Thread(target=self.sip, args=["download too slow", account, other], daemon=True))
        self.listening = self.connect()
        self.listening.sendall(b"GET /events HTTP/1.1\r\nHost: x\r\n" + cookie + b"\r\n")
        for thread in self.threads:
            thread.start()
        self.names = sorted([*cases, "download too slow"])

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.plain.port), timeout=30)

    def connect_untold(self):
        return socket.create_connection(("127.0.0.1", self.secure.port), timeout=30)

    def connect_secure(self, protocol):
        context = ssl.create_default_context(cafile=self.certificate)
        context.set_alpn_protocols([protocol])
        return context.wrap_socket(self.connect_untold(), server_hostname="127.0.0.1")

    def sip(self, name, account, other):
        """Takes a download in small sips."""
        try:
            picture = send_picture(self.plain, account, other)
            with open_unread(self.plain, account, picture) as connection:
                start = time.monotonic()
                taken = 0
                try:
                    while time.monotonic() < start + CUT_OFF_SECONDS:
                        taken += len(connection.recv(500))
                        time.sleep(1)
                    # What the kernel held is still delivered: cut off is what ends far before its end.
                    connection.settimeout(10)
                    while data := connection.recv(1 << 16):
                        taken += len(data)
                except (ConnectionResetError, TimeoutError):
                    pass
                if taken < 2_000_000:
                    self.took[name] = CUT_OFF_SECONDS
        except BaseException as failure:
            self.failures.append(f"{name}: {failure!r}")
            raise

    def drip(self, name, connect, beginning, drop):
        try:
            with connect() as connection:
                start = time.monotonic()
                if self.is_cut_off(connection, beginning, drop, start + CUT_OFF_SECONDS):
                    self.took[name] = time.monotonic() - start
        except BaseException as failure:
            self.failures.append(f"{name}: {failure!r}")
            raise

    @staticmethod
    def is_cut_off(connection, beginning, drop, deadline):
        over_http2 = beginning.startswith(PREFACE)
        received = b""
        connection.settimeout(1)
        try:
            if beginning:
                connection.sendall(beginning)
            while time.monotonic() < deadline:
                try:
                    data = connection.recv(1 << 16)
                    if not data:
                        return True
                    received += data
                    if over_http2 and ends_request(received):
                        return True
                except TimeoutError:
                    if drop:
                        connection.sendall(drop)
        except (ConnectionResetError, BrokenPipeError, ssl.SSLEOFError):
            return True
        return False

    def finish(self):
        for thread in self.threads:
            thread.join(CUT_OFF_SECONDS + 30)

    def end(self):
        if self.listening:
            self.listening.close()
        self.plain.end()
        self.secure.end()


def ends_request(received):
    """Whether the server gave up the request, which over HTTP/2 need not end the connection."""
    while len(received) >= 9:
        size, kind = int.from_bytes(received[:3], "big"), received[3]
        if kind == RST_STREAM:
            return True
        received = received[9 + size :]
    return False
