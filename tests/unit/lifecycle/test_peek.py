"""What may be done is judged before the command is written; what it must say is left open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

import pytest

from workflows.lifecycle.machine import NEW, Lifecycle, Row, Situation, two_persons
from workflows.lifecycle.refusals import NotGivenYet, NotPossible, Refusal, Refused
from workflows.lifecycle.roles import Actor, Role

TODAY = date(2025, 8, 14)
MANAGER = Actor("wang", Role.BK_M, "BK01")
OFFICER = Actor("zhao", Role.BK_L, "BK01")


class States(Enum):
    OPEN = "OPEN"
    SHUT = "SHUT"


@dataclass(frozen=True)
class Tin:
    id: str
    state: str
    bank: str
    level: int


@dataclass(frozen=True)
class OpenTin:
    tin: str


@dataclass(frozen=True)
class Fill:
    tin: str
    measure: int


@dataclass(frozen=True)
class Shut:
    tin: str


@dataclass(frozen=True)
class Happened:
    pass


@dataclass(frozen=True)
class Filled:
    pass


@dataclass(frozen=True)
class Closed:
    pass


class Unwritten:
    """A command whose measure nobody has said yet."""

    tin = "T1"

    @property
    def measure(self) -> int:
        raise NotGivenYet("measure")


def has_room(s: Situation[Any]) -> Refusal | None:
    return Refusal("full") if s.it.level >= 10 else None


def measure_fits(s: Situation[Any]) -> Refusal | None:
    return Refusal("too_much") if s.it.level + s.act.measure > 10 else None


# fmt: off
TIN = Lifecycle(
    noun="tin", record=Tin, states=States, final=(States.SHUT,),
    rows=(
        Row("open", NEW,         States.OPEN, Role.BK_M, (),                       "Tin.Opened"),
        Row("fill", States.OPEN, States.OPEN, Role.BK_M, (has_room, measure_fits), "Tin.Filled"),
        Row("shut", States.OPEN, States.SHUT, Role.BK_M, (), "Tin.Shut", two_persons(Role.BK_A)),
    ),
    commands={OpenTin: "open", Fill: "fill", Shut: "shut"},
    events={"Tin.Opened": Happened, "Tin.Filled": Filled, "Tin.Shut": Closed},
    decide={"open": lambda s: (), "fill": lambda s: (), "shut": lambda s: ()},
    evolve={
        Happened: lambda *_: {}, Filled: lambda *_: {}, Closed: lambda *_: {},
    },
)
# fmt: on


def asked(*, level: int = 0, state: str = "OPEN", actor: Actor = MANAGER, act: Any = None) -> Any:
    tin = Tin("T1", state, "BK01", level)
    policy: Any = None
    return Situation(tin, act or Unwritten(), {}, {}, policy, TODAY, actor)


def test_a_field_not_given_yet_leaves_the_act_open_and_names_the_field() -> None:
    judged = TIN.peek("fill", asked())

    assert (judged.refusals, judged.open) == ((), ("measure",))


def test_what_stands_against_it_whatever_the_command_says_is_told_already() -> None:
    judged = TIN.peek("fill", asked(level=10))

    assert [one.code for one in judged.refusals] == ["full"]


def test_a_written_command_is_judged_whole() -> None:
    assert TIN.peek("fill", asked(act=Fill("T1", 10))).refusals == ()
    assert TIN.peek("fill", asked(act=Fill("T1", 11))).refusals[0].code == "too_much"


def test_who_may_not_is_told_before_any_rule_is_asked() -> None:
    judged = TIN.peek("fill", asked(level=10, actor=OFFICER))

    assert [one.code for one in judged.refusals] == ["wrong_role"]


def test_an_act_of_two_persons_may_be_proposed_by_the_first() -> None:
    assert TIN.peek("shut", asked()).refusals == ()


def test_a_trigger_without_a_row_from_here_is_not_possible() -> None:
    with pytest.raises(NotPossible):
        TIN.peek("fill", asked(state="SHUT"))


def test_a_command_that_is_carried_out_must_be_complete() -> None:
    with pytest.raises(NotGivenYet):
        TIN.fire("fill", asked())


def test_firing_asks_the_same_as_peeking() -> None:
    with pytest.raises(Refused) as refused:
        TIN.fire("fill", asked(level=10, act=Fill("T1", 1)))

    assert [one.code for one in refused.value.reasons] == ["full", "too_much"]
