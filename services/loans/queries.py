"""Figures about loans that guards ask for, one statement for a whole batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, text

from policies.money import Money
from services.kernel.states import quoted
from workflows.loan.facts import DebtorLoan, DebtorLoans, ProgrammeBalance
from workflows.loan.states import LIVE

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


_DEBTORS = text(
    f"""
    SELECT id, enterprise, bank, asset_class, classification, overdue_since, outstanding
    FROM loan
    WHERE enterprise = ANY(CAST(:enterprises AS text[])) AND state IN ({quoted(LIVE)})
    ORDER BY id
    """
)


def debtor_loans(
    connection: Connection, batch: Sequence[Mapping[str, Any]]
) -> list[tuple[DebtorLoans]]:
    """The debtor's other loans on the books of any bank."""
    enterprises = sorted({row["it"].enterprise for row in batch if row["it"]})
    loans: dict[str, list[DebtorLoan]] = {}
    for row in connection.execute(_DEBTORS, {"enterprises": enterprises}):
        one = DebtorLoan(
            row.id,
            row.bank,
            row.asset_class,
            row.classification,
            row.overdue_since,
            Money(row.outstanding),
        )
        loans.setdefault(row.enterprise, []).append(one)
    return [(_others(loans, row["it"]),) for row in batch]


def _others(loans: Mapping[str, list[DebtorLoan]], it: Any) -> DebtorLoans:
    if it is None:
        return DebtorLoans()
    return DebtorLoans(tuple(one for one in loans.get(it.enterprise, ()) if one.loan != it.id))
