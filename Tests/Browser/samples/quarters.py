"""The picture that all samples show: four quarters, so that a turn shows and so does where the picture ends."""

import io

from PIL import Image

SIZE = (48, 32)
# Left and right above, left and right below.
QUARTERS = [(220, 30, 30), (30, 160, 50), (40, 60, 220), (230, 220, 60)]
# What the first of them is without colour.
GREY = (87, 87, 87)
ORIENTATION = 0x0112


def quarters(mode="RGB", size=SIZE):
    width, height = size
    image = Image.new("RGB", size)
    for number, colour in enumerate(QUARTERS):
        left, top = number % 2 * width // 2, number // 2 * height // 2
        image.paste(colour, (left, top, left + width // 2, top + height // 2))
    if mode == "P":
        return image.quantize(8, dither=Image.Dither.NONE)
    return image.convert(mode)


def encoded(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def turned(kind, orientation, **options):
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    return encoded(quarters(), kind, exif=exif, **options)
