"""The line, the server or an answer is lost: no message is, and none comes twice."""

import pytest
from playwright.sync_api import expect

from database import count_messages
from proxy import Proxy

LOST = ("net::ERR_", "status of 50")


@pytest.fixture(autouse=True)
def lost_connections(ada, grace):
    for person in (ada, grace):
        person.expect_errors(*LOST)


def expect_once(server, text, *tabs):
    for tab in tabs:
        expect(tab.sent(text)).to_have_count(1, timeout=20_000)
        expect(tab.message(text)).to_have_count(1)
    assert count_messages(server, text) == 1


def test_offline_and_online_again(server, talk, ada):
    mine, hers = talk
    mine.mark()
    mine.say("Before the tunnel")
    ada.context.set_offline(True)
    hers.say("You missed this")
    mine.write("Written in the tunnel")
    expect(mine.message("Written in the tunnel")).to_have_count(1)
    expect(mine.reconnecting).to_be_visible()
    # Sending goes on into the queue.
    expect(mine.composer).to_be_focused()
    mine.write("And another")
    expect(mine.message("And another")).to_have_count(1)
    expect(hers.sent("Written in the tunnel")).to_have_count(0)

    ada.context.set_offline(False)
    expect_once(server, "Written in the tunnel", mine, hers)
    expect_once(server, "And another", mine, hers)
    expect_once(server, "You missed this", mine, hers)
    expect(mine.reconnecting).to_be_hidden()
    expect(hers.messages).to_contain_text(
        ["Before the tunnel", "You missed this", "Written in the tunnel", "And another"]
    )
    mine.expect_not_reloaded()


def test_a_message_not_sent_can_be_sent_again_or_discarded(server, talk, ada):
    mine, hers = talk
    mine.page.route("**/messages", lambda route: route.abort())
    mine.write("To be thrown away")
    expect(mine.message("To be thrown away")).to_contain_text("Not sent")
    mine.message("To be thrown away").get_by_role("button", name="Discard").click()
    expect(mine.message("To be thrown away")).to_have_count(0)
    expect(mine.composer).to_be_focused()
    mine.write("To be sent again")
    expect(mine.message("To be sent again")).to_contain_text("Not sent")
    mine.page.unroute_all()
    mine.message("To be sent again").get_by_role("button", name="Retry").click()
    expect_once(server, "To be sent again", mine, hers)
    expect(mine.composer).to_be_focused()
    mine.page.reload()
    expect(mine.sent("To be sent again")).to_have_count(1)
    expect(mine.messages).to_have_count(1)
    assert count_messages(server, "To be thrown away") == 0


@pytest.mark.parametrize("how", ["stop", "kill"])
def test_the_server_goes_and_comes_back(server, talk, how):
    mine, hers = talk
    for tab in talk:
        tab.mark()
    mine.say("Before")
    getattr(server, how)()
    mine.write("Meanwhile")
    hers.write("Here too")
    expect(mine.message("Meanwhile")).to_have_count(1)
    expect(mine.reconnecting).to_be_visible()
    expect(hers.reconnecting).to_be_visible()
    server.start()
    for text in ("Before", "Meanwhile", "Here too"):
        expect_once(server, text, mine, hers)
    for tab in talk:
        expect(tab.reconnecting).to_be_hidden()
        tab.expect_not_reloaded()
    mine.say("After")
    expect(hers.sent("After")).to_have_count(1)


@pytest.fixture
def proxy(server, talk):
    """A bad line between Ada and the server. Cookies do not heed the port: she is logged in here too."""
    mine, _ = talk
    proxy = Proxy(server.port)
    mine.page.goto(proxy.url + mine.page.url.removeprefix(server.url))
    expect(mine.composer).to_be_visible()
    yield proxy
    proxy.close()


@pytest.mark.parametrize(
    "kept, has_streams",
    [(0, False), (40, False), (400, True)],
    ids=["all of it", "all but the status", "half of it, while the stream is up"],
)
def test_an_answer_is_lost_on_the_way(server, proxy, talk, kept, has_streams):
    mine, hers = talk
    proxy.has_streams = has_streams
    if not has_streams:
        mine.page.reload()
    proxy.drop(kept, kept)
    mine.write("Lost twice, said once")
    expect_once(server, "Lost twice, said once", mine, hers)
    proxy.wait_for_posts(3)
    assert len(set(proxy.posts)) == 1 and proxy.posts[0], proxy.posts
    expect_once(server, "Lost twice, said once", mine, hers)


def test_the_same_text_twice_is_two_messages(server, proxy, talk):
    mine, hers = talk
    proxy.drop(0, 0)
    for _ in range(2):
        mine.write("Yes")
    for tab in talk:
        expect(tab.sent("Yes")).to_have_count(2)
        expect(tab.message("Yes")).to_have_count(2)
    proxy.wait_for_posts(4)
    assert len(set(proxy.posts)) == 2
    mine.say("That was all")
    for tab in talk:
        expect(tab.messages).to_have_count(3)
    assert count_messages(server, "Yes") == 2


@pytest.mark.parametrize("how", ["stop", "kill"])
@pytest.mark.alone
def test_what_was_done_with_messages_meanwhile_is_shown(server, talk, ada, grace, how):
    """Before and after, without loading the page anew: each once and where it belongs."""
    mine, theirs = talk
    names = ("Edited", "Deleted", "Undone", "Answered", "Liked", "Pinned")
    for each in names:
        mine.say(f"{each} one")
    for each in names:
        expect(theirs.sent(f"{each} one")).to_have_count(1)
    # As the tab has them, from its first to its last.
    ids = dict(zip(names, [each.get_attribute("data-message-id") for each in theirs.messages.all()]))
    grace.expect_errors("net::ERR_")
    ada.expect_errors("net::ERR_")
    theirs.mark()

    def act(path, **form):
        answer = ada.context.request.post(ada.url + path, form=form, max_redirects=0)
        assert answer.status == 303, f"{path} {answer.status}"

    grace.context.set_offline(True)
    act(f"/messages/{ids['Edited']}/edit", text="Edited before")
    act(f"/messages/{ids['Undone']}/delete")
    act(f"/messages/{ids['Deleted']}/delete")
    act(f"/messages/{ids['Liked']}/reactions", emoji="🎉")
    act(f"/messages/{ids['Pinned']}/pin", pin="1")
    act(f"/people/{grace.id}/messages", text="A reply before", replyTo=ids["Answered"])
    getattr(server, how)()
    server.start()
    act(f"/messages/{ids['Undone']}/delete/undo")
    act(f"/messages/{ids['Answered']}/edit", text="Answered after")
    act(f"/messages/{ids['Liked']}/reactions", emoji="🚂")
    act(f"/people/{grace.id}/messages", text="A reply after", replyTo=ids["Edited"])
    grace.context.set_offline(False)

    expect(theirs.messages).to_have_count(8, timeout=30_000)
    shown = dict(zip(ids, (theirs.page.locator(f"#message-{id}") for id in ids.values())))
    expect(shown["Edited"].locator(".text")).to_have_text("Edited before")
    expect(shown["Edited"]).to_contain_text("edited")
    expect(shown["Deleted"].locator(".text")).to_have_text("Message deleted")
    expect(shown["Undone"].locator(".text")).to_have_text("Undone one")
    expect(shown["Answered"].locator(".text")).to_have_text("Answered after")
    expect(shown["Liked"].locator(".reaction")).to_have_count(2)
    expect(theirs.main.get_by_role("link", name="Pinned Pinned one")).to_have_count(1)
    for text, quoted in (("A reply before", "Answered after"), ("A reply after", "Edited before")):
        expect(theirs.sent(text)).to_have_count(1)
        expect(theirs.sent(text).get_by_role("link", name=quoted)).to_have_count(1)
    texts = theirs.log.locator(".text").all_inner_texts()
    assert texts[-2:] == ["A reply before", "A reply after"], texts
    expect(theirs.row("Ada Lovelace")).to_contain_text("A reply after")
    theirs.expect_not_reloaded()
    # The page says the same.
    before = theirs.log.locator(".text, .quote, .reaction").all_inner_texts()
    theirs.page.reload()
    expect(theirs.messages).to_have_count(8)
    assert theirs.log.locator(".text, .quote, .reaction").all_inner_texts() == before
