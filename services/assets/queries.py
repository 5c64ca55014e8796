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
from workflows.lifecycle.rows import Facts
from workflows.loan.states import LIVE
from workflows.pledge.facts import (
    Rights,
    SecuredApplication,
    SecuredLoans,
    UnpaidDebt,
    ValuedRight,
)
from workflows.pledge.states import PledgeState

Asked = Sequence[Mapping[str, Any]]

UNKNOWN = "UNKNOWN"  # the state of a right that is not there
# standings of policies/valuing/collateral.py
GOOD, ATTACKED, VOID, WELL_KNOWN = "GOOD", "ATTACKED", "VOID", "WELL_KNOWN"
_LIVE = quoted(LIVE)
_RIGHTS = text(
    """
    SELECT n, a.id, a.state, a.ip_type, a.number, a.value, a.appraised_on, a.term_ends_on,
           a.attacked_on, a.well_known
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
# Loans that are drawn and not ended, by the application they came of.
_LOANS = text(
    f"""
    SELECT application, array_agg(id ORDER BY id) AS ids,
           sum(floor(outstanding * ip_share))::bigint AS secured, min(bank) AS bank
    FROM loan
    WHERE application = ANY(CAST(:applications AS text[])) AND application <> ''
      AND state IN ({_LIVE})
    GROUP BY application
    """
)
_REST = text(
    f"""
    SELECT p.application, p.id AS pledge, a.id, a.state, a.ip_type, a.number, a.value,
           a.appraised_on, a.term_ends_on, a.attacked_on, a.well_known
    FROM pledge p
    JOIN LATERAL jsonb_array_elements_text(p.assets) AS named(id) ON true
    JOIN asset a ON a.id = named.id
    WHERE p.application = ANY(CAST(:applications AS text[])) AND p.application <> ''
      AND p.state = {quoted((PledgeState.REGISTERED,))}
    ORDER BY p.id, a.id
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


def live_rights(connection: Connection, asked: Asked) -> Sequence[tuple[LiveRights]]:
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


def rights(connection: Connection, asked: Asked) -> Sequence[tuple[Rights, ...]]:
    """The IP rights each command names, else those of its row."""
    named = [_named(one) for one in asked]
    wanted = [{"n": n, "id": ident} for n, ids in enumerate(named) for ident in ids]
    rows = connection.execute(_RIGHTS, {"wanted": json.dumps(wanted)}).all()
    return [(rights_of([row for row in rows if row.n == n], ids),) for n, ids in enumerate(named)]


def may_prepare(
    connection: Connection, asked: Asked
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
    standing = standing_of(row)
    return ValuedRight(row.id, kind, _money(row.value), row.term_ends_on, standing)


def standing_of(row: Any) -> str:
    """How a right stands as security: void, attacked, a well-known mark, or good."""
    if row.state in WORTHLESS:
        return VOID
    if row.attacked_on is not None:
        return ATTACKED
    return WELL_KNOWN if row.well_known else GOOD


def _money(value: Any) -> Money:
    """A column holds fen, a row in memory Money."""
    return value if isinstance(value, Money) else Money(value)


def unpaid_debt(connection: Connection, asked: Asked) -> Sequence[tuple[UnpaidDebt]]:
    """What is still owed on the loans each pledge secures."""
    ids = [one["act"].pledge for one in asked]
    found: dict[str, int] = {row[0]: row[1] for row in connection.execute(_OWED, {"ids": ids})}
    return [(UnpaidDebt(Money(found.get(ident, 0))),) for ident in ids]


def secured_loans(connection: Connection, asked: Asked) -> Sequence[tuple[SecuredLoans]]:
    """The loans each pledge secures, and the rights of their other pledges."""
    pledges = [(one["act"].pledge, _application(one)) for one in asked]
    wanted = {"applications": sorted({application for _, application in pledges if application})}
    loans = {row.application: row for row in connection.execute(_LOANS, wanted)}
    rest = connection.execute(_REST, wanted).all()
    return [
        (
            secured_by(
                loans.get(application),
                application,
                [row for row in rest if row.application == application and row.pledge != pledge],
            ),
        )
        for pledge, application in pledges
    ]


def secured_by(loan: Any, application: str, rest: Sequence[Any]) -> SecuredLoans:
    """The loans found, as a pledge is told of them."""
    others = tuple(_valued(row) for row in rest)
    if loan is None:
        return SecuredLoans((), Money.ZERO, others)
    return SecuredLoans(tuple(loan.ids), _money(loan.secured), others, loan.bank, application)


def _application(one: Mapping[str, Any]) -> str:
    """The application a pledge stands for: its row's, else that of the loan it is written for."""
    holder = one.get("it") or one.get("loan") or one.get("application")
    return "" if holder is None else str(getattr(holder, "application", "") or "")


def may_substitute(connection: Connection, asked: Asked) -> Sequence[Facts]:
    """The rights named, and the loan with what else secures it."""
    both = zip(rights(connection, asked), secured_loans(connection, asked), strict=True)
    return [(*those, *loans) for those, loans in both]


def may_register(connection: Connection, asked: Asked) -> Sequence[Facts]:
    """The rights of the pledge, and drawn loans it will secure."""
    return may_substitute(connection, asked)


def may_cancel(connection: Connection, asked: Asked) -> Sequence[Facts]:
    """What is still owed, and the other rights that secure it."""
    both = zip(unpaid_debt(connection, asked), secured_loans(connection, asked), strict=True)
    return [(*owed, *loans) for owed, loans in both]


def registered_rights(connection: Connection, loans: Sequence[Any]) -> list[Rights]:
    """The rights of every registered pledge of each loan; of a boarded loan there are none."""
    wanted = sorted({loan.application for loan in loans if loan is not None and loan.application})
    rows = connection.execute(_REST, {"applications": wanted}).all() if wanted else []
    return [
        rights_of(found, [row.id for row in found])
        for found in (
            [row for row in rows if loan is not None and row.application == loan.application]
            for loan in loans
        )
    ]
