"""Edits, deletions, replies, reactions and pins over `kill -9`: nothing done is lost, nothing forgotten comes back."""

import os
import random
import re
import sqlite3
import time
from contextlib import closing
from io import BytesIO

import pytest
from PIL import Image
from Uploads.form import post_form

from . import stored
from .accounts import add_accounts
from .acts import FORGET_SECONDS, UNDO_SECONDS, Actor, expect_there, left, words, words_of
from .client import message_id
from .event_streams import EventStreams
from .waiting import wait_until

ROUNDS = int(os.environ.get("FAULT_ROUNDS") or 15)
EVENTS = "SELECT id FROM event WHERE id > ? AND kind NOT LIKE 'person%' ORDER BY id"


@pytest.fixture
def people(program):
    return add_accounts(program, 2)


@pytest.fixture
def actors(program, people):
    return [Actor(program, each) for each in people]


def fill(program, people, count):
    """Many other messages, so that what is looked for is not all there is."""
    ada, grace = people
    conversation = stored.read(program, "SELECT id FROM conversation")[0][0]
    now = int(time.time() * 1000)
    with closing(sqlite3.connect(program.database, timeout=10)) as connection, connection:
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.executemany(
            "INSERT INTO message (conversation_id, author_id, text, created_at) VALUES (?, ?, ?, ?)",
            ([conversation, (ada, grace)[at % 2].id, f"Other {at} " * (at % 30 + 1), now] for at in range(count)),
        )
        connection.execute("UPDATE conversation SET newest_message_id = (SELECT max(id) FROM message)")


def send_pictures(program, author, other, count=1, text="", alt=""):
    """Answers the message, and for each of its pictures what of it may be nowhere afterwards."""
    files = []
    for number in range(count):
        data = BytesIO()
        noise = Image.effect_noise((90, 90), 90)
        Image.merge("RGB", [noise, noise.rotate(90), noise.rotate(180)]).save(data, "PNG")
        files.append((f"{number}.png", data.getvalue()))
    fields = {"text": text, "alt": alt}
    answer = post_form(program, author, f"/people/{other.id}/messages", fields, files, fragment=True)
    assert answer.status == 200, answer.text
    names = list(dict.fromkeys(re.findall(r"/uploads/([0-9a-f]{32}\.png)", answer.text)))
    assert len(names) == count
    return message_id(answer.text), {name: pieces(program, name) for name in names}


def pieces(program, name):
    """Its name, and bytes from many places of its file."""
    file, = (program.data / "uploads").rglob(name)
    data = file.read_bytes()
    assert len(data) > 10_000
    return {name.encode(), *(data[at:at + 24] for at in range(200, len(data) - 24, 997))}


def expect_forgotten(program, wanted, seconds, what):
    began = time.monotonic()
    wait_until(lambda: not left(program, wanted), seconds, f"{what} is nowhere any more")
    return time.monotonic() - began


def test_a_stream_catches_up_with_every_act(program, actors, people):
    ada, grace = actors
    edited, deleted, undone, answered, liked, pinned = (ada.say(people[1], f"Message {at}") for at in range(6))
    start = grace.newest_event()
    with EventStreams(program) as streams:
        watching = streams.open(people[1], after=start)
        away = streams.open(people[1], after=start)
        wait_until(lambda: watching.opened and away.opened, 20, "both streams are open")
        away.comes_back = False
        ada.edit(edited, "Edited before")
        ada.delete(deleted)
        reply = ada.say(people[1], "A reply before", replyTo=answered)
        grace.react(liked, "👍")
        ada.pin(pinned)
        ada.delete(undone)
        program.kill()
        program.start()
        ada.undo(undone)
        ada.edit(edited, "Edited after")
        ada.edit(answered, "Answered and edited")
        grace.react(liked, "🎉")
        grace.pin(liked)
        late = grace.say(people[0], "A reply after", replyTo=edited)
        newest = stored.read(program, EVENTS, start)[-1][0]
        back = streams.open(people[1], after=away.last_id)
        fresh = streams.open(people[1], after=start)
        wait_until(
            lambda: all(each.last_id == newest for each in (watching, back, fresh)), 20, "every stream caught up")
        # Live it comes a moment later.
        wait_until(lambda: any("🎉" in each.data for each in watching.events), 20, "the reaction")

    expected = [id for id, in stored.read(program, EVENTS, start)]
    assert len(expected) == 12
    assert fresh.ids == expected and back.ids == [id for id in expected if id > (away.last_id or start)]
    assert watching.ids == sorted(set(watching.ids)) and set(watching.ids) <= set(expected)
    # Live reactions are gathered and have no number; with them everything came.
    kinds = dict(stored.read(program, "SELECT id, kind FROM event"))
    assert {id for id in expected if id not in watching.ids} <= {
        id for id, kind in kinds.items() if kind == "reactions.changed"}
    for stream in (watching, fresh):
        told = "\n".join(event.data for event in stream.events)
        for text in ("Edited after", "Answered and edited", "A reply before", "A reply after", "🎉"):
            assert text in told, text
        assert "resync" not in {event.name for event in stream.events}
        # What a page ends in: the last that was told of each message.
        for message, wanted in {
            edited: "Edited after", deleted: "Message deleted", undone: "Message 2", answered: "Answered and edited",
            reply: "A reply before", late: "A reply after",
        }.items():
            last = [each.data for each in stream.events if f'id="message-{message}"' in each.data][-1]
            assert wanted in last, f"{message}: {last}"
        reactions = [each.data for each in stream.events if f'id="reactions-{liked}"' in each.data][-1]
        assert "👍" in reactions and "🎉" in reactions
        pins = [each.data for each in stream.events if 'class="pins"' in each.data][-1]
        assert "Message 4" in pins and "1 of 2" in pins


def test_a_reaction_is_not_lost_behind_a_later_message(program, actors, people):
    """It is told a moment later than what was done after it: a kill in between may not lose it for who comes back."""
    ada, grace = actors
    for round in range(8):
        liked = ada.say(people[1], f"Message {round}")
        start = grace.newest_event()
        with EventStreams(program) as streams:
            watching = streams.open(people[1], after=start)
            probe = ada.say(people[1], "Are you there?")
            wait_until(lambda: any(message_id_is(event, probe) for event in watching.events), 20, "the stream is open")
            ada.react(liked, "👍")
            later = ada.say(people[1], "Later")
            wait_until(lambda: any(message_id_is(event, later) for event in watching.events), 20, "the later message")
            program.kill()
            program.start()
            wait_until(lambda: watching.opened > 1, 20, "the stream is back")
            end = ada.say(people[1], "The end")
            wait_until(lambda: any(message_id_is(event, end) for event in watching.events), 20, "the end")
        told = [event for event in watching.events if f'id="reactions-{liked}"' in event.data and "👍" in event.data]
        assert told, f"round {round}"


def message_id_is(event, id):
    return f'id="message-{id}"' in event.data


def test_what_was_answered_is_there_after_a_kill(program, actors, people, tmp_path):
    ada, grace = actors
    for round in range(5):
        edited, deleted, answered = (ada.say(people[1], f"{what} {round}") for what in ("Old", "Gone", "Question"))
        acts = [
            lambda: ada.edit(edited, f"New {round}"),
            lambda: ada.delete(deleted),
            lambda: grace.react(answered, "❤️"),
            lambda: grace.pin(answered),
        ]
        # The last of them is answered right before the kill.
        random.Random(round).shuffle(acts)
        for act in acts:
            act()
        program.kill()
        assert stored.integrity(program, tmp_path / "copies") == ["ok"]
        program.start()
        assert f"New {round}" in ada.shown(edited) and "edited" in ada.shown(edited)
        assert "Message deleted" in grace.shown(deleted) and "Gone" not in grace.shown(deleted)
        assert "❤" in ada.shown(answered)
        assert "Unpin" in ada.get(f"/messages/{answered}/details").text
        # It is an act of its own to take it away again.
        grace.react(answered, "❤️")
        assert "❤" not in ada.shown(answered)


def test_undo_after_a_kill_in_time_and_too_late(program, actors, people, tmp_path):
    ada, grace = actors
    text, picture_text, alt = words(3), words(3), words(2)
    kept, gone = ada.say(people[1], text), ada.say(people[1], picture_text)
    pictured, files = send_pictures(program, people[0], people[1], 2, text="Two of them", alt=alt)
    first, second = files
    ada.delete(kept)
    ada.delete(gone)
    ada.delete(pictured, second)
    deleted_at = time.monotonic()
    program.kill()
    program.start()
    assert time.monotonic() - deleted_at < UNDO_SECONDS, "it took too long to start"
    ada.undo(kept)
    assert text in grace.shown(kept)
    assert grace.sees_picture(first) and not grace.sees_picture(second)
    refused = grace.post(f"/messages/{gone}/delete/undo", {"undo": "1"})
    assert refused.status == 409, refused.status
    # The rest of the time passes while it does not run.
    program.kill()
    wait_until(lambda: time.monotonic() > deleted_at + UNDO_SECONDS, 20, "the time to undo is over")
    program.start()
    wanted = words_of(picture_text) | files[second]
    expect_forgotten(program, wanted, FORGET_SECONDS, "what was deleted before the kill")
    assert ada.post(f"/messages/{gone}/delete/undo", {"undo": "1"}).status == 409
    assert text in ada.shown(kept) and first in ada.shown(pictured) and second not in ada.shown(pictured)
    expect_there(program, words_of(text) | files[first] | words_of(alt))
    assert stored.integrity(program, tmp_path / "copies") == ["ok"]


def test_a_raw_search_finds_nothing_of_what_was_edited_or_deleted(program, actors, people, tmp_path):
    ada, grace = actors
    texts = {}
    for at in range(12):
        # The longest are on pages of their own.
        text = words((1, 3, 60, 454)[at % 4])
        texts[ada.say(people[1], text)] = text
        if at == 5:
            fill(program, people, 15_000)
    assert max(map(len, texts.values())) > 4_990
    every = set().union(*map(words_of, texts.values()))
    expect_there(program, every)
    ids = list(texts)

    took = []
    # Longer, shorter, and of the same length.
    for id, count in zip(ids[:6], (454, 1, 60, 3, 0, 60)):
        new = words(count) if count else "x" * len(texts[id])
        ada.edit(id, new)
        wanted, texts[id] = words_of(texts[id]), new
        took.append(expect_forgotten(program, wanted, FORGET_SECONDS, f"the old text of {id}"))
    present = set().union(*map(words_of, texts.values()))
    expect_there(program, present)

    whole, of_whole = send_pictures(program, people[0], people[1], 2, words(5), alt := words(2))
    part, of_part = send_pictures(program, people[0], people[1], 2, words(5), words(2))
    pictures = set().union(*of_whole.values(), *of_part.values())
    expect_there(program, pictures)
    gone, stays = of_part
    wanted = words_of(alt) | set().union(*of_whole.values()) | of_part[gone] | set().union(
        *(words_of(texts[id]) for id in ids[6:]))
    for id in ids[6:]:
        ada.delete(id)
    ada.delete(whole)
    ada.delete(part, gone)
    expect_forgotten(program, wanted, UNDO_SECONDS + FORGET_SECONDS, "what was deleted")
    assert list((program.data / "uploads").rglob("*.png")) == list((program.data / "uploads").rglob(stays))
    expect_there(program, of_part[stays])
    program.stop()
    assert left(program, wanted) == set()
    assert stored.integrity(program, tmp_path / "copies") == ["ok"]
    print(f"\nedits were forgotten after {max(took):.1f} s at most")


def test_kills_in_the_middle_of_forgetting(program, actors, people, tmp_path):
    ada, grace = actors
    chance = random.Random(22)
    ada.say(people[1], "The first")
    fill(program, people, 10_000)
    forgotten, files, kept = set(), [], {}
    for round in range(ROUNDS):
        texts = [words(chance.choice((1, 4, 80, 454))) for _ in range(6)]
        ids = [ada.say(people[1], text) for text in texts]
        pictured, pictures = send_pictures(program, people[0], people[1], 1, words(2))
        for id, text in zip(ids[:3], texts[:3]):
            kept[id] = words(chance.choice((1, 80, 454)))
            ada.edit(id, kept[id])
            forgotten |= words_of(text)
        ada.delete(pictured)
        forgotten |= set().union(*pictures.values())
        files += pictures
        for id, text in zip(ids[3:], texts[3:]):
            ada.delete(id)
            forgotten |= words_of(text)
        deleted_at = time.monotonic()
        # Any moment of the forgetting of this round's edits and of earlier rounds' deletions, the first one too.
        time.sleep(chance.choice((0, 0.02, 0.1)) or chance.uniform(0, 2.5))
        program.kill()
        assert stored.integrity(program, tmp_path / "copies") == ["ok"], f"round {round}"
        program.start()
    expect_forgotten(
        program, forgotten, deleted_at + UNDO_SECONDS + FORGET_SECONDS - time.monotonic(), "what was edited or deleted")
    present = set().union(*map(words_of, kept.values()))
    expect_there(program, present)
    assert not [name for name in files if list((program.data / "uploads").rglob(name))]
    program.stop()
    assert left(program, forgotten) == set()
    assert stored.integrity(program, tmp_path / "copies") == ["ok"]


def test_edits_are_forgotten_soon_after_a_kill(program, actors, people):
    """Alone, without anything else to do after the start."""
    ada, _ = actors
    ada.say(people[1], "The first")
    fill(program, people, 10_000)
    for round in range(6):
        text = words(454)
        id = ada.say(people[1], text)
        ada.edit(id, "Nothing of it")
        time.sleep(round * 0.02)
        program.kill()
        program.start()
        expect_forgotten(program, words_of(text), FORGET_SECONDS, f"round {round}")
