"""The form of an act and what comes of it: done, proposed to a second person, or refused in words.

The same address serves every act of every noun; what the form holds comes from the command.
"""

from __future__ import annotations

import dataclasses
import re
import secrets
from contextlib import suppress
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from services.api import act_routes, actions, because, bodies, wire
from services.api.acts import Act, of_noun, plural
from services.api.rows import found
from services.api.sight import IdTaken, Unseen
from services.console import render
from services.console.acts import fields, layout, reading
from services.console.acts.beside import beside
from services.console.acts.layout import ID
from services.console.acts.reading import Wrong
from services.console.rows.nouns import called_row, noun_of
from services.console.seats.who import ActingIn, Posted, Seated, SeatedIn
from services.kernel import commands, doorbell
from services.kernel.commands import DayIsOpening, Done, Key
from services.kernel.db import Conflict
from services.kernel.envelope import Stale
from services.kernel.i18n import say
from services.kernel.proposals import Proposed
from services.kernel.registry import Noun
from workflows.lifecycle.refusals import NotAllowed, NotPossible, NotThere, Refused

router = APIRouter(include_in_schema=False)

VERSION, KEY = "_version", "_key"


class NoSuchAct(LookupError):
    """The noun has no act of that name that people do."""


@router.get("/{nouns}/new/{trigger}", response_class=HTMLResponse)
def fresh(request: Request, seat: SeatedIn, nouns: str, trigger: str) -> HTMLResponse:
    """The form of an act that brings a row into being."""
    noun = noun_of(seat.visit.registry, nouns)
    act = _act(noun, trigger)
    asked = request.query_params
    names = (one.name for one in dataclasses.fields(act.command))
    given: dict[str, tuple[str, ...]] = {name: (asked[name],) for name in names if asked.get(name)}
    return _form(request, seat, noun, act, ident=asked.get(ID, ""), version="", given=given)


@router.get("/{nouns}/{ident}/acts/{trigger}", response_class=HTMLResponse)
def form(request: Request, seat: SeatedIn, nouns: str, ident: str, trigger: str) -> HTMLResponse:
    """The form of an act on a row, with what stands against it before anything is written."""
    noun = noun_of(seat.visit.registry, nouns)
    stored = found(seat.visit, noun, ident)
    act = _act(noun, trigger)
    return _form(request, seat, noun, act, ident=ident, version=str(stored.version))


@router.post("/{nouns}/new/{trigger}")
def make(request: Request, acting: ActingIn, nouns: str, trigger: str) -> Response:
    """Bring a row into being."""
    seat, posted = acting
    noun = noun_of(seat.visit.registry, nouns)
    ident = posted.one(ID).strip()
    return _carry_out(request, seat, noun, _act(noun, trigger), ident=ident, posted=posted)


@router.post("/{nouns}/{ident}/acts/{trigger}")
def perform(request: Request, acting: ActingIn, nouns: str, ident: str, trigger: str) -> Response:
    """Do it; a refusal shows the form again with what was typed."""
    seat, posted = acting
    noun = noun_of(seat.visit.registry, nouns)
    return _carry_out(request, seat, noun, _act(noun, trigger), ident=ident, posted=posted)


def _act(noun: Noun, trigger: str) -> Act:
    for act in of_noun(noun):
        if act.trigger == trigger:
            return act
    raise NoSuchAct(f"{noun.name}: {trigger}")


def _carry_out(
    request: Request, seat: Seated, noun: Noun, act: Act, *, ident: str, posted: Posted
) -> Response:
    again: dict[str, Any] = {"ident": ident, "version": posted.one(VERSION)}
    again["given"] = reading.given(act.command, posted)
    again["key"] = posted.one(KEY)
    try:
        _ask_id(act, ident, seat.shell.lang)
        body = reading.body(act.command, noun.name, posted, seat.shell.lang)
        command = bodies.command_of(act.command, noun.name, ident, body)
        act_routes.ask_sight(seat.visit, act, command)
        outcome = commands.execute(
            seat.visit.world.engine, seat.visit.registry, command, actor=seat.actor,
            key=_key(seat, posted), version=_version(posted),
        )  # fmt: skip
    except Wrong as wrong:
        return _form(request, seat, noun, act, errors=wrong.errors, status=422, **again)
    except (Refused, NotAllowed, NotPossible) as refused:
        told = because.reasons(_reasons(refused), seat.shell.lang, noun=noun.name)
        return _form(request, seat, noun, act, reasons=told, status=409, **again)
    except (Stale, Conflict, IdTaken, NotThere, Unseen, DayIsOpening) as error:
        kind = KINDS[type(error)]
        told_ = say(f"console.form.{kind}", seat.shell.lang)
        return _form(request, seat, noun, act, trouble=told_, status=409, **again)
    doorbell.ring(seat.visit.world.name)
    return _on(seat, noun, ident, outcome)


# fmt: off
KINDS: dict[type[Exception], str] = {
    Stale:        "stale",
    Conflict:     "conflict",
    IdTaken:      "id_taken",
    NotThere:     "not_there",
    Unseen:       "not_there",
    DayIsOpening: "day_is_opening",
}
# fmt: on


def _on(seat: Seated, noun: Noun, ident: str, outcome: Any) -> Response:
    """Where the browser goes on: the row that was changed, or the proposal that waits."""
    if isinstance(outcome, Proposed):
        return RedirectResponse(seat.shell.link(f"/proposals/{outcome.proposal}"), 303)
    assert isinstance(outcome, Done)
    there = f"/{plural(noun.name)}/{ident}"
    return RedirectResponse(seat.shell.link(there, done=outcome.idents[0]), 303)


def _reasons(refused: Refused | NotAllowed | NotPossible) -> tuple[Any, ...]:
    if isinstance(refused, Refused):
        return refused.reasons
    if isinstance(refused, NotAllowed):
        return (refused.reason,)
    return (actions.no_such_step(refused),)


def _ask_id(act: Act, ident: str, lang: str) -> None:
    if act.creates and not re.fullmatch(wire.ID, ident):
        raise Wrong({ID: say("console.form.wrong.id", lang)})


def _key(seat: Seated, posted: Posted) -> Key | None:
    """A form sent twice is done once."""
    key = posted.one(KEY)
    return Key(f"console:{seat.actor.user}:{key}", wait=True) if key else None


def _version(posted: Posted) -> int | None:
    version = posted.one(VERSION)
    return int(version) if version.isascii() and version.isdigit() else None


def _form(
    request: Request,
    seat: Seated,
    noun: Noun,
    act: Act,
    *,
    ident: str,
    version: str,
    given: dict[str, tuple[str, ...]] | None = None,
    errors: Any = None,
    reasons: Any = (),
    trouble: str = "",
    key: str = "",
    status: int = 200,
) -> HTMLResponse:
    it = _row(seat, noun, ident)
    lang = seat.shell.lang
    with seat.visit.world.engine.connect() as connection:
        asked = fields.FormFor(
            connection, seat.visit.registry, seat.actor, lang, noun, it, given or {}, errors or {}
        )
        listed = fields.fields(act.command, asked)
        title = called_row(connection, noun, it, lang) if it is not None else ""
        shown = beside(connection, seat, act.command, noun=noun, it=it)
    judged = None
    if it is not None and not reasons:
        judged = actions.judged_one(seat.visit, noun, it, act.trigger)
    values = {
        "noun": noun.name,
        "nouns": plural(noun.name),
        "act": act,
        "title": fields.titled(noun.name, act.trigger, lang),
        "row_title": title,
        "ident": ident,
        "it": it,
        "version": version,
        "key": key or secrets.token_urlsafe(12),
        "fields": layout.ordered(listed),
        "beside": shown,
        "reasons": reasons or (judged.model_dump()["reasons"] if judged else ()),
        "refused": bool(reasons),
        "trouble": trouble,
        "errors": errors or {},
    }
    return render.page(request, "act.html", seat.shell, values, status=status)


def _row(seat: Seated, noun: Noun, ident: str) -> Any:
    """The row the form is about; None where there is none for this seat."""
    with suppress(Unseen):
        return found(seat.visit, noun, ident).record if ident else None
    return None
