"""`kill -9` under load, again and again: acknowledged is durable, and nothing is lost or doubled."""

import os
import random

from . import stored
from .accounts import add_accounts
from .client import message_id
from .event_streams import EventStreams
from .senders import Senders
from .waiting import wait_until

ROUNDS = int(os.environ.get("FAULT_ROUNDS") or 20)
SENDERS = 32
# With the sends in flight, 100 rounds stay below the 20,000 events that a catch-up holds.
MOST_PER_ROUND = 120


def test_acknowledged_messages_survive_kills(program, tmp_path):
    reader, *authors = add_accounts(program, SENDERS + 1)
    chance = random.Random(1)
    with EventStreams(program) as streams:
        listening = [streams.open(reader, after=0) for _ in range(4)]
        with Senders(program, [(author, reader) for author in authors]) as ledger:
            for round in range(1, ROUNDS + 1):
                wanted = ledger.count + chance.randint(1, MOST_PER_ROUND)
                wait_until(lambda: ledger.count >= wanted or ledger.failures, 60, f"sends in round {round}")
                assert ledger.failures == []
                program.kill()
                assert stored.integrity(program, tmp_path / "copies") == ["ok"], f"round {round}"
                program.start()
        assert ledger.failures == []

        rows = stored.read(program, stored.MESSAGES)
        newest = rows[-1][1]
        fresh = streams.open(reader, after=0)
        wait_until(
            lambda: all(stream.last_id == newest for stream in [*listening, fresh]), 60, "every stream caught up"
        )

    assert {text: id for id, _, _, text in rows} == ledger.acknowledged
    assert len(rows) == len(ledger.acknowledged)
    expected = [(id, event) for id, event, _, _ in rows]
    for stream in [*listening, fresh]:
        assert [(message_id(event.data), event.id) for event in stream.durable] == expected
        assert stream.ids == sorted(set(stream.ids))
        assert "resync" not in {event.name for event in stream.events}
    for author in authors:
        own = [text for _, _, _, text in rows if text.startswith(f"{author.name},")]
        assert own == [f"{author.name}, message {number}" for number in range(1, len(own) + 1)]
    returns = sum(stream.opened - 1 for stream in listening)
    assert returns >= ROUNDS, "the streams did not come back"

    program.stop()
    assert stored.integrity(program, tmp_path / "copies") == ["ok"]
    print(
        f"\n{ROUNDS} kills, {len(rows)} messages acknowledged and stored once, {ledger.lost} answers lost, "
        f"{ledger.repeated} sent again after it, {returns} returns of {len(listening)} streams"
    )
