"""HTTPS: HTTP/2, TLS 1.2 or later, and what it adds to cookies and headers."""

import http.client
import shutil
import socket
import ssl
import subprocess
import urllib.parse
import warnings

import pytest

from .certificate import make_certificate
from .dripping import DATA, GOAWAY, HEADERS, PING, PREFACE, SETTINGS, frame, header_block
from .program import killed_after

curl = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")


@pytest.fixture
def secure(make_program, tmp_path):
    certificate, key = make_certificate(tmp_path, "server")
    program = make_program("--tls-certificate", certificate, "--tls-key", key)
    program.certificate = certificate
    return program.start()


def handshake(program, oldest, newest, protocols=()):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context = ssl.create_default_context(cafile=program.certificate)
        # OpenSSL refuses TLS 1.1 by itself at its usual level; here the server is to refuse it.
        context.set_ciphers("ALL:@SECLEVEL=0")
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
    fields = [(b":method", b"POST"), (b":scheme", b"https"), (b":path", b"/login"), (b":authority", b"x")]
    fields += [(b"content-type", b"application/x-www-form-urlencoded")]
    context = ssl.create_default_context(cafile=secure.certificate)
    context.set_alpn_protocols(["h2"])
    with (
        socket.create_connection(("127.0.0.1", secure.port), timeout=30) as connection,
        context.wrap_socket(connection, server_hostname="127.0.0.1") as secured,
        secured.makefile("rb") as received,
    ):
        def frames():
            while head := received.read(9):
                yield head[3], head[4], head[5:], received.read(int.from_bytes(head[:3], "big"))

        incoming = frames()
        secured.sendall(PREFACE + frame(SETTINGS, 0, 0) + frame(HEADERS, 4, 1, header_block(fields)))
        assert any(kind == SETTINGS and flags == 1 for kind, flags, _, _ in incoming), "no greeting"
        secure.process.terminate()
        for kind, _, _, content in incoming:
            if kind == PING:
                secured.sendall(frame(PING, 1, 0, content))
            # The second farewell names the last stream that is served.
            if kind == GOAWAY and content[:4] == b"\0\0\0\1":
                break
        secured.sendall(frame(DATA, 1, 1, b"email=ada%40example.org&password=wrong"))
        page, is_whole = b"", False
        for kind, flags, stream, content in incoming:
            if kind == DATA:
                page += content
                is_whole = is_whole or (flags & 1 == 1 and stream == b"\0\0\0\1")
        assert page.rstrip().endswith(b"</html>")
        assert is_whole, "the answer was cut and not ended"
    secure.expect_clean_exit()
