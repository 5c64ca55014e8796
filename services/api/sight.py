"""Who sees which rows: an enterprise and a bank their own, a fund what it covers, offices all.

A fiscal department sees what its funds do; appraiser, guarantor, insurer and plan manager see what
names them; incidents of security are for auditors.

What the caller may not see does not exist for them: 404, and no row in lists and feeds.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from sqlalchemy import Connection, text

from services.kernel.registry import Noun, Registry
from services.kernel.states import quoted
from workflows.bank.states import BankState
from workflows.lifecycle.roles import ORGANISATION_OF, Actor, Role
from workflows.product.states import ProductState


class Unseen(LookupError):
    """No such row, or none that the caller may see. at: where the id stood, "" for the address."""

    def __init__(self, noun: str, ident: str, at: str = "") -> None:
        super().__init__(f"no {noun} {ident}")
        self.noun, self.ident, self.at = noun, ident, at


class IdTaken(Exception):
    """A row of that id is there already, of somebody else."""


UNPUBLISHED = (ProductState.DRAFT, ProductState.REVIEW)
_OFFERED = "SELECT 1 FROM match m WHERE m.id = {id} AND m.banks @> to_jsonb(CAST(:org AS text))"
_APPLIED = f"""SELECT 1 FROM application a WHERE {{where}}
    AND (a.bank = :org OR EXISTS ({_OFFERED.format(id="a.id")}))"""

_FUNDED = "SELECT f.id FROM fund f WHERE f.fiscal = :org"
_OF_APPLICATION = f"""EXISTS (SELECT 1 FROM application a WHERE a.id = t.application
    AND a.fund IN ({_FUNDED}))"""

# A large table is asked by `(SELECT .. LIMIT 1) IS TRUE`, row by row along its index; of EXISTS the
# planner may make one list of the whole table.
# Where more is seen, or less, than the rows that bear the organisation's own id. `t` is the row.
# fmt: off
_SEEN: Mapping[tuple[str, str], str] = {
    ("bank", "enterprise"):     f"t.state = '{BankState.SIGNED.name}'",
    ("product", "enterprise"):  f"t.state NOT IN ({quoted(UNPUBLISHED)})",
    ("fund", "bank"):           "t.id IN (SELECT b.fund FROM bank b WHERE b.id = :org)",
    ("enterprise", "bank"):     f"EXISTS ({_APPLIED.format(where='a.enterprise = t.id')})"
                                " OR (SELECT TRUE FROM loan l WHERE l.enterprise = t.id"
                                " AND l.bank = :org LIMIT 1) IS TRUE",
    ("asset", "bank"):          "t.bank = :org OR"
                                f" EXISTS ({_APPLIED.format(where='a.assets @> to_jsonb(t.id)')})",
    ("application", "bank"):    f"t.bank = :org OR EXISTS ({_OFFERED.format(id='t.id')})",
    ("match", "bank"):          "t.bank = :org OR t.banks @> to_jsonb(CAST(:org AS text))",
    ("enterprise", "fund"):     "TRUE",  # the library is the programme's
    ("asset", "fund"):          "EXISTS (SELECT 1 FROM application a WHERE a.fund = :org"
                                " AND a.assets @> to_jsonb(t.id))",
    ("match", "fund"):          "EXISTS (SELECT 1 FROM application a WHERE a.id = t.application"
                                " AND a.fund = :org)",
    ("pledge", "fund"):         "EXISTS (SELECT 1 FROM application a WHERE a.id = t.application"
                                " AND a.fund = :org)",
    ("enterprise", "fiscal"):   f"EXISTS ({_FUNDED})",
    ("asset", "fiscal"):        f"EXISTS (SELECT 1 FROM application a WHERE a.fund IN ({_FUNDED})"
                                " AND a.assets @> to_jsonb(t.id))",
    ("match", "fiscal"):        _OF_APPLICATION,
    ("pledge", "fiscal"):       _OF_APPLICATION,
}
# fmt: on
_READERS = {"incident": Role.AUD}  # read by that role, by nobody else


def condition(noun: Noun, actor: Actor) -> str:
    """SQL over the row `t` and the parameter `org`: whether the actor sees it."""
    if noun.name in _READERS and actor.role is not _READERS[noun.name]:
        return "FALSE"
    attribute = ORGANISATION_OF.get(actor.role)
    if attribute is None:
        return "TRUE"
    if (noun.name, attribute) in _SEEN:
        return _SEEN[(noun.name, attribute)]
    if noun.name == attribute:
        return "t.id = :org"
    fields = {field.name for field in dataclasses.fields(noun.lifecycle.record)}
    if attribute == "fiscal" and "fund" in fields:
        return f"t.fund IN ({_FUNDED})"
    return f"t.{attribute} = :org" if attribute in fields else "FALSE"


def streams(registry: Registry, actor: Actor, stream: str) -> str:
    """SQL over the parameter `org`: whether the actor sees the row whose stream is that column."""
    if ORGANISATION_OF.get(actor.role) is None:
        kept = (name for name, role in _READERS.items() if role is not actor.role)
        return " AND ".join(f"{stream} NOT LIKE '{name}/%'" for name in kept) or "TRUE"
    parts = [
        f"({stream} LIKE '{noun.name}/%' AND (SELECT TRUE FROM {noun.table.name} t"
        f" WHERE t.id = substr({stream}, {len(noun.name) + 2}) AND ({condition(noun, actor)})"
        " LIMIT 1) IS TRUE)"
        for noun in registry.nouns.values()
    ]
    return " OR ".join(parts)


def sees(connection: Connection, noun: Noun, ident: str, actor: Actor) -> bool:
    """Whether that row is there for the actor."""
    statement = text(
        f"SELECT EXISTS (SELECT 1 FROM {noun.table.name} t WHERE t.id = :id"
        f" AND ({condition(noun, actor)}))"
    )
    values = {"id": ident, "org": actor.organisation}
    return bool(connection.execute(statement, values).scalar_one())


def exists(connection: Connection, noun: Noun, ident: str) -> bool:
    """Whether that row is there for anybody."""
    statement = text(f"SELECT EXISTS (SELECT 1 FROM {noun.table.name} t WHERE t.id = :id)")
    return bool(connection.execute(statement, {"id": ident}).scalar_one())
