"""An event stream that nobody reads."""

import socket


def open_unread(program, account):
    connection = socket.socket()
    # Small segments and a small window, so that the kernel holds little on the server's behalf.
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 536)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.settimeout(30)
    connection.connect(("127.0.0.1", program.port))
    request = f"GET /events HTTP/1.1\r\nHost: 127.0.0.1:{program.port}\r\nCookie: {account.cookie}\r\n\r\n"
    connection.sendall(request.encode())
    return connection
