"""A bank's loan product: drafted, checked against the programme, published, stopped, closed.

Submitted applications keep the version they were submitted under (ZD-3.2.3).
"""
# ruff: noqa: E501 - the table is read from left to right

from __future__ import annotations

from workflows.bank.guards import agreement_signed
from workflows.lifecycle.deadlines import duty
from workflows.lifecycle.machine import (
    ALONE,
    NEW,
    Lifecycle,
    Row,
    commands_of,
    events_of,
    two_persons,
)
from workflows.lifecycle.roles import Role
from workflows.product import events, records
from workflows.product.decide import DECIDE
from workflows.product.events import (
    ProductClosed,
    ProductDrafted,
    ProductPublished,
    ProductResumed,
    ProductReturned,
    ProductRevised,
    ProductSubmitted,
    ProductSuspended,
)
from workflows.product.evolve import EVOLVE
from workflows.product.guards import (
    BODIES,
    cap_within_programme,
    cause_gone,
    cause_named,
    no_extra_fees,
    publisher_named,
    purposes_in_programme,
    rate_within_cap,
    reasons_given,
    repayment_possible,
    tenor_within_programme,
)
from workflows.product.records import Product
from workflows.product.states import ProductState

(DRAFT, REVIEW, PUBLISHED, SUSPENDED, CLOSED) = ProductState
BK_M, BK_A, FM_A, IPA, SYS = Role.BK_M, Role.BK_A, Role.FM_A, Role.IPA, Role.SYS
BK_TWICE = two_persons(BK_A)
PUBLISHERS = (FM_A, IPA, BK_A)
TO_DRAFT = (agreement_signed, repayment_possible)
PRICED = (agreement_signed, rate_within_cap, no_extra_fees)
CONFORMS = (*PRICED, cap_within_programme, tenor_within_programme, purposes_in_programme)
TO_PUBLISH = (publisher_named, *CONFORMS)
TO_RETURN = (publisher_named, reasons_given)

# fmt: off
ROWS = (
    #   trigger            from                     to          who           unless / only if          event              two?
    Row("draft",           NEW,                     DRAFT,      BK_M,         TO_DRAFT,                 ProductDrafted,    ALONE),
    Row("revise",          DRAFT,                   DRAFT,      BK_M,         (repayment_possible,),    ProductRevised,    ALONE),
    Row("submit",          DRAFT,                   REVIEW,     BK_M,         PRICED,                   ProductSubmitted,  BK_TWICE),
    Row("publish",         REVIEW,                  PUBLISHED,  PUBLISHERS,   TO_PUBLISH,               ProductPublished,  ALONE),
    Row("return_to_bank",  REVIEW,                  DRAFT,      PUBLISHERS,   TO_RETURN,                ProductReturned,   ALONE),
    Row("suspend",         PUBLISHED,               SUSPENDED,  (FM_A, SYS),  (cause_named,),           ProductSuspended,  ALONE),
    Row("resume",          SUSPENDED,               PUBLISHED,  FM_A,         (cause_gone, *CONFORMS),  ProductResumed,    ALONE),
    Row("close",           (PUBLISHED, SUSPENDED),  CLOSED,     BK_A,         (),                       ProductClosed,     ALONE),
    Row("supersede",       (PUBLISHED, SUSPENDED),  CLOSED,     SYS,          (),                       ProductClosed,     ALONE),
)


def _publishers(event: ProductSubmitted) -> tuple[Role, ...]:
    return tuple(role for role in PUBLISHERS if BODIES[role] in event.publishers)


DEADLINES = (
    #    name              begins with       last day      rule                 whose         in
    duty("product_review", ProductSubmitted, "review_due", "product_review_wd", _publishers,  REVIEW),
)
# fmt: on

PRODUCT = Lifecycle(
    noun="product",
    record=Product,
    states=ProductState,
    final=(CLOSED,),
    rows=ROWS,
    commands=commands_of(records),
    events=events_of(events),
    decide=DECIDE,
    evolve=EVOLVE,
    deadlines=DEADLINES,
)
