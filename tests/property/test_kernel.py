"""Whatever commands come in whatever order: history is whole, rows are its fold, books balance."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from policies.money import Money
from services.kernel import clock, db, deliveries, worlds
from services.kernel.audit import audit
from tests.conftest import STARTS_ON
from tests.toy import wiring
from tests.toy.note_records import (
    DrawNote,
    DrawTwo,
    FreezeNote,
    MisbookNote,
    PayNote,
    SignNote,
    WriteNote,
)
from tests.toy.stage import APPROVER, MANAGER, OFFICER, Stage
from workflows.lifecycle.refusals import NotAllowed, NotPossible, Refused

NOTES = ("N1", "N2", "N3")
_RUN = count(1)

notes = st.sampled_from(NOTES)
amounts = st.sampled_from([0, 1, 13, 17, 5_000, 20_000, 100_001]).map(Money)
signed = st.sampled_from(NOTES[:2])
tallies = st.just("T")
# fmt: off
draw = st.tuples(st.builds(DrawNote, signed, amounts), st.just(OFFICER))
rare = st.one_of(
    st.tuples(st.builds(WriteNote, notes, st.just("BK01"), amounts, tallies), st.just(MANAGER)),
    st.tuples(st.builds(SignNote, notes),          st.just(MANAGER)),
    st.tuples(st.builds(FreezeNote, notes),        st.just(MANAGER)),
    st.tuples(st.builds(DrawNote, notes, amounts), st.just(MANAGER)),
    st.tuples(st.builds(MisbookNote, notes),       st.just(OFFICER)),
    st.tuples(st.builds(PayNote, notes),           st.just(OFFICER)),
    st.integers(1, 20).map(timedelta),
)
two = st.tuples(st.builds(DrawTwo, signed, signed, amounts), st.just(OFFICER))
acts = st.one_of(draw, draw, two, rare, st.just("deliver"))
# fmt: on


@pytest.fixture(scope="module")
def stage(servers: None) -> Iterator[Stage]:
    """One world for all examples; each has notes and a tally of its own."""
    world = worlds.create("property", starts_on=STARTS_ON)
    wiring.metadata.create_all(db.engine(world.database, as_owner=True))
    yield Stage(world)
    worlds.drop("property")


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(script=st.lists(acts, min_size=8, max_size=30))
def test_any_story_keeps_history_rows_and_books_in_agreement(
    stage: Stage, script: list[object]
) -> None:
    run = next(_RUN)
    stage.open_tally(f"T{run}")
    for note in NOTES[:2]:
        stage.signed(f"{note}-{run}", "1000.00", f"T{run}")

    for act in script:
        _perform(stage, act, run)
    for _ in range(deliveries.MOST_ATTEMPTS):  # what fails is parked, and holds up no other example
        stage.hurry()
        stage.deliver()

    with stage.engine.connect() as connection:
        assert audit(connection, stage.registry).bad == []
    assert stage.rows(UNBALANCED) == []
    assert stage.rows(UNBOOKED) == []
    counted = stage.record("tally", f"T{run}").total.fen
    assert counted == stage.one(DRAWN, tally=f"T{run}")


def test_the_stories_told_were_about_something(stage: Stage) -> None:
    told = {row.type for row in stage.rows("SELECT DISTINCT type FROM event")}

    assert told >= {"Note.Drawn", "Note.Frozen", "Note.FellDue", "Note.Paid", "Tally.Counted"}
    assert stage.one("SELECT count(*) FROM event WHERE type = 'Note.Drawn'") > 20
    assert stage.one("SELECT count(*) FROM delivery WHERE parked") > 0


UNBALANCED = "SELECT stream, seq FROM posting GROUP BY stream, seq, currency HAVING sum(fen) <> 0"
# Every event that moves money has its entry; a draw of nothing moves none.
UNBOOKED = (
    "SELECT stream, seq FROM event e WHERE type = 'Note.Drawn' AND payload->>'amount' <> '0.00 CNY'"
    " AND NOT EXISTS (SELECT 1 FROM posting p WHERE (p.stream, p.seq) = (e.stream, e.seq))"
)
# What was drawn and delivered: an unlucky draw waits, with what stands behind it.
DRAWN = (
    "SELECT coalesce(sum(replace(split_part(payload->>'amount', ' ', 1), '.', '')::bigint), 0)"
    " FROM event e JOIN delivery d USING (stream, seq) WHERE d.reaction = 'tally.count'"
    " AND d.handled_at IS NOT NULL AND payload->>'tally' = :tally"
)


def _perform(stage: Stage, act: object, run: int) -> None:
    if act == "deliver":
        stage.hurry()
        stage.deliver()
        return
    if isinstance(act, timedelta):
        clock.advance_to(stage.engine, clock.today(stage.engine) + act)
        stage.rest()
        return
    assert isinstance(act, tuple)
    command, actor = _of_run(act[0], run), act[1]
    before = stage.snapshot()
    try:
        stage.do(command, actor, *((APPROVER,) if isinstance(command, SignNote) else ()))
    except (Refused, NotPossible, NotAllowed, IntegrityError):
        assert stage.snapshot() == before


def _of_run(command: object, run: int) -> object:
    """The command on this example's own notes and tally."""
    assert dataclasses.is_dataclass(command)
    assert not isinstance(command, type)
    own = {
        field.name: f"{getattr(command, field.name)}{run}"
        if field.name == "tally"
        else f"{getattr(command, field.name)}-{run}"
        for field in dataclasses.fields(command)
        if field.name in ("note", "other", "tally")
    }
    return dataclasses.replace(command, **own)
