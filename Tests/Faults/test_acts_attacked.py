"""Forms of what is done with messages, as no page sends them: no answer of 500, nothing that is not theirs to see."""

import html
import http.client
import io
import random
import re
import threading
import time
import urllib.parse
import uuid
import zipfile

import pytest
from Uploads.form import post_form
from Uploads.pictures import gradient

from . import stored
from .accounts import add_accounts
from .acts import MODULES, Actor, expect_there, left, words, words_of
from .client import message_id
from .event_streams import EventStreams
from .waiting import wait_until

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
ACTS = ("edit", "delete", "delete/undo", "reactions", "pin", "unread")
PAGES = ("", "/details", "/edit", "/delete")
GOOD = {"text": "Mine now", "emoji": "👍", "pin": "1", "undo": "1", "image": "", "unread": "1"}


@pytest.fixture
def people(program):
    return add_accounts(program, 3)


@pytest.fixture
def actors(program, people):
    return [Actor(program, each) for each in people]


def send(actor, method, path, body=None, content_type=None):
    """Answers the status and the text, whatever they are."""
    connection = http.client.HTTPConnection("127.0.0.1", actor.program.port, timeout=30)
    headers = {"Cookie": actor.account.cookie, **({"Content-Type": content_type} if content_type else {})}
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(errors="replace")
    finally:
        connection.close()


def form(fields):
    return urllib.parse.urlencode(fields)


def statuses(actor, message):
    return [actor.post(f"/messages/{message}/{act}", GOOD).status for act in ACTS] + [
        actor.get(f"/messages/{message}{page}").status for page in PAGES]


def make_group(actor, *members, **more):
    answer = actor.post("/groups/new", {"name": "Walkers", "make": "1", "member": members[0].id, **more})
    assert answer.status == 303, answer.text
    group = answer.headers["Location"].partition("#")[0]
    for each in members[1:]:
        add(actor, group, each)
    return group


def add(actor, group, person):
    answer = actor.post(f"{group}/members", {"action": "add", "user": person.id})
    assert answer.status == 303, answer.text


def say(actor, address, text, **more):
    answer = actor.post(f"{address}/messages", {"text": text, **more}, MODULES)
    assert answer.status == 200, answer.text
    return message_id(answer.text)


def state(program, message):
    """All that acts change."""
    return [
        stored.read(program, f"SELECT * FROM {table} WHERE {key} = ?", message)
        for table, key in (("message", "id"), ("reaction", "message_id"), ("pin", "message_id"),
                           ("withdrawn", "message_id"), ("attachment", "message_id"))]


@pytest.mark.parametrize("id", [
    "0", "-1", "-9223372036854775808", "9223372036854775807", "9223372036854775808", "9" * 40, "1e3", "0x1", "1.0",
    "%00", "1%00", "1%0a", "%201", "%D9%A3", "%F0%9F%98%80", "%FF", "1%2Fdetails", "..%2F1", "a" * 5_000,
])
def test_addresses_of_no_message(actors, people, id):
    ada = actors[0]
    message = ada.say(people[1], "Hello")
    before = state(ada.program, message)
    for act in ACTS:
        status, text = send(ada, "POST", f"/messages/{id}/{act}", form(GOOD), FORM["Content-Type"])
        assert status == 404 and "Hello" not in text, act
    for page in PAGES:
        status, text = send(ada, "GET", f"/messages/{id}{page}")
        assert status == 404 and "Hello" not in text, page
    assert state(ada.program, message) == before


def test_what_is_not_in_sight_is_like_what_does_not_exist(program, actors, people):
    ada, grace, carol = actors
    message = ada.say(people[1], "For Grace alone")
    deleted = ada.say(people[1], "Deleted")
    ada.delete(deleted)
    before = state(program, message), state(program, deleted)
    for id in (message, deleted):
        assert statuses(carol, id) == [404] * 10
        for act in ACTS:
            answer = carol.post(f"/messages/{id}/{act}", GOOD, MODULES)
            assert answer.text == carol.post(f"/messages/999999/{act}", GOOD, MODULES).text
    assert (state(program, message), state(program, deleted)) == before
    # Who sees it, but may not: 403 with a sentence; and a deletion is its deleter's to undo.
    for act, wanted in (("edit", 403), ("delete", 403), ("delete/undo", 409)):
        answer = grace.post(f"/messages/{message}/{act}", GOOD)
        assert answer.status == wanted
    assert grace.post(f"/messages/{deleted}/delete/undo", GOOD).status == 409
    assert (state(program, message), state(program, deleted)) == before
    nobody = Actor(program)
    assert [nobody.post(f"/messages/{message}/{act}", GOOD).status for act in ACTS] == [303] * 6
    assert [nobody.post(f"/messages/{message}/{act}", GOOD, MODULES).status for act in ACTS] == [401] * 6
    assert (state(program, message), state(program, deleted)) == before


def test_nothing_is_done_with_a_line_of_a_group(program, actors, people):
    ada, grace, _ = actors
    group = make_group(ada, people[1])
    line = stored.read(program, "SELECT max(id) FROM message WHERE line IS NOT NULL")[0][0]
    before = state(program, line)
    for actor in (ada, grace):
        for act in ("edit", "delete", "reactions", "pin"):
            answer = actor.post(f"/messages/{line}/{act}", GOOD)
            assert answer.status == 403 and "This line says what happened in the group." in answer.text, act
        assert actor.post(f"/messages/{line}/delete/undo", GOOD).status == 409
        assert [actor.get(f"/messages/{line}{page}").status for page in PAGES] == [303, 200, 403, 403]
        details = actor.get(f"/messages/{line}/details").text
        assert not re.search(r">(Edit|Delete|Reply|React|Pin)<", details)
        assert "Replying to" not in actor.get(f"{group}?reply={line}").text
    answer = ada.post(f"{group}/messages", {"text": "An answer", "replyTo": line}, MODULES)
    assert answer.status == 200 and 'class="quote' not in answer.text
    assert state(program, line) == before


def test_addresses_that_only_take_forms(program, actors, people):
    ada = actors[0]
    message = ada.say(people[1], "Hello")
    before = state(program, message)
    for act in ("reactions", "pin", "delete/undo", "unread"):
        for method in ("GET", "PUT", "DELETE", "PATCH"):
            assert send(ada, method, f"/messages/{message}/{act}")[0] == 405, f"{method} {act}"
    for act in ("edit", "delete"):
        for method in ("PUT", "DELETE", "PATCH"):
            assert send(ada, method, f"/messages/{message}/{act}")[0] == 405, f"{method} {act}"
        assert send(ada, "HEAD", f"/messages/{message}/{act}")[0] in (200, 405)
    assert state(program, message) == before


def test_forms_from_another_site_are_refused(program, actors, people):
    ada = actors[0]
    message = ada.say(people[1], "Hello")
    before = state(program, message)
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
        assert [ada.post(f"/messages/{message}/{act}", GOOD, headers).status for act in ACTS] == [403] * 6
    assert state(program, message) == before


BODIES = [
    (None, None), ("", FORM), ("%", FORM), ("text", FORM), ("text=%ff%fe&emoji=%ff", FORM),
    ("emoji=%00&text=%00", FORM), ("a=b&" * 5_000, FORM), ('{"text":"x"}', "application/json"),
    ("text=plain", "text/plain"), ("<a/>", "text/xml"),
    ("x" * 1_000_000, FORM), ("text=" + "x" * 1_000_000, FORM), ("emoji=" + "x" * 1_000_000, FORM),
    ("image=" + "x" * 1_000_000, FORM), ("base=99999999999999999999&text=a", FORM), ("base=-1&text=b", FORM),
    ("text=" + "%F0%9F%91%8D" * 5_001, FORM), ("text=c&text=d&emoji=1&emoji=2", FORM), ("image=..%2F..%2Fetc", FORM),
    (b"--x\r\n", "multipart/form-data; boundary=x"), (b"x" * 2_000_000, "multipart/form-data; boundary=x"),
    ("text=x", "multipart/form-data"), (b"\x00\xff" * 500, FORM), ("text=x", "; ;;"),
]


@pytest.mark.parametrize("body, content_type", BODIES, ids=range(len(BODIES)))
def test_bodies_that_no_page_sends(program, actors, people, body, content_type):
    ada = actors[0]
    content_type = FORM["Content-Type"] if content_type is FORM else content_type
    for act in ACTS:
        message = ada.say(people[1], "Hello")
        status, text = send(ada, "POST", f"/messages/{message}/{act}", body, content_type)
        assert status in (303, 400, 409, 413, 415, 422), f"{act}: {status}"
        assert status == 303 or re.search(r"[A-Z][^<>]+\.", text), f"{act}: {status} without a sentence"
        if status != 303:
            columns = "text, edited_at, deleted_by, reaction_count"
            said = stored.read(program, f"SELECT {columns} FROM message WHERE id = ?", message)
            assert said == [("Hello", None, None, 0)], act
    assert ada.get("/health").status == 200
    assert "500" not in program.log_text and "Fatal" not in program.log_text


def test_control_characters_are_shown_as_text(program, actors, people):
    ada = actors[0]
    message = ada.say(people[1], "Hello")
    for text in (
        "\x1b[2J\x07 a\x0b\x0c", "\u202egnp.exe", "<script>alert(1)</script>", "</textarea><b>", "{{{html}}}",
        "a\r\n\r\nb",
    ):
        ada.edit(message, text)
        assert "<script>alert" not in ada.shown(message)
        page = ada.get(f"/messages/{message}/edit").text
        area = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)[1]
        assert "<" not in area and html.unescape(area).splitlines() == text.splitlines()


NO_EMOJI = {
    "digit": "1", "sign": "#", "letter": "a", "word": "yes", "two": "👍❤", "half a flag": "🇩",
    "skin tone alone": "🏽",
    "selector alone": "\ufe0f", "joiner alone": "\u200d", "nothing": "", "spaces": " \n ", "accent": "👍\u0301",
    "zero width space": "👍\u200b", "turned": "\u202e👍", "null": "👍\0", "many": "👍" * 5,
    "keycap of a face": "😀\u20e3",
    "family twice": "👨‍👩‍👧‍👦" * 2, "too long": "👍" + "\ufe0f" * 60, "markup": "<b>👍</b>",
}


@pytest.mark.parametrize("name", NO_EMOJI)
def test_what_is_no_emoji(program, actors, people, name):
    ada = actors[0]
    message = ada.say(people[1], "Hello")
    assert ada.post(f"/messages/{message}/reactions", {"emoji": NO_EMOJI[name]}).status == 422
    assert stored.read(program, "SELECT count(*) FROM reaction") == [(0,)]


HIDDEN = {
    "a joiner at the end": "👍\u200d", "unseen letters": "😀" + "".join(chr(0xE0000 + ord(each)) for each in "hidden"),
    "a flag of unseen letters": "🏴" + "".join(chr(0xE0000 + ord(each)) for each in "hidden"),
    "a pile of accents": "1" + "\u0301" * 40 + "\u20e3", "four in one": "👍‍❤‍😂‍🎉", "no country": "🇽🇽",
}


@pytest.mark.parametrize("name", HIDDEN)
def test_what_looks_like_no_emoji_or_like_another_one(program, actors, people, name):
    ada = actors[0]
    message = ada.say(people[1], "Hello")
    assert ada.post(f"/messages/{message}/reactions", {"emoji": HIDDEN[name]}).status == 422


def test_who_acts_very_fast_is_told_to_wait_and_loses_nothing(make_program):
    program = make_program("--rate-limits", "on").start()
    people = add_accounts(program, 2)
    ada, grace = (Actor(program, each) for each in people)
    message = ada.say(people[1], "Hello")
    for _ in range(200):
        answer = ada.post(f"/messages/{message}/reactions", {"emoji": "👍"})
        if answer.status != 303:
            break
    assert answer.status == 429 and 1 <= int(answer.headers["Retry-After"]) <= 60
    before = state(program, message)
    for headers in ({}, MODULES):
        for act in ("delete", "delete/undo", "reactions", "pin"):
            answer = ada.post(f"/messages/{message}/{act}", GOOD, headers)
            assert answer.status == 429 and re.search(r"[A-Z][^<>]+\.", answer.text), act
        answer = ada.post(f"/messages/{message}/edit", {"text": "What I <typed>"}, headers)
        assert answer.status == 429 and "What I &lt;typed&gt;</textarea>" in answer.text
        assert "You are writing very fast." in answer.text
    assert state(program, message) == before
    # Each has their own share, and what is not theirs stays out of sight.
    grace.react(message, "🎉")
    other = grace.say(people[0], "Hers")
    assert ada.post(f"/messages/{other}/edit", {"text": "Mine"}).status == 403
    assert ada.post("/messages/999999/edit", {"text": "Mine"}).status == 404


def test_who_edits_very_fast_is_told_when_to_try_again(make_program):
    program = make_program("--rate-limits", "on").start()
    people = add_accounts(program, 2)
    ada = Actor(program, people[0])
    message = ada.say(people[1], "Hello")
    for number in range(200):
        answer = ada.post(f"/messages/{message}/edit", {"text": f"Wording {number}"})
        if answer.status != 303:
            break
    assert answer.status == 429
    assert "Retry-After" in answer.headers


def test_kinds_and_pins_are_bounded(program, actors, people):
    ada, grace, _ = actors
    message = ada.say(people[1], "Hello")
    kinds = [chr(0x1F600 + at) for at in range(21)]
    for each in kinds[:20]:
        ada.react(message, each)
    refused = grace.post(f"/messages/{message}/reactions", {"emoji": kinds[20]})
    assert refused.status == 422 and "20 kinds" in refused.text
    grace.react(message, kinds[3])
    messages = [ada.say(people[1], f"Pin {at}") for at in range(21)]
    for each in messages[:20]:
        grace.pin(each)
    refused = ada.post(f"/messages/{messages[20]}/pin", {"pin": "1"})
    assert refused.status == 422 and "20 pinned" in refused.text
    # What is deleted takes no place.
    ada.delete(messages[0])
    ada.pin(messages[20])
    assert ada.get(f"/messages/{messages[20]}/details").text.count("Unpin") == 1


def test_an_undo_does_not_lead_past_the_most_pins(program, actors, people):
    ada = actors[0]
    messages = [ada.say(people[1], f"Pin {at}") for at in range(21)]
    for each in messages[:20]:
        ada.pin(each)
    ada.delete(messages[0])
    ada.pin(messages[20])
    ada.undo(messages[0])
    assert stored.read(program, "SELECT count(*) FROM pin") == [(20,)]


def test_a_send_that_is_tried_again_brings_nothing_back(program, actors, people):
    ada, grace, _ = actors
    for act, wanted in (("delete", "Message deleted"), ("edit", "Another wording")):
        form = {"text": words(3), "clientId": str(uuid.uuid4())}
        path = f"/people/{people[1].id}/messages"
        message = message_id(ada.post(path, form, MODULES).text)
        assert ada.post(f"/messages/{message}/{act}", {"text": "Another wording"}, MODULES).status == 200
        again = ada.post(path, form, MODULES)
        assert again.status == 200 and message_id(again.text) == message and wanted in again.text
        assert not words_of(again.text) and wanted in grace.shown(message)
        wait_until(lambda: not left(program, words_of(form["text"])), 14, "it is gone")
        again = ada.post(path, form, MODULES)
        assert message_id(again.text) == message and wanted in again.text
        assert not left(program, words_of(form["text"]))


def test_answers_to_what_is_elsewhere_show_nothing_of_it(program, actors, people):
    ada, grace, carol = actors
    secret = words(3)
    elsewhere = ada.say(people[1], secret)
    own_elsewhere = carol.say(people[0], "Carol to Ada")
    talk = stored.read(program, "SELECT conversation_id FROM message WHERE id = ?", own_elsewhere)[0][0]
    for target in (elsewhere, 999_999, 0, -1, 2 ** 63 - 1, "9" * 40, "x", "", f"{elsewhere}\0", f" {elsewhere}"):
        fields = {"text": "An answer", "replyTo": target, "quote": secret}
        answer = carol.post(f"/conversations/{talk}/messages", fields, MODULES)
        assert answer.status == 200 and secret not in answer.text and 'class="quote' not in answer.text
        page = carol.get(f"/conversations/{talk}?" + form({"reply": target})).text
        assert secret not in page and "Replying to" not in page and 'name="replyTo"' not in page
        refused = carol.post(f"/conversations/{talk}/messages", {"text": "", "replyTo": target})
        assert refused.status == 422 and secret not in refused.text and 'name="replyTo"' not in refused.text
    # Nor does Ada, who sees both, carry it from one into the other.
    fields = {"text": "Carried", "replyTo": elsewhere, "quote": secret}
    answer = ada.post(f"/conversations/{talk}/messages", fields, MODULES)
    assert answer.status == 200 and secret not in answer.text
    assert secret not in carol.get(f"/conversations/{talk}").text
    assert stored.read(program, "SELECT count(*) FROM message WHERE reply_to IS NOT NULL") == [(0,)]


def test_a_newcomer_is_told_nothing_of_what_was_before(program, actors, people):
    """By an answer, a pin, an edit, a reaction or a deletion, on pages, in streams and in the data to take along."""
    ada, grace, carol = actors
    group = make_group(ada, people[1])
    secret, new_secret = words(3), words(3)
    old = say(ada, group, secret)
    stretch = say(ada, group, f"Before {secret} after")
    ada.pin(old)
    ada.react(old, "🎉")
    start = carol.newest_event()
    add(ada, group, people[2])
    with EventStreams(program) as streams:
        watching = streams.open(people[2], after=start)
        wait_until(lambda: watching.opened and watching.events, 20, "the stream is open")
        reply = say(ada, group, "An answer", replyTo=old)
        partly = say(grace, group, "Another", replyTo=stretch, quote=secret[:10])
        ada.edit(old, new_secret)
        ada.edit(reply, "An answer, edited")
        grace.react(old, "😮")
        ada.pin(stretch)
        ada.pin(reply)
        ada.delete(stretch)
        ada.undo(stretch)
        ada.delete(old)
        ada.undo(old)
        newest = say(ada, group, "The end")
        wait_until(lambda: any(f'id="message-{newest}"' in each.data for each in watching.events), 20, "the end")
        fresh = streams.open(people[2], after=start)
        wait_until(lambda: fresh.last_id == watching.last_id, 20, "the replay")
        told = "\n".join(event.data for stream in (watching, fresh) for event in stream.events)
    assert "An answer, edited" in told and "What this answers is no longer here." in told
    shown = [told]
    for path in (
        group, f"{group}?around={old}", f"{group}?before={newest}", f"{group}/details", "/", f"{group}?reply={old}",
        f"{group}?reply={reply}", f"/messages/{reply}/details", f"/messages/{partly}/details",
    ):
        shown.append(carol.get(path).text)
    shown += [carol.post(f"/messages/{reply}/reactions", {"emoji": "👍"}, MODULES).text]
    answer = carol.post(f"{group}/messages", {"text": "Mine", "replyTo": old, "quote": secret}, MODULES)
    shown.append(answer.text)
    for page in shown:
        found = words_of(page) & (words_of(secret) | words_of(new_secret))
        assert not found, page
        assert f"/messages/{old}" not in page and f'data-quote-of="{old}"' not in page, page
    assert statuses(carol, old) == [404] * 10
    connection = http.client.HTTPConnection("127.0.0.1", program.port, timeout=30)
    connection.request("POST", "/settings/data", "", {"Cookie": people[2].cookie, **FORM})
    archive = zipfile.ZipFile(io.BytesIO(connection.getresponse().read()))
    connection.close()
    assert any(b"An answer, edited" in archive.read(name) for name in archive.namelist())
    for name in archive.namelist():
        found = words_of(archive.read(name).decode(errors="replace"))
        assert not found & (words_of(secret) | words_of(new_secret)), name


def test_who_is_no_longer_in_a_group_acts_no_more(program, actors, people):
    ada, grace, carol = actors
    group = make_group(ada, people[1], people[2])
    message, own, reply_to = say(ada, group, "Hello"), say(carol, group, "Mine"), say(carol, group, "Deleted")
    carol.delete(reply_to)
    carol.react(message, "👍")
    assert ada.post(f"{group}/members", {"action": "remove", "user": people[2].id}).status == 303
    before = [state(program, each) for each in (message, own, reply_to)]
    for each in (message, own, reply_to):
        assert statuses(carol, each) == [404] * 10
    assert [state(program, each) for each in (message, own, reply_to)] == before
    # An administrator who deleted it cannot bring it back when they are none any more, nor can anyone else.
    rubbish = say(grace, group, "Rubbish")
    ada.delete(rubbish)
    assert grace.post(f"/messages/{rubbish}/delete/undo", {"undo": "1"}).status == 409
    assert "Message deleted by an administrator" in grace.shown(rubbish)


def send_picture(program, author, address, text, count=1):
    files = []
    for at in range(count):
        data = io.BytesIO()
        gradient(seed=at).save(data, "PNG")
        files.append((f"{at}.png", data.getvalue()))
    answer = post_form(program, author, f"{address}/messages", {"text": text}, files, fragment=True)
    assert answer.status == 200, answer.text
    return message_id(answer.text), list(dict.fromkeys(re.findall(r"/uploads/([0-9a-f]{32}\.png)", answer.text)))


def test_names_of_pictures_elsewhere_delete_nothing(program, actors, people):
    ada, grace, carol = actors
    talk = f"/people/{people[1].id}"
    mine, (first, second) = send_picture(program, people[0], talk, "Two", 2)
    other, (third,) = send_picture(program, people[0], talk, "One")
    theirs, (fourth,) = send_picture(program, people[1], f"/people/{people[0].id}", "Grace's")
    for name in (third, fourth, first.upper(), f"../{first}", first[:-4], f"{first}\0", "x" * 3_000, "%"):
        for message in (mine, ada.say(people[1], "No picture")):
            answer = ada.post(f"/messages/{message}/delete", {"image": name})
            assert answer.status in (413, 422), f"{name}: {answer.status}"
    assert grace.post(f"/messages/{mine}/delete", {"image": first}).status == 403
    assert carol.post(f"/messages/{mine}/delete", {"image": first}).status == 404
    for name in (first, second, third, fourth):
        assert grace.sees_picture(name) and ada.sees_picture(name)
        assert not carol.sees_picture(name)
    # What is deleted is out of sight for all, its owner too, and is not to be sent again as a draft.
    ada.delete(mine, first)
    assert not ada.sees_picture(first) and not grace.sees_picture(first)
    assert ada.post(f"/messages/{mine}/delete", {"image": first}).status == 422
    again = ada.post(f"{talk}/messages", {"text": "Again", "kept": first}, MODULES)
    assert first not in again.text
    assert ada.post(f"/messages/{mine}/delete", {"image": second}, MODULES).status == 200
    assert not ada.sees_picture(second)
    ada.undo(mine)
    assert all(grace.sees_picture(name) for name in (first, second))


def test_a_mention_comes_back_with_an_undo_and_goes_with_an_edit(program, actors, people):
    ada, grace, _ = actors
    group = make_group(ada, people[1])
    message = say(ada, group, f"@{people[1].name}, look")
    assert stored.read(program, "SELECT count(*) FROM mention") == [(1,)]
    for _ in range(2):
        ada.delete(message)
        assert stored.read(program, "SELECT count(*) FROM mention") == [(0,)]
        ada.undo(message)
        assert stored.read(program, "SELECT count(*) FROM mention") == [(1,)]
        assert f'data-mention="{people[1].id}"' in grace.shown(message)
    ada.edit(message, "Look")
    assert stored.read(program, "SELECT count(*) FROM mention") == [(0,)]
    # Nobody is mentioned by an edit.
    ada.edit(message, f"@{people[1].name}, look")
    assert stored.read(program, "SELECT count(*) FROM mention") == [(0,)]


def test_deletions_undos_and_edits_at_once_end_in_one_state(program, actors, people):
    """Whatever order they come in: no error, one state on pages and in the file, and nothing left of what is gone."""
    ada, grace, _ = actors
    chance = random.Random(5)
    messages = []
    for round in range(12):
        text = words(3)
        message = ada.say(people[1], text)
        messages.append((message, text))
        acts = [
            *[("delete", {"image": ""}), ("delete/undo", {"undo": "1"})] * 2, ("edit", {"text": words(3)}),
            ("edit", {"text": words(2), "base": "0"}), ("reactions", {"emoji": "👍"}), ("pin", {"pin": "1"}),
        ]
        chance.shuffle(acts)
        seen = []

        def run(act, fields):
            seen.append((act, Actor(program, people[0]).post(f"/messages/{message}/{act}", fields, MODULES).status))

        threads = [threading.Thread(target=run, args=each) for each in acts]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert len(seen) == len(acts) and {status for _, status in seen} <= {200, 409}, seen
        (stored_text, deleted_by), = stored.read(program, "SELECT text, deleted_by FROM message WHERE id = ?", message)
        assert (stored_text == "") == (deleted_by is not None), seen
        for actor in (ada, grace):
            assert ("Message deleted" in actor.shown(message)) == (deleted_by is not None), seen
        if deleted_by:
            assert stored.read(program, "SELECT count(*) FROM withdrawn WHERE message_id = ?", message) == [(1,)]
    kept = {text for text, in stored.read(program, "SELECT text FROM message")}
    wait_until(lambda: not stored.read(program, "SELECT 1 FROM withdrawn"), 13, "deletions are final")
    present = set().union(*map(words_of, kept))
    gone = set().union(*(words_of(text) for _, text in messages)) - present
    wait_until(lambda: not left(program, gone), 5, "what is gone is nowhere")
    expect_there(program, present)


def test_two_undos_at_once_and_a_deletion_at_the_last_moment(program, actors, people):
    ada, _, _ = actors
    message = ada.say(people[1], "Back and forth")
    for _ in range(10):
        ada.delete(message)
        seen = []
        threads = [
            threading.Thread(target=lambda: seen.append(
                Actor(program, people[0]).post(f"/messages/{message}/delete/undo", {"undo": "1"}).status))
            for _ in range(3)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert sorted(seen) == [303, 409, 409]
        assert "Back and forth" in ada.shown(message)
    # Around the end of the ten seconds it is one or the other, never half of it.
    others = [ada.say(people[1], f"At the end {at}") for at in range(30)]
    for each in others:
        ada.delete(each)
    due = dict(stored.read(program, "SELECT message_id, due_at FROM withdrawn"))
    wait_until(lambda: time.time() * 1000 > min(due.values()) - 150, 12, "nearly due")
    answers = {each: ada.post(f"/messages/{each}/delete/undo", {"undo": "1"}).status for each in others}
    assert set(answers.values()) <= {303, 409}
    for at, each in enumerate(others):
        shown = ada.shown(each)
        assert (f"At the end {at}" in shown) == (answers[each] == 303) != ("Message deleted" in shown)
    print(f"\n{list(answers.values()).count(303)} of 30 came in time")


def test_a_stretch_that_was_chosen_is_the_same_live_and_on_a_page(program, actors, people):
    ada, grace, _ = actors
    message = ada.say(people[1], "First words. Chosen words. Last words.")
    reply = grace.say(people[0], "Yes", replyTo=message, quote="Chosen words.")
    assert ">Chosen words.<" in ada.shown(reply)
    ada.delete(message)
    assert ">Message deleted<" in ada.shown(reply)
    told = ada.undo(message)
    # After the line for all that quote it, one for each that quotes a stretch.
    live = re.search(rf'<span hx-swap-oob="innerHTML:#message-{reply} \[data-quote-of\]">(.*?)</span>', told)[1]
    shown = re.search(rf'data-quote-of="{message}"[^>]*>(.*?)</span>', ada.shown(reply))[1]
    assert live == shown
