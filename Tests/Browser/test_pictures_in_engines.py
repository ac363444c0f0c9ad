"""What Chromium, Firefox and WebKit show of picture files: the server takes what all of them show, and they show it alike."""

import base64
import io
import re

import pytest
from PIL import Image, ImageOps

from engines import in_playwright, in_webkit
from modules import function
from pictures import file, half_transparent
from samples import all_samples
from samples.quarters import QUARTERS, turned
from webkit import WebKit

OPTIONS = {"JPEG": {"quality": 95, "subsampling": 0}, "PNG": {}, "WEBP": {"quality": 95}, "AVIF": {"quality": 95}}


@pytest.fixture(scope="module")
def all_engines(browser, firefox):
    with WebKit("") as webkit, browser.new_page() as chromium, firefox.new_page() as other:
        yield [in_playwright("Chromium", chromium), in_playwright("Firefox", other), in_webkit(webkit)]


@pytest.fixture
def engines(all_engines):
    for engine in all_engines:
        engine.go("about:blank")
    return all_engines


@pytest.fixture
def send(ada, grace):
    """Sends a file by plain HTTP, so that nothing but the server decides; answers what it stored and the size it tells."""

    def send(data):
        answer = ada.context.request.post(
            f"{ada.url}/people/{grace.id}/messages", headers={"HX-Request": "true"},
            multipart={"text": "", "images": file("picture", data)})
        assert answer.status in (200, 422), f"{answer.status} {answer.text()}"
        if answer.status == 422:
            return None
        name, width, height = re.search(r'<img src="(/uploads/[^"]+)" width="(\d+)" height="(\d+)"', answer.text()).groups()
        return ada.context.request.get(ada.url + name).body(), (int(width), int(height))

    return send


# What is taken though WebKit shows it only once as it is.
CLOSED = {
    "JPEG without its end", "JPEG without its last 20 bytes", "JPEG cut in half", "JPEG, progressive, without its end",
    "JPEG, progressive, cut in a later scan", "PNG without its end", "PNG without its last 14 bytes",
    "GIF without its last 20 bytes", "GIF cut in half",
}


class Look:
    """How a file is seen in each engine, the first time and another time."""

    def __init__(self, engines, data, colour):
        self.first = [engine.see(data) for engine in engines]
        self.second = [engine.see(data) for engine in engines]
        self.is_seen = all(seen.has(colour) for seen in self.first)
        self.stays = all(seen.has(colour) for seen in self.first + self.second)
        self.is_alike = self.stays and len({seen.size for seen in self.first}) == 1

    def __repr__(self):
        return f"{self.first}, then {self.second}"


def test_the_server_takes_what_all_engines_show(engines, send):
    wrong, taken = [], set()
    for sample in all_samples():
        before = Look(engines, sample.data, sample.first)
        stored = send(sample.data)
        if stored and not before.is_seen or not stored and before.is_alike:
            wrong.append(f"{sample.name}: {'taken' if stored else 'refused'}, though it is seen as {before}")
        if not stored:
            continue
        taken.add(sample.name)
        data, size = stored
        after = Look(engines, data, sample.first)
        if not after.is_alike or after.first[0].size != size:
            wrong.append(f"{sample.name}: room for {size}, but seen as {after}")
        elif before.is_alike and before.first[0].size == size:
            kept = [(old, new) for one, other in zip(before.first, after.first)
                    for old, new in zip(one.corners(QUARTERS), other.corners(QUARTERS)) if old is not None]
            if any(old != new for old, new in kept):
                wrong.append(f"{sample.name}: seen as {after}, before as {before}")
    assert not wrong, "\n".join(wrong)
    assert CLOSED <= taken, CLOSED - taken


def upright(data):
    """The size of a picture as its camera was held, and which quarter is at which corner."""
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")
    corners = [image.getpixel((x * image.width // 8, y * image.height // 8)) for x, y in [(1, 1), (7, 1), (1, 7), (7, 7)]]
    order = [min(range(4), key=lambda at: sum(abs(a - b) for a, b in zip(QUARTERS[at], each))) for each in corners]
    return image.size, order


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_turn_is_seen_alike_and_has_its_room(engines, send, kind):
    for orientation in range(1, 9):
        original = turned(kind, orientation, **OPTIONS[kind])
        data, size = send(original)
        # A JPEG is turned by all of them; what only some turn stands as its pixels do.
        expected = upright(original if kind == "JPEG" else turned(kind, 1, **OPTIONS[kind]))
        for engine in engines:
            seen = engine.see(data)
            assert (seen.size, seen.corners(QUARTERS)) == expected, f"{orientation} in {engine.name}"
            assert seen.size == size, f"{orientation} in {engine.name}"


FIT = function("""
  const bytes = Uint8Array.from(atob(value.coded), (letter) => letter.charCodeAt(0))
  const { file } = await module.fit(new File([bytes], value.name, { type: value.type }), value.most)
  const content = new Uint8Array(await file.arrayBuffer())
  let text = ''
  for (const each of content) text += String.fromCharCode(each)
  return btoa(text)
""")


def fit(engine, server, data, name="picture.jpg", kind="image/jpeg", most=2048):
    """What the browser would send of a file."""
    engine.go(server.url + "/login")
    coded = base64.b64encode(data).decode()
    value = {"coded": coded, "name": name, "type": kind, "most": most}
    answer = base64.b64decode(engine.run(FIT, {"name": "picture", "value": value}), validate=True)
    engine.go("about:blank")
    return answer


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_all_see_a_turned_picture_as_its_sender_did(engines, server, send, kind):
    for orientation in range(1, 9):
        original = turned(kind, orientation, **OPTIONS[kind])
        for sender in engines:
            mine = sender.see(original)
            data, size = send(fit(sender, server, original))
            for engine in engines:
                seen = engine.see(data)
                place = f"{orientation}, from {sender.name} to {engine.name}"
                assert (seen.size, seen.corners(QUARTERS)) == (mine.size, mine.corners(QUARTERS)), place
                assert seen.size == size, place


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF", "GIF"])
def test_what_is_transparent_stays_so_from_every_engine(engines, server, kind):
    for most in (2048, 20):
        for engine in engines:
            image = Image.open(io.BytesIO(fit(engine, server, half_transparent(60, 40, kind), most=most)))
            pixels = image.convert("RGBA")
            left, right = (pixels.getpixel((part * image.width // 4, image.height // 2)) for part in (1, 3))
            assert left[3] == 0 and right[3] == 255, f"{engine.name}: {left} {right}"


def test_pictures_that_are_not_whole_can_be_chosen(engines, server, send):
    for sample in all_samples():
        if "without its" not in sample.name or not send(sample.data):
            continue
        for engine in engines:
            assert fit(engine, server, sample.data) == sample.data, f"{sample.name} in {engine.name}"
            small = Image.open(io.BytesIO(fit(engine, server, sample.data, most=24)))
            # What may move stays as it is.
            if sample.name.startswith(("JPEG", "PNG")):
                assert small.size == (24, 16), f"{sample.name} in {engine.name}"
