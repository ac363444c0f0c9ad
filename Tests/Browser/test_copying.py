"""What one selects can be read: names, texts and times each stand on a line of their own. Copied it is a line a message."""

import re

import pytest
from playwright.sync_api import expect

from groups import make
from pictures import file

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


SELECT = """([first, last]) => {
  const [start, end] = [first, last].map((selector) => document.querySelector(selector))
  getSelection().setBaseAndExtent(start, 0, end, end.childNodes.length)
}"""
READ = """async () => {
  const [item] = await navigator.clipboard.read()
  const text = async (type) => (await item.getType(type)).text()
  return { plain: await text('text/plain'), html: item.types.includes('text/html') && await text('text/html') }
}"""
FORMATTED = """**Bold** at https://example.org/lake
and _then_
> quoted
- one
- two
```swift
let a = 1
  let b = 2
```
last"""


def copy(tab, first="[role=log] > :first-child", last="[role=log] > article:last-of-type"):
    """What is on the clipboard once one has copied all that is between two elements."""
    # One's own message is put in twice, by the answer and by the stream, and what is selected in it is not any more.
    tab.page.reload()
    expect(tab.composer).to_be_visible()
    tab.page.evaluate(SELECT, [first, last])
    tab.page.keyboard.press("ControlOrMeta+c")
    tab.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return tab.page.evaluate(READ)


def without_times(text):
    return re.sub(rf"\[{TIME}\] ", "[…] ", text.replace("\r\n", "\n"))


def test_several_messages_are_copied_as_a_line_each(said, ada, grace):
    text = copy(said)["plain"]
    time = said.messages.first.locator(".at").inner_text()
    assert text.startswith(f"[{time}] {grace.name}: lat 1\n"), text
    assert without_times(text) == (
        f"[…] {grace.name}: lat 1\n[…] {grace.name}: lat 2\n[…] {ada.name}: two lines\nof mine")


def test_the_twelve_hour_clock_is_that_of_the_page(said, grace):
    said.open("/settings").page.get_by_label("12 hours").check()
    said.button("Save time zone and clock").click()
    expect(said.page.get_by_role("status")).to_contain_text("saved")
    said.open().talk_to(grace)
    expect(said.messages.last.locator(".at")).to_have_text(re.compile("m$"))
    time = said.messages.last.locator(".at").inner_text()
    assert f"[{time}] Ada Lovelace: two lines" in copy(said)["plain"]


def test_formatting_goes_along_and_what_only_the_page_knows_does_not(said, ada, grace):
    said.composer.fill(FORMATTED)
    said.composer.press("Enter")
    expect(said.log.locator("[data-message-id] .fence")).to_have_count(1)
    copied = copy(said, "[role=log] > article:nth-last-of-type(2)")
    assert without_times(copied["plain"]).endswith(
        "\n[…] Ada Lovelace: Bold at https://example.org/lake\nand then\n> quoted\n- one\n- two\n"
        "swift\nlet a = 1\n  let b = 2\nlast"), copied["plain"]
    html = copied["html"]
    for part in ('<strong>Bold</strong> at <a href="https://example.org/lake">https://example.org/lake</a><br>and <em>then</em>',
                 "<blockquote>quoted</blockquote>", "<ul><li>one</li><li>two</li></ul>",
                 "<pre><code>let a = 1\n  let b = 2\n</code></pre>", f"<b>{ada.name}</b>: two lines<br>of mine"):
        assert part in html, html
    for part in ("class=", "data-", "target=", "<img", "<button"):
        assert part not in html, html


def test_images_are_copied_as_what_describes_them(said, ada, grace):
    said.send(file("lake.jpg"), file("hills.jpg"), text="Look", words=("The lake",))
    said.send(file("boats.jpg"), words=("The boats",))
    assert without_times(copy(said, "[role=log] > article:nth-last-of-type(2)")["plain"]) == (
        f"[…] {ada.name}: The lake, Image from {ada.name}: Look\n[…] {ada.name}: The boats")


def test_lines_of_a_group_are_copied_as_they_are(ada, grace):
    tab = make(ada.tab, "Sunday walkers", grace)
    tab.say("Ten o'clock?")
    assert without_times(copy(tab)["plain"]) == (
        f"{ada.name} made this group\n{ada.name} added {grace.name}\n[…] {ada.name}: Ten o'clock?")


def test_within_one_message_the_browser_copies_as_ever(said):
    assert copy(said, "article:last-of-type .text", "article:last-of-type .text")["plain"] == "two lines\nof mine"
    # A triple click reaches as far as where the next one begins.
    said.message("lat 1").get_by_text("lat 1", exact=True).click(click_count=3)
    said.page.keyboard.press("ControlOrMeta+c")
    assert said.page.evaluate(READ)["plain"].strip() == "lat 1"


def test_parts_of_messages_in_another_browser(person, firefox, grace):
    tab = person("Ada Lovelace", browser=firefox).tab
    hers = grace.tab.talk_to(tab.person)
    hers.say("The first one")
    hers.say("The second one")
    tab.talk_to(grace)
    expect(tab.messages).to_have_count(2)
    tab.page.evaluate("""() => {
      document.activeElement.blur()
      const [first, second] = [...document.querySelectorAll('article .text')].map((text) => text.firstChild)
      getSelection().setBaseAndExtent(first, 4, second, 10)
    }""")
    tab.page.keyboard.press("ControlOrMeta+c")
    tab.composer.focus()
    tab.page.keyboard.press("ControlOrMeta+v")
    expect(tab.composer).to_have_value(re.compile(r"\S"))
    assert without_times(tab.composer.input_value()) == f"[…] {grace.name}: first one\n[…] {grace.name}: The second"
