"""GIF files."""

import struct

from .quarters import QUARTERS, SIZE, encoded, quarters


def gif_header(width=SIZE[0], height=SIZE[1], version=b"GIF89a", has_table=True):
    table = b"".join(bytes(colour) for colour in QUARTERS)
    return version + struct.pack("<HHBBB", width, height, 0x81 if has_table else 0, 0, 0) + (table if has_table else b"")


def sub_blocks(data):
    parts = [data[at:at + 255] for at in range(0, len(data), 255)]
    return b"".join(bytes([len(part)]) + part for part in parts) + b"\0"


def codes(width, height, colours=(0, 1, 2, 3), size=2):
    """LZW codes without compression: so that none needs more bits than the first, the table is cleared in time."""
    clear, bits = 1 << size, size + 1
    pixels = [colours[2 * (y >= height // 2) + (x >= width // 2)] for y in range(height) for x in range(width)]
    numbers = []
    for at, pixel in enumerate(pixels):
        if at % (clear // 2) == 0:
            numbers.append(clear)
        numbers.append(pixel % clear)
    numbers.append(clear + 1)
    value = sum(number << bits * at for at, number in enumerate(numbers))
    return value.to_bytes((bits * len(numbers) + 7) // 8, "little")


def gif_image(width=SIZE[0], height=SIZE[1], x=0, y=0, colours=(0, 1, 2, 3), code_size=2, data=None):
    pixels = sub_blocks(codes(width, height, colours, code_size or 2)) if data is None else data
    return b"\x2c" + struct.pack("<HHHHBB", x, y, width, height, 0, code_size) + pixels


def with_colours(image):
    return image[:9] + b"\x81" + b"".join(bytes(colour) for colour in QUARTERS) + image[10:]


CONTROL = b"\x21\xf9\x04\x00\x0a\x00\x00\x00"
LOOP = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"
TRAILER = b"\x3b"


def gifs():
    image = gif_image()
    other = gif_image(colours=(3, 2, 1, 0))
    plain = gif_header() + image + TRAILER
    moving = gif_header() + LOOP + CONTROL + image + CONTROL + other
    yield "GIF", plain
    yield "GIF by Pillow", encoded(quarters("P"), "GIF")
    yield "GIF of 1987", gif_header(version=b"GIF87a") + image + TRAILER
    yield "GIF that moves", moving + TRAILER
    yield "GIF without its end", plain[:-1]
    yield "GIF that moves, without its end", moving
    yield "GIF without the end of its image", plain[:-2]
    yield "GIF without its last 20 bytes", plain[:-20]
    yield "GIF cut in half", plain[:len(plain) // 2]
    yield "GIF cut in half and closed", gif_header() + gif_image(data=sub_blocks(codes(*SIZE)[:320])) + TRAILER
    yield "GIF cut after its image's head", gif_header() + image[:11]
    yield "GIF cut in its image's head", gif_header() + image[:6]
    yield "GIF cut after a few bytes of its image", gif_header() + image[:24]
    yield "GIF cut before its image", gif_header()
    yield "GIF cut in its second image", moving[:-200]
    yield "GIF cut in its second image's head", gif_header() + LOOP + CONTROL + image + CONTROL + other[:6]
    yield "GIF cut in an extension", gif_header() + image + LOOP[:7]
    yield "GIF of 0 by 0", gif_header(0, 0) + image + TRAILER
    yield "GIF of 0 by 0 that moves", gif_header(0, 0) + LOOP + CONTROL + image + CONTROL + other + TRAILER
    yield "GIF of 0 by 0 without its end", gif_header(0, 0) + image
    yield "GIF of 0 by 0 with a place", gif_header(0, 0) + gif_image(x=8, y=8) + TRAILER
    yield "GIF of 0 by 16", gif_header(0, 16) + image + TRAILER
    yield "GIF of 0 by 64", gif_header(0, 64) + image + TRAILER
    yield "GIF with a higher image", gif_header(48, 16) + image + TRAILER
    yield "GIF with a larger image that stands a little aside", gif_header(24, 16) + gif_image(x=2, y=2) + TRAILER
    yield "GIF without width", gif_header(0) + image + TRAILER
    yield "GIF without height", gif_header(height=0) + image + TRAILER
    yield "GIF of 0 by 0 with a larger second image", (
        gif_header(0, 0) + LOOP + CONTROL + image + CONTROL + gif_image(60, 40) + TRAILER)
    yield "GIF with a larger image", gif_header(24, 16) + image + TRAILER
    yield "GIF with a wider image", gif_header(24, 64) + image + TRAILER
    yield "GIF with an image that begins beside it", gif_header() + gif_image(x=50) + TRAILER
    yield "GIF with an image that is half outside", gif_header() + gif_image(x=24) + TRAILER
    yield "GIF with a larger second image", gif_header() + LOOP + CONTROL + image + CONTROL + gif_image(60, 40) + TRAILER
    yield "GIF with a second image half outside", gif_header() + LOOP + CONTROL + image + CONTROL + gif_image(x=24) + TRAILER
    yield "GIF with a second image outside", gif_header() + LOOP + CONTROL + image + CONTROL + gif_image(x=90) + TRAILER
    yield "GIF of 1987 with a smaller image", gif_header(64, 64, b"GIF87a") + image + TRAILER
    yield "GIF with a smaller image", gif_header(64, 64) + image + TRAILER
    yield "GIF of 1987 that moves, with smaller images", gif_header(64, 64, b"GIF87a") + image + CONTROL + other + TRAILER
    yield "GIF with an image without width", gif_header() + gif_image(0, 32, data=sub_blocks(codes(*SIZE))) + TRAILER
    yield "GIF with a second image without width", (
        gif_header() + LOOP + CONTROL + image + CONTROL + gif_image(0, 32, data=sub_blocks(codes(*SIZE))) + TRAILER)
    yield "GIF without colours", gif_header(has_table=False) + image + TRAILER
    yield "GIF with colours of its image", gif_header(has_table=False) + with_colours(image) + TRAILER
    yield "GIF without an image", gif_header() + TRAILER
    yield "GIF without data", gif_header() + gif_image(data=b"\0") + TRAILER
    yield "GIF with an impossible code size", gif_header() + gif_image(code_size=12) + TRAILER
    yield "GIF with a code size of 0", gif_header() + gif_image(code_size=0) + TRAILER
    yield "GIF with a code size of 1", gif_header() + gif_image(code_size=1) + TRAILER
    yield "GIF with a code size of 9", gif_header() + gif_image(code_size=9) + TRAILER
    yield "GIF with an impossible code size later", gif_header() + LOOP + CONTROL + image + CONTROL + gif_image(code_size=12) + TRAILER
    yield "GIF without data later", gif_header() + LOOP + CONTROL + image + CONTROL + gif_image(data=b"\0") + TRAILER
    yield "GIF with a control that is too short, later", gif_header() + image + b"\x21\xf9\x03\0\x0a\0\0" + other + TRAILER
    yield "GIF with zeros between its blocks", gif_header() + b"\0" + image + b"\0\0" + TRAILER
    yield "GIF with zeros between its images", gif_header() + LOOP + CONTROL + image + b"\0" + CONTROL + other + TRAILER
    yield "GIF with bytes behind its image", gif_header() + image + b"words" + TRAILER
    yield "GIF with bytes before its image", gif_header() + b"words" + image + TRAILER
    yield "GIF with a control that is too long", gif_header() + b"\x21\xf9\x05\0\x0a\0\0\0\0" + image + TRAILER
    yield "GIF with a control that is too short", gif_header() + b"\x21\xf9\x03\0\x0a\0\0" + image + TRAILER
    yield "GIF with a control in two parts", gif_header() + b"\x21\xf9\x04\0\x0a\0\0\x02ab\0" + image + TRAILER
    yield "GIF with too many pixels", gif_header() + gif_image(data=sub_blocks(codes(48, 40))) + TRAILER
