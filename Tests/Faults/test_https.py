"""HTTPS: HTTP/2, TLS 1.2 or later, and what it adds to cookies and headers."""

import http.client
import shutil
import socket
import ssl
import subprocess
import time
import urllib.parse
import warnings
from contextlib import contextmanager

import pytest

from .certificate import EC, RSA, make_certificate
from .dripping import DATA, GOAWAY, HEADERS, PING, PREFACE, RST_STREAM, SETTINGS, frame, header_block
from .program import killed_after

curl = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")


def start_secure(make_program, tmp_path, kind=EC):
    certificate, key = make_certificate(tmp_path, "server", kind)
    program = make_program("--tls-certificate", certificate, "--tls-key", key)
    program.certificate = certificate
    return program.start()


@pytest.fixture
def secure(make_program, tmp_path):
    return start_secure(make_program, tmp_path)


def handshake(program, oldest, newest, protocols=(), ciphers="ALL"):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context = ssl.create_default_context(cafile=program.certificate)
        # OpenSSL refuses TLS 1.1 by itself at its usual level; here the server is to refuse it.
        context.set_ciphers(f"{ciphers}:@SECLEVEL=0")
        context.minimum_version, context.maximum_version = oldest, newest
    if protocols:
        context.set_alpn_protocols(protocols)
    with socket.create_connection(("127.0.0.1", program.port), timeout=10) as connection:
        with context.wrap_socket(connection, server_hostname="127.0.0.1") as secured:
            return secured.version(), secured.selected_alpn_protocol()


def test_versions(secure):
    version = ssl.TLSVersion
    assert handshake(secure, version.TLSv1_2, version.TLSv1_2) == ("TLSv1.2", None)
    assert handshake(secure, version.TLSv1_3, version.TLSv1_3) == ("TLSv1.3", None)
    assert handshake(secure, version.TLSv1_2, version.TLSv1_3, ["h2", "http/1.1"])[1] == "h2"
    assert handshake(secure, version.TLSv1_2, version.TLSv1_3, ["http/1.1"])[1] == "http/1.1"
    for old in (version.TLSv1, version.TLSv1_1):
        with pytest.raises(ssl.SSLError) as refusal:
            handshake(secure, old, old)
        assert refusal.value.reason == "TLSV1_ALERT_PROTOCOL_VERSION"


@pytest.mark.parametrize(("kind", "name"), [(EC, "ECDSA"), (RSA, "RSA")], ids=["ECDSA", "RSA"])
def test_tls_1_2_takes_ecdhe_with_aead_only(make_program, tmp_path, kind, name):
    program = start_secure(make_program, tmp_path, kind)
    version = ssl.TLSVersion.TLSv1_2

    def shake(cipher):
        return handshake(program, version, version, ciphers=cipher)[0]

    for rest in ("AES128-GCM-SHA256", "AES256-GCM-SHA384", "CHACHA20-POLY1305"):
        assert shake(f"ECDHE-{name}-{rest}") == "TLSv1.2"
    refused = [f"ECDHE-{name}-AES128-SHA", f"ECDHE-{name}-AES256-SHA"]
    if kind is RSA:
        refused += ["AES128-GCM-SHA256", "AES256-GCM-SHA384", "AES128-SHA", "AES256-SHA"]
    for cipher in refused:
        with pytest.raises(ssl.SSLError) as refusal:
            shake(cipher)
        assert "HANDSHAKE_FAILURE" in refusal.value.reason, cipher


@contextmanager
def over_http2(program):
    """A connection that has said hello, and what comes in on it: each frame's kind, flags, stream and content."""
    context = ssl.create_default_context(cafile=program.certificate)
    context.set_alpn_protocols(["h2"])
    with (
        socket.create_connection(("127.0.0.1", program.port), timeout=30) as connection,
        context.wrap_socket(connection, server_hostname="127.0.0.1") as secured,
        secured.makefile("rb") as received,
    ):
        def frames():
            while head := received.read(9):
                content = received.read(int.from_bytes(head[:3], "big"))
                yield head[3], head[4], int.from_bytes(head[5:], "big"), content

        secured.sendall(PREFACE + frame(SETTINGS, 0, 0))
        yield secured, frames()


def pseudo_fields(method, path):
    return [(b":method", method), (b":scheme", b"https"), (b":path", path)]


def status_of(incoming, stream):
    """Of the answer on a stream, by its place in the table that all have (RFC 7541, appendix A)."""
    block = next(content for kind, _, at, content in incoming if kind == HEADERS and at == stream)
    return {0x88: 200, 0x8C: 400}[block[0]]


def test_a_request_over_http2_names_one_host(secure):
    cases = [
        ([(b":authority", b"x")], 200), ([(b"host", b"x")], 200), ([(b":authority", b"x"), (b"host", b"X")], 200),
        ([], 400), ([(b":authority", b"")], 400), ([(b"host", b"")], 400), ([(b"host", b"x"), (b"host", b"x")], 400),
        ([(b":authority", b"x"), (b"host", b"y")], 400), ([(b":authority", b"x/y")], 400),
    ]
    with over_http2(secure) as (connection, incoming):
        for number, (named, status) in enumerate(cases):
            stream = 2 * number + 1
            block = header_block(pseudo_fields(b"GET", b"/health") + named)
            connection.sendall(frame(HEADERS, 5, stream, block))
            assert status_of(incoming, stream) == status, named
    secure.stop()


def test_requests_that_are_cancelled_are_no_errors(secure):
    """Anyone can do so, thousands of times in a second."""
    named = [(b":authority", b"x")]
    post = header_block(
        [*pseudo_fields(b"POST", b"/login"), *named, (b"content-type", b"application/x-www-form-urlencoded")]
    )
    get = header_block(pseudo_fields(b"GET", b"/login") + named)
    with over_http2(secure) as (connection, incoming):
        for number in range(60):
            stream = 2 * number + 1
            connection.sendall(frame(HEADERS, 5, stream, get) if number % 3 == 0 else frame(HEADERS, 4, stream, post))
            if number % 3 == 1:
                connection.sendall(frame(DATA, 0, stream, b"email=ada"))
            # Some are being served by then, and some have hardly come.
            if number % 2:
                time.sleep(0.01)
            connection.sendall(frame(RST_STREAM, 0, stream, (8).to_bytes(4, "big")))
        connection.sendall(frame(HEADERS, 5, 121, header_block(pseudo_fields(b"GET", b"/health") + named)))
        assert status_of(incoming, 121) == 200
        # One more goes with its connection.
        connection.sendall(frame(HEADERS, 4, 123, post))
        time.sleep(0.05)
    secure.stop()
    assert secure.log_text == ""


def sign_up(program, name="ada"):
    context = ssl.create_default_context(cafile=program.certificate)
    connection = http.client.HTTPSConnection("127.0.0.1", program.port, timeout=30, context=context)
    form = urllib.parse.urlencode({"fullName": name, "email": f"{name}@example.org", "password": "correct horse battery"})
    connection.request("POST", "/signup", form, {"Content-Type": "application/x-www-form-urlencoded"})
    response = connection.getresponse()
    response.read()
    connection.close()
    assert response.status == 303
    return response.headers


def test_cookies_and_transport_security(secure):
    headers = sign_up(secure)
    cookies = headers.get_all("Set-Cookie")
    assert len(cookies) == 3
    for cookie in cookies:
        name, *attributes = cookie.split("; ")
        assert name.startswith("__Host-")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(attributes)
        assert not any(attribute.startswith("Domain") for attribute in attributes)
    assert int(headers["Strict-Transport-Security"].removeprefix("max-age=").split(";")[0]) >= 15_552_000


def test_plain_http_has_neither(program):
    connection = http.client.HTTPConnection("127.0.0.1", program.port, timeout=30)
    connection.request("GET", "/login")
    response = connection.getresponse()
    response.read()
    connection.close()
    assert response.headers["Strict-Transport-Security"] is None


@pytest.mark.parametrize("protocol", [None, "http/1.1", "h2"], ids=["no handshake", "HTTP/1.1", "HTTP/2"])
def test_silent_client_holds_up_no_stop(secure, protocol):
    with socket.create_connection(("127.0.0.1", secure.port), timeout=10) as connection:
        if protocol is None:
            connect_again(secure)
            secure.stop()
            return
        context = ssl.create_default_context(cafile=secure.certificate)
        context.set_alpn_protocols([protocol])
        with context.wrap_socket(connection, server_hostname="127.0.0.1") as secured:
            if protocol == "h2":
                secured.sendall(PREFACE + frame(SETTINGS, 0, 0))
                assert secured.recv(1 << 16)
            secure.stop()


def connect_again(program):
    """Once a later connection is served, an earlier one has been accepted."""
    assert handshake(program, ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3)


@curl
def test_pages_and_streams_over_http2(secure):
    cookie = sign_up(secure).get_all("Set-Cookie")[0].split(";")[0]
    command = ["curl", "--silent", "--show-error", "--http2", "--cacert", secure.certificate, "--max-time", "60"]
    address = f"https://127.0.0.1:{secure.port}"
    # Several pages on one connection.
    pages = subprocess.run(
        [*command, "--cookie", cookie, "--write-out", "%{http_version} %{response_code} %{num_connects}\n",
         *("--output", "/dev/null", f"{address}/") * 3],
        capture_output=True, text=True, timeout=60, check=True,
    )
    assert pages.stdout.splitlines() == ["2 200 1", "2 200 0", "2 200 0"]
    refused = subprocess.run(
        [*command, "--output", "/dev/null", "--write-out", "%{http_version} %{response_code}", f"{address}/events"],
        capture_output=True, text=True, timeout=60, check=True,
    )
    assert refused.stdout == "2 401"

    stream = subprocess.Popen(
        [*command, "--no-buffer", "--cookie", cookie, f"{address}/events"], stdout=subprocess.PIPE, text=True
    )
    with killed_after(60, stream):
        assert stream.stdout.readline().startswith("retry: ")
        secure.stop()
        stream.stdout.read()
        assert stream.wait() == 0, "the stream was cut and not ended"


@curl
@pytest.mark.parametrize("version", ["--http1.1", "--http2"])
def test_live_messages_over_a_stream(secure, version):
    cookie = sign_up(secure).get_all("Set-Cookie")[0].split(";")[0]
    sign_up(secure, "bob")
    command = ["curl", "--silent", "--show-error", version, "--cacert", secure.certificate, "--max-time", "60"]
    address = f"https://127.0.0.1:{secure.port}"
    stream = subprocess.Popen(
        [*command, "--no-buffer", "--cookie", cookie, f"{address}/events"], stdout=subprocess.PIPE, text=True
    )
    with killed_after(60, stream):
        assert stream.stdout.readline().startswith("retry: ")
        for text in ("first words", "second words", "third words"):
            subprocess.run(
                [*command, "--fail", "--cookie", cookie, "--data-urlencode", f"text={text}",
                 f"{address}/people/2/messages"],
                capture_output=True, timeout=60, check=True,
            )
            assert any(text in line for line in stream.stdout), "the stream ended"
        secure.stop()
        stream.stdout.read()
        assert stream.wait() == 0, "the stream was cut and not ended"


def test_what_is_in_flight_over_http2_is_answered_whole(secure):
    """Also where its connection has been told to go away before the whole of the request was there."""
    fields = [*pseudo_fields(b"POST", b"/signup"), (b":authority", b"x")]
    fields += [(b"content-type", b"application/x-www-form-urlencoded")]
    with over_http2(secure) as (secured, incoming):
        # What came before a ping has been taken when that is answered.
        secured.sendall(frame(HEADERS, 4, 1, header_block(fields)) + frame(PING, 0, 0, bytes(8)))
        assert any(kind == PING and flags == 1 for kind, flags, _, _ in incoming), "no answer to the ping"
        secure.process.terminate()
        for kind, _, _, content in incoming:
            if kind == PING:
                secured.sendall(frame(PING, 1, 0, content))
            # The second farewell names the last stream that is served.
            if kind == GOAWAY and content[:4] == b"\0\0\0\1":
                break
        # Of no use as it is, so that no password is hashed, which takes long beside other tests.
        secured.sendall(frame(DATA, 1, 1, b"email=ada%40example.org"))
        page, is_whole = b"", False
        for kind, flags, stream, content in incoming:
            if kind == DATA:
                page += content
                is_whole = is_whole or (flags & 1 == 1 and stream == 1)
        assert page.rstrip().endswith(b"</html>")
        assert is_whole, "the answer was cut and not ended"
    secure.expect_clean_exit()
