"""An audit names every row and event that somebody tampered with, and nothing else."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from services.kernel import db
from services.kernel.audit import Audit, Bad, audit
from tests.toy.note_records import PayNote
from tests.toy.stage import OFFICER, Stage


@pytest.fixture
def told(stage: Stage) -> Stage:
    """Two notes that were drawn twice, one of them paid, and the tally that counted."""
    for note in ("N1", "N2"):
        stage.signed(note)
        stage.draw(note, "10.00")
        stage.draw(note, "20.00")
    stage.rest()
    stage.do(PayNote("N1"), OFFICER)
    return stage


def _audit(stage: Stage) -> Audit:
    with stage.engine.connect() as connection:
        return audit(connection, stage.registry)


def _tamper(stage: Stage, *statements: str) -> None:
    """As somebody who owns the database and switches its guard off."""
    with db.engine(stage.world.database, as_owner=True).begin() as connection:
        connection.execute(text("ALTER TABLE event DISABLE TRIGGER append_only"))
        for statement in statements:
            connection.execute(text(statement))
        connection.execute(text("ALTER TABLE event ENABLE TRIGGER append_only"))


def test_an_untouched_history_holds(told: Stage) -> None:
    found = _audit(told)

    assert found.ok
    assert (found.events, found.streams) == (told.one("SELECT count(*) FROM event"), 3)


@pytest.mark.parametrize(
    ("statement", "bad"),
    [
        pytest.param(
            "UPDATE event SET business_date = business_date + 1 WHERE stream = 'note/N2'"
            " AND seq = 2",
            [Bad("note/N2", 2, "hash")],
            id="an event was moved to another day",
        ),
        pytest.param(
            "UPDATE event SET checkers = '[]' WHERE stream = 'note/N2' AND seq = 2",
            [Bad("note/N2", 2, "hash")],
            id="the second person was struck out",
        ),
        pytest.param(
            "DELETE FROM event WHERE stream = 'note/N2' AND seq = 3",
            [Bad("note/N2", 4, "gap")],
            id="an event in the middle was deleted",
        ),
        pytest.param(
            "DELETE FROM event WHERE stream = 'note/N2' AND seq = 4",
            [Bad("note/N2", 4, "head"), Bad("note/N2", 3, "row")],
            id="the last event was cut off",
        ),
        pytest.param(
            "DELETE FROM event WHERE stream = 'note/N2'",
            [Bad("note/N2", 0, "no_events")],
            id="a history was deleted",
        ),
        pytest.param(
            "UPDATE note SET drawn = drawn + 1 WHERE id = 'N2'",
            [Bad("note/N2", 4, "row")],
            id="a row was changed behind its history",
        ),
        pytest.param(
            "DELETE FROM note WHERE id = 'N2'",
            [Bad("note/N2", 4, "no_row")],
            id="a row was deleted",
        ),
        pytest.param(
            "UPDATE event SET stream = 'coin/N2' WHERE stream = 'note/N2'",
            [Bad("note/N2", 0, "no_events"), Bad("coin/", 0, "unreadable")],
            id="a history of no known noun",
        ),
    ],
)
def test_what_was_tampered_with_is_named(told: Stage, statement: str, bad: list[Bad]) -> None:
    _tamper(told, statement)

    assert _audit(told).bad == bad


def test_an_event_that_cannot_be_read_is_named(told: Stage) -> None:
    _tamper(told, "UPDATE event SET payload = '{}' WHERE stream = 'note/N2' AND seq = 2")

    assert _audit(told).bad == [Bad("note/N2", 2, "hash"), Bad("note/N2", 4, "unreadable")]


def test_two_events_that_changed_places_break_the_chain(told: Stage) -> None:
    """Each keeps its own content; what no longer fits is the hash before it."""
    _tamper(
        told,
        "UPDATE event SET hash = sha256(hash) WHERE stream = 'note/N2' AND seq = 1",
    )

    assert _audit(told).bad == [Bad("note/N2", 1, "hash"), Bad("note/N2", 2, "hash")]
