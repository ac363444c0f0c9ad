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

pytestmark = pytest.mark.shared

OPTIONS = {"JPEG": {"quality": 95, "subsampling": 0}, "PNG": {}, "WEBP": {"quality": 95}, "AVIF": {"quality": 95}}


@pytest.fixture(scope="session")
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

    def __init__(self, first, second, colour):
        self.first = first
        self.second = second
        self.is_seen = all(seen.has(colour) for seen in first)
        self.stays = all(seen.has(colour) for seen in (*first, *second))
        self.is_alike = self.stays and len({seen.size for seen in first}) == 1

    def __repr__(self):
        return f"{self.first}, then {self.second}"


def looks(engines, files, colours):
    """A look at each file."""
    first, second = (zip(*(engine.see(files) for engine in engines)) for _ in range(2))
    return [Look(*each) for each in zip(first, second, colours)]


def test_the_server_takes_what_all_engines_show(engines, send):
    wrong = []
    samples = all_samples()
    colours = [sample.first for sample in samples]
    before = looks(engines, [sample.data for sample in samples], colours)
    stored = [send(sample.data) for sample in samples]
    # What is refused has nothing to be looked at afterwards.
    after = looks(engines, [each[0] if each else b"" for each in stored], colours)
    for sample, old, kept, new in zip(samples, before, stored, after):
        if kept and not old.is_seen or not kept and old.is_alike:
            wrong.append(f"{sample.name}: {'taken' if kept else 'refused'}, though it is seen as {old}")
        if not kept:
            continue
        size = kept[1]
        if not new.is_alike or new.first[0].size != size:
            wrong.append(f"{sample.name}: room for {size}, but seen as {new}")
        elif old.is_alike and old.first[0].size == size:
            corners = [(was, now) for one, other in zip(old.first, new.first)
                       for was, now in zip(one.corners(QUARTERS), other.corners(QUARTERS)) if was is not None]
            if any(was != now for was, now in corners):
                wrong.append(f"{sample.name}: seen as {new}, before as {old}")
    assert not wrong, "\n".join(wrong)
    taken = {sample.name for sample, kept in zip(samples, stored) if kept}
    assert CLOSED <= taken, CLOSED - taken


def upright(data):
    """The size of a picture as its camera was held, and which quarter is at which corner."""
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")
    corners = [image.getpixel((x * image.width // 8, y * image.height // 8)) for x, y in [(1, 1), (7, 1), (1, 7), (7, 7)]]
    order = [min(range(4), key=lambda at: sum(abs(a - b) for a, b in zip(QUARTERS[at], each))) for each in corners]
    return image.size, order


ORIENTATIONS = range(1, 9)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_turn_is_seen_alike_and_has_its_room(engines, send, kind):
    originals = [turned(kind, orientation, **OPTIONS[kind]) for orientation in ORIENTATIONS]
    stored = [send(original) for original in originals]
    for engine in engines:
        seen = engine.see([data for data, _ in stored])
        for orientation, original, (_, size), each in zip(ORIENTATIONS, originals, stored, seen):
            # A JPEG is turned by all of them; what only some turn stands as its pixels do.
            expected = upright(original if kind == "JPEG" else originals[0])
            assert (each.size, each.corners(QUARTERS)) == expected, f"{orientation} in {engine.name}"
            assert each.size == size, f"{orientation} in {engine.name}"


FIT = function("""
  return Promise.all(value.coded.map(async (coded) => {
    const bytes = Uint8Array.from(atob(coded), (letter) => letter.charCodeAt(0))
    const { file } = await module.fit(new File([bytes], value.name, { type: value.type }), value.most)
    const content = new Uint8Array(await file.arrayBuffer())
    let text = ''
    for (const each of content) text += String.fromCharCode(each)
    return btoa(text)
  }))
""")


def fit(engine, server, files, name="picture.jpg", kind="image/jpeg", most=2048):
    """What the browser would send of each file."""
    engine.go(server.url + "/login")
    coded = [base64.b64encode(data).decode() for data in files]
    value = {"coded": coded, "name": name, "type": kind, "most": most}
    answers = engine.run(FIT, {"name": "picture", "value": value})
    engine.go("about:blank")
    return [base64.b64decode(each, validate=True) for each in answers]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_all_see_a_turned_picture_as_its_sender_did(engines, server, send, kind):
    originals = [turned(kind, orientation, **OPTIONS[kind]) for orientation in ORIENTATIONS]
    for sender in engines:
        mine = sender.see(originals)
        stored = [send(data) for data in fit(sender, server, originals)]
        for engine in engines:
            seen = engine.see([data for data, _ in stored])
            for orientation, original, (_, size), each in zip(ORIENTATIONS, mine, stored, seen):
                place = f"{orientation}, from {sender.name} to {engine.name}"
                assert (each.size, each.corners(QUARTERS)) == (original.size, original.corners(QUARTERS)), place
                assert each.size == size, place


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF", "GIF"])
def test_what_is_transparent_stays_so_from_every_engine(engines, server, kind):
    for most in (2048, 20):
        for engine in engines:
            sent, = fit(engine, server, [half_transparent(60, 40, kind)], most=most)
            image = Image.open(io.BytesIO(sent))
            pixels = image.convert("RGBA")
            left, right = (pixels.getpixel((part * image.width // 4, image.height // 2)) for part in (1, 3))
            assert left[3] == 0 and right[3] == 255, f"{engine.name}: {left} {right}"


def test_pictures_that_are_not_whole_can_be_chosen(engines, server, send):
    samples = [each for each in all_samples() if "without its" in each.name and send(each.data)]
    files = [each.data for each in samples]
    for engine in engines:
        for sample, sent, small in zip(samples, fit(engine, server, files), fit(engine, server, files, most=24)):
            assert sent == sample.data, f"{sample.name} in {engine.name}"
            # What may move stays as it is.
            if sample.name.startswith(("JPEG", "PNG")):
                assert Image.open(io.BytesIO(small)).size == (24, 16), f"{sample.name} in {engine.name}"
