"""What a loan costs the enterprise in its first year, all in, on the amount drawn."""

from __future__ import annotations

from policies.sharing.assess import Outcome
from services.comparison.ledgers import (
    RATES,
    Ledger,
    LedgerTerms,
    fee,
    interest,
    per_yuan,
    stated,
    subsidies,
    summed,
)


def enterprise(outcome: Outcome, terms: LedgerTerms) -> Ledger:
    """Interest, guarantee fee, premium and valuation, less subsidies.

    all_in: yuan a year; rate: of the amount drawn. before, saved: where the case tells the cost
    before (ZD-4.7), as rate and as part of that cost.
    """
    fees = (fee(outcome, name, terms.drawn) for name in ("guarantee_fee", "premium", "valuation"))
    lines = (interest(outcome, terms), *fees, *subsidies(outcome, terms))
    all_in = summed(lines)
    rate = per_yuan(all_in, terms.drawn)
    before = stated(outcome, RATES["before"])
    facts = {"all_in": all_in.yuan, "rate": rate}
    if before is not None and rate is not None and before.value:
        cost = terms.drawn.share_floor(before.value)
        facts |= {"rate_before": f"{before.value:.4f}", "saved": per_yuan(cost - all_in, cost)}
    return Ledger(outcome, lines, facts)
