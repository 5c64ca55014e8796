"""A bank's loan product: drafted, checked against the programme, published, stopped, closed.

Submitted applications keep the version they were submitted under (ZD-3.2).
"""
# ruff: noqa: E501 - the table is read from left to right

from __future__ import annotations

from enum import Enum
from typing import Any

from workflows.bank.table import Bank, BankState
from workflows.lifecycle import clauses
from workflows.lifecycle.clauses import refuse
from workflows.lifecycle.deadlines import working_days_from
from workflows.lifecycle.evolution import takes, takes_and
from workflows.lifecycle.machine import ALONE, NEW, Lifecycle, Row, Situation, two_persons
from workflows.lifecycle.refusals import Refusal, against
from workflows.lifecycle.roles import Role
from workflows.product.records import (
    COMMANDS,
    EVENTS,
    Product,
    ProductClosed,
    ProductDrafted,
    ProductPublished,
    ProductResumed,
    ProductReturned,
    ProductRevised,
    ProductSubmitted,
    ProductSuspended,
)

__all__ = ["PRODUCT", "Product", "ProductState"]


class ProductState(Enum):
    """Where a version of a product stands."""

    DRAFT = "DRAFT"  # the bank writes it
    REVIEW = "REVIEW"  # the programme checks it
    PUBLISHED = "PUBLISHED"  # open to applications
    SUSPENDED = "SUSPENDED"  # closed to applications for now
    CLOSED = "CLOSED"


(DRAFT, REVIEW, PUBLISHED, SUSPENDED, CLOSED) = ProductState
BK_M, BK_A, FM_A, IPA, SYS = Role.BK_M, Role.BK_A, Role.FM_A, Role.IPA, Role.SYS
BK_TWICE = two_persons(BK_A)
Asked = Situation[Any]


def agreement_live(s: Asked) -> Refusal | None:
    """The bank's programme agreement is signed (ZD-3.2, ZD-3.2.1)."""
    state = s.row(Bank).state
    if state == BankState.SIGNED.name:
        return None
    return refuse(s, "agreement_not_live", clauses.AGREEMENT, actual=state)


def rate_within_cap(s: Asked) -> Refusal | None:
    """At most 1-year LPR plus the spread (ZD-3.2, S2)."""
    spread = s.policy["rate_cap_spread"]
    cap = s.policy["lpr_1y"].value + spread.value
    if s.it.annual_rate <= cap:
        return None
    return against("rate_above_cap", spread, s.it.annual_rate)


def no_extra_fees(s: Asked) -> Refusal | None:
    """No deposit, financing fee or other charge unless the programme allows it (S2)."""
    allowed = s.policy["fees_allowed"]
    if allowed.value or not s.it.fees:
        return None
    return against("fees_forbidden", allowed, s.it.fees)


def cap_within_programme(s: Asked) -> Refusal | None:
    """The product lends no more to a borrower than the programme covers (ZD-4.2, S2)."""
    cap = s.policy["cap_per_borrower"]
    if s.it.amount_cap <= cap.value:
        return None
    return against("cap_over_programme", cap, s.it.amount_cap)


def tenor_within_programme(s: Asked) -> Refusal | None:
    """The product lends no longer than the programme covers (ZD-4.2, S2)."""
    limit = s.policy["max_tenor_months"]
    if s.it.max_term_months <= limit.value:
        return None
    return against("tenor_over_programme", limit, s.it.max_term_months)


def purposes_in_programme(s: Asked) -> Refusal | None:
    """The product names no purpose that the programme does not (ZD-4.2, S2)."""
    purposes = s.policy["purposes"]
    foreign = [one for one in s.it.purposes if one not in purposes.value]
    if s.it.purposes and not foreign:
        return None
    return against("purpose_not_covered", purposes, ", ".join(foreign) or "-")


def reasons_given(s: Asked) -> Refusal | None:
    """A return gives reasons (ZD-3.2)."""
    return None if s.act.reasons else refuse(s, "reason_missing", clauses.REASONS)


def cause_named(s: Asked) -> Refusal | None:
    """A stop names its cause (ZD-3.2)."""
    return None if s.act.cause else refuse(s, "reason_missing", clauses.REASONS)


def cause_gone(s: Asked) -> Refusal | None:
    """A finding says that the cause is gone (ZD-3.2)."""
    return None if s.act.finding else refuse(s, "cause_not_gone", clauses.REASONS)


PRICED = (agreement_live, rate_within_cap, no_extra_fees)
CONFORMS = (*PRICED, cap_within_programme, tenor_within_programme, purposes_in_programme)

# fmt: off
ROWS = (
    #    trigger          from                    to         who          unless / only if                event                 two?
    Row("draft",          NEW,                    DRAFT,     BK_M,        (agreement_live,),              "Product.Drafted",    ALONE),
    Row("revise",         DRAFT,                  DRAFT,     BK_M,        (),                             "Product.Revised",    ALONE),
    Row("submit",         DRAFT,                  REVIEW,    BK_M,        PRICED,                         "Product.Submitted",  BK_TWICE),
    Row("publish",        REVIEW,                 PUBLISHED, (FM_A, IPA), CONFORMS,                       "Product.Published",  ALONE),
    Row("return_to_bank", REVIEW,                 DRAFT,     (FM_A, IPA), (reasons_given,),               "Product.Returned",   ALONE),
    Row("suspend",        PUBLISHED,              SUSPENDED, (FM_A, SYS), (cause_named,),                 "Product.Suspended",  ALONE),
    Row("resume",         SUSPENDED,              PUBLISHED, FM_A,        (cause_gone, *CONFORMS),        "Product.Resumed",    ALONE),
    Row("close",          (PUBLISHED, SUSPENDED), CLOSED,    BK_A,        (),                             "Product.Closed",     ALONE),
    Row("supersede",      (PUBLISHED, SUSPENDED), CLOSED,    SYS,         (),                             "Product.Closed",     ALONE),
)
# fmt: on


def draft(s: Asked) -> tuple[Any, ...]:
    """The terms as the bank writes them."""
    a = s.act
    return (
        ProductDrafted(
            policy=s.policy.ref,
            bank=a.bank,
            fund=a.fund,
            name=a.name,
            amount_cap=a.amount_cap,
            max_term_months=a.max_term_months,
            annual_rate=a.annual_rate,
            purposes=a.purposes,
            fees=a.fees,
            replaces=a.replaces,
        ),
    )


def revise(s: Asked) -> tuple[Any, ...]:
    """The draft's new terms."""
    a = s.act
    return (ProductRevised(a.amount_cap, a.max_term_months, a.annual_rate, a.purposes, a.fees),)


def submit(s: Asked) -> tuple[Any, ...]:
    """The programme's time to check starts."""
    return (ProductSubmitted(working_days_from(s, "product_review_wd")),)


def publish(s: Asked) -> tuple[Any, ...]:
    """Open from today, in place of the version named in the draft."""
    it = s.it
    return (ProductPublished(it.bank, it.fund, s.today, it.replaces),)


TERMS = ("amount_cap", "max_term_months", "annual_rate", "purposes", "fees")

PRODUCT = Lifecycle(
    noun="product",
    record=Product,
    states=ProductState,
    final=(CLOSED,),
    rows=ROWS,
    commands=COMMANDS,
    events=EVENTS,
    decide={
        "draft": draft,
        "revise": revise,
        "submit": submit,
        "publish": publish,
        "return_to_bank": lambda s: (ProductReturned(s.act.reasons),),
        "suspend": lambda s: (ProductSuspended(s.act.cause),),
        "resume": lambda s: (ProductResumed(s.act.finding),),
        "close": lambda s: (ProductClosed(s.act.reason),),
        "supersede": lambda s: (ProductClosed(f"replaced by {s.act.by}"),),
    },
    evolve={
        ProductDrafted: takes("policy", "bank", "fund", "name", "replaces", *TERMS),
        ProductRevised: takes(*TERMS),
        ProductSubmitted: takes("review_due"),
        ProductPublished: takes_and(("published_on",), {"review_due": None}),
        ProductReturned: takes_and((), {"review_due": None}),
        ProductSuspended: lambda _row, e: {"stopped_for": e.cause},
        ProductResumed: takes_and((), {"stopped_for": ""}),
        ProductClosed: lambda _row, e: {"stopped_for": e.reason},
    },
)
