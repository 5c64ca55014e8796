"""How a fund's book stands against the lines of its breaker. ZD-3.12."""

from __future__ import annotations

from decimal import Decimal

from policies.reading.pack import Policy
from workflows.fund.book import CoveredLoans, FundBook, FundCash

BREAKER_WARNED, FUND_LOW = "BREAKER_WARNED", "FUND_LOW"


def sample_suffices(book: CoveredLoans, policy: Policy) -> bool:
    """A ratio says enough to stop filings from so many loans or so large a balance on."""
    many: bool = book.loans >= policy["breaker_min_loans"].value
    large: bool = book.balance >= policy["breaker_min_balance"].value
    return many or large


def tripping_ratio(book: FundBook, policy: Policy) -> Decimal:
    """The worst ratio among programme and bank whose sample suffices; 0 where none does."""
    able = (part for part in book.parts if sample_suffices(part, policy))
    return max((part.bad_ratio for part in able), default=Decimal(0))


def warnings(book: FundBook, cash: FundCash, policy: Policy) -> tuple[str, ...]:
    """What to be told of: a ratio at breaker_warn, of any sample; cash under fund_low_water."""
    worst = max(part.bad_ratio for part in book.parts)
    low = book.programme.balance.share_floor(policy["fund_low_water"].value)
    found = {
        BREAKER_WARNED: worst >= policy["breaker_warn"].value,
        FUND_LOW: cash.amount < low,
    }
    return tuple(name for name, stands in found.items() if stands)
