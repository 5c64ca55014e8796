"""A bank joins the programme by agreement, which guards products, matching and filing.

Suspending or ending it stops new business only (ZD-3.2.1).
"""
# ruff: noqa: E501 - the table is read from left to right

from __future__ import annotations

from workflows.bank import events, records
from workflows.bank.decide import DECIDE
from workflows.bank.events import (
    BankAgreementEnded,
    BankAgreementProposed,
    BankAgreementResumed,
    BankAgreementSigned,
    BankAgreementSuspended,
    BankBoarded,
)
from workflows.bank.evolve import EVOLVE
from workflows.bank.guards import (
    agreement_foreseen,
    cause_gone,
    cause_named,
    reason_given,
    term_ahead,
)
from workflows.bank.records import Bank, EndAgreement
from workflows.bank.states import BankState
from workflows.lifecycle.deadlines import lapse
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

(PROPOSED, SIGNED, SUSPENDED, ENDED) = BankState
NOT_ENDED = (PROPOSED, SIGNED, SUSPENDED)
BK_A, FM_M, FM_A, SYS = Role.BK_A, Role.FM_M, Role.FM_A, Role.SYS
TO_PROPOSE = (agreement_foreseen, term_ahead)
WITH_FUND = two_persons(FM_A, same_organisation=False)

# fmt: off
ROWS = (
    #   trigger               from        to          who                 unless / only if           event                    two?
    Row("propose_agreement",  NEW,        PROPOSED,   FM_M,               TO_PROPOSE,              BankAgreementProposed,   ALONE),
    Row("board",              NEW,        SIGNED,     SYS,                (),                        BankBoarded,             ALONE),
    Row("sign_agreement",     PROPOSED,   SIGNED,     BK_A,               (term_ahead,),             BankAgreementSigned,     WITH_FUND),
    Row("suspend_agreement",  SIGNED,     SUSPENDED,  (FM_A, SYS),        (cause_named,),            BankAgreementSuspended,  ALONE),
    Row("resume_agreement",   SUSPENDED,  SIGNED,     FM_A,               (cause_gone, term_ahead),  BankAgreementResumed,    ALONE),
    Row("end_agreement",      NOT_ENDED,  ENDED,      (FM_A, BK_A, SYS),  (reason_given,),           BankAgreementEnded,      ALONE),
)


def _end(row: Bank, _event: BankAgreementSigned) -> EndAgreement:
    return EndAgreement(row.id, "term over")


DEADLINES = (
    #     name         begins with           last day   rule       whose  in                    then
    lapse("agreement", BankAgreementSigned,  "ends_on", "ZD-3.2",  FM_A,  (SIGNED, SUSPENDED),  _end),
)
# fmt: on

BANK = Lifecycle(
    noun="bank",
    record=Bank,
    states=BankState,
    final=(ENDED,),
    rows=ROWS,
    commands=commands_of(records),
    events=events_of(events),
    decide=DECIDE,
    evolve=EVOLVE,
    deadlines=DEADLINES,
)
