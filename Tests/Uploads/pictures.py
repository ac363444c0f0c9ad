"""Pictures of every kind that is taken, each with as much metadata as it can hold."""

import subprocess
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageCms, PngImagePlugin

SECRET = "Home-address-12"
SIZE = (48, 32)
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
ORIENTATION = 0x0112


@dataclass(frozen=True)
class Picture:
    name: str
    path: Path
    has_profile: bool = False


def gradient(mode="RGB", seed=0, size=SIZE):
    """No two corners alike, so that a turn shows."""
    width, height = size
    image = Image.new("RGBA", size)
    image.putdata([
        ((x * 5 + seed) % 256, (y * 7) % 256, (x * y + seed) % 256, 255 - (x + y) % 128)
        for y in range(height) for x in range(width)
    ])
    if mode == "P":
        return image.convert("RGB").quantize(64)
    if mode == "I;16":
        wide = Image.new("I;16", size)
        wide.putdata([(x * 911 + y * 577) % 65536 for y in range(height) for x in range(width)])
        return wide
    return image.convert(mode)


def exif(orientation=1):
    data = Image.Exif()
    data[ORIENTATION] = orientation
    data[0x010E] = SECRET
    data[0x013B] = SECRET
    data.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 18.0)})
    return data.tobytes()


def text():
    chunks = PngImagePlugin.PngInfo()
    chunks.add_text("Comment", SECRET)
    chunks.add_text("Author", SECRET, zip=True)
    chunks.add_itxt("Place", SECRET)
    chunks.add(b"tIME", bytes([7, 234, 11, 24, 10, 0, 0]))
    chunks.add(b"prVt", SECRET.encode())
    return chunks


def make(folder):
    """Writes all of them."""
    made = []

    def save(name, image, has_profile=False, **options):
        path = folder / name
        image.save(path, icc_profile=PROFILE if has_profile else None, **options)
        made.append(Picture(name, path, has_profile))

    for orientation in range(1, 9):
        turned = exif(orientation)
        save(f"turned{orientation}.jpg", gradient(), has_profile=orientation % 2 == 0, exif=turned, comment=SECRET)
        save(f"turned{orientation}.png", gradient("RGBA"), has_profile=orientation % 2 == 0, exif=turned, pnginfo=text())
        save(f"turned{orientation}.webp", gradient(), has_profile=orientation % 2 == 0, exif=turned, lossless=True)
    save("progressive.jpg", gradient(size=(200, 150)), progressive=True, exif=exif(), comment=SECRET)
    save("grey.jpg", gradient("L"), exif=exif(), quality=30)
    save("cmyk.jpg", gradient("CMYK"), exif=exif(), restart_marker_rows=1)
    save("palette.png", gradient("P"), pnginfo=text(), transparency=3)
    save("deep.png", gradient("I;16"), pnginfo=text())
    save("grey.png", gradient("LA"), pnginfo=text())
    save("still.gif", gradient("P"), comment=SECRET.encode())
    save("lossy.webp", gradient("RGBA"), has_profile=True, exif=exif(), xmp=SECRET.encode())
    save("plain.webp", gradient(size=(640, 480)))
    frames = [gradient("RGBA", seed) for seed in (40, 80, 120)]
    for name in ("moving.png", "moving.webp"):
        save(name, gradient("RGBA"), save_all=True, append_images=frames, duration=[70, 130, 90, 50], loop=3,
             **({"pnginfo": text()} if name.endswith("png") else {"exif": exif(), "lossless": True}))
    frames = [gradient("P", seed) for seed in (40, 80, 120)]
    save("moving.gif", gradient("P"), save_all=True, append_images=frames, duration=[70, 130, 90, 50], loop=3,
         comment=SECRET.encode(), disposal=2)
    with_thumbnail = BytesIO()
    gradient(size=(16, 16)).save(with_thumbnail, "JPEG")
    thumbnail = folder / "thumbnail.bin"
    thumbnail.write_bytes(with_thumbnail.getvalue())
    stills = [each for each in made if each.name not in ("moving.png", "moving.webp")]
    jpegs = [each.path for each in stills if each.name.endswith(".jpg")]
    write_metadata([f"-ThumbnailImage<={thumbnail}", f"-IPTC:City={SECRET}", "-GPSAltitude=34"], jpegs)
    write_metadata([f"-XMP-dc:Creator={SECRET}", f"-XMP-photoshop:City={SECRET}"], [each.path for each in stills])
    for each in made:
        with each.path.open("ab") as file:
            file.write(b"PK\x03\x04" + SECRET.encode() * 4)
    return made


def write_metadata(arguments, paths):
    command = ["exiftool", "-q", "-m", "-overwrite_original", *arguments, *map(str, paths)]
    subprocess.run(command, check=True)


def frames(data):
    """What each frame shows, turned as its orientation asks, and how long it is shown."""
    image = Image.open(BytesIO(data))
    shown = []
    for number in range(getattr(image, "n_frames", 1)):
        image.seek(number)
        shown.append((image.size, image.info.get("duration"), image.convert("RGBA").tobytes(), image.mode))
    return shown, image.info.get("loop"), image.getexif().get(ORIENTATION, 1)
