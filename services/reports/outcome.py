"""How a loan ended: who paid what of the loss, what came back to whom, what each bears at last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, text

from policies.money import Money

_LOAN = text("SELECT state FROM loan WHERE id = :loan")
_FIRST = text("SELECT stream FROM event WHERE stream LIKE 'loan/%' ORDER BY position LIMIT 1")
_CLAIM = text("SELECT * FROM claim WHERE loan = :loan ORDER BY id LIMIT 1")
FUND, BANK = "fund", "bank"


@dataclass(frozen=True, slots=True)
class Ending:
    """totals, returned, burden: by party; empty where nothing was claimed. net: recovered."""

    loan_state: str
    claim_state: str | None
    totals: Mapping[str, Money]
    returned: Mapping[str, Money]
    burden: Mapping[str, Money]
    net: Money

    @property
    def plain(self) -> dict[str, Any]:
        """The `result` of `zhidai play --json`; amounts as text with two decimals."""
        return {
            "claim": self.totals[FUND].yuan if self.totals else None,
            "totals": _yuan(self.totals),
            "after_recovery": {
                "net": self.net.yuan,
                "returned": _yuan(self.returned),
                "burden": _yuan(self.burden),
            },
            "loan_state": self.loan_state,
            "claim_state": self.claim_state,
        }


def outcome_of(bind: Engine, loan: str) -> Ending:
    """The outcome as the rows of loan and claim tell it today."""
    with bind.connect() as connection:
        return outcome_in(connection, loan)


def outcome_in(connection: Connection, loan: str) -> Ending:
    """`outcome_of` in a transaction of the caller's."""
    state = connection.execute(_LOAN, {"loan": loan}).scalar_one_or_none() or ""
    return _claimed(connection, loan, state)


def first_loan(connection: Connection) -> str:
    """The loan a world is about: the first that was opened in it, or ''."""
    return (connection.execute(_FIRST).scalar_one_or_none() or "").partition("/")[2]


def _claimed(connection: Connection, loan: str, state: str) -> Ending:
    row = connection.execute(_CLAIM, {"loan": loan}).mappings().one_or_none()
    if row is None:
        return Ending(state, None, {}, {}, {}, Money.ZERO)
    totals = {
        FUND: Money(row["fund_share"]),
        BANK: Money(row["bank_principal"] + row["bank_interest"]),
    }
    returned = {FUND: Money(row["returned_fund"]), BANK: Money(row["returned_bank"])}
    burden = {party: totals[party] - returned[party] for party in totals}
    net = returned[FUND] + returned[BANK]
    return Ending(state, row["state"], totals, returned, burden, net)


def _yuan(amounts: Mapping[str, Money]) -> dict[str, str]:
    return {party: amount.yuan for party, amount in amounts.items()}
