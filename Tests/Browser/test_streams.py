"""How many event streams a browser opens: one for a page, however the page changes, and one after a restart."""

import re

import pytest
from playwright.sync_api import expect

ONLINE = re.compile(r"\bonline\b")


class Opened:
    """Every stream that was asked for, also those that have ended."""

    def __init__(self, person):
        self.all = []
        person.context.on("request", lambda request: "/events" in request.url and self.all.append(request.url))


def listens(tab, other, text):
    """Nothing that the page still had to do is left once a message has come."""
    other.say(text)
    expect(tab.sent(text)).to_have_count(1)


@pytest.mark.delays(4)
def test_one_for_a_page_a_search_and_a_newcomer(talk, ada, grace, person):
    mine, theirs = talk
    opened = Opened(ada)
    mine.page.reload()
    listens(mine, theirs, "after the page")
    assert len(opened.all) == 1, opened.all
    assert "people" not in opened.all[0]
    # Rows that were not there before tell who comes and goes as well.
    mine.find.fill("Grace")
    expect(mine.rows).to_have_count(1)
    mine.find.fill("")
    listens(mine, theirs, "after the search")
    carol = person("Carol Shaw")
    expect(mine.row("Carol Shaw")).to_have_accessible_name(ONLINE)
    listens(mine, theirs, "after the sign-up")
    carol.context.close()
    expect(mine.row("Carol Shaw")).not_to_have_accessible_name(ONLINE, timeout=30_000)
    assert len(opened.all) == 1, opened.all


@pytest.mark.known("carol")
@pytest.mark.delays(5)
def test_after_a_restart_presence_is_right_without_a_page(server, talk, ada, grace, person):
    mine, theirs = talk
    carol = person("Carol Shaw")
    expect(mine.row("Carol Shaw")).to_have_accessible_name(ONLINE)
    mine.mark()
    opened = Opened(ada)
    for each in (ada, grace, carol):
        each.expect_errors("Failed to load resource", "ERR_")
    server.kill()
    expect(mine.reconnecting).to_be_visible()
    before = len(opened.all)
    # One of them does not come back.
    carol.context.close()
    server.start()
    expect(mine.reconnecting).to_have_count(0, timeout=60_000)
    expect(mine.row("Carol Shaw")).not_to_have_accessible_name(ONLINE, timeout=60_000)
    expect(mine.row(grace.name)).to_have_accessible_name(ONLINE)
    listens(mine, theirs, "as before")
    # Of those that were tried one was answered.
    assert len(opened.all) - before <= 4, opened.all[before:]
    assert mine.main.locator(".status").text_content() == "online"
    # Who comes back later is seen as well, though no page was made since.
    dan = person("Dan Shaw")
    expect(mine.row("Dan Shaw")).to_have_accessible_name(ONLINE)
    assert dan.tab
    mine.expect_not_reloaded()
