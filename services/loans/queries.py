"""Figures about loans that guards ask for, one statement for a whole batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, text

from policies.money import Money
from services.assets.queries import registered_rights
from services.kernel.states import quoted
from workflows.lifecycle.rows import Facts
from workflows.loan.facts import DebtorLoan, DebtorLoans, EarlierLoans, ProgrammeBalance
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

_DRAWN = text(
    """
    SELECT enterprise, bank FROM loan
    WHERE enterprise = ANY(CAST(:enterprises AS text[])) AND disbursed_on IS NOT NULL
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


def secured_rights(connection: Connection, batch: Sequence[Mapping[str, Any]]) -> list[Facts]:
    """The rights of the registered pledges of each loan."""
    return [(those,) for those in registered_rights(connection, [row["it"] for row in batch])]


def may_draw(connection: Connection, batch: Sequence[Mapping[str, Any]]) -> list[Facts]:
    """The borrower's balance with the programme, its earlier loans, the rights that secure it."""
    balances, those = programme_balance(connection, batch), secured_rights(connection, batch)
    loans = [row["it"] for row in batch]
    firms = sorted({one.enterprise for one in loans if one is not None})
    drawn = connection.execute(_DRAWN, {"enterprises": firms}).all() if firms else []
    return [
        (*balance, *rights, EarlierLoans(_earlier(drawn, loan)))
        for balance, rights, loan in zip(balances, those, loans, strict=True)
    ]


def _earlier(drawn: Sequence[Any], loan: Any) -> int:
    """Loans of the borrower at the bank that were drawn, but for this one's first drawing."""
    if loan is None:
        return 0
    return sum(1 for row in drawn if (row.enterprise, row.bank) == (loan.enterprise, loan.bank))


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
