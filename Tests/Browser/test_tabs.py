"""Many tabs of one browser, one stream; also where the browser has no locks to choose a leader by."""

import http.client
import time
from contextlib import ExitStack, closing

import pytest
from playwright.sync_api import expect

TABS = 8


@pytest.fixture(params=["127.0.0.1", "chat.test"])
def url(request, server):
    """A loopback address is a secure context; plain HTTP on a name is none, and has no Web Locks."""
    return f"http://{request.param}:{server.port}"


@pytest.fixture
def ada(person, url):
    made = person("Ada Lovelace", url=url)
    has_locks = made.tab.page.evaluate("isSecureContext && 'locks' in navigator")
    assert has_locks == ("chat.test" not in url)
    return made


@pytest.fixture
def grace(person, url):
    return person("Grace Hopper", url=url)


class Streams:
    """Counts the event streams that a browser holds open."""

    def __init__(self, context):
        self.open = set()
        context.on("request", lambda request: "/events?" in request.url and self.open.add(request))
        context.on("requestfinished", lambda request: self.open.discard(request))
        context.on("requestfailed", lambda request: self.open.discard(request))


def test_eight_tabs_all_receive_send_and_load_pages(ada, grace):
    streams = Streams(ada.context)
    ada.tab.talk_to(grace)
    grace.tab.talk_to(ada)
    path = ada.tab.page.url.removeprefix(ada.url)
    tabs = [ada.tab] + [ada.new_tab(path) for _ in range(TABS - 1)]
    grace.tab.say("To all eight")
    for tab in tabs:
        expect(tab.sent("To all eight")).to_have_count(1)
    assert len(streams.open) == 1, [request.url for request in streams.open]

    for number, tab in enumerate(tabs):
        tab.say(f"From tab {number}")
    for tab in [grace.tab, *tabs]:
        expect(tab.messages).to_have_count(1 + TABS)
        expect(tab.messages).to_contain_text(["To all eight"] + [f"From tab {number}" for number in range(TABS)])

    for tab in tabs:
        tab.page.reload()
    grace.tab.say("Once more")
    for tab in tabs:
        expect(tab.sent("Once more")).to_have_count(1)
        expect(tab.messages).to_have_count(2 + TABS)


def test_the_tab_with_the_stream_is_closed(ada, grace):
    grace.tab.talk_to(ada)
    leader = ada.tab.talk_to(grace)
    path = leader.page.url.removeprefix(ada.url)
    others = [ada.new_tab(path) for _ in range(2)]
    grace.tab.say("Before")
    for tab in [leader, *others]:
        expect(tab.sent("Before")).to_have_count(1)

    closed_at = time.monotonic()
    leader.page.close()
    grace.tab.write("Meanwhile")
    for tab in others:
        left = 2 - (time.monotonic() - closed_at)
        expect(tab.sent("Meanwhile")).to_have_count(1, timeout=max(left, 0.001) * 1000)

    # Handed on once more, to the last one.
    others[0].page.close()
    grace.tab.say("At the end")
    expect(others[1].sent("At the end")).to_have_count(1, timeout=2_000)
    others[1].say("I am the last")
    expect(grace.tab.sent("I am the last")).to_have_count(1)


def test_the_tab_with_the_stream_goes_to_another_page(ada, grace):
    grace.tab.talk_to(ada)
    leader = ada.tab.talk_to(grace)
    path = leader.page.url.removeprefix(ada.url)
    other = ada.new_tab(path)
    grace.tab.say("Before")
    expect(other.sent("Before")).to_have_count(1)
    leader.page.reload()
    for number in range(5):
        grace.tab.write(f"Number {number}")
    for tab in (leader, other):
        expect(tab.messages).to_have_count(6)
        expect(tab.messages).to_contain_text(["Before"] + [f"Number {number}" for number in range(5)])


def open_stream(server, person):
    """A stream of the person's session outside of any browser."""
    cookies = "; ".join(f"{each['name']}={each['value']}" for each in person.context.cookies())
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("GET", "/events", headers={"Cookie": cookies})
    response = connection.getresponse()
    assert response.readline().startswith(b"retry:")
    return closing(response)


@pytest.mark.limits
def test_a_stream_too_many_rests_until_somebody_looks(ada, grace, server):
    grace.tab.talk_to(ada)
    tab = ada.tab.talk_to(grace)
    streams = Streams(ada.context)
    tab.page.reload()
    grace.tab.say("Before")
    expect(tab.sent("Before")).to_have_count(1)
    assert len(streams.open) == 1

    with ExitStack() as others:
        # The tab's own may not be the oldest, where it has been opened anew since.
        for _ in range(60):
            others.enter_context(open_stream(server, ada))
            tab.page.evaluate("0")
            if not streams.open:
                break
        grace.tab.say("While it rests")
        expect(tab.sent("While it rests")).to_have_count(0)
        assert not streams.open, "it came back by itself"
        tab.page.mouse.click(5, 5)
        expect(tab.sent("While it rests")).to_have_count(1)
        assert len(streams.open) == 1
        grace.tab.say("After")
        expect(tab.sent("After")).to_have_count(1)
