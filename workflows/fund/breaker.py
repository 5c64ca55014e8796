"""How a fund's book stands against the lines of its breaker; figures come as facts.

Facts: covered_balance, npl_principal, compensated_unrecovered, covered_loans, fund_cash; the first
four again with `bank_` before them where one bank is looked at by itself. ZD-3.12.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from policies.money import Money
from policies.reading.pack import Policy

Facts = Mapping[str, Any]
BREAKER_WARNED, FUND_LOW = "BREAKER_WARNED", "FUND_LOW"


def scopes(facts: Facts) -> tuple[str, ...]:
    """The programme, and the bank where its figures are given."""
    return ("", "bank_") if "bank_covered_loans" in facts else ("",)


def bad_loan_ratio(facts: Facts, scope: str) -> Decimal:
    """Bad and compensated unrecovered principal / covered and the same: paying does not help it."""
    gone: Money = facts[f"{scope}compensated_unrecovered"]
    bad: Money = facts[f"{scope}npl_principal"] + gone
    whole: Money = facts[f"{scope}covered_balance"] + gone
    return Decimal(bad.fen) / whole.fen if whole else Decimal(0)


def sample_suffices(facts: Facts, policy: Policy, scope: str) -> bool:
    """A ratio says enough to stop filings from so many loans or so large a balance on."""
    many: bool = facts[f"{scope}covered_loans"] >= policy["breaker_min_loans"].value
    large: bool = facts[f"{scope}covered_balance"] >= policy["breaker_min_balance"].value
    return many or large


def tripping_ratio(facts: Facts, policy: Policy) -> Decimal:
    """The worst ratio among programme and bank whose sample suffices; 0 where none does."""
    able = (scope for scope in scopes(facts) if sample_suffices(facts, policy, scope))
    return max((bad_loan_ratio(facts, scope) for scope in able), default=Decimal(0))


def warnings(facts: Facts, policy: Policy) -> tuple[str, ...]:
    """What to be told of: a ratio at breaker_warn, of any sample; cash under fund_low_water."""
    worst = max(bad_loan_ratio(facts, scope) for scope in scopes(facts))
    low = facts["covered_balance"].share_floor(policy["fund_low_water"].value)
    found = {
        BREAKER_WARNED: worst >= policy["breaker_warn"].value,
        FUND_LOW: facts["fund_cash"] < low,
    }
    return tuple(name for name, stands in found.items() if stands)
