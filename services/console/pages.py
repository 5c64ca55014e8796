"""The console's pages: the loans of a world, and one loan's story."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from sqlalchemy import Connection

from policies.reading.pack import Policy, UnknownCase
from services.api import sight
from services.api.acts import of_noun, plural
from services.api.rows import found as stored_of
from services.api.rows import page_of
from services.api.sight import Unseen
from services.console import (
    compare_question,
    loan_filter,
    outlook,
    overview,
    phases,
    queries,
    render,
    stations,
    story,
)
from services.console.acts import layout
from services.console.belongings import Belongings, UnknownLoan, belongings
from services.console.inbox.pages import about
from services.console.inbox.waiting import inbox
from services.console.loan_filter import LoanFilter, Seen
from services.console.phases import ENDED, PHASES, outcome_of
from services.console.rows.pages import Offered, offered, visiting
from services.console.seats.pages import welcome
from services.console.seats.presence import seat_of
from services.console.seats.who import may_read, seated
from services.console.shell import Shell, framed
from services.console.story import StoryStep
from services.console.working import Calculation, calculation
from services.kernel import policies
from services.kernel.registry import Registry
from services.kernel.worlds import World
from services.reports.clauses import Cited
from workflows.lending.overdue import days_past_due
from workflows.lifecycle.roles import Actor
from workflows.loan.balance import interest_owed

LONGEST_ID = 200
MOST_FUNDS = 3

router = APIRouter(include_in_schema=False)


@router.get("/", response_class=HTMLResponse)
def home(request: Request) -> HTMLResponse:
    """The seats for whoever has none yet; the overview of the seat that is taken."""
    if seat_of(request) is None:
        return welcome(request)
    seat = seated(request)
    shell, registry, actor = seat.shell, seat.visit.registry, seat.actor
    assert shell.today is not None
    with seat.visit.world.engine.connect() as connection:
        box = inbox(connection, seat.visit)
        titles = {one.id: about(connection, seat, one) for one in box.confirm}
        funds = page_of(seat.visit, registry.nouns["fund"], {}, after="", limit=MOST_FUNDS)
        policy = _policy(connection, funds[0].record.policy) if funds else None
        values = {
            "box": box,
            "todos": overview.todos(box, titles, shell.today, shell.lang),
            "happened": overview.today(connection, registry, actor, shell.today, shell.lang),
            "risk": overview.risk(connection, registry, actor),
            "bucket_name": lambda bucket: overview.bucket_name(bucket, policy, shell.lang),
            "bad": lambda bucket: overview.bad(bucket, policy),
            "funds": [one.record for one in funds],
            "published": overview.published(policy, shell.lang),
        }
    return render.page(request, "overview.html", shell, values)


@router.get("/loans", response_class=HTMLResponse)
def loans(request: Request) -> HTMLResponse:
    """The loans of a world: four phases with counts, and the list that the address asks for."""
    may_read(request)
    shell, world, today = framed(request)
    seat = shell.seat.user if shell.seat else ""
    asked = loan_filter.read(dict(request.query_params), world=world.name, seat=seat)
    with world.engine.connect() as connection:
        values = _list(connection, asked, today, _seen(request))
    return render.page(request, "loans.html", shell, values)


def _seen(request: Request) -> Seen:
    """What the seat sees of the loans; all of them without a seat, where pages are open."""
    actor = seat_of(request)
    if actor is None:
        return Seen()
    noun = request.app.state.registry.nouns["loan"]
    sql = sight.condition(noun, actor)
    if sql == "TRUE":
        return Seen()
    return Seen(f"l.id IN (SELECT t.id FROM loan t WHERE {sql})", actor.organisation)


def _list(connection: Connection, asked: LoanFilter, today: date, seen: Seen) -> dict[str, Any]:
    by_state = queries.by_state(connection, seen)
    listed = queries.page(connection, asked, today, seen)
    return {
        "asked": asked,
        "listed": listed,
        "sums": queries.sums(connection, asked, seen),
        "total": sum(number for number, _ in by_state.values()),
        "phases": PHASES,
        "by_state": by_state,
        "by_mark": queries.by_mark(connection, seen),
        "applications": queries.applications_under_way(connection),
        "outcome_of": outcome_of,
    }


@router.get("/loans/{loan_id:path}", response_class=HTMLResponse)
def loan(request: Request, loan_id: str) -> HTMLResponse:
    """One loan: where it stands, what comes next, and every step with money and clause."""
    may_read(request)
    shell, world, _ = framed(request)
    if len(loan_id) > LONGEST_ID or "\x00" in loan_id:
        raise UnknownLoan(loan_id[:LONGEST_ID])
    registry: Registry = request.app.state.registry
    actor = seat_of(request)
    with world.engine.connect() as connection:
        if actor and not sight.sees(connection, registry.nouns["loan"], loan_id, actor):
            raise UnknownLoan(loan_id)
        found = belongings(connection, registry, loan_id)
        values = _story(connection, registry, found, shell)
    values["acts"] = _acts(request, shell, world, found) if actor else ()
    values["begins"] = _begins(registry, actor, found) if actor else ()
    values["done"] = request.query_params.get("done", "")
    values["elsewhere"] = compare_question.of_loan(found.loan, found.rows, world=world.name)
    return render.page(request, "loan.html", shell, values)


def _story(
    connection: Connection, registry: Registry, found: Belongings, shell: Shell
) -> dict[str, Any]:
    told, lang, today = found.loan, shell.lang, shell.today
    assert today is not None
    policy = _policy(connection, told.policy)
    steps = story.steps(connection, found.streams, loan=told.id, fund=told.fund, lang=lang)
    due = outlook.due(connection, registry, found.streams, today=today, lang=lang)
    return {
        "loan": told,
        "rows": found.rows,
        "assets": found.assets,
        "steps": steps,
        **_folded(
            steps,
            shell,
            ended_well=told.state in (phases.SETTLED, phases.RENEWED, phases.CANCELLED),
        ),
        "due": due,
        "first": outlook.first(due, live=told.state not in ENDED),
        "may": outlook.may(registry, found, lang),
        "interest": _interest(told, policy, today),
        "dpd": 0 if told.state in ENDED else days_past_due(told.overdue_since, today),
        "outcome": outcome_of(told.state),
        "calculation": _calculation(found, policy, lang),
    }


def _folded(steps: Sequence[StoryStep], shell: Shell, *, ended_well: bool) -> dict[str, Any]:
    """The story by station, the one the address opens with its steps: the latest, else."""
    asked = dict(shell.query)
    stops = stations.rail(steps, ended_well=ended_well)
    reached = [stop for stop in stops if stop.steps]
    here = reached[-1].name if reached else ""
    opened_at = asked.get("open") or here
    told = [step for stop in reached if stop.name == opened_at for step in stop.steps]
    show, newest = asked.get("show", ""), asked.get("order") == "newest"
    if show == "money":
        told = [step for step in told if step.money]
    elif show == "mine" and shell.seat:
        told = [step for step in told if _mine(step, shell.seat)]
    now = {"open": asked.get("open", ""), "show": show, "order": asked.get("order", "")}

    def address(**changed: str) -> str:
        kept = {name: value for name, value in (now | changed).items() if value}
        return shell.link(shell.path, **kept)

    return {
        "stops": stops,
        "maybe": stations.MAYBE,
        "here": here,
        "open": opened_at,
        "show": show,
        "newest": newest,
        "told": told[::-1] if newest else told,
        "story": address,
        "notes": _notes(told),
    }


def _mine(step: StoryStep, seat: Actor) -> bool:
    """Whether somebody of the seat's role and organisation took part."""
    return any(
        (one.role, one.organisation) == (seat.role.value, seat.organisation)
        for one in (step.maker, *step.checkers)
    )


def _acts(
    request: Request, shell: Shell, world: World, found: Belongings
) -> list[tuple[str, str, Any, Offered]]:
    """What the seat may do with the loan and the rows around it, the most urgent noun first."""
    visit = visiting(request, shell, world)
    registry: Registry = request.app.state.registry
    told = []
    for noun in outlook.URGENCY:
        row = found.rows.get(noun)
        if row is None:
            continue
        with suppress(Unseen):
            stored = stored_of(visit, registry.nouns[noun], row.id)
            offers = offered(visit, registry.nouns[noun], stored)
            if offers.open or offers.waiting or offers.closed:
                told.append((noun, plural(noun), row, offers))
    return told


def _begins(
    registry: Registry, actor: Actor, found: Belongings
) -> list[tuple[str, str, str, dict[str, str]]]:
    """Acts of the seat that bring into being what the loan has not yet: noun, list, act, fields."""
    return [
        (noun.name, plural(noun.name), act.trigger, given)
        for noun in registry.nouns.values()
        if noun.name not in found.rows and found.loan.state not in ENDED
        for act in of_noun(noun)
        if actor.role in act.roles and (given := layout.follows(act, found.loan.id)) is not None
    ]


def _policy(connection: Connection, ref: str) -> Policy | None:
    try:
        return policies.resolve(connection, ref)
    except (UnknownCase, ValueError):
        return None


def _notes(steps: Sequence[StoryStep]) -> dict[Cited, int]:
    """Each clause once, with its number: steps point to it instead of repeating it."""
    cited = dict.fromkeys(clause for step in steps for clause in step.clauses)
    return {clause: number for number, clause in enumerate(cited, 1)}


def _interest(loan: Any, policy: Policy | None, today: date) -> int:
    """Fen of interest owed today; without the policy, what is booked."""
    if policy is None or loan.interest_from is None:
        return int(loan.interest_due.fen)
    return interest_owed(loan, policy, today).fen


def _calculation(found: Belongings, policy: Policy | None, lang: str) -> Calculation | None:
    claim = found.rows.get("claim")
    return None if claim is None else calculation(found.loan, claim, policy, lang)
