"""The business clock: timers on their day, before its acts; scripts in order; never backwards."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from services.kernel import acts, clock, commands, work
from services.kernel.acts import ScriptedAct
from services.kernel.clock import NoWayBack
from services.kernel.commands import DayIsOpening
from tests.toy.note_records import DrawNote, MisbookNote, PayNote, SignNote, WriteNote
from tests.toy.stage import APPROVER, MANAGER, OFFICER, Stage, yuan
from tests.toy.tally_records import CloseTally
from workflows.lifecycle.roles import PLATFORM

START = date(2025, 1, 2)


def _dated(stage: Stage, stream: str) -> list[tuple[str, str]]:
    rows = stage.rows(
        "SELECT type, business_date FROM event WHERE stream = :s ORDER BY seq", s=stream
    )
    return [(row.type.partition(".")[2], row.business_date.isoformat()) for row in rows]


def _script(stage: Stage, *lines: ScriptedAct, name: str = "story") -> None:
    with stage.engine.begin() as connection:
        acts.write_script(connection, name, lines)


def _acts(stage: Stage) -> list[str]:
    return [row.state for row in stage.rows("SELECT state FROM act ORDER BY script, ordinal")]


# --- timers -----------------------------------------------------------------------------------


def test_a_timer_fires_on_its_day_and_may_set_itself_again(stage: Stage) -> None:
    stage.signed("N1")

    stage.advance(date(2025, 12, 31))

    assert _dated(stage, "note/N1") == [
        ("Written", "2025-01-02"),
        ("Signed", "2025-01-02"),
        ("FellDue", "2025-04-02"),
        ("Reminded", "2025-04-12"),
        ("Reminded", "2025-04-22"),
        ("Reminded", "2025-05-02"),
    ]
    assert stage.one("SELECT count(*) FROM timer") == 0
    assert clock.today(stage.engine) == date(2025, 12, 31)


@pytest.mark.parametrize(
    ("day", "state"), [(date(2025, 1, 31), "OPEN"), (date(2025, 2, 1), "VOID")]
)
def test_a_timer_does_not_fire_a_day_early(stage: Stage, day: date, state: str) -> None:
    stage.write("N1")  # lapses after 30 days

    stage.advance(day)

    assert stage.record("note", "N1").state == state


def test_a_timer_that_was_dropped_does_not_fire(stage: Stage) -> None:
    stage.signed("N1")  # signing drops the timer of the lapse
    stage.do(PayNote("N1"), OFFICER)

    stage.advance(date(2025, 12, 31))

    assert _dated(stage, "note/N1")[-1] == ("Paid", "2025-01-02")


def _due(stage: Stage, kind: str, command: str, day: date = START) -> None:
    with stage.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO timer (stream, kind, due_on, command, payload)"
                " VALUES ('note/N1', :kind, :day, :command, '{\"note\": \"N1\"}')"
                " ON CONFLICT (stream, kind) DO UPDATE SET due_on = excluded.due_on"
            ),
            {"kind": kind, "command": command, "day": day},
        )


def test_a_timer_set_anew_by_an_earlier_one_of_the_same_day_does_not_fire(stage: Stage) -> None:
    stage.signed("N1")
    day = date(2025, 2, 3)
    _due(stage, "due", "FallDue", day)
    _due(stage, "remind", "RemindNote", day)

    stage.advance(day)

    # falling due sets the reminder anew, so the one of that day is void
    assert _dated(stage, "note/N1")[-1] == ("FellDue", "2025-02-03")
    row = stage.rows("SELECT kind, due_on, parked FROM timer")[0]
    assert tuple(row) == ("remind", day + timedelta(days=10), False)


def test_a_timer_set_for_today_fires_today(stage: Stage) -> None:
    stage.signed("N1")
    stage.advance(date(2025, 1, 20))

    _due(stage, "due", "FallDue", date(2025, 1, 20))
    assert work.waiting(stage.engine)
    stage.rest()

    assert _dated(stage, "note/N1")[-1] == ("FellDue", "2025-01-20")


@pytest.mark.parametrize("command", ["SignNote", "NoSuchCommand"])
def test_a_timer_that_fails_is_parked_and_the_day_goes_on(stage: Stage, command: str) -> None:
    stage.signed("N1")
    stage.write("N2")
    _due(stage, "broken", command, date(2025, 2, 1))

    stage.advance(date(2025, 2, 2))

    assert clock.today(stage.engine) == date(2025, 2, 2)
    assert stage.record("note", "N2").state == "VOID"
    row = stage.rows("SELECT kind, error FROM timer WHERE parked")[0]
    assert row.kind == "broken"
    assert row.error


def test_a_parked_timer_can_be_given_another_chance(stage: Stage) -> None:
    stage.write("N1")
    _due(stage, "early", "FallDue", date(2025, 1, 5))
    stage.advance(date(2025, 1, 6))
    stage.do(SignNote("N1"), MANAGER, APPROVER)

    assert stage.retry() == {"delivery": 0, "timer": 1, "act": 0}
    stage.rest()

    assert _dated(stage, "note/N1")[-1] == ("FellDue", "2025-01-06")


def test_what_a_timer_leads_to_is_delivered_before_time_goes_on(stage: Stage) -> None:
    stage.signed("N1")
    _due(stage, "draw", "DrawNote", date(2025, 1, 5))
    with stage.engine.begin() as connection:
        payload = '{"note": "N1", "amount": "1.00 CNY"}'
        connection.execute(
            text("UPDATE timer SET payload = CAST(:p AS jsonb) WHERE kind = 'draw'"),
            {"p": payload},
        )

    stage.advance(date(2025, 1, 9))

    assert _dated(stage, "tally/T")[-1] == ("Counted", "2025-01-05")


# --- the day ----------------------------------------------------------------------------------


def test_the_clock_never_goes_back(stage: Stage) -> None:
    stage.advance(date(2025, 3, 3))

    with pytest.raises(NoWayBack):
        clock.advance_to(stage.engine, date(2025, 3, 2))

    stage.advance(date(2025, 3, 3))
    assert clock.today(stage.engine) == date(2025, 3, 3)


def _opening(stage: Stage, *, opening: bool) -> None:
    with stage.engine.begin() as connection:
        connection.execute(text("UPDATE clock SET opening = :opening"), {"opening": opening})


def test_a_command_waits_while_the_days_timers_fire(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.signed("N1")
    _opening(stage, opening=True)
    monkeypatch.setattr(commands, "DAY_OPENS_WITHIN", 0.0)
    with pytest.raises(DayIsOpening):
        stage.draw("N1", "1.00")

    stage.rest()  # the worker finishes what it, or a killed one, began
    stage.draw("N1", "1.00")

    assert stage.record("note", "N1").drawn == yuan("1.00")


def test_a_day_half_opened_by_a_killed_worker_is_opened_by_the_next(stage: Stage) -> None:
    stage.write("N1")
    with stage.engine.begin() as connection:
        connection.execute(
            text("UPDATE clock SET business_date = '2025-02-01', target_date = '2025-02-01'")
        )
    _opening(stage, opening=True)
    assert work.waiting(stage.engine)

    stage.rest()

    assert _dated(stage, "note/N1")[-1] == ("Lapsed", "2025-02-01")
    assert not work.waiting(stage.engine)


def test_only_one_worker_at_a_time_moves_the_day(stage: Stage) -> None:
    clock.advance_to(stage.engine, date(2025, 1, 3))

    with stage.engine.begin() as other:
        other.execute(clock._LOCK)
        assert clock.step(stage.engine, stage.registry) == 0
    assert clock.step(stage.engine, stage.registry) == clock.ARRIVED


# --- acts -------------------------------------------------------------------------------------


def test_acts_are_done_on_their_days_in_order_after_the_days_timers(stage: Stage) -> None:
    stage.write("N1")
    lapses_on = date(2025, 2, 1)
    _script(
        stage,
        ScriptedAct(START, WriteNote("N2", "BK01", yuan("50.00"), "T"), MANAGER),
        ScriptedAct(START, SignNote("N2"), MANAGER, (APPROVER,)),
        ScriptedAct(lapses_on, DrawNote("N2", yuan("50.00")), OFFICER),
    )

    stage.advance(lapses_on)

    assert _acts(stage) == ["DONE", "DONE", "DONE"]
    on_the_day = stage.rows(
        "SELECT type FROM event WHERE business_date = :day ORDER BY position", day=lapses_on
    )
    assert [row.type for row in on_the_day] == ["Note.Lapsed", "Note.Drawn", "Tally.Counted"]


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (ScriptedAct(START, DrawNote("N1", yuan("1000.01")), OFFICER), "over_amount"),
        (ScriptedAct(START, DrawNote("N1", yuan("1.00")), MANAGER), "wrong_role"),
        (ScriptedAct(START, SignNote("N1"), MANAGER, (APPROVER,)), "no_such_step"),
        (ScriptedAct(START, SignNote("N2"), MANAGER), "second_person_missing"),
    ],
)
def test_a_refused_act_halts_its_script_and_keeps_the_reasons(
    stage: Stage, act: ScriptedAct, code: str
) -> None:
    stage.signed("N1")
    stage.write("N2")
    later = ScriptedAct(date(2025, 1, 5), PayNote("N1"), OFFICER)
    _script(stage, act, ScriptedAct(START, DrawNote("N1", yuan("1.00")), OFFICER), later)

    stage.advance(date(2025, 1, 9))

    assert _acts(stage) == ["REFUSED", "WAITING", "WAITING"]
    reasons = stage.one("SELECT reasons FROM act WHERE state = 'REFUSED'")
    assert [reason["code"] for reason in reasons] == [code]
    assert clock.today(stage.engine) == START
    assert stage.one("SELECT count(*) FROM proposal") == 0
    assert not work.waiting(stage.engine)


def test_a_halted_script_does_not_stop_another_nor_the_world(stage: Stage) -> None:
    stage.signed("N1")
    _script(stage, ScriptedAct(START, SignNote("N1"), MANAGER, (APPROVER,)), name="a")
    _script(stage, ScriptedAct(date(2025, 1, 5), DrawNote("N1", yuan("1.00")), OFFICER), name="b")
    stage.rest()

    stage.advance(date(2025, 1, 9))

    assert _acts(stage) == ["REFUSED", "DONE"]
    assert clock.today(stage.engine) == date(2025, 1, 9)


@pytest.mark.parametrize(
    "act",
    [
        ScriptedAct(START, MisbookNote("N1"), OFFICER),
        ScriptedAct(START, WriteNote("N5", "BK01", yuan("1.00"), "T", case="atlantis"), MANAGER),
    ],
    ids=["refused by the database", "an unknown case"],
)
def test_an_act_that_fails_leaves_nothing_behind_and_says_why(
    stage: Stage, act: ScriptedAct
) -> None:
    stage.signed("N1")
    before = stage.snapshot()
    _script(stage, act)

    stage.rest()

    assert _acts(stage) == ["FAILED"]
    reason = stage.one("SELECT reasons FROM act")[0]
    assert reason["code"] == "act_failed"
    assert reason["actual"]
    assert stage.snapshot() == before


def test_a_script_is_written_once(stage: Stage) -> None:
    act = ScriptedAct(START, WriteNote("N1", "BK01", yuan("1.00"), "T"), MANAGER)

    _script(stage, act)
    _script(stage, act, act)
    stage.rest()

    # the second line is new, the first stands as it was written
    assert _acts(stage) == ["DONE", "REFUSED"]


def test_an_act_sees_what_the_reactions_to_the_one_before_have_done(stage: Stage) -> None:
    stage.signed("N1")
    _script(
        stage,
        ScriptedAct(START, DrawNote("N1", yuan("1.00")), OFFICER),
        ScriptedAct(START, CloseTally("T"), PLATFORM),
    )

    stage.rest()

    assert stage.events("tally/T") == ["Tally.Opened", "Tally.Counted", "Tally.Closed"]
