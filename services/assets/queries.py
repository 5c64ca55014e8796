"""Figures that guards ask of IP rights and pledges, one query a batch."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, text

from policies.money import Money
from workflows.application.records import Application
from workflows.application.states import ApplicationState
from workflows.asset.states import AssetState
from workflows.pledge.facts import SecuredApplication

_RIGHTS = text(
    """
    SELECT n, array_agg(DISTINCT a.state) AS states, sum(a.value)::bigint AS value,
           min(a.appraised_on) AS appraised_on, min(a.term_ends_on) AS term_ends_on,
           count(*) AS found, count(a.appraised_on) AS appraised
    FROM jsonb_to_recordset(CAST(:wanted AS jsonb)) AS w(n int, id text)
    JOIN asset a ON a.id = w.id
    GROUP BY n
    """
)
# The loan noun stands to the right of this one, so its table is named here, not imported.
_OWED = text(
    """
    SELECT pledge, sum(outstanding + interest_due)::bigint FROM loan
    WHERE pledge = ANY(CAST(:ids AS text[])) GROUP BY pledge
    """
)


def _named(one: Mapping[str, Any]) -> tuple[str, ...]:
    """Ids of the rights a command names, else those of its row."""
    assets: tuple[str, ...] | None = getattr(one["act"], "assets", None)
    return one["it"].assets if assets is None else assets


def rights(
    connection: Connection, asked: Sequence[Mapping[str, Any]]
) -> Sequence[Mapping[str, Any]]:
    """ip_states, ip_value, ip_appraised_on (oldest; None when one has no value), ip_term_ends_on.

    ip_unappraised: the states other than APPRAISED. A right that does not exist shows as UNKNOWN.
    """
    named = [_named(one) for one in asked]
    wanted = [{"n": n, "id": ident} for n, ids in enumerate(named) for ident in ids]
    rows = connection.execute(_RIGHTS, {"wanted": json.dumps(wanted)}).all()
    found = {row.n: row for row in rows}
    return [_figures(found.get(n), len(ids)) for n, ids in enumerate(named)]


def may_prepare(
    connection: Connection, asked: Sequence[Mapping[str, Any]]
) -> Sequence[Mapping[str, Any]]:
    """The figures of `rights`, and application: the one whose loan the pledge is to secure."""
    figures = rights(connection, asked)
    return [
        {**those, "application": secured(one["application"])}
        for one, those in zip(asked, figures, strict=True)
    ]


def secured(application: Application) -> SecuredApplication:
    """What a pledge is told of an application."""
    return SecuredApplication(
        application.state,
        signed=application.state == ApplicationState.SIGNED.name,
        bank=application.bank,
        assets=application.assets,
    )


def _figures(row: Any, count: int) -> Mapping[str, Any]:
    if row is None:
        states = ("UNKNOWN",) if count else ()
        return {
            "ip_states": states,
            "ip_unappraised": states,
            "ip_value": Money.ZERO,
            "ip_appraised_on": None,
            "ip_term_ends_on": None,
        }
    unknown = ("UNKNOWN",) if row.found < count else ()
    states = (*row.states, *unknown)
    return {
        "ip_states": states,
        "ip_unappraised": tuple(s for s in states if s != AssetState.APPRAISED.name),
        "ip_value": Money(row.value),
        "ip_appraised_on": row.appraised_on if row.appraised == count else None,
        "ip_term_ends_on": row.term_ends_on,
    }


def unpaid_debt(
    connection: Connection, asked: Sequence[Mapping[str, Any]]
) -> Sequence[Mapping[str, Any]]:
    """unpaid_debt: principal and posted interest still owed on the loans a pledge secures."""
    ids = [one["act"].pledge for one in asked]
    found: dict[str, int] = {row[0]: row[1] for row in connection.execute(_OWED, {"ids": ids})}
    return [{"unpaid_debt": Money(found.get(ident, 0))} for ident in ids]
