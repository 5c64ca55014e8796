"""The line of approved claims that a fund has yet to pay: one statement a batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, text

from policies.money import Money
from services.kernel.states import quoted
from workflows.claim.facts import OtherClaim, QueuedAhead
from workflows.claim.states import IN_LINE

_LINE = text(
    f"""
    SELECT id, fund, queued_on, fund_share - paid AS unpaid
    FROM claim
    WHERE fund = ANY(CAST(:funds AS text[])) AND state IN ({quoted(IN_LINE)})
    """
)


def queued_ahead(
    connection: Connection, batch: Sequence[Mapping[str, Any]]
) -> list[tuple[QueuedAhead]]:
    """What older unpaid claims on the same fund wait for, by queueing day, then id.

    A claim earlier in the batch counts as paid: the fund's cash is read after it.
    """
    claims = [row["it"] for row in batch]
    funds = sorted({claim.fund for claim in claims if claim is not None})
    line = connection.execute(_LINE, {"funds": funds}).all()
    done: set[str] = set()
    facts: list[tuple[QueuedAhead]] = []
    for claim in claims:
        if claim is None or claim.queued_on is None:
            facts.append((QueuedAhead(Money.ZERO),))
            continue
        place = (claim.queued_on, claim.id)
        ahead = sum(
            row.unpaid
            for row in line
            if row.fund == claim.fund and (row.queued_on, row.id) < place and row.id not in done
        )
        facts.append((QueuedAhead(Money(int(ahead))),))
        done.add(claim.id)
    return facts


_OTHER = text(
    "SELECT id, fund_share - paid AS unpaid FROM claim WHERE id = :id AND id <> :own"
    f" AND bank = :bank AND fund = :fund AND state IN ({quoted(IN_LINE)})"
)


def other_claim(
    connection: Connection, batch: Sequence[Mapping[str, Any]]
) -> list[tuple[OtherClaim]]:
    """What the fund owes the same bank on the claim named; nothing where there is none in line."""
    facts: list[tuple[OtherClaim]] = []
    for one in batch:
        it, named = one["it"], one["act"].against
        own = ("", "", "") if it is None else (it.id, it.bank, it.fund)
        asked = dict(zip(("own", "bank", "fund"), own, strict=True), id=named)
        row = connection.execute(_OTHER, asked).one_or_none()
        facts.append((OtherClaim(Money.ZERO if row is None else Money(row.unpaid)),))
    return facts
