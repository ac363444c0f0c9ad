"""The address for others to come to can be found and copied, also when some are here."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.known("ada")


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


@pytest.fixture
def address(server):
    """As others on the network type it."""
    return server.url.replace("127.0.0.1", "chat.test")


def test_the_first_one_copies_it_over_plain_http(address, person):
    tab = person("Ada Lovelace", url=address).tab
    expect(tab.heading("You are the first one here")).to_be_visible()
    assert tab.page.evaluate("navigator.clipboard === undefined")
    expect_copied(tab, address)


def test_the_public_address_counts(server, person):
    server.stop()
    server.options = ["--public-url", "http://127.0.0.1:" + server.url.rsplit(":")[-1]]
    server.start()
    expect_copied(person("Ada Lovelace").tab, server.url)


def test_the_button_shows_once_it_works(address, person):
    ada = person("Nora Quist", url=address, signed_up=False)
    held = []
    ada.context.route("**/copying*.js", lambda route: held.append(route))
    tab = ada.sign_up().tab
    button = tab.page.get_by_role("button", name="Copy", exact=True)
    expect(tab.main.get_by_text(address)).to_be_visible()
    tab.page.wait_for_function("document.querySelector('[data-copied]')")
    expect(button).to_have_count(0)
    assert held, "its module is on its way"
    for route in held:
        route.continue_()
    expect_copied(tab, address)


@pytest.mark.parametrize("width", [1280, 390])
def test_it_stays_when_others_are_here(address, person, grace, width):
    tab = person("Ada Lovelace", url=address).tab
    tab.page.set_viewport_size({"width": width, "height": 800})
    expect(tab.row(grace.name)).to_be_visible()
    expect(tab.heading("You are the first one here")).to_have_count(0)
    expect(tab.main.get_by_text(address)).to_be_in_viewport()
    expect_copied(tab, address)


def test_nobody_is_sent_to_their_own_computer(server, ada):
    expect(ada.tab.main.get_by_text("Only this computer can reach this chat so far.")).to_be_visible()
    expect(ada.tab.main.get_by_text(server.url)).to_have_count(0)


def test_without_javascript_it_can_be_read(address, person, grace):
    tab = person("Ada Lovelace", url=address, java_script_enabled=False).tab.open()
    expect(tab.main.get_by_text(address)).to_be_visible()
    expect(tab.page.get_by_role("button", name="Copy")).to_have_count(0)


def test_not_where_nobody_can_sign_up(server, address, person):
    ada = person("Ada Lovelace", url=address)
    ada.expect_errors("net::ERR_")
    server.stop()
    server.options = ["--signup", "closed"]
    server.start()
    tab = ada.tab.open()
    expect(tab.sidebar).to_be_visible()
    expect(tab.page.get_by_text(address)).to_have_count(0)
