"""How the modules tell what a picture is, and what is pasted: by the bytes, and by what comes with it."""

import pytest

PNG = list(b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR") + [0] * 17
ANIMATION_CONTROL = list(b"\0\0\0\x08acTL") + [0] * 12


@pytest.mark.parametrize("start, format, moves", [
    (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "jpeg", False),
    (b"GIF87a", "gif", True),
    (b"GIF89a", "gif", True),
    (PNG, "png", False),
    (PNG + list(b"\0\0\0\x04IDATacTL"), "png", False),
    (PNG + list(b"\0\0\0\x04tEXtacTL\0\0\0\0\0\0\0\0IDAT"), "png", False),
    (PNG + ANIMATION_CONTROL, "png", True),
    # A length that leads nowhere.
    (PNG + list(b"\xff\xff\xff\xfftEXt"), "png", False),
    (b"RIFF\x80\0\0\0WEBPVP8 \x70\0\0\0\xff\xff", "webp", False),
    (b"RIFF\x80\0\0\0WEBPVP8X\x0a\0\0\0\x10\0\0\0", "webp", False),
    (b"RIFF\x80\n\r\0WEBPVP8X\x0a\0\0\0\x12\0\0\0", "webp", True),
    (b"RIFF\x80\0\0\0WEBP", "webp", False),
    (b"RIFF\x80\0\0\0WAVE", None, False),
    (b"\0\0\0\x1cftypavif\0\0\0\0mif1", "avif", False),
    (b"\0\0\0\x1cftypavis\0\0\0\0msf1", "avif", True),
    (b"\0\0\0\x18ftypheic", None, False),
    (b"BM\0\0\0\0\0\0\0\0", None, False),
    (b"<svg>GIF89a", None, False),
    (b"", None, False),
])
def test_what_a_picture_is_by_its_first_bytes(run, start, format, moves):
    answer = run("format", "return module.examine(Uint8Array.from(value))", list(start))
    assert (answer.get("format"), answer["moves"], answer["isTurned"]) == (format, moves, False)


def exif(orientation, order="MM", directory=8):
    number = "big" if order == "MM" else "little"
    entry = b"".join(each.to_bytes(2, number) for each in (0x0112, 3)) + (1).to_bytes(4, number) + orientation.to_bytes(2, number)
    head = order.encode() + (42).to_bytes(2, number) + directory.to_bytes(4, number)
    data = head + (1).to_bytes(2, number) + entry + b"\0\0"
    return len(data).to_bytes(4, "big") + b"eXIf" + data + b"\0\0\0\0"


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("order", ["MM", "II"])
def test_whether_a_png_asks_to_be_turned(run, orientation, order):
    start = PNG + list(exif(orientation, order)) + list(b"\0\0\0\x04IDAT")
    assert run("format", "return module.examine(Uint8Array.from(value)).isTurned", start) == (orientation > 1)


def test_broken_exif_data_ask_for_nothing(run):
    for data in (exif(6, directory=999), exif(6)[:14], exif(6)[:20]):
        assert not run("format", "return module.examine(Uint8Array.from(value)).isTurned", PNG + list(data))


def bring(run, names, is_paste=True, **texts):
    return run("transfer", """
      const transfer = new DataTransfer()
      for (const name of value.names) transfer.items.add(new File(['x'], name))
      for (const [type, text] of Object.entries(value.texts)) transfer.setData(`text/${type}`, text)
      return module.bringsFiles(transfer, value.isPaste)
    """, {"names": names, "texts": texts, "isPaste": is_paste})


@pytest.mark.parametrize("text", [
    "lake.jpg", "/home/ada/lake.jpg", "file:///home/ada/lake.jpg", "C:\\Pictures\\lake.jpg", " lake.jpg\r\n", "",
    "x-special/nautilus-clipboard\ncopy\nfile:///home/ada/lake.jpg\n",
])
def test_files_that_come_with_their_names_are_files(run, text):
    assert bring(run, ["lake.jpg"], plain=text)
    assert bring(run, ["lake.jpg", "hills.png"], plain=f"{text}\n/home/ada/hills.png")


def test_a_name_may_be_written_in_more_than_one_way(run):
    assert bring(run, ["Caf\u00e9 100%.jpg"], plain="file:///Cafe%CC%81%20100%25.jpg")
    assert bring(run, ["100%.jpg"], plain="/home/ada/100%.jpg")


@pytest.mark.parametrize("text", ["Dear Grace", "See lake.jpg", "lake.jpg\nand more", "copy that"])
def test_a_text_that_comes_with_a_picture_of_it_is_a_text(run, text):
    assert not bring(run, ["lake.jpg"], plain=text)
    assert not bring(run, ["lake.jpg"], plain=text, html=f"<p>{text}</p>")


def test_a_picture_from_a_page_and_a_screenshot_are_files(run):
    assert bring(run, ["image.png"])
    assert bring(run, ["image.png"], html="<img src='/lake.png'>")
    assert not bring(run, [], plain="lake.jpg")


def test_what_is_dragged_is_told_by_its_types(run):
    assert bring(run, ["lake.jpg"], False)
    assert bring(run, ["lake.jpg"], False, plain="anything")
    assert not bring(run, ["image.png"], False, plain="Dear Grace", html="<p>Dear Grace</p>")
    assert not bring(run, [], False, plain="Dear Grace")
