"""A rule that a boarded loan breaks is waived by an event of its own, with the reason.

Only boarding an existing book may waive, and only these rules (an old loan could not know them).
"""

from __future__ import annotations

from dataclasses import dataclass

from workflows.lifecycle.refusals import Refusal


@dataclass(frozen=True, slots=True)
class GuardWaived:
    """`<Noun>.GuardWaived`: which rule was broken, by which value, and why it is let pass."""

    code: str
    parameter: str
    threshold: str
    actual: str
    reason: str


BOARDING_REASON = "boarded: the loan was made outside the programme"

# fmt: off
WAIVED_FOR_BOARDING = frozenset({
    "tenor_too_long",            # 4.2: tenor of 36 months
    "rate_above_cap",            # 4.2: 1Y LPR + 80 bp
    "policy_not_in_force",       # the case began after the loan was drawn
    "amount_over_approved",      # drawn above the approved amount
    "pledge_not_registered",     # a tape carries no pledge
    "ip_share_too_low",          # nor an IP-secured part
    "filing_window_closed",      # 3.7: 10 working days after disbursement
    "leverage_exceeded",         # 3.7: covered balance against the fund
    "breaker_tripped",           # 3.12
    "not_yet_due",               # charged off before its due date
    "dpd_below_claim_notice",    # 3.9: DPD 31
    "dpd_below_claim_minimum",   # 3.9: DPD 60
    "claim_window_closed",       # 3.9: 180 days
    "evidence_incomplete",       # a tape carries no evidence pack
})
# fmt: on


def waived(refusal: Refusal) -> GuardWaived:
    """The event that records the waiver of one refusal."""
    return GuardWaived(
        refusal.code,
        refusal.parameter,
        refusal.threshold_text,
        refusal.actual_text,
        BOARDING_REASON,
    )
