"""What one selects and copies can be read: names, texts and times each stand on a line of their own."""

import re

import pytest
from playwright.sync_api import expect

TIME = r"\d\d:\d\d"


@pytest.fixture
def said(talk, ada, grace):
    mine, hers = talk
    for text in ("lat 1", "lat 2"):
        hers.say(text)
    mine.say("two lines\nof mine")
    expect(mine.messages).to_have_count(3)
    return mine


def test_several_messages(said, ada, grace):
    text = said.page.evaluate("""() => {
      getSelection().selectAllChildren(document.querySelector('[role=log]'))
      return getSelection().toString()
    }""")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    name, own = re.escape(grace.name), re.escape(ada.name)
    expected = ["Today", name, "lat 1", TIME, name, "lat 2", TIME, own, "two lines", "of mine", TIME]
    assert re.fullmatch("\n".join(expected), "\n".join(lines)), text


def test_a_row_of_the_list(said, grace):
    text = said.page.evaluate("""() => {
      getSelection().selectAllChildren(document.querySelector('.row'))
      return getSelection().toString()
    }""")
    assert re.search(rf"^{re.escape(grace.name)}\s+(online\s+)?{TIME}\s+You:\s+two lines of mine", text), text
