"""What fails is set aside with its error and everything else goes on; a person can try it again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.kernel import acts, clock, db, standing_still, work
from services.kernel.acts import ScriptedAct
from services.kernel.standing_still import Still
from tests.toy.note_records import DrawNote, WriteNote
from tests.toy.stage import MANAGER, OFFICER, Stage, yuan
from tests.toy.wiring import BROKEN

START = date(2025, 1, 2)
NEXT = START + timedelta(days=1)
END = date(2025, 6, 30)
MARCH = date(2025, 3, 1)  # before a note falls due by itself


@pytest.fixture
def refusing(stage: Stage) -> Stage:
    """The database refuses that note N1 ever falls due, or that 19 fen are drawn on it."""
    with db.engine(stage.world.database, as_owner=True).begin() as connection:
        connection.execute(text("ALTER TABLE note ADD CHECK (id <> 'N1' OR state <> 'DUE')"))
        connection.execute(text("ALTER TABLE note ADD CHECK (drawn <> 19)"))
    return stage


def _listing(stage: Stage) -> list[Still]:
    with stage.engine.connect() as connection:
        return standing_still.listing(connection)


def _due(stage: Stage, note: str, command: str, payload: str = "") -> None:
    values = {"note": f"note/{note}", "command": command, "day": NEXT}
    with stage.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO timer (stream, kind, due_on, command, payload)"
                " VALUES (:note, 'early', :day, :command, CAST(:payload AS jsonb))"
            ),
            {**values, "payload": payload or f'{{"note": "{note}"}}'},
        )


def test_a_timer_the_database_refuses_is_parked_and_the_clock_goes_on(refusing: Stage) -> None:
    for note in ("N1", "N2"):
        refusing.signed(note)
        _due(refusing, note, "FallDue")

    refusing.advance(END)

    assert clock.today(refusing.engine) == END
    assert "Note.FellDue" in refusing.events("note/N2")
    (still, *_) = [one for one in _listing(refusing) if one.place == "note/N1:early"]
    assert (still.kind, still.place, still.what) == ("timer", "note/N1:early", "FallDue")
    assert "violates check constraint" in still.error
    assert not work.waiting(refusing.engine)


@pytest.mark.parametrize("command", ["NoSuchCommand", "SignNote"])
def test_a_timer_that_raises_is_parked(stage: Stage, command: str) -> None:
    stage.signed("N1")
    _due(stage, "N1", command)

    stage.advance(END)

    assert clock.today(stage.engine) == END
    assert [still.kind for still in _listing(stage)] == ["timer"]


def test_a_parked_timer_fires_when_it_is_retried(refusing: Stage) -> None:
    refusing.signed("N1")
    _due(refusing, "N1", "FallDue")
    refusing.advance(NEXT)
    with db.engine(refusing.world.database, as_owner=True).begin() as connection:
        connection.execute(text("ALTER TABLE note DROP CONSTRAINT note_check"))

    assert refusing.retry() == {"delivery": 0, "timer": 1, "act": 0}
    refusing.rest()

    assert _listing(refusing) == []
    assert "Note.FellDue" in refusing.events("note/N1")


def _script(stage: Stage, *lines: ScriptedAct, name: str = "story") -> None:
    with stage.engine.begin() as connection:
        acts.write_script(connection, name, lines)


@pytest.mark.parametrize(
    "act",
    [
        ScriptedAct(START, DrawNote("N1", yuan("0.19")), OFFICER),
        ScriptedAct(START, WriteNote("N5", "BK01", yuan("1.00"), "T", case="atlantis"), MANAGER),
    ],
    ids=["refused by the database", "an exception"],
)
def test_a_failed_act_halts_its_script_and_nothing_else(refusing: Stage, act: ScriptedAct) -> None:
    refusing.signed("N1")
    refusing.signed("N2")
    _script(refusing, act, ScriptedAct(NEXT, DrawNote("N2", yuan("1.00")), OFFICER))
    _script(refusing, ScriptedAct(NEXT, DrawNote("N2", yuan("2.00")), OFFICER), name="other")

    refusing.advance(MARCH)

    assert clock.today(refusing.engine) == MARCH
    assert refusing.record("note", "N2").drawn == yuan("2.00")
    (still,) = _listing(refusing)
    assert (still.kind, still.place) == ("act", "story:1")
    assert still.error
    with refusing.engine.connect() as connection:
        standing = clock.standing(connection)
    assert (standing.at_rest, standing.parked) == (True, 1)


def test_a_failed_act_is_done_when_it_is_retried_and_its_script_goes_on(refusing: Stage) -> None:
    refusing.signed("N1")
    first = ScriptedAct(START, DrawNote("N1", yuan("0.19")), OFFICER)
    _script(refusing, first, ScriptedAct(START, DrawNote("N1", yuan("1.00")), OFFICER))
    refusing.rest()
    with db.engine(refusing.world.database, as_owner=True).begin() as connection:
        connection.execute(text("ALTER TABLE note DROP CONSTRAINT note_drawn_check"))

    assert refusing.retry() == {"delivery": 0, "timer": 0, "act": 1}
    refusing.rest()

    assert refusing.record("note", "N1").drawn == yuan("1.19")
    assert _listing(refusing) == []


@pytest.mark.parametrize("fen", ["0.13", "0.17"], ids=["an exception", "refused by the database"])
def test_a_failed_delivery_is_parked_after_five_tries_with_its_error(
    stage: Stage, fen: str
) -> None:
    stage.signed("N1")
    stage.draw("N1", fen)
    for _ in range(5):
        stage.deliver()
        stage.hurry()

    (still,) = _listing(stage)
    assert (still.kind, still.place) == ("delivery", "note/N1:3")
    assert still.error
    BROKEN["unlucky"] = False
    assert stage.retry()["delivery"] == 1
    stage.rest()
    assert _listing(stage) == []


def test_an_error_that_no_column_takes_is_kept_without_what_is_wrong_in_it() -> None:
    assert db.told(ValueError("a\x00b\ud800")) == "a?b?"
    assert db.told(ValueError()) == "ValueError"


def test_an_error_of_the_database_is_kept_without_the_values_of_the_row(refusing: Stage) -> None:
    refusing.signed("N1")
    _script(refusing, ScriptedAct(START, DrawNote("N1", yuan("0.19")), OFFICER))

    refusing.rest()

    (still,) = _listing(refusing)
    assert "Failing row" not in still.error


def test_without_room_or_connections_nothing_is_set_aside(stage: Stage) -> None:
    class NoRoom(Exception):
        sqlstate = "53100"

    assert db.passing(DBAPIError("", {}, NoRoom()))
    assert not db.passing(DBAPIError("", {}, ValueError()))
