"""Board a file from beginning to report: plan it, write it down, follow the workers, add it up.

The figures of the report are read from the platform's own rows, not from the file.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, text

from policies.money import Money
from policies.reading.loader import load
from services.boarding.commands import Users
from services.boarding.findings import Finding, FormErrors, RefusedRow
from services.boarding.judge import JudgedBook, judge
from services.boarding.life import Life
from services.boarding.opening import Opened, open_book
from services.boarding.plan import Plan, make_plan
from services.boarding.report import Figures, Report, Unpaid
from services.boarding.tape import Tape, read_tape
from services.kernel import clock, db, doorbell, worlds
from services.kernel.registry import Registry
from services.kernel.settings import settings
from services.kernel.states import quoted
from services.kernel.watch import Watch
from services.kernel.worlds import World
from workflows.claim.states import IN_LINE

BANK, FUND = "BK-BOOK", "FUND-BOOK"
PATIENCE = 120.0  # seconds without a line more before giving up
PAUSE = 0.2

Progress = Callable[[int, int], None]
"""Told how many of how many lines are done."""

_CASH = text("SELECT cash FROM fund WHERE id = :fund")
_DONE = text(
    "SELECT count(*) FILTER (WHERE state IN ('BOARDED', 'FAILED')) AS done,"
    " count(*) FILTER (WHERE state = 'CLAIMING') AS claiming, count(*) AS lines FROM book_line"
)
_ARRIVED = text("SELECT business_date = target_date AND NOT opening FROM clock")
_OPEN_BOOKS = text("SELECT count(*) FROM book WHERE finished_at IS NULL")
_FIGURES = text(
    """
    WITH ours AS (SELECT unnest(CAST(:ids AS text[])) AS id)
    SELECT coalesce((SELECT sum(disbursed) FROM loan JOIN ours USING (id)), 0)::bigint AS disbursed,
           (SELECT count(*) FROM event e JOIN ours ON e.stream = 'loan/' || ours.id
            WHERE e.type = 'Loan.BecameOverdue') AS defaults,
           coalesce((SELECT sum(principal) FROM claim JOIN ours USING (id)), 0)::bigint AS lost,
           coalesce((SELECT sum(fund_share) FROM claim JOIN ours USING (id)), 0)::bigint AS paid
    """
)
_UNPAID = text(
    "SELECT c.id, c.fund_share - c.paid AS fen FROM claim c"
    " JOIN unnest(CAST(:ids AS text[])) WITH ORDINALITY AS o(id, place) ON o.id = c.id"
    f" WHERE c.state IN ({quoted(IN_LINE)}) AND c.fund_share > c.paid"
    " ORDER BY c.queued_on, o.place"
)
_WAIVED = text(
    "SELECT code, count(*) AS times FROM book_line, jsonb_array_elements_text(waived) AS code"
    " WHERE loan_id = ANY(CAST(:ids AS text[])) GROUP BY code"
)
_FAILED = text(
    "SELECT loan_id, error FROM book_line"
    " WHERE state = 'FAILED' AND loan_id = ANY(CAST(:ids AS text[]))"
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A well-formed file with the judgement of its rows."""

    tape: Tape
    judged: JudgedBook
    case: str


def prepare(data: bytes, case: str) -> Prepared | FormErrors:
    """Read and judge a file; touches no platform. Raises UnknownCase."""
    pack = load(case)
    tape = read_tape(data)
    return tape if isinstance(tape, FormErrors) else Prepared(tape, judge(tape, pack.on), case)


def board(
    prepared: Prepared,
    registry: Registry,
    *,
    world: str | None,
    fund: Money | None,
    progress: Progress,
) -> Report:
    """Board the file and wait for the workers. Raises WorldTooLate, WrongName, Standstill."""
    plan = plan_of(prepared, fund, Money.ZERO)
    place = _world(plan, prepared, world)
    users = Users(BANK, FUND, prepared.case)

    def work(connection: Connection) -> Opened:
        cash = connection.execute(_CASH, {"fund": FUND}).scalar_one_or_none() or 0
        again = plan_of(prepared, fund, Money(cash)) if cash else plan
        return open_book(connection, registry, again, digest=prepared.tape.digest, users=users)

    opened = Watch().done(lambda: db.transact(place.engine, work))
    if opened.fresh and plan.label:
        worlds.relabel(place, plan.label)  # a named world, too, holds a foreign book from now on
    if opened.fresh or opened.resumed:
        doorbell.ring(place.name, times=settings().workers)
    _follow(place, progress)

    def report(connection: Connection) -> Report:
        return report_of(connection, prepared, plan, opened, place)

    return Watch().done(lambda: db.transact(place.engine, report))


def plan_of(prepared: Prepared, fund: Money | None, in_hand: Money) -> Plan:
    """The plan of a file. fund: what it is given; in_hand: what its fund holds besides."""
    policy_on = load(prepared.case).on
    return make_plan(prepared.tape, prepared.judged, policy_on, fund=fund, in_hand=in_hand)


def _world(plan: Plan, prepared: Prepared, name: str | None) -> World:
    """The world named, else the file's own; made on the day of the first draw if absent."""
    first = min(line.disbursed_on for line in prepared.tape.lines)
    origin = f"book:{prepared.tape.digest}"
    made = name or plan.world
    try:
        return worlds.create(made, starts_on=first, label=plan.label, origin=origin)
    except worlds.WorldExists:
        return worlds.find(made)


def _follow(world: World, progress: Progress) -> None:
    """Wait until every line is boarded and paid and the world has arrived at its last date."""
    last, since, watch = (-1, -1), time.monotonic(), Watch()
    while True:
        now, over = watch.ask(lambda: _standing(world.engine)) or (last, False)
        if now != last:
            last, since = now, time.monotonic()
            watch.progress()
            progress(*now)
        if over:
            return
        if time.monotonic() - since > PATIENCE:
            raise clock.Standstill(
                f"no line of {world.name} was boarded for {PATIENCE:.0f} seconds"
            )
        time.sleep(PAUSE)


def _standing(bind: Engine) -> tuple[tuple[int, int], bool]:
    with bind.connect() as connection:
        row = connection.execute(_DONE).one()
        arrived = connection.execute(_ARRIVED).scalar_one()
        books = connection.execute(_OPEN_BOOKS).scalar_one()
    over = row.done == row.lines and books == 0 and arrived
    return (row.done + row.claiming // 2, row.lines), bool(over)


def report_of(
    connection: Connection, prepared: Prepared, plan: Plan, opened: Opened, world: World
) -> Report:
    """What became of the file's rows, read from the platform's own."""
    ids = [life.loan_id for life in plan.lives if life.loan_id not in opened.other]
    failed = {row.loan_id: row.error for row in connection.execute(_FAILED, {"ids": ids})}
    boarded = [ident for ident in ids if ident not in failed]
    refused = [*prepared.judged.refused, *_refused(plan, prepared.tape, opened, failed)]
    waived = connection.execute(_WAIVED, {"ids": boarded})
    return Report(
        rows=len(prepared.tape.lines),
        boarded=len(boarded) - len(opened.already),
        already_boarded=len(opened.already),
        refused=tuple(sorted(refused, key=lambda row: row.line)),
        warnings=prepared.judged.warnings,
        waivers={row.code: row.times for row in waived},
        figures=_figures(connection, boarded),
        unpaid=_unpaid(connection, plan, boarded),
        world=world.name,
        business_date=clock.today(world.engine),
        read=prepared.tape.read,
    )


def _figures(connection: Connection, ids: list[str]) -> Figures:
    row = connection.execute(_FIGURES, {"ids": ids}).one()
    return Figures(Money(row.disbursed), row.defaults, Money(row.lost), Money(row.paid))


def _unpaid(connection: Connection, plan: Plan, boarded: list[str]) -> tuple[Unpaid, ...]:
    known = set(boarded)
    lives: list[Life] = sorted(plan.lives, key=lambda life: (life.ended_on, life.line))
    ids = [life.loan_id for life in lives if life.loan_id in known]
    rows = connection.execute(_UNPAID, {"ids": ids})
    return tuple(Unpaid(row.id, Money(row.fen)) for row in rows)


def _refused(plan: Plan, tape: Tape, opened: Opened, failed: Mapping[str, str]) -> list[RefusedRow]:
    """Rows that the world would not take: its id is another loan's, or a rule spoke against it."""
    rows = []
    for life in plan.lives:
        if life.loan_id in opened.other:
            code, facts = "id_taken", {"actual": life.loan_id}
        elif life.loan_id in failed:
            code, facts = "not_boarded", {"actual": failed[life.loan_id]}
        else:
            continue
        found = Finding(life.line, "loan_id", life.loan_id, code, facts)
        rows.append(RefusedRow(life.line, life.loan_id, (found,)))
    return rows
