"""What waits for a person, and what a row waits for, in a story; read along indexes alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, event, text

from services.api.caller import Visit
from services.api.rows import found
from services.api.tasks import Tasks, tasks_of, waiting_of
from services.kernel import clock, db, work
from services.kernel.worlds import World
from services.wiring import JOBS, registry
from tests.integration import console_worlds
from tests.integration.console_worlds import LOAN
from workflows.lifecycle.roles import PLATFORM, Actor, Role

MIDWAY = date(2026, 11, 28)  # the claim is accepted and its review has not begun
FM_M = Actor("fm-m-3", Role.FM_M, "JS-FUND")
BK_R = Actor("bk-r-1", Role.BK_R, "BK01")
OTHER_FUND = Actor("fm-m-9", Role.FM_M, "XX-FUND")
COPIES = 20_000
LARGE = ("event", "loan", "delivery")


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with console_worlds.servers(tmp_path_factory.mktemp("tasks")):
        yield console_worlds.play("midway", until=MIDWAY)


def visit(world: World, actor: Actor) -> Visit:
    return Visit(actor, "en", registry(), world)


def tasks(world: World, actor: Actor) -> Tasks:
    with world.engine.connect() as connection:
        return tasks_of(connection, visit(world, actor))


def test_a_duty_stands_in_the_task_list_of_its_role_and_organisation_alone(story: World) -> None:
    duty = next(one for one in tasks(story, FM_M).duties if one.id == LOAN)

    assert (duty.deadline, duty.nature) == ("review_start", "DUTY")
    assert (duty.rule, duty.rule_label) == ("claim_review_start_wd", "Review starts")
    assert (duty.since, duty.until, duty.late) == (date(2026, 11, 27), date(2026, 11, 30), False)
    assert [one.role for one in duty.who] == ["FM-M"]
    assert duty.organisation == "JS-FUND"
    assert tasks(story, OTHER_FUND).duties == []
    assert [one for one in tasks(story, BK_R).duties if one.noun == "claim"] == []


def test_an_act_that_is_open_is_listed_with_its_rows(story: World) -> None:
    acts = {(one.noun, one.trigger): one for one in tasks(story, FM_M).acts}

    review = acts[("claim", "start_review")]
    assert (review.number, [row.id for row in review.rows]) == (1, [LOAN])


def test_a_row_says_what_it_waits_for_until_when_and_who_can_act(story: World) -> None:
    claim = registry().nouns["claim"]
    seen = visit(story, PLATFORM)

    told = waiting_of(seen, claim, found(seen, claim, LOAN))

    assert (told.state, told.over, told.since) == ("ACCEPTED", False, date(2026, 11, 27))
    assert [(one.deadline, one.until) for one in told.waits_for] == [
        ("review_start", date(2026, 11, 30))
    ]
    assert {(one.trigger, one.who[0].role, one.leads_to) for one in told.acts} == {
        ("start_review", "FM-M", "UNDER_REVIEW"),
        ("withdraw", "BK-R", "WITHDRAWN"),
    }


def test_a_date_that_comes_by_itself_is_told_with_what_happens_then(story: World) -> None:
    loan = registry().nouns["loan"]
    seen = visit(story, PLATFORM)

    told = waiting_of(seen, loan, found(seen, loan, LOAN))

    bucket = next(one for one in told.waits_for if one.nature == "DATE")
    assert bucket.then == "enter_bucket"
    assert bucket.until == bucket.then_on


def test_nothing_of_it_reads_a_large_table_from_end_to_end(story: World) -> None:
    _grow(story)
    claim, loan = (registry().nouns[name] for name in ("claim", "loan"))
    roles = [role for role in Role if role is not Role.SYS]
    of = {"ENT": "E-0001", "ENT-S": "E-0001"}

    with _asked(story.engine) as asked:
        for role in roles:
            name = "JS-FUND" if role.value.startswith("FM") else of.get(role.value, "BK01")
            tasks(story, Actor(f"someone-{role.value}", role, name))
        seen = visit(story, PLATFORM)
        for noun in (claim, loan):
            waiting_of(seen, noun, found(seen, noun, LOAN))

    assert len(asked.statements) > 100
    whole = re.compile(rf"Seq Scan on ({'|'.join(LARGE)})\b")
    slow = {s for s, v in asked.statements if whole.search(_plan(story.engine, s, v))}
    assert slow == set()


def test_a_missed_duty_is_late_and_stays_until_it_is_done(story: World) -> None:
    clock.advance_to(story.engine, date(2026, 12, 3))
    with story.engine.begin() as connection:
        connection.execute(text("UPDATE act SET due_on = '2027-06-01' WHERE state = 'WAITING'"))
    work.look(story.engine, registry(), JOBS)

    duty = next(one for one in tasks(story, FM_M).duties if one.id == LOAN)
    assert (duty.late, duty.days_left, duty.then_on) == (True, -3, None)
    with story.engine.connect() as connection:
        missed = connection.execute(
            text("SELECT payload FROM event WHERE type = 'Claim.DeadlineMissed'")
        ).scalars()
        payloads: list[Any] = list(missed)
    assert [(one["duty"], one["roles"], one["days_late"]) for one in payloads] == [
        ("review_start", "FM-M", 1)
    ]


class _asked:
    """The SELECT statements an engine is given, with their values."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.statements: list[tuple[str, Any]] = []

    def __enter__(self) -> _asked:
        event.listen(self.engine, "before_cursor_execute", self._note)
        return self

    def __exit__(self, *_: object) -> None:
        event.remove(self.engine, "before_cursor_execute", self._note)

    def _note(self, _c: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        if statement.lstrip().startswith(("SELECT", "WITH")):
            self.statements.append((statement, values))


def _plan(engine: Engine, statement: str, values: Any) -> str:
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(f"EXPLAIN {statement}", values)
        return "\n".join(row[0] for row in rows)


def _grow(world: World) -> None:
    """Twenty thousand settled loans of the same bank, with events and deliveries."""
    with db.engine(world.database, as_owner=True).connect() as raw:
        connection = raw.execution_options(isolation_level="AUTOCOMMIT")
        connection.execute(
            text(
                "INSERT INTO loan SELECT (jsonb_populate_record(l, jsonb_build_object("
                "'id', 'X-' || g, 'enterprise', 'F-' || g, 'state', 'SETTLED'))).*"
                " FROM loan l, generate_series(1, :n) g WHERE l.id = :id"
            ),
            {"n": COPIES, "id": LOAN},
        )
        names = _columns(connection, "event", without=("position", "stream"))
        connection.execute(
            text(
                f"INSERT INTO event (stream, {names}) SELECT 'loan/X-' || g, {names}"
                " FROM event, generate_series(1, :n) g WHERE stream = :s AND seq = 1"
            ),
            {"n": COPIES, "s": f"loan/{LOAN}"},
        )
        connection.execute(
            text(
                "INSERT INTO delivery (stream, seq, reaction, handled_at)"
                " SELECT 'loan/X-' || g, 1, 'loan_opens', now() FROM generate_series(1, :n) g"
            ),
            {"n": COPIES},
        )
        connection.execute(text("ANALYZE"))


def _columns(connection: Any, table: str, *, without: tuple[str, ...]) -> str:
    statement = text("SELECT column_name FROM information_schema.columns WHERE table_name = :t")
    names = connection.execute(statement, {"t": table}).scalars()
    return ", ".join(f'"{name}"' for name in names if name not in without)
