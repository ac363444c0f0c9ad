"""The parts of the modules that touch no page, each imported in one and asked for what it does."""

import pytest


def order(run, kind, keys, starts_at_end):
    """Puts the keys in one by one, as a page does, and returns how they stand then."""
    return run("order", f"""
      const placed = []
      for (const key of value) {{
        placed.splice(module.placeAmong(placed, key, module.{kind}, {str(starts_at_end).lower()}), 0, key)
      }}
      return placed
    """, keys)


@pytest.mark.parametrize("ids", [[1, 2, 3], [3, 1, 2], [2, 3, 1, 10, 9], [101, 99, 100]])
def test_messages_stand_by_their_number_in_whatever_order_they_come(run, ids):
    placed = order(run, "compareMessages", [{"messageId": str(each)} for each in ids], True)
    assert [int(each["messageId"]) for each in placed] == sorted(ids)


def test_a_message_on_its_way_stands_behind_all_that_have_a_number(run):
    placed = order(run, "compareMessages", [{"clientId": "a"}, {"messageId": "7"}, {"clientId": "b"}, {"messageId": "3"}], True)
    assert placed == [{"messageId": "3"}, {"messageId": "7"}, {"clientId": "a"}, {"clientId": "b"}]


def test_rows_stand_by_their_newest_message_then_by_name_and_the_button_for_more_is_last(run):
    rows = [{"newest": "0", "name": "zoe"}, {}, {"newest": "9", "name": "b"}, {"newest": "0", "name": "amy"},
            {"newest": "12", "name": "c"}, {"newest": "9", "name": "a"}]
    placed = order(run, "compareRows", rows, False)
    assert [each.get("name") for each in placed] == ["c", "a", "b", "amy", "zoe", None]


def test_of_rows_in_one_place_that_of_the_younger_conversation_stands_first(run):
    rows = [{"newest": "9", "name": "a", "number": "9"}, {"newest": "9", "name": "b", "number": "10"}]
    placed = order(run, "compareRows", rows, False)
    assert [each["name"] for each in placed] == ["b", "a"]


def test_events_are_given_out_once_and_in_order(run):
    taken = run("positions", """
      const positions = new module.Positions(10)
      const given = []
      for (const [before, id] of value) given.push(...positions.take({ before, id }))
      return { given: given.map(({ id }) => id), gap: positions.hasGap, position: positions.position }
    """, [[9, 10], [14, 17], [10, 12], [10, 12], [12, 14], [14, 17], [20, 21]])
    assert taken == {"given": [12, 14, 17], "gap": True, "position": 17}


def test_a_position_that_moves_on_drops_what_it_passes(run):
    assert run("positions", """
      const positions = new module.Positions(1)
      positions.take({ before: 5, id: 6 })
      positions.take({ before: 8, id: 9 })
      positions.moveTo(7)
      const gap = positions.hasGap
      return [gap, positions.take({ before: 7, id: 8 }).map(({ id }) => id), positions.hasGap]
    """) == [True, [8, 9], False]


def test_events_before_a_gap_are_held_within_a_bound(run):
    assert run("positions", """
      const positions = new module.Positions(0)
      for (let id = 10; id < 5000; id += 1) positions.take({ before: id - 1, id })
      return positions.held.length
    """) <= 500


@pytest.mark.parametrize("answer, result", [
    ({"tries": 1, "status": 200, "isFragment": True}, "taken"),
    # A proxy's page with a good status is no word that it was taken.
    ({"tries": 1, "status": 200, "isFragment": False}, 1),
    ({"tries": 2, "status": 0}, 4),
    ({"tries": 3, "status": 0}, "failed"),
    ({"tries": 3, "status": 503}, "failed"),
    ({"tries": 1, "status": 422}, "refused"),
    ({"tries": 1, "status": 429, "retryAfter": "7"}, 7),
    ({"tries": 3, "status": 429, "retryAfter": "4000"}, 60),
    ({"tries": 3, "status": 429, "retryAfter": None}, 5),
])
def test_what_an_answer_to_a_message_means(run, answer, result):
    assert run("outbox", "return module.outcome(value)", answer) == result


def test_the_outbox_gives_out_the_oldest_that_is_not_refused(run):
    assert run("outbox", """
      const outbox = new module.Outbox(new Store())
      const add = (id, conversation, now) => outbox.add({ id, conversation, action: '/', text: id, images: 0 }, now)
      add('a', 'one', 5)
      // Within the same moment, and with a clock that was put back.
      add('b', 'one', 5)
      add('c', 'one', 2)
      add('d', 'two', 9)
      const order = outbox.entries('one').map(({ id }) => id)
      outbox.refuse(outbox.next('one'))
      const next = outbox.next('one').id
      outbox.discard(outbox.next('one'))
      const [refused, last] = outbox.entries('one')
      outbox.retry(refused)
      return [order, next, last.id, outbox.next('one').id, outbox.has(last), outbox.entries().length]
    """) == [["a", "b", "c"], "b", "c", "a", True, 3]


def drafts(run, body):
    return run("drafts", """
      const store = new Store()
      const [first, second] = ['first', 'second'].map((tab) => new module.Drafts(store, tab))
      const textOf = (drafts, conversation = 'talk') => drafts.open(conversation)?.text
    """ + body)


def test_two_tabs_do_not_overwrite_each_others_drafts(run):
    assert drafts(run, """
      first.write('talk', 'mine', 0, 1)
      second.write('talk', 'yours', 0, 2)
      first.write('other', 'elsewhere', 0, 3)
      return [textOf(first), textOf(second), textOf(first, 'other'), textOf(second, 'nowhere')]
    """) == ["mine", "yours", "elsewhere", None]


def test_a_draft_keeps_what_it_answers(run):
    assert drafts(run, """
      first.write('talk', 'Yes', 0, 1, 'Grace', [], { id: '7', line: 'Shall we?' })
      return new module.Drafts(store, 'third').open('talk').reply
    """) == {"id": "7", "line": "Shall we?"}


@pytest.mark.parametrize("reply, sent", [
    ("undefined", []), ("{ id: '7', quote: '' }", [["replyTo", "7"], ["quote", ""]]),
    ("{ id: '7', quote: 'at nine' }", [["replyTo", "7"], ["quote", "at nine"]]),
])
def test_a_message_takes_what_it_answers_along(run, reply, sent):
    fields = run("delivery", f"return module.fieldsOf({{ text: 'Yes', id: 'a', reply: {reply} }})")
    assert fields == [["text", "Yes"], ["clientId", "a"], *sent]


def test_a_tab_without_a_draft_goes_on_with_the_newest_of_another(run):
    assert drafts(run, """
      first.write('talk', 'older', 0, 1)
      new module.Drafts(store, 'third').write('talk', 'newer', 2, 2)
      const { text, images, key } = second.open('talk')
      return [text, images, key]
    """) == ["newer", 2, "draft/talk/third"]


@pytest.mark.parametrize("sent, left", [("Hello there, Grace", 0), ("Something else", 1)])
def test_a_draft_that_went_out_with_another_tabs_message_is_gone(run, sent, left):
    assert drafts(run, f"""
      first.write('talk', 'Hello there', 0, 1)
      second.open('talk')
      second.write('talk', '{sent}', 0, 2)
      second.finish('talk', '{sent}')
      return store.values.size
    """) == left


def test_a_draft_that_its_own_tab_went_on_with_stays(run):
    assert drafts(run, """
      first.write('talk', 'Hello', 0, 1)
      second.open('talk')
      first.write('talk', 'Hello there', 0, 2)
      second.finish('talk', 'Hello there, Grace')
      return textOf(first)
    """) == "Hello there"


def test_drafts_of_closed_tabs_do_not_grow_without_a_bound(run):
    assert drafts(run, """
      for (let tab = 0; tab < 100; tab += 1) new module.Drafts(store, tab).write('talk', `Draft ${tab}`, 0, tab)
      return store.keys('draft/').length
    """) == 10


def test_an_empty_draft_is_none(run):
    assert drafts(run, """
      first.write('talk', 'Hello', 0, 1)
      first.write('talk', '', 0, 2)
      return store.values.size
    """) == 0
