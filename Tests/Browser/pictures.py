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


def turned(width, height, kind="JPEG"):
    """A photo whose camera was held upright."""
    exif = Image.Exif()
    exif[0x0112] = TURNED
    return picture(width, height, kind, exif=exif)


def animation(width, height, kind="GIF"):
    out = io.BytesIO()
    frames = [Image.new("RGB", (width, height), colour) for colour in ((31, 111, 92), (200, 60, 30))]
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=200)
    return out.getvalue()


def half_transparent(width, height, kind):
    """Nothing on the left, red on the right."""
    image = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    image.paste((200, 30, 30, 255), (width // 2, 0, width, height))
    out = io.BytesIO()
    image.save(out, kind)
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


PASTE = """({ files, texts }) => {
  const clipboardData = new DataTransfer()
  for (const [type, text] of Object.entries(texts)) clipboardData.setData(`text/${type}`, text)
  for (const { name, mimeType, text } of files) {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
    clipboardData.items.add(new File([bytes], name, { type: mimeType }))
  }
  const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData })
  return document.activeElement.dispatchEvent(event)
}"""


def paste(page, *files, **texts):
    """As if they were on the clipboard, where no driver can put files.

    Answers whether the browser would go on and put the text in itself."""
    coded = [{**each, "text": base64.b64encode(each["buffer"]).decode(), "buffer": None} for each in files]
    return page.evaluate(PASTE, {"files": coded, "texts": texts})


COPY = """async (parts) => {
  const blobs = await Promise.all(parts.map(async ([type, coded]) => (
    [type, new Blob([Uint8Array.from(atob(coded), (letter) => letter.charCodeAt(0))], { type })])))
  await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))])
}"""


def copy(page, **parts):
    """Puts a picture and texts on the clipboard as programs do, to be pasted by the keyboard."""
    kinds = {"plain": "text/plain", "html": "text/html", "png": "image/png"}
    coded = [[kinds[kind], base64.b64encode(part).decode()] for kind, part in parts.items()]
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate(COPY, coded)


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
