"""The steps of a scenario's file as they are played: persons, acts, refusals and events by name."""

from __future__ import annotations

import fnmatch
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from difflib import get_close_matches
from typing import Any

import msgspec

from policies.money import Money
from policies.reading.variants import Form
from services.kernel.acts import ScriptedAct
from services.kernel.i18n import catalogue
from services.sandbox.scenario import ScenarioStep
from services.sandbox.written import Told, Written
from workflows.lifecycle.roles import PLATFORM, Actor, Role

STEP = ("name", "on", "do", "by", "checked_by", "with", "refused", "event")
PERSON = ("user", "role", "organisation")
REGION = "region"  # of an office: the division it serves
NOBODY = "platform"
"""The platform itself, in every cast: what it does by itself may be tried by nobody else."""


def steps(
    file: Written, entries: Sequence[Told], told: Told, form: Form
) -> tuple[ScenarioStep, ...]:
    """The steps in the order of their days; those of a day as they are written."""
    cast = {NOBODY: PLATFORM} | {name: _person(file, name, one) for name, one in told.items()}
    dated = []
    for number, entry in enumerate(entries, 1):
        where = f"[[step]] {number}"
        file.known(entry, STEP, where=where)
        if "on" not in entry:
            raise file.wrong("missing", where, key="on")
        dated.append((file.day(entry["on"], where), entry))
    ordered = sorted(dated, key=lambda one: one[0])
    return tuple(
        _step(file, number, day, entry, cast, form)
        for number, (day, entry) in enumerate(ordered, 1)
    )


def _step(
    file: Written, number: int, day: date, entry: Told, cast: Mapping[str, Actor], form: Form
) -> ScenarioStep:
    where = f"[[step]] {number} ({day} {entry.get('do', '')})".replace(" )", ")")
    refused = file.several(entry.get("refused", ()), where, "refused")
    events = file.several(entry.get("event", ()), where, "event")
    if refused and events:
        raise file.wrong("refused_or_event", where)
    _refusals(file, refused, where)
    known_events(file, events, where)
    act = None
    if "do" in entry:
        command = _command(file, entry, where, form)
        if "by" not in entry:
            raise file.wrong("missing", where, key="by")
        names = (entry["by"], *file.several(entry.get("checked_by", ()), where, "checked_by"))
        by, *others = (_named(file, name, cast, where) for name in names)
        act = ScriptedAct(day, command, by, tuple(others), refused)
    elif not events:
        raise file.wrong("missing", where, key="do")
    return ScenarioStep(number, entry.get("name", ""), day, act, events)


def _command(file: Written, entry: Told, where: str, form: Form) -> Any:
    kind = _act(file, str(entry["do"]), where)
    given = entry.get("with", {})
    if not isinstance(given, dict):
        raise file.wrong("wrong_value", where, key="with", error=given)
    known = [field.name for field in fields(kind)]
    for name in given:
        if name not in known:
            raise file.wrong(
                "unknown_field", where, field=name, act=kind.__name__, known=", ".join(known)
            )
    if "case" in known and "case" not in given:
        given = {**given, "case": form.ident}
    try:
        return msgspec.convert(given, kind, dec_hook=_amount)
    except msgspec.ValidationError as error:
        raise file.wrong("wrong_value", where, key="with", error=error) from None


def _act(file: Written, name: str, where: str) -> type[Any]:
    """The command of that class name, or of `noun.trigger`."""
    commands = file.registry.commands
    by_trigger = {
        f"{handle.noun}.{kind.trigger}": kind for kind, handle in file.registry.handles.items()
    }
    kind = commands.get(name) or by_trigger.get(name)
    if kind is None:
        near = get_close_matches(name, [*commands, *by_trigger], n=3)
        raise file.wrong("unknown_act", where, act=name, near=", ".join(near) or "-")
    return kind


def _refusals(file: Written, refused: Sequence[str], where: str) -> None:
    known = catalogue("en")
    for code in refused:
        if f"refusal.{code}" not in known:
            codes = [key.partition(".")[2] for key in known if key.startswith("refusal.")]
            near = ", ".join(get_close_matches(code, codes, n=3)) or "-"
            raise file.wrong("unknown_refusal", where, code=code, near=near)


def known_events(file: Written, events: Sequence[str], where: str) -> None:
    """Ask that events of these names can happen."""
    for name in events:
        if not fnmatch.filter((*file.registry.events, "*.GuardWaived"), name):
            near = ", ".join(get_close_matches(name, file.registry.events, n=3)) or "-"
            raise file.wrong("unknown_event", where, event=name, near=near)


def _person(file: Written, name: str, told: Any) -> Actor:
    where = f"[cast] {name}"
    if not isinstance(told, dict):
        raise file.wrong("wrong_value", where, key=name, error=told)
    file.known(told, (*PERSON, REGION), where=where)
    for key in PERSON:
        if not told.get(key):
            raise file.wrong("missing", where, key=key)
    roles = [role.value for role in Role]
    if told["role"] not in roles:
        raise file.wrong("unknown_role", where, role=told["role"], known=", ".join(roles))
    user, organisation = str(told["user"]), str(told["organisation"])
    return Actor(user, Role(told["role"]), organisation, str(told.get(REGION, "")))


def _named(file: Written, name: Any, cast: Mapping[str, Actor], where: str) -> Actor:
    if not isinstance(name, str) or name not in cast:
        raise file.wrong("unknown_person", where, name=name, known=", ".join(cast))
    return cast[name]


def _amount(kind: type[Any], value: Any) -> Any:
    """Amounts as the wire has them; without a currency they are yuan."""
    if kind is not Money:
        raise NotImplementedError(f"{kind.__name__} has no wire form")
    return Money.of_wire(value if " " in str(value) else f"{value} CNY")
