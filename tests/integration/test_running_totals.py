"""Running totals are the sums, whatever changed them; and no act reads more in a large book."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.exc import ProgrammingError

from policies.money import Money
from services.boarding import run
from services.boarding.opening import open_book
from services.boarding.run import Prepared, Users, prepare
from services.filings.queries import cover_facts
from services.funds import totals
from services.funds.queries import watched
from services.kernel import clock, work, worlds
from services.kernel.settings import ROOT
from services.kernel.worlds import World
from services.sandbox import library
from services.sandbox.play import begin
from services.wiring import JOBS, registry
from workflows.breaker.records import EvaluateBreaker
from workflows.filing.records import Filing
from workflows.loan.records import Loan

BOOK = (ROOT / "tests/data/book_500.csv").read_bytes()
USERS = Users(run.BANK, run.FUND, "jiangsu")
TIMES = 40  # the boarded book is copied so often

_SUMS = text(
    """
    SELECT l.fund, l.bank, sum(l.outstanding)::bigint AS lent,
      count(*) FILTER (WHERE f.state = 'COVERED' AND l.compensated = 0 AND l.outstanding > 0)
        AS loans,
      coalesce(sum(l.outstanding) FILTER (WHERE f.state = 'COVERED' AND l.compensated = 0), 0)
        ::bigint AS balance,
      coalesce(sum(l.outstanding) FILTER (WHERE f.state = 'COVERED' AND l.compensated = 0
        AND l.classification IN ('SUBSTANDARD', 'DOUBTFUL', 'LOSS')), 0)::bigint AS bad,
      coalesce(sum(l.outstanding + l.written_off + l.forgiven - l.late_recovered)
        FILTER (WHERE f.state = 'COVERED' AND l.compensated > 0), 0)::bigint AS gone,
      coalesce(sum(c.fund_share - c.paid)
        FILTER (WHERE c.state IN ('APPROVED', 'PAYABLE', 'PARTIALLY_PAID')), 0)::bigint
        AS promised
    FROM loan l LEFT JOIN filing f ON f.id = l.id LEFT JOIN claim c ON c.id = l.id
    GROUP BY l.fund, l.bank
    """
)


def as_summed(connection: Connection) -> dict[tuple[str, str], tuple[int, ...]]:
    names = ("loans", "balance", "bad", "gone", "promised", "lent")
    return {
        (row.fund, row.bank): tuple(int(getattr(row, name)) for name in names)
        for row in connection.execute(_SUMS)
    }


def as_kept(connection: Connection, funds: list[str]) -> dict[tuple[str, str], tuple[int, ...]]:
    return {
        (row.fund, row.bank): (
            row.loans.loans,
            row.loans.balance.fen,
            row.loans.bad.fen,
            row.loans.compensated.fen,
            row.promised.fen,
            row.lent.fen,
        )
        for row in totals.of_funds(connection, funds)
    }


@pytest.fixture(scope="module")
def boarded(servers: None) -> Iterator[World]:
    """A book of 500, boarded with half the money that its claims ask for."""
    prepared = prepare(BOOK, "jiangsu")
    assert isinstance(prepared, Prepared)
    place = worlds.create("totals", starts_on=date(2009, 1, 1))
    needed = run.plan_of(prepared, None, Money.ZERO).fund
    plan = run.plan_of(prepared, Money(needed.fen // 2), Money.ZERO)
    with place.engine.begin() as connection:
        open_book(connection, registry(), plan, digest=prepared.tape.digest, users=USERS)
    while not work.look(place.engine, registry(), JOBS):
        pass
    yield place
    _drop("totals")


def _drop(name: str) -> None:
    """A vacuum of the database's own that is at work there may not be ended: it ends by itself."""
    until = time.monotonic() + 60
    while True:
        try:
            return worlds.drop(name)
        except ProgrammingError:
            if time.monotonic() > until:
                raise


def test_the_totals_of_a_boarded_book_are_its_sums(boarded: World) -> None:
    with boarded.engine.begin() as connection:
        summed = as_summed(connection)
        assert as_kept(connection, [run.FUND]) == summed
        totals.hold(connection, [run.FUND])
        assert as_kept(connection, [run.FUND]) == summed
        assert totals.lent(connection, [run.BANK])[run.BANK].fen == sum(
            x[-1] for x in summed.values()
        )
    assert any(one[4] for one in summed.values())  # claims are waiting


@pytest.mark.parametrize("upto", [date(2026, 1, 1), date(2026, 12, 20), date(2027, 8, 25), None])
def test_the_totals_of_a_story_are_its_sums_on_every_day(servers: None, upto: date | None) -> None:
    scenario = library.find("jiangsu-default", registry())
    assert scenario is not None
    begun = begin(scenario)
    try:
        if upto is not None:
            with begun.world.engine.begin() as connection:
                connection.execute(text("UPDATE clock SET target_date = :day"), {"day": upto})
        while not work.look(begun.world.engine, registry(), JOBS):
            pass
        with begun.world.engine.connect() as connection:
            assert as_kept(connection, ["JS-FUND"]) == as_summed(connection)
            looked = connection.execute(text("SELECT id FROM breaker ORDER BY id")).scalars()
            assert list(looked) == ["JS-FUND", "JS-FUND.BK01"]
            assert clock.standing(connection).at_rest
    finally:
        worlds.drop(begun.world.name)


# -- what an act reads ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def large(boarded: World) -> World:
    """The same world with forty times the book, and its events and deliveries."""
    copied = "(jsonb_populate_record(NULL::{0}, to_jsonb(r) || jsonb_build_object({1}))).*"
    renamed = "'id', r.id || '-' || n, 'loan', r.id || '-' || n"
    with boarded.engine.begin() as connection:
        for table, changes in (
            ("loan", "'id', r.id || '-' || n"),
            ("filing", renamed),
            ("claim", renamed),
        ):
            columns = copied.format(table, changes)
            connection.execute(
                text(
                    f"INSERT INTO {table} SELECT {columns}"
                    f" FROM {table} r, generate_series(1, {TIMES}) n"
                )
            )
    with boarded.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
    return boarded


@contextmanager
def statements(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    """What is sent to the database."""
    sent: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        sent.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def scans(plan: dict[str, Any]) -> Iterator[tuple[str, str, int]]:
    """Every scan of a plan: its kind, the table, and the rows it read."""
    if "Relation Name" in plan and plan["Node Type"].endswith("Scan"):
        read = plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)
        yield plan["Node Type"], plan["Relation Name"], round(read * plan["Actual Loops"])
    for child in plan.get("Plans", ()):
        yield from scans(child)


def read_by(connection: Connection, sent: list[tuple[str, Any]]) -> list[tuple[str, str, int]]:
    """The scans of these statements, carried out again to be measured."""
    found: list[tuple[str, str, int]] = []
    for statement, parameters in sent:
        explained = f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}"
        plan = connection.exec_driver_sql(explained, parameters).scalar_one()
        found += scans(plan[0]["Plan"])
    return found


def accepted(connection: Connection) -> list[dict[str, Any]]:
    """One filing of the book, as the handle of an acceptance gives it."""
    ident = connection.execute(text("SELECT id FROM filing ORDER BY id LIMIT 1")).scalar_one()
    policy = connection.execute(text("SELECT policy FROM loan LIMIT 1")).scalar_one()
    day, one = date(2024, 1, 1), Money(1)
    filing = Filing(
        ident, "FILED", ident, run.BANK, run.FUND, "E", policy, one, drawn_on=day, file_by=day
    )
    loan = Loan(ident, "ACTIVE", "E", run.BANK, run.FUND, policy, one, Decimal(0), 12, Decimal(0))
    return [{"it": filing, "loan": loan, "act": None}]


BOOKS = {"loan", "filing", "claim", "event", "delivery", "posting"}


def test_an_acceptance_reads_no_more_in_a_book_of_twenty_thousand(large: World) -> None:
    with large.engine.connect() as connection:
        size: int = connection.execute(text("SELECT count(*) FROM loan")).scalar_one()
        with statements(large.engine) as sent:
            cover_facts(connection, accepted(connection)[:1])
        asked = [one for one in sent if "ORDER BY id LIMIT 1" not in one[0]][1:]
        read = read_by(connection, asked)
        connection.rollback()

    assert size > 20_000 - 500
    assert not [one for one in read if one[0] == "Seq Scan" and one[1] in BOOKS]
    assert sum(rows for _, _, rows in read) < 50


def test_a_breaker_is_evaluated_from_the_totals(large: World) -> None:
    act = EvaluateBreaker(run.FUND, run.FUND)
    with large.engine.connect() as connection:
        with statements(large.engine) as sent:
            watched(connection, [{"it": None, "act": act}])
        read = read_by(connection, sent)
        connection.rollback()

    assert not [one for one in read if one[0] == "Seq Scan" and one[1] in BOOKS]
