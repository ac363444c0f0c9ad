"""Pictures as people have them, made by Pillow."""

import base64
import io

from PIL import Image

# As EXIF numbers it: turned by a quarter.
TURNED = 6


def picture(width=320, height=240, kind="JPEG", colour=(31, 111, 92), **options):
    """The bytes of a picture of one colour."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, kind, **options)
    return out.getvalue()


def turned(width, height):
    """A photo whose camera was held upright."""
    exif = Image.Exif()
    exif[0x0112] = TURNED
    return picture(width, height, exif=exif)


def animation(width, height):
    out = io.BytesIO()
    frames = [Image.new("P", (width, height), shade) for shade in (20, 200)]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=200)
    return out.getvalue()


def noise(width, height):
    """Of so many bytes as pixels, whatever packs it."""
    out = io.BytesIO()
    image = Image.effect_noise((width, height), 100)
    Image.merge("RGB", [image, image.rotate(90), image.rotate(180)]).save(out, "PNG", compress_level=0)
    return out.getvalue()


def file(name, content=None):
    """As Playwright hands it to a file field."""
    kinds = {"jpg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp", "avif": "image/avif"}
    kind = kinds.get(name.rpartition(".")[2], "application/octet-stream")
    return {"name": name, "mimeType": kind, "buffer": picture() if content is None else content}


PASTE = """(files) => {
  const clipboardData = new DataTransfer()
  for (const { name, mimeType, text } of files) {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
    clipboardData.items.add(new File([bytes], name, { type: mimeType }))
  }
  const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData })
  document.activeElement.dispatchEvent(event)
}"""


def paste(page, *files):
    """As if they were on the clipboard, where no driver can put them."""
    page.evaluate(PASTE, [{**each, "text": base64.b64encode(each["buffer"]).decode(), "buffer": None} for each in files])


class Drag:
    """Files that are dragged over the middle of an element."""

    def __init__(self, element, *paths):
        self.session = element.page.context.new_cdp_session(element.page)
        box = element.bounding_box()
        self.place = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
        self.data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
        self._do("dragEnter", "dragOver")

    def drop(self):
        self._do("drop")

    def _do(self, *kinds):
        for kind in kinds:
            self.session.send("Input.dispatchDragEvent", {"type": kind, **self.place, "data": self.data})
