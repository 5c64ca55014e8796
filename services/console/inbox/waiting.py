"""What waits for a person: proposals they may confirm, their own, duties, rows they move on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, text

from policies.money import Money
from services.api import sight
from services.api.acts import plural
from services.api.caller import Visit
from services.api.deadlines import DeadlineTold, owed
from services.api.open_acts import EACH, Open, open_acts
from services.api.proposals import Proposal, proposals_of
from services.console.rows.nouns import names
from services.kernel.i18n import label
from services.kernel.registry import Noun
from services.kernel.states import quoted
from workflows.lifecycle.machine import NEW
from workflows.loan.states import LATE

# What of a row is at stake, the first that it has; and by which day an act is due, where a field
# of the row says so (elsewhere its `due_by`).
AMOUNTS = ("outstanding", "fund_share", "amount", "approved_amount", "debt", "value")
# fmt: off
DUE: Mapping[tuple[str, str], str] = {
    ("claim", "submit"):             "closes_on",
    ("claim", "provide_supplement"): "answer_by",
    ("claim", "approve"):            "decide_by",
    ("filing", "file"):              "file_by",
    ("loan", "disburse"):            "draw_by",
    ("product", "publish"):          "review_due",
    ("recovery", "file_suit"):       "suit_by",
}
# fmt: on


@dataclass(frozen=True, slots=True)
class Item:
    """One row that an act of the seat would move on."""

    act: str
    trigger: str
    noun: str
    nouns: str
    ident: str
    whose: str
    state: str
    amount: Any
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Group:
    """All rows that wait for one act."""

    act: str
    noun: str
    items: Sequence[Item]
    number: int


@dataclass(frozen=True, slots=True)
class Late:
    """An overdue loan of which nobody has reported the risk yet."""

    loan: str
    whose: str
    since: date
    outstanding: Money


@dataclass(frozen=True, slots=True)
class Inbox:
    """All that waits for the seat, and what the seat waits for."""

    confirm: Sequence[Proposal]
    mine: Sequence[Proposal]
    begin: Sequence[Late]
    duties: Sequence[DeadlineTold]
    groups: Sequence[Group]

    @property
    def number(self) -> int:
        """To-dos in all; the badge in the head shows the same."""
        return len(self.confirm) + len(self.begin) + sum(group.number for group in self.groups)


def inbox(connection: Connection, visit: Visit) -> Inbox:
    """What waits for the visitor in this world."""
    pending = proposals_of(connection, visit)
    return Inbox(
        confirm=[one for one in pending if one.may_confirm],
        mine=[one for one in pending if one.maker.user == visit.actor.user],
        begin=_late(connection, visit),
        duties=owed(connection, visit, "DUTY", EACH),
        groups=[_group(connection, visit, found) for found in open_acts(connection, visit)],
    )


def _late(connection: Connection, visit: Visit) -> list[Late]:
    """Overdue loans without a claim, for whoever reports risk; oldest arrears first."""
    loan, claim = visit.registry.nouns["loan"], visit.registry.nouns["claim"]
    reports = [row for row in claim.lifecycle.rows if NEW in row.sources]
    if not any(visit.actor.role in row.roles for row in reports):
        return []
    statement = text(
        "SELECT t.id, coalesce(e.name, t.enterprise) AS whose, t.overdue_since, t.outstanding"
        " FROM loan t LEFT JOIN enterprise e ON e.id = t.enterprise"
        f" WHERE t.state IN ({quoted(LATE)}) AND ({sight.condition(loan, visit.actor)})"
        " AND NOT EXISTS (SELECT 1 FROM claim c WHERE c.id = t.id)"
        " ORDER BY t.overdue_since, t.id LIMIT :limit"
    )
    values = {"org": visit.actor.organisation, "limit": EACH}
    rows = connection.execute(statement, values)
    return [Late(row.id, row.whose, row.overdue_since, Money(row.outstanding)) for row in rows]


def _group(connection: Connection, visit: Visit, found: Open) -> Group:
    noun, trigger = found.noun, found.trigger
    owners = names(
        connection, "enterprise", {getattr(one, "enterprise", "") for one in found.records} - {""}
    )
    act = label(f"trigger.{noun.name}.{trigger}", visit.lang)
    items = [_item(one, noun, trigger, act, owners, visit.lang) for one in found.records]
    return Group(act, noun.name, items, found.number)


def _item(it: Any, noun: Noun, trigger: str, act: str, owners: dict[str, str], lang: str) -> Item:
    own = getattr(it, "name", "") or getattr(it, "title", "")
    return Item(
        act=act,
        trigger=trigger,
        noun=noun.name,
        nouns=plural(noun.name),
        ident=it.id,
        whose=own or owners.get(getattr(it, "enterprise", ""), ""),
        state=label(f"state.{noun.name}.{it.state}", lang),
        amount=next((v for name in AMOUNTS if (v := getattr(it, name, None))), None),
        due_on=getattr(it, DUE.get((noun.name, trigger), "due_by"), None),
    )
