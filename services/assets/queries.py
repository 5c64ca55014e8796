"""Figures that guards ask of IP rights and pledges, one query a batch."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, text

from policies.money import Money, total
from services.kernel.states import quoted
from workflows.application.records import Application
from workflows.application.states import ApplicationState
from workflows.asset.facts import LiveRights
from workflows.asset.ip_number import folded, kind_of
from workflows.asset.records import DeclareIp
from workflows.asset.states import FREE_AGAIN, WORTHLESS, AssetState
from workflows.pledge.facts import Rights, SecuredApplication, UnpaidDebt, ValuedRight

UNKNOWN = "UNKNOWN"  # the state of a right that is not there
GOOD, VOID = "GOOD", "VOID"  # standings of policies/valuing/collateral.py
_RIGHTS = text(
    """
    SELECT n, a.id, a.state, a.ip_type, a.number, a.value, a.appraised_on, a.term_ends_on
    FROM jsonb_to_recordset(CAST(:wanted AS jsonb)) AS w(n int, id text)
    JOIN asset a ON a.id = w.id
    ORDER BY n, a.id
    """
)
# The loan noun stands to the right of this one, so its table is named here, not imported.
_OWED = text(
    """
    SELECT pledge, sum(outstanding + interest_due)::bigint FROM loan
    WHERE pledge = ANY(CAST(:ids AS text[])) GROUP BY pledge
    """
)

_TWINS = text(
    f"""
    SELECT n, count(*) FROM jsonb_to_recordset(CAST(:wanted AS jsonb))
        AS w(n int, id text, ip_type text, number text)
    JOIN asset a ON a.ip_type = w.ip_type AND a.number = w.number AND a.id <> w.id
    WHERE a.state NOT IN ({quoted(FREE_AGAIN)})
    GROUP BY n
    """
)
# Two entries of one right made at one moment would not see each other: one right, one at a time.
_ONE_BY_ONE = text(
    "SELECT pg_advisory_xact_lock(hashtextextended('right:' || name, 0)) FROM"
    " (SELECT DISTINCT unnest(CAST(:names AS text[])) AS name ORDER BY name) r"
)


def live_rights(
    connection: Connection, asked: Sequence[Mapping[str, Any]]
) -> Sequence[tuple[LiveRights]]:
    """How many other live entries there are of the right each command declares or verifies."""
    wanted = [{"n": n, **_right(one)} for n, one in enumerate(asked)]
    names = [f"{one['ip_type']}:{one['number']}" for one in wanted]
    connection.execute(_ONE_BY_ONE, {"names": names})
    rows = connection.execute(_TWINS, {"wanted": json.dumps(wanted)})
    found: dict[int, int] = {row[0]: row[1] for row in rows}
    return [(LiveRights(found.get(n, 0)),) for n in range(len(asked))]


def _right(one: Mapping[str, Any]) -> dict[str, str]:
    """Id, type and folded number of the right a command declares, else of its row."""
    act = one["act"]
    of = act if isinstance(act, DeclareIp) else one["it"]
    return {"id": act.asset, "ip_type": of.ip_type, "number": folded(of.ip_type, of.number)}


def _named(one: Mapping[str, Any]) -> tuple[str, ...]:
    """Ids of the rights a command names, else those of its row."""
    assets: tuple[str, ...] | None = getattr(one["act"], "assets", None)
    return one["it"].assets if assets is None else assets


def rights(
    connection: Connection, asked: Sequence[Mapping[str, Any]]
) -> Sequence[tuple[Rights, ...]]:
    """The IP rights each command names, else those of its row."""
    named = [_named(one) for one in asked]
    wanted = [{"n": n, "id": ident} for n, ids in enumerate(named) for ident in ids]
    rows = connection.execute(_RIGHTS, {"wanted": json.dumps(wanted)}).all()
    return [(rights_of([row for row in rows if row.n == n], ids),) for n, ids in enumerate(named)]


def may_prepare(
    connection: Connection, asked: Sequence[Mapping[str, Any]]
) -> Sequence[tuple[Rights | SecuredApplication, ...]]:
    """The rights, and the application whose loan the pledge is to secure."""
    figures = rights(connection, asked)
    return [
        (*those, secured(one["application"])) for one, those in zip(asked, figures, strict=True)
    ]


def secured(application: Application) -> SecuredApplication:
    """What a pledge is told of an application."""
    return SecuredApplication(
        application.state,
        signed=application.state == ApplicationState.SIGNED.name,
        bank=application.bank,
        assets=application.assets,
        secured=application.approved_amount.share_floor(application.ip_share),
    )


def rights_of(found: Sequence[Any], ids: Sequence[str]) -> Rights:
    """Rights that are there, as guards are told of them; `ids` may name others."""
    states = tuple(sorted({row.state for row in found}))
    if len(found) < len(set(ids)):
        states = (*states, UNKNOWN)
    valued = [row.appraised_on for row in found]
    whole = UNKNOWN not in states and None not in valued
    return Rights(
        states,
        unappraised=tuple(s for s in states if s != AssetState.APPRAISED.name),
        value=total(_money(row.value) for row in found),
        appraised_on=min(valued, default=None) if whole else None,
        term_ends_on=min((row.term_ends_on for row in found), default=None),
        each=tuple(_valued(row) for row in found),
    )


def _valued(row: Any) -> ValuedRight:
    kind = kind_of(row.ip_type, row.number)
    standing = VOID if row.state in WORTHLESS else GOOD
    return ValuedRight(row.id, kind, _money(row.value), row.term_ends_on, standing)


def _money(value: Any) -> Money:
    """A column holds fen, a row in memory Money."""
    return value if isinstance(value, Money) else Money(value)


def unpaid_debt(
    connection: Connection, asked: Sequence[Mapping[str, Any]]
) -> Sequence[tuple[UnpaidDebt]]:
    """What is still owed on the loans each pledge secures."""
    ids = [one["act"].pledge for one in asked]
    found: dict[str, int] = {row[0]: row[1] for row in connection.execute(_OWED, {"ids": ids})}
    return [(UnpaidDebt(Money(found.get(ident, 0))),) for ident in ids]
