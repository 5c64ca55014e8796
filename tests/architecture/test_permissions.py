"""permissions.toml is kept, both ways: whom it lists is let in, whom it does not is turned away.

Walked over every row of every table at the states it leaves, as maker and at each turn, by every
role of an organisation that has to do with the row and of one that has not.
"""

from __future__ import annotations

import dataclasses
import re
import tomllib
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import pytest

from policies.money import Money, yuan
from policies.reading.loader import load
from services.kernel.memory import Lives
from services.kernel.registry import Noun
from services.rulebook.clauses import clauses
from services.wiring import registry
from tests.unit.stories import back_lives, front_story
from tests.unit.stories.test_spine_back import whole_life
from workflows.lifecycle.machine import NEW, Lifecycle, Row, Situation
from workflows.lifecycle.refusals import NotAllowed
from workflows.lifecycle.roles import ORGANISATION_OF, PLACED, PLATFORM, Actor, Role

SAID = tomllib.loads(Path(__file__).with_name("permissions.toml").read_text("utf-8"))
DAY = date(2026, 5, 6)
POLICY = load("jiangsu").on(DAY)
PEOPLE = tuple(role for role in Role if role is not Role.SYS)
OWN = {
    "enterprise": "E1", "bank": "BK01", "fund": "FUND1", "fiscal": "FIN1", "appraiser": "VAL1",
    "region": "320100", "policy": POLICY.ref,
}  # fmt: skip
HERE, ELSEWHERE = "320000", "330000"
WITHIN, BEYOND = yuan("1000.00"), yuan("20000000.00")
PERSON = re.compile(r"(?P<role>[A-Z-]+) (?P<side>own|other)(?: above (?P<limit>\w+))?")


@dataclass(frozen=True)
class Line:
    """One line of the file: who makes, who checks turn by turn, in which states."""

    make: tuple[str, ...]
    check: tuple[tuple[str, ...], ...]
    clause: str
    states: tuple[str, ...] = ()


def lines() -> dict[str, list[Line]]:
    return {
        name: [_line(one) for one in _several(said)] for name, said in SAID["operations"].items()
    }


def _several(said: Any) -> list[Mapping[str, Any]]:
    return said if isinstance(said, list) else [said]


def _line(said: Mapping[str, Any]) -> Line:
    check = tuple(tuple(turn) for turn in said["check"])
    return Line(tuple(said["make"]), check, said["clause"], tuple(said.get("from", ())))


def rows() -> Iterator[tuple[Noun, Row, str]]:
    """Every row that people fire, with each state it leaves."""
    for noun in registry().nouns.values():
        for row in noun.lifecycle.rows:
            if set(row.roles) != {Role.SYS}:
                yield from ((noun, row, state) for state in row.sources)


ROWS = list(rows())
IDS = [f"{noun.name}.{row.trigger} from {state}" for noun, row, state in ROWS]


def line_of(noun: Noun, row: Row, state: str) -> Line:
    """The line for a row at a state. Fails with the line to write where there is none."""
    name = f"{noun.name}.{row.trigger}"
    for line in lines().get(name, []):
        if not line.states or state in line.states:
            return line
    pytest.fail(
        f"tests/architecture/permissions.toml has no line for {name} from {state}. Read ZD-2.1, "
        f"ZD-2.2 and ZD-2.4 and write who may do it; the table has it so:\n{as_line(name, row)}"
    )


def as_line(name: str, row: Row) -> str:
    """How the file would say what the table says, the clause left open."""
    make = [f"{role.value} own" for role in row.roles if role is not Role.SYS]
    check = [
        [f"{role.value} own" for role in turn.roles]
        + [f"{role.value} own above LIMIT" for role in turn.beyond]
        for turn in row.control.turns
    ]
    told = f"make = {make}, check = {check}".replace("'", '"')
    return f'"{name}" = {{ {told}, clause = "ZD-?" }}'


def actor(role: Role, side: str, user: str, own: Mapping[str, str] = OWN) -> Actor:
    organisation = own.get(ORGANISATION_OF.get(role, ""), f"OFFICE-{role.value}")
    place = HERE if side == "own" else ELSEWHERE
    return Actor(
        user,
        role,
        organisation if side == "own" else "OTHER",
        place if role in PLACED else "",
    )


@cache
def hints_of(kind: Any) -> Mapping[str, Any]:
    found: Mapping[str, Any] = typing.get_type_hints(kind)
    return found


def thing(kind: type[Any], amount: Money, **known: Any) -> Any:
    """A record or command of that class: organisations are the row's own, amounts as given."""
    hints = hints_of(kind)  # type: ignore[arg-type]  # classes are hashable
    values = {
        field.name: known.get(field.name, OWN.get(field.name, value(hints[field.name], amount)))
        for field in dataclasses.fields(kind)
        if field.init
    }
    return kind(**values)


def value(hint: Any, amount: Money) -> Any:
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        return None
    core = typing.get_origin(hint) or hint
    if dataclasses.is_dataclass(core):
        return thing(typing.cast(Any, core), amount)
    if isinstance(core, type) and issubclass(core, Enum):
        return next(iter(core))
    plain: Mapping[Any, Any] = {
        str: "", int: 0, bool: False, Decimal: Decimal(0), date: DAY, Money: amount, tuple: (),
    }  # fmt: skip
    return plain[core]


def situation(noun: Noun, row: Row, state: str, amount: Money) -> Situation[Any, Any]:
    """The row at that state, with all rows that the command reads; nobody acts yet."""
    kind = next(k for k, name in noun.lifecycle.commands.items() if name == row.trigger)
    ident = OWN.get(noun.name, "X")
    it = None if state == NEW else thing(noun.lifecycle.record, amount, id=ident, state=state)
    handle = registry().handles[kind]
    reads = [registry().nouns[name].lifecycle.record for name in handle.reads]
    others = {read: thing(read, amount) for read in reads}
    act = thing(kind, amount, **{noun.name: ident})
    return Situation(it, act, others, {}, POLICY, DAY, PLATFORM)


def refused(lifecycle: Lifecycle, row: Row, asked: Situation[Any, Any]) -> str:
    """The code of the refusal of these persons; empty where they are let in."""
    try:
        lifecycle.ask_persons(row.trigger, asked)
    except NotAllowed as against:
        return against.reason.code
    return ""


def listed(said: tuple[str, ...], *, over: bool) -> set[tuple[str, str]]:
    """Role and side of who is listed on this side of the turn's limit.

    A limit replaces who confirms within it.
    """
    found = [match for match in map(PERSON.fullmatch, said) if match]
    assert len(found) == len(said), f"not a person: {said}"
    has_limit = any(match["limit"] for match in found)
    return {
        (match["role"], match["side"])
        for match in found
        if not has_limit or bool(match["limit"]) == over
    }


def walked(
    lifecycle: Lifecycle,
    row: Row,
    line: Line,
    asked: Situation[Any, Any],
    *,
    over: bool,
    users: tuple[str, ...] = (),
) -> list[str]:
    """Whatever is other than the file says, on one side of all limits.

    users: who really does it, turn by turn, where earlier steps left no choice.
    """
    users = users or tuple(f"u{number}" for number in range(len(line.check) + 1))
    own = {**OWN, **_named(asked)}
    makers = listed(line.make, over=over)
    wrong = _tried(lifecycle, row, asked, (), makers, own, users)
    spoken = [_first(makers, users[0], own)]
    for said in line.check:
        found = listed(said, over=over)
        if found:  # else the turn is asked above the limit only
            wrong += _tried(lifecycle, row, asked, tuple(spoken), found, own, users)
            spoken.append(_first(found, users[len(spoken)], own))
    return wrong


def _named(asked: Situation[Any, Any]) -> dict[str, str]:
    """Whose the row and the command are, as they stand."""
    holders = (asked.act, asked.it, *asked.rows.values())
    names = set(ORGANISATION_OF.values())
    known = {name: [getattr(one, name, None) for one in holders] for name in names}
    return {
        name: value for name, found in known.items() if (value := next(filter(None, found), ""))
    }


def _first(found: set[tuple[str, str]], user: str, own: Mapping[str, str]) -> Actor:
    role, side = min(found)
    return actor(Role(role), side, user, own)


def _tried(
    lifecycle: Lifecycle, row: Row, asked: Situation[Any, Any], spoken: tuple[Actor, ...],
    allowed: set[tuple[str, str]], own: Mapping[str, str], users: tuple[str, ...],
) -> list[str]:  # fmt: skip
    wrong, turn = [], f"turn {len(spoken)}" if spoken else "maker"
    for role in PEOPLE:
        for side in ("own", "other"):
            may = (role.value, side) in allowed
            user = users[len(spoken)] if may else "candidate"
            who = (*spoken, actor(role, side, user, own))
            code = refused(lifecycle, row, replace(asked, actor=who[0], checkers=who[1:]))
            if may == bool(code):
                said = f"is listed, but refused: {code}" if code else "is let in, but not listed"
                wrong.append(f"{row.trigger}, {turn}: {role.value} {side} {said}")
    return wrong


@pytest.mark.parametrize(("noun", "row", "state"), ROWS, ids=IDS)
def test_who_is_listed_is_let_in_and_nobody_else(noun: Noun, row: Row, state: str) -> None:
    line = line_of(noun, row, state)

    for amount in (WITHIN, BEYOND):
        asked = situation(noun, row, state, amount)
        assert walked(noun.lifecycle, row, line, asked, over=amount == BEYOND) == []


class Probed(Lives):
    """A story at each act of which everybody else tries first, at the rows as they stand."""

    wrong: ClassVar[list[str]] = []
    acts: ClassVar[set[str]] = set()

    def act(self, command: Any, actor: Actor = PLATFORM, *checkers: Actor) -> Any:
        if actor.role is not Role.SYS:
            self._probe(command, actor, *checkers)
        return super().act(command, actor, *checkers)

    def _probe(self, command: Any, *who: Actor) -> None:
        noun = self.registry.nouns[self.registry.handles[type(command)].noun]
        asked = self.situation(command, PLATFORM)
        trigger = noun.lifecycle.commands[type(command)]
        row = noun.lifecycle.leading(trigger, asked.it)
        line = line_of(noun, row, NEW if asked.it is None else asked.it.state)
        self.acts.add(f"{noun.name}.{trigger}")
        users = tuple(one.user for one in who)
        self.wrong.extend(walked(noun.lifecycle, row, line, asked, over=False, users=users))


def test_at_every_act_of_the_two_stories_nobody_else_is_let_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Probed.wrong.clear()
    for half in (front_story, back_lives):
        monkeypatch.setattr(half, "Lives", Probed)

    front_story.converted()
    whole_life()

    assert Probed.wrong == []
    assert len(Probed.acts) >= 36


def test_nothing_is_listed_that_no_table_has() -> None:
    known = {f"{noun.name}.{row.trigger}" for noun, row, _ in ROWS}

    assert sorted(set(lines()) - known) == []


def test_every_line_names_a_clause_of_the_rulebook() -> None:
    cited = [line.clause for each in lines().values() for line in each]
    cited += [line["clause"] for line in SAID["awaited"].values()]
    named = {ident for clause in cited for ident in re.findall(r"ZD-[A-Z0-9.]*[A-Z0-9]", clause)}

    assert all("ZD-" in clause for clause in cited)
    assert sorted(named - set(clauses("en"))) == []
