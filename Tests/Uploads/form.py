"""Forms with files over plain HTTP."""

import http.client
import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    text: str


def encode(fields=(), files=(), field="images"):
    """A `multipart/form-data` body (RFC 7578) and its content type."""
    boundary = uuid.uuid4().hex
    body = b""
    for name, value in dict(fields).items():
        body += f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
    for name, data in files:
        disposition = f'form-data; name="{field}"; filename="{name}"'
        body += f"--{boundary}\r\nContent-Disposition: {disposition}\r\nContent-Type: image/x\r\n\r\n".encode()
        body += data + b"\r\n"
    return body + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"


def post_form(program, account, path, fields=(), files=(), field="images", fragment=False, timeout=60, context=None):
    body, content_type = encode(fields, files, field)
    headers = {"Content-Type": content_type, "Cookie": account.cookie}
    if fragment:
        headers["HX-Request"] = "true"
    if context:
        connection = http.client.HTTPSConnection("127.0.0.1", program.port, timeout=timeout, context=context)
    else:
        connection = http.client.HTTPConnection("127.0.0.1", program.port, timeout=timeout)
    try:
        connection.request("POST", path, body, headers)
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read().decode())
    finally:
        connection.close()
