"""PNG files."""

import struct
import zlib

from PIL import Image

from .quarters import GREY, SIZE, encoded, quarters


def png(mode="RGB", **options):
    return encoded(quarters(mode), "PNG", **options)


def chunk(kind, data=b""):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def chunks(data):
    place = 8
    while place < len(data):
        length = int.from_bytes(data[place:place + 4], "big")
        yield data[place:place + 12 + length]
        place += 12 + length


def png_of(*parts):
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def rows(count, size=SIZE):
    """The pixels of the first so many rows, not compressed."""
    image = quarters(size=size)
    raw = image.tobytes()
    stride = 3 * size[0]
    return b"".join(b"\0" + raw[stride * row:stride * (row + 1)] for row in range(count))


def deflated(data):
    return zlib.compress(data, 0)


def header(width=SIZE[0], height=SIZE[1], rest=b"\x08\x02\0\0\0"):
    return chunk(b"IHDR", struct.pack(">II", width, height) + rest)


def frame_control(sequence, width=SIZE[0], height=SIZE[1], x=0, y=0):
    return chunk(b"fcTL", struct.pack(">IIIIIHHBB", sequence, width, height, x, y, 1, 10, 0, 0))


def with_wrong_checksum(part):
    return part[:-1] + bytes([part[-1] ^ 1])


def pngs():
    head, body, end = header(), chunk(b"IDAT", deflated(rows(32))), chunk(b"IEND")
    plain = png_of(head, body, end)
    text = chunk(b"tEXt", b"a\0b")
    palette = list(chunks(png("P")))
    pixels = deflated(rows(32))
    yield "PNG", plain
    yield "PNG with transparency", png("RGBA")
    yield "PNG with a palette", png("P")
    yield "PNG, grey", png("L"), GREY
    yield "PNG, black and white", encoded(Image.new("1", SIZE), "PNG"), (0, 0, 0)
    yield "PNG of 16 bits", encoded(Image.new("I;16", SIZE, 40_000), "PNG"), (156, 156, 156)
    yield "PNG without its end", png_of(head, body)
    yield "PNG without its last 5 bytes", plain[:-5]
    yield "PNG without its last 14 bytes", plain[:-14]
    yield "PNG without its last 20 bytes", plain[:-20]
    yield "PNG cut in half", plain[:len(plain) // 2]
    yield "PNG cut before the pixels", png_of(head)
    yield "PNG with half of its rows", png_of(head, chunk(b"IDAT", deflated(rows(16))), end)
    yield "PNG with more rows than it has", png_of(head, chunk(b"IDAT", deflated(rows(32) + rows(4))), end)
    yield "PNG in two parts, cut in the second", png_of(head, chunk(b"IDAT", pixels[:3000]), chunk(b"IDAT", pixels[3000:]))[:-600]
    yield "PNG without pixels", png_of(head, end)
    yield "PNG with empty pixels", png_of(head, chunk(b"IDAT"), end)
    yield "PNG with an empty part of its pixels", png_of(head, chunk(b"IDAT"), body, end)
    yield "PNG with a text whose checksum is wrong", png_of(head, with_wrong_checksum(text), body, end)
    yield "PNG with a late text whose checksum is wrong", png_of(head, body, with_wrong_checksum(text), end)
    yield "PNG with pixels whose checksum is wrong", png_of(head, with_wrong_checksum(body), end)
    yield "PNG with a head whose checksum is wrong", png_of(with_wrong_checksum(head), body, end)
    yield "PNG with an end whose checksum is wrong", png_of(head, body, with_wrong_checksum(end))
    yield "PNG with a critical part that nobody knows", png_of(head, chunk(b"SECR", b"words"), body, end)
    yield "PNG with a late critical part that nobody knows", png_of(head, body, chunk(b"SECR", b"words"), end)
    yield "PNG of Apple's own kind", png_of(chunk(b"CgBI", b"\x50\0\x20\x02"), head, body, end)
    yield "PNG with a part that has no letters", png_of(head, chunk(b"te t", b"words"), body, end)
    yield "PNG without its palette", png_of(*[each for each in palette if each[4:8] != b"PLTE"])
    yield "PNG with two palettes", png_of(palette[0], palette[1], palette[1], *palette[2:])
    yield "PNG with a palette that is too long", png_of(palette[0], chunk(b"PLTE", b"\1" * 771), *palette[2:])
    yield "PNG with a palette whose checksum is wrong", png_of(palette[0], with_wrong_checksum(palette[1]), *palette[2:])
    yield "PNG with a palette it has no use for, that is empty", png_of(head, chunk(b"PLTE"), body, end)
    yield "PNG in two parts, the first with a wrong checksum", png_of(
        head, with_wrong_checksum(chunk(b"IDAT", pixels[:3000])), chunk(b"IDAT", pixels[3000:]), end)
    yield "PNG in two parts, the second with a wrong checksum", png_of(
        head, chunk(b"IDAT", pixels[:3000]), with_wrong_checksum(chunk(b"IDAT", pixels[3000:])), end)
    yield "PNG cut in a late text", png_of(head, body, text[:-6])
    yield "PNG with a palette behind the pixels", png_of(head, body, chunk(b"PLTE", b"\1\2\3"), end)
    yield "PNG with its pixels interrupted", png_of(head, chunk(b"IDAT", pixels[:3000]), text, chunk(b"IDAT", pixels[3000:]), end)
    yield "PNG with two heads", png_of(head, head, body, end)
    yield "PNG with its head behind a text", png_of(text, head, body, end)
    yield "PNG with words in its end", png_of(head, body, chunk(b"IEND", b"words"))
    yield "PNG of a colour that does not exist", png_of(header(rest=b"\x08\x05\0\0\0"), body, end)
    yield "PNG of a filter that does not exist", png_of(header(rest=b"\x08\x02\0\1\0"), body, end)
    yield "PNG without width", png_of(header(width=0), body, end)
    control = chunk(b"acTL", struct.pack(">II", 2, 0))
    first, second = frame_control(0), frame_control(1)
    more = chunk(b"fdAT", struct.pack(">I", 2) + pixels)
    yield "APNG", png_of(head, control, first, body, second, more, end)
    yield "APNG that promises a third frame", png_of(head, chunk(b"acTL", struct.pack(">II", 3, 0)), first, body, second, more, end)
    yield "APNG that promises no frame", png_of(head, chunk(b"acTL", struct.pack(">II", 0, 0)), first, body, second, more, end)
    yield "APNG cut in its second frame", png_of(head, control, first, body, second, more)[:-2000]
    yield "APNG with more frames than it promises", png_of(
        head, chunk(b"acTL", struct.pack(">II", 1, 0)), first, body, second, more, end)
    yield "APNG without its end", png_of(head, control, first, body, second, more)
    yield "APNG whose announcement has a wrong checksum", png_of(
        head, with_wrong_checksum(control), first, body, second, more, end)
    yield "APNG whose first frame has a wrong checksum", png_of(
        head, control, with_wrong_checksum(first), body, second, more, end)
    yield "APNG whose second frame has a wrong checksum", png_of(
        head, control, first, body, with_wrong_checksum(second), more, end)
    yield "APNG whose second pixels have a wrong checksum", png_of(
        head, control, first, body, second, with_wrong_checksum(more), end)
    yield "APNG with a gap in its numbers", png_of(head, control, first, body, frame_control(4), more, end)
    yield "APNG with a frame outside", png_of(head, control, first, body, frame_control(1, x=9), more, end)
    yield "APNG with a frame without pixels", png_of(head, control, first, body, second, end)
    yield "APNG with a first frame that is smaller", png_of(head, control, frame_control(0, width=9), body, second, more, end)
