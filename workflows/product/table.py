"""A bank's loan product: drafted, checked against the programme, published, stopped, closed.

Submitted applications keep the version they were submitted under (ZD-3.2).
"""
# ruff: noqa: E501 - the table is read from left to right

from __future__ import annotations

from workflows.lifecycle.machine import ALONE, NEW, Lifecycle, Row, two_persons
from workflows.lifecycle.roles import Role
from workflows.product.decide import DECIDE
from workflows.product.events import EVENTS
from workflows.product.evolve import EVOLVE
from workflows.product.guards import (
    agreement_live,
    cap_within_programme,
    cause_gone,
    cause_named,
    no_extra_fees,
    purposes_in_programme,
    rate_within_cap,
    reasons_given,
    tenor_within_programme,
)
from workflows.product.records import COMMANDS, Product
from workflows.product.states import ProductState

(DRAFT, REVIEW, PUBLISHED, SUSPENDED, CLOSED) = ProductState
BK_M, BK_A, FM_A, IPA, SYS = Role.BK_M, Role.BK_A, Role.FM_A, Role.IPA, Role.SYS
BK_TWICE = two_persons(BK_A)
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

PRODUCT = Lifecycle(
    noun="product",
    record=Product,
    states=ProductState,
    final=(CLOSED,),
    rows=ROWS,
    commands=COMMANDS,
    events=EVENTS,
    decide=DECIDE,
    evolve=EVOLVE,
)
