"""The console's pages: the loans of a world, and one loan's story."""

from __future__ import annotations

from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from sqlalchemy import Connection

from policies.reading.pack import Policy, UnknownCase
from services.console import compare_question, loan_filter, outlook, queries, render, story
from services.console.belongings import Belongings, UnknownLoan, belongings
from services.console.inbox.pages import opened
from services.console.loan_filter import LoanFilter
from services.console.phases import ENDED, PHASES, phase_of
from services.console.seats.pages import welcome
from services.console.seats.presence import seat_of
from services.console.seats.who import may_read, seated
from services.console.shell import framed
from services.console.working import Calculation, calculation
from services.kernel import policies
from services.kernel.registry import Registry
from workflows.lending.overdue import days_past_due
from workflows.loan.balance import interest_owed

LONGEST_ID = 200

router = APIRouter(include_in_schema=False)


@router.get("/", response_class=HTMLResponse)
def home(request: Request) -> HTMLResponse:
    """The seats for whoever has none yet; the inbox of the seat that is taken."""
    if seat_of(request) is None:
        return welcome(request)
    return opened(request, seated(request))


@router.get("/loans", response_class=HTMLResponse)
def loans(request: Request) -> HTMLResponse:
    """The loans of a world: four phases with counts, and the list that the address asks for."""
    may_read(request)
    shell, world, today = framed(request)
    asked = loan_filter.read(dict(request.query_params), world=world.name)
    with world.engine.connect() as connection:
        values = _list(connection, asked, today)
    return render.page(request, "loans.html", shell, values)


def _list(connection: Connection, asked: LoanFilter, today: date) -> dict[str, Any]:
    by_state = queries.by_state(connection)
    listed = queries.page(connection, asked, today)
    return {
        "asked": asked,
        "listed": listed,
        "sums": queries.sums(connection, asked),
        "total": sum(number for number, _ in by_state.values()),
        "phases": PHASES,
        "by_state": by_state,
        "by_mark": queries.by_mark(connection),
        "applications": queries.applications_under_way(connection),
        "phase_of": phase_of,
    }


@router.get("/loans/{loan_id:path}", response_class=HTMLResponse)
def loan(request: Request, loan_id: str) -> HTMLResponse:
    """One loan: where it stands, what comes next, and every step with money and clause."""
    may_read(request)
    shell, world, today = framed(request)
    if len(loan_id) > LONGEST_ID or "\x00" in loan_id:
        raise UnknownLoan(loan_id[:LONGEST_ID])
    registry: Registry = request.app.state.registry
    with world.engine.connect() as connection:
        found = belongings(connection, registry, loan_id)
        values = _story(connection, registry, found, today=today, lang=shell.lang)
    values["elsewhere"] = compare_question.of_loan(found.loan, found.rows, world=world.name)
    return render.page(request, "loan.html", shell, values)


def _story(
    connection: Connection, registry: Registry, found: Belongings, *, today: date, lang: str
) -> dict[str, Any]:
    told = found.loan
    policy = _policy(connection, told.policy)
    steps = story.steps(connection, found.streams, loan=told.id, fund=told.fund, lang=lang)
    due = outlook.due(connection, registry, found.streams, today=today, lang=lang)
    visited = [step.states[1] for step in steps if step.noun == "loan" and step.states]
    return {
        "loan": told,
        "rows": found.rows,
        "assets": found.assets,
        "steps": steps,
        "due": due,
        "first": outlook.first(due),
        "may": outlook.may(registry, found, lang),
        "path": outlook.path(registry.nouns["loan"].lifecycle, told.state, visited),
        "interest": _interest(told, policy, today),
        "dpd": 0 if told.state in ENDED else days_past_due(told.overdue_since, today),
        "phase": phase_of(told.state),
        "calculation": _calculation(found, policy, lang),
    }


def _policy(connection: Connection, ref: str) -> Policy | None:
    try:
        return policies.resolve(connection, ref)
    except (UnknownCase, ValueError):
        return None


def _interest(loan: Any, policy: Policy | None, today: date) -> int:
    """Fen of interest owed today; without the policy, what is booked."""
    if policy is None or loan.interest_from is None:
        return int(loan.interest_due.fen)
    return interest_owed(loan, policy, today).fen


def _calculation(found: Belongings, policy: Policy | None, lang: str) -> Calculation | None:
    claim = found.rows.get("claim")
    return None if claim is None else calculation(found.loan, claim, policy, lang)
