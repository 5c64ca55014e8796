"""The inbox, a proposal in two seats, confirming and declining it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlalchemy import text

from services.api import because, wire
from services.api.acts import plural
from services.api.proposals import Proposal, proposal_of
from services.console import persons, render, words
from services.console.acts.beside import beside
from services.console.acts.pages import KINDS
from services.console.inbox.waiting import inbox
from services.console.rows.nouns import called_row
from services.console.seats.presence import seats_open
from services.console.seats.who import ActingIn, Seated, SeatedIn
from services.kernel import commands, doorbell, users
from services.kernel.commands import DayIsOpening
from services.kernel.db import Conflict
from services.kernel.i18n import label, say
from services.kernel.mapper import mapper
from services.kernel.proposals import ProposalChanged, Proposed, UnknownProposal, pending_of
from services.kernel.unit import Unit
from services.reports import wording
from workflows.lifecycle.refusals import NotAllowed, NotPossible, NotThere, Refused
from workflows.lifecycle.roles import Actor

router = APIRouter(include_in_schema=False)


@router.get("/inbox", response_class=HTMLResponse)
def box(request: Request, seat: SeatedIn) -> HTMLResponse:
    """What waits for the seat."""
    with seat.visit.world.engine.connect() as connection:
        found = inbox(connection, seat.visit)
        titles = {one.id: about(connection, seat, one) for one in (*found.confirm, *found.mine)}
    shown = {"box": found, "titles": titles, "plural": plural}
    return render.page(request, "inbox.html", seat.shell, shown)


@router.get("/proposals/{ident}", response_class=HTMLResponse)
def both(request: Request, seat: SeatedIn, ident: str) -> HTMLResponse:
    """The maker's form and the checker's inbox side by side; who may confirm, and who not."""
    return _seats(request, seat, ident)


@router.post("/proposals/{ident}/confirm")
def confirm(request: Request, acting: ActingIn, ident: str) -> Response:
    """Be the second person for exactly what was read; a refusal is shown beside it."""
    seat, posted = acting
    found = proposal_of(seat.visit, ident)
    try:
        outcome = commands.confirm(
            seat.visit.world.engine, seat.visit.registry, ident,
            digest=posted.one("digest"), checker=seat.actor,
        )  # fmt: skip
    except (Refused, NotAllowed) as refused:
        reasons = refused.reasons if isinstance(refused, Refused) else (refused.reason,)
        told = because.reasons(reasons, seat.shell.lang)
        return _seats(request, seat, ident, reasons=told, status=409)
    except (ProposalChanged, UnknownProposal, NotPossible, NotThere, Conflict, DayIsOpening) as e:
        kind = KINDS.get(type(e), "closed")
        trouble = say(f"console.form.{kind}", seat.shell.lang)
        return _seats(request, seat, ident, trouble=trouble, status=409)
    if isinstance(outcome, Proposed):  # yet another person is asked
        return RedirectResponse(seat.shell.link(f"/proposals/{ident}"), 303)
    doorbell.ring(seat.visit.world.name)
    noun, _, row = found.stream.partition("/")
    return RedirectResponse(seat.shell.link(f"/{plural(noun)}/{row}", done=ident), 303)


@router.post("/proposals/{ident}/decline")
def decline(request: Request, acting: ActingIn, ident: str) -> Response:
    """Say no, or take one's own proposal back."""
    seat, _ = acting
    found = proposal_of(seat.visit, ident)
    try:
        commands.decline(seat.visit.world.engine, seat.visit.registry, ident, by=seat.actor)
    except NotAllowed as refused:
        told = because.reasons((refused.reason,), seat.shell.lang)
        return _seats(request, seat, ident, reasons=told, status=409)
    except UnknownProposal:
        trouble = say("console.form.closed", seat.shell.lang)
        return _seats(request, seat, ident, trouble=trouble, status=409)
    noun, _, row = found.stream.partition("/")
    return RedirectResponse(seat.shell.link(f"/{plural(noun)}/{row}"), 303)


def _seats(
    request: Request,
    seat: Seated,
    ident: str,
    *,
    reasons: Any = (),
    trouble: str = "",
    status: int = 200,
) -> HTMLResponse:
    found = proposal_of(seat.visit, ident)
    with seat.visit.world.engine.connect() as connection:
        title = about(connection, seat, found)
        who = _who(connection, seat, found) if found.waits else []
        facts = _beside(connection, seat, found)
    noun, _, row = found.stream.partition("/")
    lang = seat.shell.lang
    values = {
        "one": found,
        "act": label(f"trigger.{noun}.{found.trigger}", lang),
        "noun": noun,
        "row": row,
        "row_link": seat.shell.link(f"/{plural(noun)}/{row}"),
        "title": title,
        "fields": [
            (wording.field(name, lang), wording.fact(name, _grouped(value), lang))
            for name, value in persons.told(found.data, persons.known([found.data]), lang).items()
            if name != noun
        ],
        "beside": facts,
        "who": who,
        "mine": found.maker.user == seat.actor.user,
        "open": seats_open(),
        "reasons": reasons
        or ([one.model_dump() for one in found.reasons] if not found.may_confirm else ()),
        "refused": bool(reasons),
        "trouble": trouble,
    }
    return render.page(request, "proposal.html", seat.shell, values, status=status)


def _beside(connection: Any, seat: Seated, one: Proposal) -> list[tuple[str, str]]:
    """What the maker looked at, for whoever confirms."""
    registry = seat.visit.registry
    name, _, ident = one.stream.partition("/")
    noun, command = registry.nouns[name], registry.commands[one.command]
    stored = next(iter(mapper(noun).load(connection, [ident], lock=False)), None)
    it = None if stored is None else stored.record
    return beside(connection, seat, command, noun=noun, it=it)


def _grouped(value: Any) -> Any:
    return f"{value} CNY" if isinstance(value, str) and wire.is_amount(value) else value


def _who(connection: Any, seat: Seated, found: Proposal) -> list[tuple[Actor, str, str]]:
    """Everybody of the roles that confirm next, on a demo platform: person, name, why not."""
    if not seats_open():
        return []
    registry, lang = seat.visit.registry, seat.shell.lang
    statement = text("SELECT * FROM proposal WHERE id = :id")
    row = connection.execute(statement, {"id": found.id}).mappings().one()
    pending = pending_of(registry, row)
    known = []
    for person in users.demo_users():
        asked = replace(pending.confirmed(by=person, today=row["proposed_on"]), facts={})
        why = ""
        try:
            Unit(connection, registry).ask_persons(asked)
        except NotAllowed as refused:
            if refused.reason.code in ("wrong_role", "wrong_organisation"):
                continue
            why = because.reasons((refused.reason,), lang)[0]["sentence"]
        known.append((person, words.person(person.user, person.role.value, lang), why))
    return known


def about(connection: Any, seat: Seated, one: Proposal) -> str:
    """What a proposal is about: its row as people call it."""
    noun, _, ident = one.stream.partition("/")
    described = seat.visit.registry.nouns[noun]
    for stored in mapper(described).load(connection, [ident], lock=False):
        return called_row(connection, described, stored.record, seat.shell.lang)
    name = one.data.get("name") or one.data.get("title")
    return str(name or ident)
