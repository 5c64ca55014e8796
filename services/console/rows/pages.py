"""A noun's list and a row's page: facts, acts of the seat, what forbids the others, history."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from sqlalchemy import Connection, text

from policies.money import Money
from services.api import actions, sight, wire
from services.api.acts import of_noun, plural
from services.api.caller import Visit
from services.api.rows import found, page_of
from services.api.sight import Unseen
from services.console import persons, render, story
from services.console.rail import READER
from services.console.rows.nouns import called_row, names, noun_of
from services.console.seats.presence import seat_of
from services.console.seats.who import may_read
from services.console.shell import Shell, framed
from services.kernel.i18n import label
from services.kernel.registry import Noun, Registry
from services.kernel.worlds import World
from services.reports import wording
from workflows.lifecycle.roles import Actor

router = APIRouter(include_in_schema=False)

PAGE = 50
MOST_COLUMNS = 6
# Fields a list shows before any other, where the noun has them.
FIRST = (
    "name", "title", "enterprise", "bank", "fund", "product", "ip_type", "number", "amount",
    "approved_amount", "debt", "value", "cash", "quota", "loan", "application",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RowCell:
    """A value as it is shown; link: where it leads, "" for nowhere."""

    text: str
    link: str = ""
    number: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a list."""

    ident: str
    state: str
    cells: Sequence[RowCell]


@router.get("/{nouns}", response_class=HTMLResponse)
def listing(request: Request, nouns: str) -> HTMLResponse:
    """The rows of a noun that the seat sees, by page, filtered by state."""
    may_read(request)
    registry: Registry = request.app.state.registry
    noun = noun_of(registry, nouns)
    shell, world, _ = framed(request)
    visit = visiting(request, shell, world)
    state = request.query_params.get("state", "")
    after = request.query_params.get("after", "")[:200]
    rows = page_of(visit, noun, {"state": state} if state else {}, after=after, limit=PAGE + 1)
    with world.engine.connect() as connection:
        counts = _counts(connection, noun, visit.actor)
        lines = _lines(connection, registry, noun, rows[:PAGE], shell)
    values = {
        "noun": noun.name,
        "nouns": nouns,
        "columns": [wording.field(name, shell.lang) for name in columns(noun)],
        "numbers": [_is_number(noun, name) for name in columns(noun)],
        "lines": lines,
        "counts": counts,
        "total": sum(counts.values()),
        "state": state if state in counts else "",
        "next": _next(shell, rows, state) if len(rows) > PAGE else "",
        "makes": _makes(noun, shell, visit.actor),
    }
    return render.page(request, "rows.html", shell, values)


@router.get("/{nouns}/{ident}", response_class=HTMLResponse)
def row(request: Request, nouns: str, ident: str) -> HTMLResponse:
    """One row: where it stands, what the seat may do, what forbids the rest, and its history."""
    may_read(request)
    registry: Registry = request.app.state.registry
    noun = noun_of(registry, nouns)
    shell, world, _ = framed(request)
    values = shown(request, registry, noun, ident, shell=shell, world=world)
    return render.page(request, "row.html", shell, values)


def shown(
    request: Request, registry: Registry, noun: Noun, ident: str, *, shell: Shell, world: World
) -> dict[str, Any]:
    """All that a row's page shows. Raises Unseen."""
    if len(ident) > 200 or "\x00" in ident:
        raise Unseen(noun.name, ident[:200])
    visit = visiting(request, shell, world)
    stored = found(visit, noun, ident)
    with world.engine.connect() as connection:
        title = called_row(connection, noun, stored.record, shell.lang)
        facts = _facts(connection, registry, noun, stored.record, shell)
        steps = story.steps(connection, [f"{noun.name}/{ident}"], loan="", fund="", lang=shell.lang)
    return {
        "noun": noun.name,
        "nouns": plural(noun.name),
        "title": title,
        "it": stored.record,
        "version": stored.version,
        "facts": facts,
        "steps": steps,
        "acts": offered(visit, noun, stored) if shell.seat else None,
        "done": request.query_params.get("done", ""),
    }


@dataclass(frozen=True, slots=True)
class Offered:
    """What a seat may do with a row, what it may not yet, and what waits for confirmation."""

    open: Sequence[actions.Action]
    closed: Sequence[actions.Action]
    elsewhere: Sequence[actions.Action]
    waiting: Sequence[Any]


def offered(visit: Visit, noun: Noun, stored: Any) -> Offered:
    """The acts of the row sorted for the seat: open ones, those a rule forbids, other people's."""
    told = actions.judged_of(visit, noun, stored)
    mine = [one for one in told.actions if visit.actor.role.value in one.roles]
    others = [
        one for one in told.actions
        if one.verdict == "not_allowed" and one.operation and one not in mine
    ]  # fmt: skip
    return Offered(
        open=[one for one in mine if one.verdict in ("allowed", "depends")],
        closed=[one for one in mine if one.verdict == "refused"],
        elsewhere=others,
        waiting=told.proposals,
    )


def visiting(request: Request, shell: Shell, world: World) -> Visit:
    """Who looks: the seat, or a reader where the platform is open to all."""
    actor = seat_of(request) or READER
    return Visit(actor, shell.lang, request.app.state.registry, world)


def columns(noun: Noun) -> tuple[str, ...]:
    """The fields a list shows beside id and state."""
    fields = [one.name for one in dataclasses.fields(noun.lifecycle.record)]
    return tuple(name for name in FIRST if name in fields)[:MOST_COLUMNS]


def _is_number(noun: Noun, name: str) -> bool:
    return typing.get_type_hints(noun.lifecycle.record)[name] is Money


def _counts(connection: Connection, noun: Noun, actor: Actor) -> dict[str, int]:
    statement = text(
        f"SELECT t.state, count(*) AS n FROM {noun.table.name} t"
        f" WHERE ({sight.condition(noun, actor)}) GROUP BY t.state"
    )
    found_ = {
        row.state: row.n for row in connection.execute(statement, {"org": actor.organisation})
    }
    order = [state.name for state in noun.lifecycle.states]
    return {state: found_[state] for state in order if state in found_}


def _lines(
    connection: Connection, registry: Registry, noun: Noun, rows: Sequence[Any], shell: Shell
) -> list[Line]:
    known = {
        name: names(connection, name, {str(getattr(one.record, name)) for one in rows})
        for name in columns(noun)
        if name in registry.nouns
    }
    return [
        Line(
            one.record.id,
            one.record.state,
            [
                _cell(registry, name, getattr(one.record, name), known, shell)
                for name in columns(noun)
            ],
        )
        for one in rows
    ]


def _cell(
    registry: Registry, name: str, value: Any, known: dict[str, dict[str, str]], shell: Shell
) -> RowCell:
    if name in registry.nouns and value:
        shown_ = known.get(name, {}).get(value, value)
        return RowCell(shown_, shell.link(f"/{plural(name)}/{value}"))
    if isinstance(value, Money):
        return RowCell(value.grouped, number=True)
    shown_ = persons.one(name, _listed(wire.shown(value)), shell.lang)
    return RowCell(wording.fact(name, shown_, shell.lang))


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _facts(
    connection: Connection, registry: Registry, noun: Noun, it: Any, shell: Shell
) -> list[tuple[str, RowCell]]:
    found_: list[tuple[str, RowCell]] = []
    for field in dataclasses.fields(noun.lifecycle.record):
        value = getattr(it, field.name)
        if field.name in ("id", "state", "policy") or value in (None, "", (), []):
            continue
        known = (
            {field.name: names(connection, field.name, {str(value)})}
            if isinstance(value, str)
            else {}
        )
        found_.append(
            (
                wording.field(field.name, shell.lang),
                _cell(registry, field.name, value, known, shell),
            )
        )
    return found_


def _next(shell: Shell, rows: Sequence[Any], state: str) -> str:
    asked = {**shell.kept, "after": rows[PAGE - 1].record.id} | ({"state": state} if state else {})
    return f"?{urlencode(asked)}"


def _makes(noun: Noun, shell: Shell, actor: Actor) -> list[tuple[str, str]]:
    """Acts of the seat that bring such a row into being: address and name."""
    if not shell.seat:
        return []
    return [
        (
            shell.link(f"/{plural(noun.name)}/new/{act.trigger}"),
            label(f"trigger.{noun.name}.{act.trigger}", shell.lang),
        )
        for act in of_noun(noun)
        if act.creates and actor.role in act.roles
    ]
