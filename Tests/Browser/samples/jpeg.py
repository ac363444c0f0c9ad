"""JPEG files."""

import base64
import struct

from .quarters import GREY, encoded, quarters

# The quarters, arithmetic-coded, which Pillow does not make: by `jpegtran -arithmetic`, and `-progressive`.
ARITHMETIC = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19i"
    "Z2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2Nj"
    "Y2NjY2NjY2P/yQARCAAgADADAREAAhEBAxEB/8wACgAQEAUBEBEF/9oADAMBAAIRAxEAPwD+7bAM+6LtYkatgwcOQs6va4QnAaoZ"
    "COstI+y2OvfogVLN0AVK/9k="
)
ARITHMETIC_PROGRESSIVE = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19i"
    "Z2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2Nj"
    "Y2NjY2NjY2P/ygARCAAgADADAREAAhEBAxEB/8wABgAQARD/2gAMAwEAAhADEAAAAf3i4YBqRtZt13bC0yMPFf0QRefAk6eqYp6U"
    "9DjV/8wABBAF/9oACAEBAAEFArD/zAAEEQX/2gAIAQMBAT8BsP/MAAQRBf/aAAgBAgEBPwGw/8wABBAF/9oACAEBAAY/ArD/zAAE"
    "EAX/2gAIAQEAAT8hsP/aAAwDAQACAAMAAAAQ/wCmD/f9lj+SgP/MAAQRBf/aAAgBAwEBPxCw/8wABBEF/9oACAECAQE/ELD/zAAE"
    "EAX/2gAIAQEAAT8QsP/Z"
)


def jpeg(**options):
    return encoded(quarters(options.pop("mode", "RGB")), "JPEG", **{"quality": 95, "subsampling": 0, **options})


def segment(marker, payload=b""):
    return bytes([0xFF, marker]) + struct.pack(">H", len(payload) + 2) + payload


def segments(data):
    """Where those before the first scan's data begin and end, by their markers."""
    place = 2
    while place == 2 or data[start + 1] != 0xDA:
        start, place = place, place + 2 + int.from_bytes(data[place + 2:place + 4], "big")
        yield data[start + 1], start, place


def place_of(data, marker):
    return next(start for each, start, _ in segments(data) if each == marker)


def without(data, marker):
    parts = list(segments(data))
    kept = b"".join(data[start:end] for each, start, end in parts if each != marker)
    return data[:2] + kept + data[parts[-1][2]:]


def before(data, marker, more):
    place = place_of(data, marker)
    return data[:place] + more + data[place:]


def with_byte(data, place, value):
    return data[:place] + bytes([value]) + data[place + 1:]


def scan_start(data):
    return next(end for each, _, end in segments(data) if each == 0xDA)


def jpegs():
    plain, progressive = jpeg(), jpeg(progressive=True)
    frame, start = place_of(plain, 0xC0), scan_start(plain)
    half = start + (len(plain) - start) // 2
    second = progressive.index(b"\xff\xda", scan_start(progressive))
    late = second + (len(progressive) - second) // 2
    yield "JPEG", plain
    yield "JPEG, progressive", progressive
    yield "JPEG, grey", jpeg(mode="L"), GREY
    yield "JPEG, CMYK", jpeg(mode="CMYK")
    yield "JPEG, half the colours", jpeg(subsampling=2)
    yield "JPEG with restart markers", jpeg(restart_marker_blocks=2)
    yield "JPEG without JFIF", without(plain, 0xE0)
    yield "JPEG, extended", with_byte(plain, frame + 1, 0xC1)
    yield "JPEG, arithmetic-coded", ARITHMETIC
    yield "JPEG, arithmetic-coded and progressive", ARITHMETIC_PROGRESSIVE
    yield "JPEG, 12 bits", with_byte(with_byte(plain, frame + 1, 0xC1), frame + 4, 12)
    yield "JPEG, lossless", with_byte(plain, frame + 1, 0xC3)
    yield "JPEG, hierarchical", with_byte(plain, frame + 1, 0xC5)
    yield "JPEG without its end", plain[:-2]
    yield "JPEG without the second byte of its end", plain[:-1]
    yield "JPEG without its last 20 bytes", plain[:-20]
    yield "JPEG cut in half", plain[:half]
    yield "JPEG cut in half and closed", plain[:half] + b"\xff\xd9"
    yield "JPEG cut after a few bytes", plain[:start + 12]
    yield "JPEG cut behind the scan's header", plain[:start]
    yield "JPEG with an empty scan", plain[:start] + b"\xff\xd9"
    yield "JPEG cut in the scan's header", plain[:start - 3]
    yield "JPEG cut before the scan", plain[:place_of(plain, 0xDA)]
    yield "JPEG cut before the frame", plain[:frame]
    yield "JPEG, progressive, without its end", progressive[:-2]
    yield "JPEG, progressive, cut between scans", progressive[:second]
    yield "JPEG, progressive, cut between scans and closed", progressive[:second] + b"\xff\xd9"
    yield "JPEG, progressive, cut in a later scan", progressive[:late]
    yield "JPEG, progressive, cut in a later scan's header", progressive[:second + 5]
    yield "JPEG, progressive, cut in its first scan", progressive[:scan_start(progressive) + 8]
    yield "JPEG with more behind its end", plain + b"more" + plain
    yield "JPEG with a comment behind its scan", plain[:-2] + segment(0xFE, b"words") + b"\xff\xd9"
    yield "JPEG with bytes between segments", before(plain, 0xC0, b"\0\0\0")
    yield "JPEG with fill bytes", before(plain, 0xC0, b"\xff\xff\xff")
    yield "JPEG without Huffman tables", without(plain, 0xC4)
    yield "JPEG without quantization tables", without(plain, 0xDB)
    yield "JPEG with two frames", before(plain, 0xDA, plain[frame:frame + 19])
    yield "JPEG with two starts", before(plain, 0xC0, b"\xff\xd8")
    yield "JPEG with a reserved marker", before(plain, 0xC0, segment(0xF0, b"words"))
    yield "JPEG with a marker without a meaning", before(plain, 0xC0, segment(0x02, b"words"))
    yield "JPEG with a restart marker outside a scan", before(plain, 0xC0, b"\xff\xd3")
    yield "JPEG with conditioning it has no use for", before(plain, 0xC0, segment(0xCC, b"\x00\x10"))
    yield "JPEG with conditioning that is too short", before(plain, 0xC0, segment(0xCC, b"\x10"))
    yield "JPEG with a comment of an impossible length", before(plain, 0xC0, b"\xff\xfe\0\0")
    yield "JPEG with a later comment of an impossible length", progressive[:second] + b"\xff\xfe\0\1" + progressive[second:]
    yield "JPEG with metadata of an impossible length", before(plain, 0xC0, b"\xff\xe1\0\0")
    yield "JPEG with bytes before its first segment", b"\xff\xd8\0\0" + plain[2:]
    yield "JPEG with a second frame behind its scan", plain[:-2] + plain[frame:frame + 19] + b"\xff\xd9"
    yield "JPEG with a second start behind its scan", plain[:-2] + b"\xff\xd8\xff\xd9"
    yield "JPEG with a spoiled Huffman table behind its scan", plain[:-2] + segment(0xC4, b"\0") + b"\xff\xd9"
    yield "JPEG with a restart interval that is too long", before(plain, 0xC0, segment(0xDD, b"\0\0\0"))
    yield "JPEG with a table that is too long", before(plain, 0xC0, segment(0xDB, b"\x03" + b"\x01" * 64 + b"more"))
    yield "JPEG with a table that is too short", before(plain, 0xC0, segment(0xDB, b"\x03" + b"\x01" * 60))
    yield "JPEG with a Huffman table of 300 codes", before(plain, 0xC0, segment(0xC4, b"\x03" + b"\xff" * 316))
    yield "JPEG with a scan of what its frame has not", with_byte(plain, place_of(plain, 0xDA) + 5, 77)
    yield "JPEG with a frame of no component", with_byte(plain, frame + 9, 0)
    yield "JPEG with samples by five", with_byte(plain, frame + 11, 0x51)
    yield "JPEG with its height behind the scan", (
        with_byte(with_byte(plain, frame + 5, 0), frame + 6, 0)[:-2] + segment(0xDC, b"\0\x20") + b"\xff\xd9")
    yield "JPEG with its height again behind the scan", plain[:-2] + segment(0xDC, b"\0\x20") + b"\xff\xd9"
    yield "JPEG with another height behind the scan", plain[:-2] + segment(0xDC, b"\0\x10") + b"\xff\xd9"
    yield "JPEG with its height before the frame", before(plain, 0xC0, segment(0xDC, b"\0\x20"))
    yield "JPEG without width", with_byte(plain, frame + 8, 0)
