"""Figures about loans that guards ask for, one statement for a whole batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, text

from policies.money import Money
from workflows.loan.facts import ProgrammeBalance

_BALANCE = text(
    """
    SELECT fund, enterprise, sum(outstanding)::bigint AS fen
    FROM loan
    WHERE (fund, enterprise) IN (
        SELECT * FROM unnest(CAST(:funds AS text[]), CAST(:enterprises AS text[]))
    )
    GROUP BY fund, enterprise
    """
)


def programme_balance(
    connection: Connection, batch: Sequence[Mapping[str, Any]]
) -> list[tuple[ProgrammeBalance]]:
    """What the borrower owes the programme in principal before this drawing.

    A drawing earlier in the batch counts as made.
    """
    pairs = [(row["it"].fund, row["it"].enterprise) if row["it"] else ("", "") for row in batch]
    funds, enterprises = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    found = connection.execute(_BALANCE, {"funds": funds, "enterprises": enterprises})
    balance = {(row.fund, row.enterprise): Money(row.fen) for row in found}
    facts = []
    for pair, row in zip(pairs, batch, strict=True):
        before = balance.get(pair, Money.ZERO)
        facts.append((ProgrammeBalance(before),))
        balance[pair] = before + row["act"].amount
    return facts
