"""Deliveries: each handled once, in the order of its stream; one that fails holds up no other."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import Connection, text

from services.kernel import clock, deliveries, work
from services.kernel.db import transact
from services.kernel.unit import Envelope, Unit
from tests.toy import wiring
from tests.toy.note_records import DrawTwo
from tests.toy.stage import OFFICER, Stage, yuan
from tests.toy.tally_records import CloseTally, ReopenTally
from workflows.lifecycle.roles import PLATFORM


def _drawn(stage: Stage, notes: Sequence[str], amounts: Sequence[str]) -> None:
    for note in notes:
        stage.signed(note)
        for amount in amounts:
            stage.draw(note, amount)


def _counted(stage: Stage) -> list[str]:
    """`note:seq` of the draws that were counted, in the order in which they were."""
    rows = stage.rows("SELECT cause FROM event WHERE type = 'Tally.Counted' ORDER BY position")
    return [row.cause.removeprefix("note/") for row in rows]


def _parked(stage: Stage) -> list[str]:
    return [row.stream for row in stage.rows("SELECT stream FROM delivery WHERE parked")]


def test_every_draw_is_counted_once_by_several_workers_at_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "BATCH", 2)
    notes = [f"N{number}" for number in range(12)]
    _drawn(stage, notes, ("1.00", "2.00", "3.00"))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: stage.deliver(), range(4)))
    stage.deliver()

    assert stage.record("tally", "T").draws == 36
    assert sorted(_counted(stage)) == sorted(f"{n}:{seq}" for n in notes for seq in (3, 4, 5))
    assert stage.one("SELECT count(*) FROM delivery WHERE handled_at IS NULL") == 0


def test_deliveries_of_a_stream_are_handled_in_its_order(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "BATCH", 1)
    _drawn(stage, ("N1", "N2"), ("1.00", "2.00", "3.00", "4.00"))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: stage.deliver(), range(4)))
    stage.deliver()

    for note in ("N1", "N2"):
        own = [cause for cause in _counted(stage) if cause.startswith(note)]
        assert own == [f"{note}:{seq}" for seq in (3, 4, 5, 6)]


def test_a_second_worker_finds_the_streams_that_the_first_does_not_hold(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "BATCH", 2)
    _drawn(stage, ("N1", "N2", "N3", "N4"), ("1.00",))

    with stage.engine.begin() as first:
        mine = {row.stream for row in deliveries._claim(first)}
        with stage.engine.begin() as second:
            others = {row.stream for row in deliveries._claim(second)}

    assert (mine, others) == ({"note/N1", "note/N2"}, {"note/N3", "note/N4"})


def test_a_reaction_that_fails_is_tried_again_later_and_holds_up_its_own_stream_only(
    stage: Stage,
) -> None:
    _drawn(stage, ("N1", "N2"), ("1.00", "0.13", "3.00"))
    with stage.engine.begin() as connection:  # N2's unlucky draw is as lucky as any
        connection.execute(text("DELETE FROM delivery WHERE stream = 'note/N2' AND seq = 4"))

    stage.deliver()

    assert _counted(stage) == ["N1:3", "N2:3", "N2:5"]
    failed = stage.rows("SELECT * FROM delivery WHERE attempts > 0")
    assert [(row.stream, row.seq, row.reaction) for row in failed] == [
        ("note/N1", 4, "tally.count")
    ]
    assert (failed[0].attempts, failed[0].parked) == (1, False)
    assert "bad luck" in failed[0].error
    assert failed[0].due_at > failed[0].created_at


def test_after_five_tries_it_is_parked_and_delivered_when_somebody_asks_for_it(
    stage: Stage,
) -> None:
    _drawn(stage, ("N1",), ("0.13", "3.00"))

    for _ in range(deliveries.MOST_ATTEMPTS):
        assert _parked(stage) == []
        stage.deliver()
        stage.hurry()
    assert _parked(stage) == ["note/N1"]
    assert stage.deliver() == 0
    wiring.BROKEN["unlucky"] = False
    assert stage.retry() == {"delivery": 1, "timer": 0, "act": 0}
    stage.deliver()

    assert _counted(stage) == ["N1:3", "N1:4"]
    assert _parked(stage) == []


def test_a_refusal_is_parked_at_once_for_the_answer_would_be_the_same(stage: Stage) -> None:
    _drawn(stage, ("N1",), ("1.00",))
    stage.do(CloseTally("T"), PLATFORM)

    stage.deliver()

    row = stage.rows("SELECT attempts, parked, error FROM delivery WHERE parked")[0]
    assert (row.attempts, row.parked) == (1, True)
    assert "CLOSED" in row.error

    stage.do(ReopenTally("T"), PLATFORM)
    assert stage.retry()["delivery"] == 1
    stage.deliver()
    assert _counted(stage) == ["N1:3"]


def test_one_that_fails_at_the_end_of_a_batch_is_found_and_the_rest_is_done(stage: Stage) -> None:
    _drawn(stage, ("N1", "N2", "N3"), ("1.00",))
    stage.draw("N2", "0.17")  # its second reaction books what does not balance

    stage.deliver()

    assert sorted(_counted(stage)) == ["N1:3", "N2:3", "N2:4", "N3:3"]
    row = stage.rows("SELECT stream, seq, reaction, error FROM delivery WHERE attempts > 0")[0]
    assert (row.stream, row.seq, row.reaction) == ("note/N2", 4, "note.misbook")
    assert "off by 1 fen" in row.error
    assert "Note.Misbooked" not in stage.events("note/N2")


@pytest.mark.parametrize(
    "damage",
    ["reaction = 'tally.count_no_more'", "seq = 2"],
    ids=["a reaction that is gone", "an event of another shape"],
)
def test_one_that_cannot_be_read_stops_no_other(stage: Stage, damage: str) -> None:
    _drawn(stage, ("N1", "N2", "N3"), ("1.00",))
    with stage.engine.begin() as connection:
        connection.execute(
            text(
                f"UPDATE delivery SET {damage}"
                " WHERE stream = 'note/N2' AND reaction = 'tally.count'"
            )
        )

    stage.deliver()

    assert _counted(stage) == ["N1:3", "N3:3"]
    assert stage.one("SELECT count(*) FROM delivery WHERE attempts = 1") == 1


def test_what_another_worker_handled_meanwhile_is_not_set_aside(stage: Stage) -> None:
    _drawn(stage, ("N1",), ("1.00",))
    with stage.engine.begin() as connection:
        late = deliveries._claim(connection)[0]
    stage.deliver()

    with stage.engine.begin() as connection:
        deliveries._set_aside(connection, late, RuntimeError("too late"))

    assert stage.one("SELECT count(*) FROM delivery WHERE parked OR attempts > 0") == 0


def test_one_alone_is_handled_only_when_its_turn_has_come(stage: Stage) -> None:
    _drawn(stage, ("N1",), ("1.00", "2.00"))
    with stage.engine.begin() as connection:
        first, _, second, _ = deliveries._claim(connection)

    assert deliveries._alone(stage.engine, stage.registry, second) == 0
    assert deliveries._alone(stage.engine, stage.registry, first) == 1
    assert deliveries._alone(stage.engine, stage.registry, first) == 0
    assert _counted(stage) == ["N1:3"]


def test_a_parked_delivery_does_not_stop_the_clock_but_one_that_will_be_tried_again_does(
    stage: Stage,
) -> None:
    _drawn(stage, ("N1",), ("0.13", "3.00"))
    stage.deliver()
    clock.advance_to(stage.engine, date(2025, 1, 10))
    stage.rest()
    assert clock.today(stage.engine) == date(2025, 1, 2)

    for _ in range(deliveries.MOST_ATTEMPTS):
        stage.hurry()
        stage.deliver()
    stage.rest()

    assert clock.today(stage.engine) == date(2025, 1, 10)


def test_the_sweeper_sees_deliveries_that_nobody_rang_for(stage: Stage) -> None:
    assert not work.waiting(stage.engine)

    _drawn(stage, ("N1",), ("0.13",))
    assert work.waiting(stage.engine)
    stage.deliver()
    assert not work.waiting(stage.engine)  # waits for its next try
    stage.hurry()
    assert work.waiting(stage.engine)
    wiring.BROKEN["unlucky"] = False
    stage.deliver()

    assert not work.waiting(stage.engine)


def test_what_follows_carries_the_date_of_today_and_the_first_command(stage: Stage) -> None:
    _drawn(stage, ("N1",), ("1.00",))

    stage.deliver()

    row = stage.rows("SELECT * FROM event WHERE type = 'Tally.Counted'")[0]
    assert (row.cause, row.correlation, row.actor) == ("note/N1:3", "note/N1:3", "platform")
    assert row.business_date == date(2025, 1, 2)


def test_reactions_carried_out_inline_are_marked_as_handled(stage: Stage) -> None:
    stage.signed("N1")
    stage.signed("N2")

    def inline(connection: Connection) -> None:
        unit = Unit(connection, stage.registry)
        command = DrawTwo("N1", "N2", yuan("5.00"))
        unit.run([Envelope(command, OFFICER, date(2025, 1, 2))], inline=True)
        unit.flush()

    transact(stage.engine, inline)

    assert sorted(_counted(stage)) == ["N1:3", "N2:3"]
    assert stage.one("SELECT count(*) FROM delivery WHERE handled_at IS NULL") == 0
    assert stage.deliver() == 0


def test_workers_that_look_at_one_world_at_once_leave_nothing_undone(stage: Stage) -> None:
    notes = [f"N{number}" for number in range(20)]
    _drawn(stage, notes, ("1.00", "2.00"))
    clock.advance_to(stage.engine, date(2025, 4, 12))

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda _: stage.rest(), range(3)))

    assert not work.waiting(stage.engine)
    assert clock.today(stage.engine) == date(2025, 4, 12)
    assert stage.record("tally", "T").draws == 40
    assert stage.one("SELECT count(*) FROM event WHERE type = 'Note.FellDue'") == 20
