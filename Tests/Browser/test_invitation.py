"""The address for others to come to can be found and copied, also when some are here."""

import pytest
from playwright.sync_api import expect


def expect_copied(tab, address):
    button = tab.page.get_by_role("button", name="Copy", exact=True).filter(visible=True)
    button.click()
    expect(tab.page.get_by_role("button", name="Copied", exact=True).filter(visible=True)).to_be_visible()
    tab.page.evaluate("""() => {
      const field = document.body.appendChild(document.createElement('textarea'))
      field.id = 'pasted'
      field.focus()
    }""")
    tab.page.keyboard.press("Control+V")
    expect(tab.page.locator("#pasted")).to_have_value(address)


def test_the_first_one_copies_it(server, ada):
    expect(ada.tab.heading("You are the first one here")).to_be_visible()
    expect_copied(ada.tab, server.url)


@pytest.mark.parametrize("width", [1280, 390])
def test_it_stays_when_others_are_here(server, ada, grace, width):
    tab = ada.tab
    tab.page.set_viewport_size({"width": width, "height": 800})
    expect(tab.row(grace.name)).to_be_visible()
    expect(tab.heading("You are the first one here")).to_have_count(0)
    expect(tab.main.get_by_text(server.url)).to_be_in_viewport()
    expect_copied(tab, server.url)


def test_over_plain_http(server, person):
    address = server.url.replace("127.0.0.1", "chat.test")
    ada = person("Ada Lovelace", url=address)
    assert ada.tab.page.evaluate("navigator.clipboard === undefined")
    expect_copied(ada.tab, address)


def test_without_javascript_it_can_be_read(server, person, grace):
    tab = person("Ada Lovelace", java_script_enabled=False).tab.open()
    expect(tab.main.get_by_text(server.url)).to_be_visible()
    expect(tab.page.get_by_role("button", name="Copy")).to_have_count(0)


def test_not_where_nobody_can_sign_up(server, person, ada):
    ada.expect_errors("net::ERR_")
    server.stop()
    server.options = ["--signup", "closed"]
    server.start()
    tab = ada.tab.open()
    expect(tab.sidebar).to_be_visible()
    expect(tab.page.get_by_text(server.url)).to_have_count(0)
