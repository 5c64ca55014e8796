"""Only if: what each act on a product asks before it may happen. ZD-3.2."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from workflows.lending.terms import (
    COUNTINGS,
    FIXED_INSTALMENT,
    FIXED_PRINCIPAL,
    METHODS,
    SETTLEMENTS,
)
from workflows.lifecycle import clauses
from workflows.lifecycle.clauses import refuse
from workflows.lifecycle.machine import Situation
from workflows.lifecycle.refusals import Refusal, Remark, against, unlimited, within
from workflows.lifecycle.roles import Role
from workflows.product.records import (
    DraftProduct,
    Product,
    ResumeProduct,
    ReturnProduct,
    ReviseProduct,
    SuspendProduct,
)

# fmt: off
BODIES = {
    Role.FM_A: "FUND_MANAGER",
    Role.IPA:  "IP_ADMINISTRATION",
    Role.BK_A: "BANK",
}
# fmt: on


def rate_capped(s: Situation, annual_rate: Decimal) -> Refusal | Remark | None:
    """A rate is at most 1-year LPR plus the programme's spread (ZD-3.2.2, S2)."""
    spread = s.policy.ceiling("rate_cap_spread")
    if spread.unlimited:
        return unlimited(spread.parameter)
    cap = s.policy["lpr_1y"].value + spread.value
    if annual_rate <= cap:
        return None
    return against("rate_above_cap", spread.parameter, annual_rate, threshold=cap)


def rate_within_cap(s: Situation[Product]) -> Refusal | Remark | None:
    """At most 1-year LPR plus the spread (ZD-3.2.2, S2)."""
    return rate_capped(s, s.it.annual_rate)


def no_extra_fees(s: Situation[Product]) -> Refusal | None:
    """No deposit, financing fee or other charge unless the programme allows it (S2)."""
    allowed = s.policy["fees_allowed"]
    if allowed.value or not s.it.fees:
        return None
    return against("fees_forbidden", allowed, s.it.fees)


def cap_within_programme(s: Situation[Product]) -> Refusal | Remark | None:
    """The product lends no more to a borrower than the programme covers (ZD-4.2, S2)."""
    return within("cap_over_programme", s.policy.ceiling("cap_per_borrower"), s.it.amount_cap)


def tenor_within_programme(s: Situation[Product]) -> Refusal | Remark | None:
    """The product lends no longer than the programme covers (ZD-4.2, S2)."""
    limit = s.policy.ceiling("max_tenor_months")
    return within("tenor_over_programme", limit, s.it.max_term_months)


def purposes_in_programme(s: Situation[Product]) -> Refusal | Remark | None:
    """The product names a purpose, and none that the programme does not (ZD-4.2, S2)."""
    purposes = s.policy.among("purposes")
    foreign = tuple(one for one in s.it.purposes if not purposes.allows(one))
    if foreign or not s.it.purposes:
        return against("purpose_not_covered", purposes.parameter, foreign or "-")
    if purposes.unlimited:
        return unlimited(purposes.parameter)
    return None


def repayment_possible(s: Situation[Any, DraftProduct | ReviseProduct]) -> Refusal | None:
    """Method, settlement and counting are known, with what the method needs (ZD-3.6.7)."""
    a = s.act
    for asked, known in (
        (a.repayment_method, METHODS),
        (a.interest_settlement, ("", *SETTLEMENTS)),
        (a.interest_counting, COUNTINGS),
    ):
        if asked not in known:
            return refuse(s, "repayment_unknown", clauses.REPAYMENT, actual=asked)
    if a.instalment_months < 1:
        return refuse(s, "repayment_unknown", clauses.REPAYMENT, actual=a.instalment_months)
    if a.repayment_method == FIXED_INSTALMENT and not a.instalment:
        return refuse(s, "repayment_unknown", clauses.REPAYMENT, actual=a.instalment)
    if a.repayment_method == FIXED_PRINCIPAL and not 0 < a.principal_share <= 1:
        return refuse(s, "repayment_unknown", clauses.REPAYMENT, actual=a.principal_share)
    return None


def publisher_named(s: Situation[Product]) -> Refusal | None:
    """The programme's own body looks at the product: fund manager, administration or bank."""
    publishers = s.policy["product_publishers"]
    if BODIES[s.actor.role] in publishers.value:
        return None
    return against("not_the_publisher", publishers, BODIES[s.actor.role])


def reasons_given(s: Situation[Product, ReturnProduct]) -> Refusal | None:
    """A return gives reasons (ZD-3.2)."""
    if s.act.reasons:
        return None
    return refuse(s, "reason_missing", clauses.REASONS)


def cause_named(s: Situation[Product, SuspendProduct]) -> Refusal | None:
    """A stop names its cause (ZD-3.2.4)."""
    if s.act.cause:
        return None
    return refuse(s, "reason_missing", clauses.REASONS)


def cause_gone(s: Situation[Product, ResumeProduct]) -> Refusal | None:
    """A finding says that the cause is gone (ZD-3.2.4)."""
    if s.act.finding:
        return None
    return refuse(s, "cause_not_gone", clauses.REASONS)
