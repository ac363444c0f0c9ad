"""Answers that nobody reads."""

import re
import socket
from io import BytesIO

from PIL import Image
from Uploads.form import post_form


def open_unread(program, account, path="/events"):
    connection = socket.socket()
    # Small segments and a small window, so that the kernel holds little on the server's behalf.
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 536)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.settimeout(30)
    connection.connect(("127.0.0.1", program.port))
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{program.port}\r\nCookie: {account.cookie}\r\n\r\n"
    connection.sendall(request.encode())
    return connection


def send_picture(program, author, reader, size=(3_200, 3_200), context=None):
    """Sends one of about 10 MiB and says where it is."""
    data = BytesIO()
    Image.effect_noise(size, 80).save(data, "PNG", compress_level=0)
    answer = post_form(
        program, author, f"/people/{reader.id}/messages", {"text": "Large"}, [("l.png", data.getvalue())],
        fragment=True, context=context,
    )
    assert answer.status == 200, answer.text
    return re.search(r"/uploads/[0-9a-f]{32}\.png", answer.text)[0]
