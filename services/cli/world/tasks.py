"""`zhidai tasks` and `zhidai waiting`: what waits for a person, and what a row waits for."""

from __future__ import annotations

from typing import Annotated

import typer
from pydantic import BaseModel
from rich.console import Console
from rich.table import Table

from services.api.acts import plural
from services.api.caller import Visit
from services.api.deadlines import DeadlineTold
from services.api.rows import found
from services.api.sight import Unseen
from services.api.tasks import RowWaiting, Tasks, tasks_of, waiting_of
from services.cli.voice import say
from services.embedded.platform import started
from services.kernel import users, worlds
from services.kernel.i18n import label, text
from services.kernel.problems import Problem
from services.kernel.settings import settings
from services.wiring import registry
from workflows.lifecycle.roles import PLATFORM, Actor

JsonOption = Annotated[bool, typer.Option("--json", help="数据单独输出 · data alone on stdout")]
WorldOption = Annotated[str, typer.Option(help="世界名称 · name of the world")]


def tasks(
    *,
    user: Annotated[str, typer.Option("--as", help="谁的待办 · whose tasks")],
    world: WorldOption = worlds.MAIN,
    as_json: JsonOption = False,
) -> None:
    """Print what waits for a person: proposals, duties, what lapses next, acts open to them."""
    with started(settings(), say=say):
        actor = users.named([user]).get(user)
        if actor is None:
            raise Problem("cli.tasks.unknown_user", {"name": user})
        visit = _visit(actor, world)
        with visit.world.engine.connect() as connection:
            answer = tasks_of(connection, visit)
    _json(answer) if as_json else _tasks(answer, visit.lang)


def waiting(
    noun: Annotated[str, typer.Argument(help="记录种类，如 claim · noun of the row, e.g. claim")],
    ident: Annotated[str, typer.Argument(help="记录编号 · id of the row")],
    *,
    world: WorldOption = worlds.MAIN,
    as_json: JsonOption = False,
) -> None:
    """Print what a row waits for, since when, until when, what happens then, and who can act."""
    known = {
        name: one for one in registry().nouns.values() for name in (one.name, plural(one.name))
    }
    if noun not in known:
        raise Problem("cli.waiting.unknown_noun", {"name": noun})
    with started(settings(), say=say):
        visit = _visit(PLATFORM, world)
        try:
            stored = found(visit, known[noun], ident)
        except Unseen:
            raise Problem("cli.waiting.unknown_row", {"noun": noun, "id": ident}) from None
        answer = waiting_of(visit, known[noun], stored)
    _json(answer) if as_json else _waiting(answer, visit.lang)


def _visit(actor: Actor, world: str) -> Visit:
    try:
        return Visit(actor, settings().lang, registry(), worlds.find(world))
    except worlds.UnknownWorld:
        raise Problem("cli.world.unknown", {"name": world}) from None


def _json(answer: BaseModel) -> None:
    typer.echo(answer.model_dump_json(indent=1))


def _tasks(answer: Tasks, lang: str) -> None:
    console = Console(highlight=False)
    role = label(f"role.{answer.role}", lang)
    console.print(f"{answer.user} · {role} · {answer.organisation} · {answer.on}", markup=False)
    for one in answer.confirm:
        noun, _, ident = one.stream.partition("/")
        act = label(f"trigger.{noun}.{one.trigger}", lang)
        told = text("cli.tasks.confirm", {"act": act, "row": ident, "maker": one.maker.user})
        console.print(told, markup=False)
    for name, deadlines in (("duties", answer.duties), ("lapses", answer.lapses)):
        if deadlines:
            console.print(_deadlines(text(f"cli.tasks.{name}"), deadlines))
    if answer.acts:
        console.print(_acts(answer))


def _acts(answer: Tasks) -> Table:
    table = Table("", "", "", title=text("cli.tasks.acts"), title_justify="left", show_header=False)
    for one in answer.acts:
        table.add_row(one.label, f"{one.number:,}", ", ".join(row.id for row in one.rows))
    return table


def _waiting(answer: RowWaiting, lang: str) -> None:
    console = Console(highlight=False)
    noun = label(f"noun.{answer.noun}", lang)
    since = answer.since or "-"
    told = text("cli.waiting.state", {"state": answer.state_label, "since": since})
    console.print(f"{noun} {answer.id} · {told}", markup=False)
    if answer.waits_for:
        console.print(_deadlines(text("cli.waiting.waits_for"), answer.waits_for))
    for one in answer.acts:
        who = ", ".join(role.label for role in one.who)
        checkers = ", ".join(role.label for role in one.checkers)
        two = text("cli.waiting.checked_by", {"who": checkers}) if checkers else ""
        console.print(f"  {one.label}: {who}{two}", markup=False)


def _deadlines(title: str, deadlines: list[DeadlineTold]) -> Table:
    headings = (text(f"cli.tasks.{name}") for name in ("what", "row", "until", "who", "then"))
    table = Table(*headings, title=title, title_justify="left")
    for one in deadlines:
        late = text("cli.tasks.late", {"days": -one.days_left}) if one.late else ""
        who = ", ".join(role.label for role in one.who)
        day = text("calendar.assumed", {"day": one.until}) if one.calendar_assumed else one.until
        until = f"{day}{late}"
        table.add_row(one.label, f"{one.noun} {one.id}", until, who, one.then_label)
    return table
