"""Plain HTTP on a name that is not localhost: no locks, no randomUUID, no Sec-Fetch-Site."""

import pytest
from playwright.sync_api import expect


@pytest.fixture
def ada(person, server):
    return person("Ada Lovelace", url=f"http://chat.test:{server.port}")


@pytest.fixture
def grace(person, server):
    return person("Grace Hopper", url=f"http://chat.test:{server.port}")


def test_two_people_talk(talk):
    ada, grace = talk
    assert not ada.page.evaluate("isSecureContext")
    assert not ada.page.evaluate("'locks' in navigator || 'randomUUID' in crypto")
    ada.mark()
    ada.say("Over plain HTTP")
    expect(grace.sent("Over plain HTTP")).to_have_count(1)
    grace.say("It works")
    expect(ada.sent("It works")).to_have_count(1)
    ada.expect_not_reloaded()


def test_where_the_choice_of_a_tab_cannot_be_loaded_each_has_a_stream(ada, grace):
    ada.expect_errors("net::ERR_FAILED")
    tab = ada.tab
    tab.page.route("**/js/voice.js", lambda route: route.abort())
    with tab.page.expect_event("requestfailed", lambda request: request.url.endswith("/js/voice.js")):
        tab.page.reload()
    grace.tab.talk_to(ada).say("Without a word between tabs")
    expect(tab.row(grace.name)).to_contain_text("Without a word between tabs")


def test_a_message_is_sent_once_there_too(talk, ada):
    mine, hers = talk
    ada.expect_errors("net::ERR_")
    ada.context.set_offline(True)
    mine.write("From the tunnel")
    expect(mine.message("From the tunnel")).to_have_count(1)
    ada.context.set_offline(False)
    for tab in talk:
        expect(tab.sent("From the tunnel")).to_have_count(1, timeout=20_000)
        expect(tab.messages).to_have_count(1)


def test_back_after_logging_out_shows_no_conversation(talk, ada):
    mine, _ = talk
    mine.say("A secret")
    mine.log_out()
    mine.page.go_back()
    expect(mine.heading("Welcome back")).to_be_visible()
    expect(mine.page.get_by_text("A secret")).to_have_count(0)


def test_forms_work_without_javascript_there(person, server):
    url = f"http://chat.test:{server.port}"
    ada, grace = (person(name, url=url, java_script_enabled=False) for name in ("Ada Byron", "Grace Murray"))
    ada.tab.open().talk_to(grace).say("A plain form")
    grace.tab.open().talk_to(ada)
    expect(grace.tab.sent("A plain form")).to_have_count(1)
    ada.tab.log_out()
