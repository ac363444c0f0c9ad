"""On narrow screens the controls of the account and settings pages keep their size, and their words stay whole."""

import pytest
from playwright.sync_api import expect

import longer
from people import PASSWORD
from test_phone import PHONE

NAME = "Wolfeschlegelsteinhausenbergerdorff Welchevoralternwarengewissenhaftschafers"
PAGES = ["/settings", "/settings#account", "/settings#appearance", "/settings#privacy", "/settings#time",
         "/settings#devices", "/settings#your-data", "/settings/theme", "/settings/data", "/profile", "/shortcuts"]

# What of the controls in the page is too small, broken or cut off.
FAULTS = """() => {
  const isSeen = (each) => !each || (getComputedStyle(each).clipPath === 'none' && isSeen(each.parentElement))
  const shown = (selector) => [...document.querySelectorAll(selector)]
    .filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.matches('.skip, .hidden'))
    .filter(isSeen)
  const faults = []
  const note = (fault, element) => faults.push(`${fault}: ${element.outerHTML.replace(/\\s+/g, ' ').slice(0, 120)}`)
  const broken = (node) => [...node.data.matchAll(/[^\\s-]+/g)].filter(({ index, 0: word }) => {
    const range = document.createRange()
    range.setStart(node, index)
    range.setEnd(node, index + word.length)
    return new Set([...range.getClientRects()].filter(({ width }) => width).map(({ top }) => Math.round(top))).size > 1
  })
  for (const control of shown('button, .button, nav a, label, legend, h1')) {
    const texts = document.createTreeWalker(control, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
      // A name has no place to break.
      if (texts.currentNode.parentElement.matches('.name')) continue
      for (const [word] of broken(texts.currentNode)) note(`${word} is broken`, control)
    }
    if (control.scrollWidth > control.clientWidth + 1 && control.clientWidth) note('is cut off', control)
  }
  for (const box of shown('.check input')) {
    const { width, height } = box.getBoundingClientRect()
    if (Math.min(width, height) < 19.5) note(`is ${width} x ${height}`, box)
  }
  for (const target of shown('button, .button, nav a, .check, .input input, [type=file], .themes input, ' +
      'summary, .title a, .option, .candidate, .row-link, .all, .inline')) {
    const { width, height } = target.getBoundingClientRect()
    if (width < 43.5 || height < 43.5) note(`is ${width} x ${height}`, target)
  }
  const sideways = document.documentElement.scrollWidth - innerWidth
  if (sideways > 0) faults.push(`${sideways} pixels stand out of the page`)
  return faults
}"""


@pytest.fixture
def wordy(server, tmp_path, person):
    """People whose pages are in the longer language, from a server that has it."""
    server.stop()
    server.options = ["--resources", longer.resources(tmp_path / "resources")]
    server.start()


def faults(page, width):
    page.set_viewport_size({"width": width, "height": 844})
    return [f"{page.url}, {width} pixels wide: {each}" for each in page.evaluate(FAULTS)]


def sign_up(page, email):
    """Fills in the form by its names, which are the same in every language."""
    for name, value in {"fullName": NAME, "email": email, "password": PASSWORD}.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator(".account-form .primary").click()
    expect(page.locator(".topbar")).to_be_visible()


@pytest.mark.parametrize("language", ["en-GB", longer.TAG])
def test_controls_keep_their_size_and_their_words(wordy, person, language):
    email = f"{'a' * 60}@{'b' * 60}.example.org"
    ada = person("Ada Lovelace", signed_up=False, **{**PHONE, "locale": language})
    ada.expect_errors("status of 4")
    page = ada.context.new_page()
    found = []
    for path in ("/login", "/signup"):
        page.goto(ada.url + path)
        assert page.locator("html").get_attribute("lang") == language[:2]
        found += faults(page, 390) + faults(page, 320)
        # Refused, with a sentence at each field.
        page.locator("form").evaluate("(form) => { form.noValidate = true }")
        page.locator(".account-form .primary").click()
        expect(page.locator(".error").first).to_be_visible()
        found += faults(page, 390) + faults(page, 320)
    page.goto(ada.url + "/signup")
    sign_up(page, email)
    # A second session, so that there is one to end.
    elsewhere = person("Ada Lovelace", signed_up=False, locale=language)
    other = elsewhere.new_tab("/login").page
    other.locator("[name=email]").fill(email)
    other.locator("[name=password]").fill(PASSWORD)
    other.locator(".account-form .primary").click()
    expect(other.locator(".topbar")).to_be_visible()
    for path in PAGES:
        page.goto("about:blank")
        page.goto(ada.url + path)
        found += faults(page, 390) + faults(page, 320)
    page.goto(ada.url + "/settings#devices")
    assert page.locator("#session-list button[name=session]").count() == 1
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("language", ["en-GB", longer.TAG])
def test_controls_of_groups_keep_their_size_and_their_words(wordy, person, language):
    ada = person("Ada Lovelace", signed_up=False, **{**PHONE, "locale": language})
    page = ada.context.new_page()
    page.goto(ada.url + "/signup")
    sign_up(page, "ada@example.org")
    others = person("Grace Hopper", signed_up=False, locale=language).context.new_page()
    others.goto(ada.url + "/signup")
    sign_up(others, "grace@example.org")
    page.goto(ada.url + "/groups/new")
    found = faults(page, 390) + faults(page, 320)
    page.locator(".candidates input").check()
    page.locator("[name=name]").fill("Walkers")
    page.locator("[value=open]").check()
    found += faults(page, 390) + faults(page, 320)
    page.locator("[name=make]").tap()
    expect(page.locator("#text")).to_be_visible()
    address = page.url
    for path in (ada.url, address, address + "/details", address + "/details#notifications", ada.url + "/groups"):
        page.goto("about:blank")
        page.goto(path)
        found += faults(page, 390) + faults(page, 320)
        for summary in page.locator("main summary").all():
            summary.tap()
        found += faults(page, 390) + faults(page, 320)
    assert found == [], "\n".join(found)
