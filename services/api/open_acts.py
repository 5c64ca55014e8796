"""Rows that an act of a person would move on: one statement a noun and act, by state and owner.

An act counts as open where it would change the state of a row the person sees and only people move
it, and nobody has proposed it yet. Guards speak when it is tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from services.api import sight
from services.api.caller import Visit
from services.api.proposals import WAITING
from services.kernel.mapper import mapper
from services.kernel.registry import Noun
from workflows.lifecycle.machine import NEW

EACH = 20
COUNTED = 1000  # rows beyond are not counted

# Acts that end or set back: open in many states, but nobody waits for them.
BACKWARD = frozenset(
    {
        "withdraw", "cancel_undrawn", "end_agreement", "suspend_agreement", "remove", "leave",
        "suspend", "close", "accelerate", "write_off", "revoke", "refuse", "reject",
        "reject_credit", "reject_enrolment", "decline_offer", "return_claim", "return_filing",
        "return_to_bank", "return_for_supplement", "declare_invalid", "dispute", "transfer",
        "request_supplement", "request_correction", "confirm_unrecoverable", "agree_compromise",
        "dispose", "release", "blacklist", "pay_partly", "renew", "compromise_alone",
        "give_up_alone", "return_proposal", "dismiss", "restructure",
    }
)  # fmt: skip

# Acts that are open all the time and wait for somebody only then: SQL over the row `t`.
WANTED: Mapping[tuple[str, str], str] = {
    ("pledge", "cancel"): "t.due_by IS NOT NULL",  # the debt is paid, and the bank was called
}


@dataclass(frozen=True, slots=True)
class Open:
    """One act with the first rows it is open for, and how many there are (COUNTED at most)."""

    noun: Noun
    trigger: str
    records: Sequence[Any]
    number: int


def open_acts(connection: Connection, visit: Visit) -> Iterator[Open]:
    """What the visitor's role may move on in this world, by noun and act."""
    for noun in visit.registry.nouns.values():
        for trigger in noun.lifecycle.triggers:
            states = _sources(noun, trigger, visit)
            if states:
                yield from _open(connection, visit, noun, trigger, states=states)


def _sources(noun: Noun, trigger: str, visit: Visit) -> list[str]:
    if trigger in BACKWARD:
        return []
    rows = (row for row in noun.lifecycle.rows if row.trigger == trigger)
    mine = (row for row in rows if visit.actor.role in row.roles)
    return [s for row in mine for s in row.sources if s not in (NEW, row.dest.name)]


def _open(
    connection: Connection, visit: Visit, noun: Noun, trigger: str, *, states: Sequence[str]
) -> Iterator[Open]:
    columns = ", ".join(f't."{name}"' for name in mapper(noun).columns)
    where = (
        f"FROM {noun.table.name} t WHERE t.state = ANY(CAST(:states AS text[]))"
        f" AND ({sight.condition(noun, visit.actor)})"
        f" AND {WANTED.get((noun.name, trigger), 'true')}"
        f" AND NOT EXISTS (SELECT 1 FROM proposal p WHERE p.state = :waiting"
        f" AND p.stream = '{noun.name}/' || t.id)"
    )
    values = {"states": list(states), "org": visit.actor.organisation, "waiting": WAITING}
    counted = text(f"SELECT count(*) FROM (SELECT 1 {where} LIMIT {COUNTED}) counted")
    number = connection.execute(counted, values).scalar_one()
    if not number:
        return
    found = connection.execute(text(f"SELECT {columns} {where} ORDER BY t.id LIMIT {EACH}"), values)
    records = [mapper(noun).stored(tuple(row)).record for row in found]
    yield Open(noun, trigger, records, number)
