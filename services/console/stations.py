"""The eight stations of the rail: Jiangsu's seven functions and what follows the last.

Where an event, a row or a whole loan stands on it; how many rows wait at each station.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from services.console.story import StoryStep
from workflows.loan.states import LATE, LoanState

STATIONS = (
    "enrolment", "product", "application", "matching", "disbursement", "monitoring",
    "compensation", "recovery",
)  # fmt: skip
MAYBE = frozenset({"monitoring", "compensation", "recovery"})
"""Stations a loan only comes to when it goes wrong."""

# A noun nobody placed stands with the loan itself.
_OF_NOUN: Mapping[str, str] = {
    "enterprise": "enrolment",
    "asset": "enrolment",
    "bank": "product",
    "product": "product",
    "application": "application",
    "match": "matching",
    "pledge": "matching",
    "claim": "compensation",
    "fund": "compensation",
    "breaker": "compensation",
    "recovery": "recovery",
    "write_off": "recovery",
    "clawback": "recovery",
}
LATER = frozenset(state.name for state in (*LATE, LoanState.WRITTEN_OFF))
_BACK_TO_FUND = "Fund.RecoveryReturned"


def station(noun: str, state: str) -> str:
    """Where a row of that noun in that state stands."""
    if noun == "loan":
        return "monitoring" if state in LATER else "disbursement"
    return _OF_NOUN.get(noun, "disbursement")


def of_step(step: StoryStep) -> str:
    """Where an event of a loan's story belongs."""
    if step.type == _BACK_TO_FUND:
        return "recovery"
    if step.noun == "loan":
        return station("loan", step.before if step.before in LATER else step.after)
    return station(step.noun, step.after)


@dataclass(frozen=True, slots=True)
class Stop:
    """A station of one loan's story. kind: done, amber, here or later; last: its latest step."""

    name: str
    kind: str
    steps: Sequence[StoryStep]

    @property
    def last(self) -> StoryStep | None:
        """The latest step there."""
        return self.steps[-1] if self.steps else None

    @property
    def told(self) -> StoryStep | None:
        """The step that stands for the station: its latest that moved a row on by somebody."""
        moved = [step for step in self.steps if step.states and step.maker.role != "SYS"]
        return moved[-1] if moved else self.last

    @property
    def since(self) -> date | None:
        """When the loan came to it."""
        return self.steps[0].date if self.steps else None

    @property
    def money(self) -> str:
        """The last amount that moved there."""
        return next((step.money for step in reversed(self.steps) if step.money), "")


def rail(steps: Iterable[StoryStep], *, ended_well: bool) -> list[Stop]:
    """A loan's eight stops with their steps; the last one reached is where it stands."""
    found: dict[str, list[StoryStep]] = {name: [] for name in STATIONS}
    for step in steps:
        found[of_step(step)].append(step)
    reached = [name for name in STATIONS if found[name]]
    here = reached[-1] if reached else ""
    return [
        Stop(name, _kind(name, found[name], here, ended_well), found[name]) for name in STATIONS
    ]


def _kind(name: str, steps: Sequence[StoryStep], here: str, ended_well: bool) -> str:
    if not steps:
        return "later"
    if name == here:
        return "done" if ended_well else "here" if name in MAYBE else "now"
    return "amber" if name in MAYBE else "done"
