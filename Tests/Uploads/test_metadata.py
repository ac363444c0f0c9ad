"""What is stored shows the same picture, and says nothing else."""

import json
import re
import subprocess

import pytest
from Faults.accounts import add_accounts
from Faults.program import Program

from .form import post_form
from .pictures import SECRET, frames, make

# What a decoder must know: structure, colour and how to turn it.
KNOWN_GROUPS = {"ExifTool", "System", "File", "JFIF", "Composite"}
KNOWN_TAGS = {
    "PNG": {
        "ImageWidth", "ImageHeight", "BitDepth", "ColorType", "Compression", "Filter", "Interlace", "Palette",
        "Transparency", "AnimationFrames", "AnimationPlays", "ProfileName", "BackgroundColor", "Gamma",
        "SignificantBits", "SRGBRendering",
    },
    "PNG-pHYs": {"PixelsPerUnitX", "PixelsPerUnitY", "PixelUnits"},
    "GIF": {
        "GIFVersion", "ImageWidth", "ImageHeight", "HasColorMap", "ColorResolutionDepth", "BitsPerPixel",
        "BackgroundColor", "AnimationIterations", "FrameCount", "Duration", "TransparentColor",
    },
    "RIFF": {
        "VP8Version", "ImageWidth", "ImageHeight", "HorizontalScale", "VerticalScale", "WebP_Flags", "AlphaIsUsed",
        "AlphaPreprocessing", "AlphaFiltering", "AlphaCompression", "BackgroundColor", "AnimationLoopCount",
        "FrameCount", "Duration",
    },
    "IFD0": {"Orientation"},
    "Adobe": {"DCTEncodeVersion", "APP14Flags0", "APP14Flags1", "ColorTransform"},
}


@pytest.fixture(scope="module")
def pictures(tmp_path_factory):
    return make(tmp_path_factory.mktemp("pictures"))


@pytest.fixture(scope="module")
def stored(pictures, tmp_path_factory):
    """The bytes that the server stored of each, by its name, and the size that its pages say."""
    program = Program(tmp_path_factory.mktemp("program")).start()
    author, reader = add_accounts(program, 2)
    kept = {}
    try:
        for start in range(0, len(pictures), 10):
            batch = pictures[start:start + 10]
            files = [(each.name, each.path.read_bytes()) for each in batch]
            answer = post_form(program, author, f"/people/{reader.id}/messages", files=files, fragment=True)
            assert answer.status == 200, answer.text
            shown = re.findall(r'<img src="/uploads/([0-9a-f]{32}\.\w+)" width="(\d+)" height="(\d+)"', answer.text)
            assert len(shown) == len(batch)
            for each, (name, width, height) in zip(batch, shown):
                path = program.data / "uploads" / name[:2] / name[2:4] / name
                kept[each.name] = (path.read_bytes(), (int(width), int(height)))
    finally:
        program.end()
    return kept


def test_pixels_are_equal(pictures, stored):
    for each in pictures:
        *before, orientation = frames(each.path.read_bytes())
        # What only some browsers turn is turned by none of them.
        expected = orientation if each.name.endswith(".jpg") else 1
        assert (*before, expected) == frames(stored[each.name][0]), each.name


def test_pages_say_the_size_as_shown(pictures, stored):
    for each in pictures:
        data, said = stored[each.name]
        shown, _, orientation = frames(data)
        (width, height), *_ = shown[0]
        if orientation >= 5:
            width, height = height, width
        scale = min(1, 320 / width, 424 / height)
        assert said == pytest.approx((width * scale, height * scale), abs=0.5), each.name


def test_nothing_else_is_said(pictures, stored, tmp_path):
    for each in pictures:
        assert SECRET.encode() in each.path.read_bytes(), "nothing to take away"
        assert SECRET.encode() not in stored[each.name][0], each.name
        (tmp_path / each.name).write_bytes(stored[each.name][0])
    command = ["exiftool", "-json", "-G1", "-a", "-u", str(tmp_path)]
    for found in json.loads(subprocess.run(command, capture_output=True, check=True).stdout):
        name = found["SourceFile"].rsplit("/", 1)[1]
        profile = next(each.has_profile for each in pictures if each.name == name)
        assert any(tag.startswith("ICC") for tag in found) == profile, f"{name}: its colour profile"
        for tag, value in found.items():
            group, _, key = tag.rpartition(":")
            known = not group or group in KNOWN_GROUPS or group.startswith("ICC") or key in KNOWN_TAGS.get(group, ())
            assert known and "GPS" not in key and "Thumbnail" not in key, f"{name} holds {tag}: {value}"
        assert "Warning" not in str(found), f"{name}: {found}"
