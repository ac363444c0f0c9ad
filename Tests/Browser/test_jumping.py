"""A link to a message leads to it, wherever it is in a long conversation, and however one goes there."""

import re

import pytest
from playwright.sync_api import expect

from database import add_messages, message_id
from keyboard import Keys

COUNT = 10_000
FAR = 5_000
# In the page already, but not in view.
NEAR = 9_970
GONE = "This message is no longer here, or it is not yours to see."


def text_of(number):
    return f"Message {number}."


def path_to(server, number):
    return f"/messages/{message_id(server, text_of(number))}"


def jump_link(tab):
    return tab.log.locator("a.to-message")


def scroll_until(tab, number, by):
    """Scrolls as by hand until a message is in the page, and then to it."""
    tab.log.hover()
    message = tab.message(text_of(number))
    for _ in range(2000):
        if message.count():
            message.scroll_into_view_if_needed()
            return expect(message).to_be_in_viewport()
        tab.page.mouse.wheel(0, by)
        tab.page.evaluate("new Promise(requestAnimationFrame)")
    raise AssertionError(f"message {number} did not come")


def expect_lit(message):
    """It stays `:target` or is `lit` for a moment; the animation is over by itself."""
    expect(message.locator(".bubble")).to_have_css("animation-name", "lit")


def expect_landed(tab, number):
    """By an address."""
    message = tab.message(text_of(number))
    expect(message).to_be_in_viewport()
    assert message.evaluate("(message) => message.matches(':target')")
    expect_lit(message)


def expect_jumped(tab, text):
    """Within the page."""
    message = tab.message(text)
    expect(message).to_have_class(re.compile(r"\blit\b"))
    expect(message).to_be_in_viewport()
    expect(message).to_be_focused()
    expect(message).not_to_have_class(re.compile(r"\blit\b"))
    tab.expect_not_reloaded()


def fill(server, author, reader):
    """A conversation that one of the two wrote all of, so that nothing in it is new to them."""
    author.post(reader, "The first one")
    add_messages(server, author, reader, COUNT)


@pytest.fixture
def tab(server, ada, grace):
    """Ada's tab at the end of the conversation."""
    fill(server, ada, grace)
    tab = ada.tab.open().talk_to(grace)
    expect(tab.message(text_of(COUNT))).to_be_in_viewport()
    return tab


def say_link(tab, server, number):
    """Answers the link, as it stands in the page."""
    address = server.url + path_to(server, number)
    tab.say(address)
    link = jump_link(tab)
    expect(link).to_have_text(address)
    tab.mark()
    return link


def test_an_address_leads_far_back_and_history_goes_both_ways(server, tab):
    expect_landed(tab.open(path_to(server, FAR)), FAR)
    expect(tab.jump).to_have_accessible_name("To the newest")
    tab.mark()
    scroll_until(tab, FAR - 120, -1500)
    scroll_until(tab, FAR + 120, 1500)
    expect(tab.jump).to_have_accessible_name("To the newest")
    tab.jump.click()
    expect(tab.message(text_of(COUNT))).to_be_in_viewport()
    expect(tab.jump).to_be_hidden()
    tab.expect_not_reloaded()


def test_from_there_one_scrolls_to_the_newest(server, tab, ada, grace):
    expect_landed(tab.open(path_to(server, COUNT - 150)), COUNT - 150)
    scroll_until(tab, COUNT, 1500)
    expect(tab.jump).to_be_hidden()
    # It is the end of the conversation, where what is said next comes.
    grace.post(ada, "And live")
    expect(tab.message("And live")).to_be_in_viewport()


def test_the_oldest_and_the_newest(server, tab):
    tab.open(f"/messages/{message_id(server, 'The first one')}")
    expect(tab.message("The first one")).to_be_in_viewport()
    expect(tab.page.locator("#older")).to_be_hidden()
    expect_landed(tab.open(path_to(server, COUNT)), COUNT)
    expect(tab.jump).to_be_hidden()


def test_a_link_in_a_message_leads_to_one_in_the_page(server, tab):
    link = say_link(tab, server, NEAR)
    expect(link).not_to_have_attribute("target", re.compile(""))
    expect(tab.message(text_of(NEAR))).not_to_be_in_viewport()
    link.click()
    expect_jumped(tab, text_of(NEAR))


def test_a_link_in_a_message_leads_far_back(server, tab):
    link = say_link(tab, server, FAR)
    expect(link).not_to_have_attribute("target", re.compile(""))
    link.click()
    expect_jumped(tab, text_of(FAR))
    expect(tab.jump).to_have_accessible_name("To the newest")
    scroll_until(tab, FAR - 60, -1500)
    scroll_until(tab, FAR + 60, 1500)
    tab.expect_not_reloaded()


@pytest.mark.parametrize("is_at_end", [True, False])
@pytest.mark.parametrize("number", [NEAR, FAR])
def test_back_is_where_one_was(server, tab, ada, grace, number, is_at_end):
    link = say_link(tab, server, number)
    ada.post_all(grace, [f"After it {number}" for number in range(8)])
    expect(tab.message("After it 7")).to_be_in_viewport()
    if not is_at_end:
        tab.log.hover()
        tab.page.mouse.wheel(0, -150)
    expect(tab.jump).to_be_visible(visible=not is_at_end)
    before = link.bounding_box()["y"]
    link.click()
    expect_jumped(tab, text_of(number))
    tab.page.go_back()
    expect(link).to_be_in_viewport()
    assert abs(link.bounding_box()["y"] - before) < 3
    expect(tab.jump).to_be_visible(visible=not is_at_end)
    tab.page.go_forward()
    expect(tab.message(text_of(number))).to_be_in_viewport()
    expect(link).not_to_be_in_viewport()
    tab.expect_not_reloaded()


def test_by_keyboard(server, tab):
    link = say_link(tab, server, FAR)
    keys = Keys(tab)
    keys.go_to("http", key="Shift+Tab")
    expect(link).to_be_focused()
    keys.press("Enter")
    expect_jumped(tab, text_of(FAR))
    # One goes on from the message that one came to: to its own time, first of all.
    keys.press("Tab")
    expect(tab.message(text_of(FAR)).locator(".to-details")).to_be_focused()
    assert not keys.faults


def test_a_held_key_opens_it_in_a_tab_of_its_own(server, tab, ada):
    link = say_link(tab, server, FAR)
    with ada.context.expect_page() as opened:
        link.click(modifiers=["ControlOrMeta"])
    expect(opened.value.locator(f"article:has-text('{text_of(FAR)}')")).to_be_in_viewport()
    expect(link).to_be_in_viewport()
    tab.expect_not_reloaded()


def expect_gone(tab):
    expect(tab.page.get_by_text(GONE)).to_be_visible()
    expect(tab.messages).to_have_count(0)
    expect(tab.link("Go to Nextalk")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_what_one_may_not_see_or_is_not_there(scripts, server, person, grace, carol):
    grace.post(carol, "Between us")
    hers = message_id(server, "Between us")
    ada = person("Ada Lovelace", java_script_enabled=scripts)
    ada.expect_errors("status of 404")
    for path in (f"/messages/{hers}", f"/messages/{hers}/details", "/messages/99999"):
        expect_gone(ada.tab.open(path))


def test_a_link_to_what_one_may_not_see(server, ada, grace, carol):
    ada.expect_errors("status of 404")
    grace.post(carol, "Between us")
    grace.post(ada, f"{server.url}/messages/{message_id(server, 'Between us')}")
    tab = ada.tab.open().talk_to(grace)
    jump_link(tab).click()
    expect_gone(tab)
    tab.page.go_back()
    expect(jump_link(tab)).to_be_in_viewport()


def test_without_javascript(server, person, ada, grace):
    fill(server, ada, grace)
    ada.post(grace, server.url + path_to(server, FAR))
    reader = person(ada.name, java_script_enabled=False)
    tab = reader.tab
    expect_landed(tab.open(path_to(server, FAR)), FAR)
    tab.link("Load older messages").click()
    expect(tab.message(text_of(FAR - 30))).to_have_count(1)
    expect_landed(tab.open(path_to(server, FAR)), FAR)
    tab.link("Load newer messages").click()
    expect(tab.message(text_of(FAR + 30))).to_have_count(1)
    tab.link("Go to the newest messages").click()
    expect(tab.message(text_of(COUNT))).to_be_in_viewport()


@pytest.fixture
def named(server):
    """A server that knows its own address, as its owner says."""
    server.stop()
    server.options = ["--public-url", server.url]
    server.start()
    return server


def test_without_javascript_a_link_leads_there_where_the_server_knows_its_address(named, person, ada, grace):
    fill(named, ada, grace)
    ada.post(grace, named.url + path_to(named, FAR))
    tab = person(ada.name, java_script_enabled=False).tab.open().talk_to(grace)
    jump_link(tab).click()
    expect_landed(tab, FAR)
    tab.page.go_back()
    expect(jump_link(tab)).to_be_in_viewport()
