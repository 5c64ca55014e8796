"""History can be verified and folded: what is stored is what happened, and a forgery is found."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text

from services.kernel import db, worlds
from services.kernel.audit import Bad, audit
from services.kernel.unit import Envelope
from tests.toy import wiring
from tests.toy.note_records import DrawNote, PayNote
from tests.toy.stage import OFFICER, Stage, yuan


@pytest.fixture
def told(stage: Stage) -> Stage:
    """Two notes with some history, reactions included."""
    _tell(stage)
    return stage


def _tell(stage: Stage) -> None:
    for note in ("N1", "N2"):
        stage.signed(note)
        stage.draw(note, "10.00")
        stage.draw(note, "20.00")
    stage.rest()
    stage.do(PayNote("N1"), OFFICER)


def _forge(stage: Stage, statement: str) -> None:
    """As somebody who owns the database and switches its guard off."""
    with db.engine(stage.world.database, as_owner=True).begin() as connection:
        connection.execute(text("ALTER TABLE event DISABLE TRIGGER append_only"))
        connection.execute(text(statement))
        connection.execute(text("ALTER TABLE event ENABLE TRIGGER append_only"))


def _bad(stage: Stage) -> list[Bad]:
    with stage.engine.connect() as connection:
        found = audit(connection, stage.registry).bad
    return [one for one in found if one.what != "lost"]


def test_sequences_are_dense_and_every_chain_holds(told: Stage) -> None:
    gaps = told.rows(
        "SELECT stream FROM event GROUP BY stream HAVING max(seq) <> count(*) OR min(seq) <> 1"
    )

    assert gaps == []
    assert _bad(told) == []


@pytest.mark.parametrize(
    "change",
    [
        """payload = jsonb_set(payload, '{amount}', '"20.01 CNY"')""",
        "actor = 'somebody'",
        "organisation = 'BK02'",
        "role = 'BK-A'",
        """checkers = '[{"user": "somebody", "role": "BK-A", "organisation": "BK01"}]'""",
        "business_date = business_date + 1",
        "policy = 'jiangsu@000000000000:2025-01-02'",
        "type = 'Note.Paid'",
        "hash = decode('00', 'hex')",
    ],
)
def test_a_changed_event_is_found(told: Stage, change: str) -> None:
    _forge(told, f"UPDATE event SET {change} WHERE stream = 'note/N2' AND seq = 4")

    bad = _bad(told)
    assert Bad("note/N2", 4, "hash") in bad
    assert {one.stream for one in bad} == {"note/N2"}


def test_a_missing_event_is_found(told: Stage) -> None:
    _forge(told, "DELETE FROM event WHERE stream = 'note/N2' AND seq = 3")

    assert Bad("note/N2", 4, "gap") in _bad(told)


def test_a_tail_that_was_cut_off_is_found_by_the_row(told: Stage) -> None:
    _forge(told, "DELETE FROM event WHERE stream = 'note/N2' AND seq = 4")

    assert _bad(told) == [Bad("note/N2", 4, "head"), Bad("note/N2", 3, "row")]


def test_the_same_story_has_the_same_hashes_in_another_world(told: Stage) -> None:
    again = worlds.create(f"{told.world.name}-again", starts_on=told.world.starts_on)
    try:
        other = Stage(again)
        wiring.metadata.create_all(db.engine(again.database, as_owner=True))
        other.open_tally()
        _tell(other)

        assert _hashes(other) == _hashes(told)
    finally:
        worlds.drop(again.name)


def _hashes(stage: Stage) -> list[tuple[str, int, bytes]]:
    rows = stage.rows("SELECT stream, seq, hash FROM event ORDER BY stream, seq")
    return [(row.stream, row.seq, bytes(row.hash)) for row in rows]


def test_a_row_changed_by_hand_differs_from_its_events(told: Stage) -> None:
    with told.engine.begin() as connection:
        connection.execute(text("UPDATE note SET drawn = drawn + 1 WHERE id = 'N2'"))
        connection.execute(
            text(
                "INSERT INTO note SELECT 'N8', state, version, chain, policy, bank, tally, amount,"
                " rate, drawn, due_on, reminded, frozen, papers FROM note WHERE id = 'N1'"
            )
        )

    assert _bad(told) == [Bad("note/N2", 4, "row"), Bad("note/N8", 0, "no_events")]


def test_a_waived_rule_is_an_event_of_its_own_and_folds_away(stage: Stage) -> None:
    stage.signed("N1", "100.00")
    over = Envelope(
        DrawNote("N1", yuan("100.01")),
        OFFICER,
        date(2025, 1, 2),
        waivable=frozenset({"over_amount"}),
    )

    stage.run(over)

    assert stage.events("note/N1")[-2:] == ["Note.Drawn", "Note.GuardWaived"]
    waiver = stage.one("SELECT payload FROM event WHERE type = 'Note.GuardWaived'")
    assert (waiver["code"], waiver["actual"], waiver["threshold"]) == (
        "over_amount",
        "100.01",
        "100.00",
    )
    assert _bad(stage) == []
