"""Each line of a text reads in its own direction, and what the page itself says reads in the page's."""

from zipfile import ZipFile

import pytest
from playwright.sync_api import expect

HEBREW, ENGLISH = "שלום!", "Hello, world!"
LINES = f"{HEBREW}\n{ENGLISH}"
LONG_HEBREW = "בוקר טוב לכולם, " * 20

# The characters of an element as they stand from left to right in each of its lines, one below the other.
SEEN = """root => {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const lines = new Map()
  const range = document.createRange()
  while (walker.nextNode()) {
    const { data } = walker.currentNode
    for (let at = 0; at < data.length; at += 1) {
      range.setStart(walker.currentNode, at)
      range.setEnd(walker.currentNode, at + 1)
      const box = range.getBoundingClientRect()
      if (!data[at].trim() || box.width < 1) continue
      const place = [...lines.keys()].find((each) => Math.abs(each - box.bottom) < 8) ?? box.bottom
      lines.set(place, [...(lines.get(place) ?? []), [box.left, data[at]]])
    }
  }
  const byPlace = ([a], [b]) => a - b
  return [...lines].sort(byPlace).map(([, line]) => line.sort(byPlace).map(([, each]) => each).join(''))
}"""

VISIBLE_HEBREW = HEBREW[::-1]
VISIBLE_ENGLISH = ENGLISH.replace(" ", "")


def seen(element):
    return element.evaluate(SEEN)


# Where each line of a text begins and ends, in pixels.
EDGES = """text => {
  const [node] = text.childNodes
  let at = 0
  return node.data.split('\\n').map((line) => {
    const range = document.createRange()
    range.setStart(node, at)
    range.setEnd(node, at + line.length)
    at += line.length + 1
    const { left, right, bottom } = range.getBoundingClientRect()
    return { left, right, bottom }
  })
}"""


def send(tab, text):
    """Sends it, and looks at a page that will not change any more."""
    tab.composer.fill(text)
    tab.button("Send").click()
    expect(tab.log.locator("article[data-message-id]")).to_have_count(1)
    tab.page.reload()
    return tab.log.locator("article .bubble")


@pytest.fixture
def late(person):
    """Someone whose clock has two words to it."""
    return person("Ada Lovelace", locale="en-US")


@pytest.mark.parametrize("text", [LINES, f"{ENGLISH}\n{HEBREW}"])
def test_in_a_bubble(late, grace, text):
    tab = late.tab.talk_to(grace)
    bubble = send(tab, text)
    lines = seen(bubble.locator(".text"))
    expected = [VISIBLE_HEBREW, VISIBLE_ENGLISH]
    assert lines == (expected if text == LINES else expected[::-1])
    # The time reads on from the last line, and stays in one piece.
    at = bubble.locator(".at")
    assert seen(at)[0].endswith("m") and seen(at)[0][0].isdigit(), seen(at)
    last, time = bubble.locator(".text").evaluate(EDGES)[-1], at.bounding_box()
    assert abs(last["bottom"] - time["y"] - time["height"]) < 8
    if text == LINES:
        assert time["x"] >= last["right"]
    else:
        assert time["x"] + time["width"] <= last["left"]


def test_each_line_starts_at_its_own_side_as_in_the_composer(late, grace):
    tab = late.tab.talk_to(grace)
    wide = "A line that is a good deal longer than the other one is"
    bubble = send(tab, f"{HEBREW}\n{wide}")
    first, second = bubble.locator(".text").evaluate(EDGES)
    box = bubble.bounding_box()
    assert box["x"] + box["width"] - first["right"] < 20
    assert second["left"] - box["x"] < 20


def test_in_a_row_and_after_the_words_of_the_page(late, grace):
    tab = late.tab.talk_to(grace)
    send(tab, LINES)
    mine = tab.row(grace.name).locator(".preview")
    expect(mine).to_contain_text("You:")
    # The first line leads: its text reads from the right, and so do the lines.
    assert seen(mine) == ["You:" + VISIBLE_ENGLISH + VISIBLE_HEBREW]
    hers = grace.tab.row(late.name).locator(".preview")
    expect(hers).to_contain_text(ENGLISH)
    assert seen(hers) == [VISIBLE_ENGLISH + VISIBLE_HEBREW]


def test_a_long_line_is_cut_where_it_ends(late, grace):
    tab = late.tab.talk_to(grace)
    tab.say(LONG_HEBREW.strip())
    tab.page.reload()
    text = tab.row(grace.name).locator(".preview > bdi")
    expect(text).to_be_visible()
    box = text.bounding_box()
    beginning = text.evaluate("""text => {
      const range = document.createRange()
      range.setStart(text.firstChild, 0)
      range.setEnd(text.firstChild, 1)
      const { left, right } = range.getBoundingClientRect()
      return [left, right]
    }""")
    assert box["x"] <= beginning[0] and beginning[1] <= box["x"] + box["width"] + 1


def test_in_the_download(late, grace, tmp_path):
    tab = late.tab.talk_to(grace)
    send(tab, LINES)
    tab.open("/settings/data")
    with tab.page.expect_download() as download:
        tab.button("Download my data").click()
    with ZipFile(download.value.path()) as archive:
        archive.extractall(tmp_path)
    [page] = tmp_path.rglob("conversations/*/1.html")
    tab.page.goto(page.as_uri())
    assert seen(tab.page.locator(".bubble .text")) == [VISIBLE_HEBREW, VISIBLE_ENGLISH]
