"""WebP files."""

import struct

from PIL import Image

from .quarters import SIZE, encoded, quarters


def webp(mode="RGB", **options):
    return encoded(quarters(mode), "WEBP", **options)


def riff(*parts, size=None):
    content = b"WEBP" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(content) if size is None else size) + content


def riff_chunk(kind, data):
    return kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def riff_chunks(data):
    place = 12
    while place < len(data):
        length = int.from_bytes(data[place + 4:place + 8], "little")
        yield data[place:place + 8 + length + length % 2]
        place += 8 + length + length % 2


def canvas(flags=0, width=SIZE[0], height=SIZE[1]):
    return riff_chunk(b"VP8X", bytes([flags, 0, 0, 0]) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little"))


def webp_frame(picture, x=0, y=0, width=SIZE[0], height=SIZE[1]):
    numbers = [x // 2, y // 2, width - 1, height - 1, 100]
    return riff_chunk(b"ANMF", b"".join(each.to_bytes(3, "little") for each in numbers) + b"\0" + picture)


ANIMATION = riff_chunk(b"ANIM", b"\0\0\0\0\0\0")


def webps():
    for name, plain in {"WebP": webp(quality=90), "WebP, lossless": webp(lossless=True)}.items():
        [picture] = riff_chunks(plain)
        length = int.from_bytes(plain[4:8], "little")
        yield name, plain
        yield name + ", extended", riff(canvas(), picture)
        yield name + " without its last byte", plain[:-1]
        yield name + " without its last 4 bytes", plain[:-4]
        yield name + " cut in half", plain[:len(plain) // 2]
        yield name + " with a length that is 1 too large", riff(picture, size=length + 1)
        yield name + " with a length that is far too large", riff(picture, size=length + 10_000)
        yield name + " with a length that is too small", riff(picture, size=length - 2)
        yield name + " with the length 0", riff(picture, size=0)
        yield name + " with more behind its end", plain + b"more"
        yield name + " behind what nobody knows", riff(riff_chunk(b"SECR", b"words"), picture)
        yield name + " on a larger canvas", riff(canvas(width=60), picture)
        yield name + " twice", riff(canvas(), picture, picture)
        yield name + " that says that it moves", riff(canvas(2), picture)
        yield name + " that moves", riff(canvas(2), ANIMATION, webp_frame(picture), webp_frame(picture))
        yield name + " that moves, cut", riff(canvas(2), ANIMATION, webp_frame(picture), webp_frame(picture))[:-20]
        yield name + " that moves, without its parameters", riff(canvas(2), webp_frame(picture))
        yield name + " that moves, with a frame outside", riff(canvas(2), ANIMATION, webp_frame(picture), webp_frame(picture, x=20))
        yield name + " that moves, with a frame of another size", riff(canvas(2), ANIMATION, webp_frame(picture, width=40))
        yield name + " that moves, without a frame", riff(canvas(2), ANIMATION)
        yield name + " that moves without saying so", riff(canvas(), ANIMATION, webp_frame(picture), webp_frame(picture))
    secret = riff_chunk(b"SECR", b"words")
    layer = riff_chunk(b"ALPH", b"\0" + b"\xff" * 48 * 32)
    yield "WebP with what nobody knows behind it", riff(canvas(), picture, secret)
    yield "WebP with what nobody knows before it", riff(canvas(), secret, picture)
    yield "WebP with a canvas behind it", riff(canvas(), picture, canvas())
    yield "WebP with an animation's parameters before it", riff(canvas(), ANIMATION, picture)
    yield "WebP with an animation's parameters behind it", riff(canvas(), picture, ANIMATION)
    yield "WebP with a frame behind it", riff(canvas(), picture, webp_frame(picture))
    yield "WebP with transparency in a part of its own", riff(canvas(0x10), layer, picture)
    yield "WebP with transparency behind it", riff(canvas(0x10), picture, layer)
    yield "WebP with what nobody knows behind its transparency", riff(canvas(0x10), layer, secret, picture)
    yield "WebP that moves, with long parameters", riff(canvas(2), riff_chunk(b"ANIM", b"\0" * 8), webp_frame(picture))
    yield "WebP that moves, with parameters twice", riff(canvas(2), ANIMATION, ANIMATION, webp_frame(picture))
    yield "WebP that moves, with late parameters", riff(canvas(2), webp_frame(picture), ANIMATION, webp_frame(picture))
    yield "WebP that moves, with an empty frame", riff(canvas(2), ANIMATION, webp_frame(picture), webp_frame(b""))
    yield "WebP that moves, with two pictures in a frame", riff(canvas(2), ANIMATION, webp_frame(picture + picture))
    yield "WebP that moves, with a frame that begins with more", riff(canvas(2), ANIMATION, webp_frame(secret + picture))
    yield "WebP that moves, with a frame that ends with more", riff(canvas(2), ANIMATION, webp_frame(picture + secret))
    yield "WebP that moves, with a picture behind it", riff(canvas(2), ANIMATION, webp_frame(picture), picture)
    yield "WebP with transparency", webp("RGBA", quality=90)
    alpha = Image.new("RGBA", SIZE, (220, 30, 30, 128))
    layers = list(riff_chunks(encoded(alpha, "WEBP", quality=90)))
    yield "WebP with transparency that it does not announce", riff(canvas(), *layers[1:])
    yield "WebP with nothing but transparency", riff(canvas(0x10), layers[1])
