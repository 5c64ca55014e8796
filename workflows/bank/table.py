"""A bank joins the programme by agreement, which guards products, matching and filing.

Suspending or ending it stops new business only (ZD-3.2.1).
"""
# ruff: noqa: E501 - the table is read from left to right

from __future__ import annotations

from workflows.bank.decide import DECIDE
from workflows.bank.events import EVENTS
from workflows.bank.evolve import EVOLVE, TIMERS
from workflows.bank.guards import cause_gone, cause_named, reason_given, term_ahead
from workflows.bank.records import COMMANDS, Bank
from workflows.bank.states import BankState
from workflows.lifecycle.machine import ALONE, NEW, Lifecycle, Row, two_persons
from workflows.lifecycle.roles import Role

(PROPOSED, SIGNED, SUSPENDED, ENDED) = BankState
BK_A, FM_M, FM_A, SYS = Role.BK_A, Role.FM_M, Role.FM_A, Role.SYS
WITH_FUND = two_persons(FM_A, same_organisation=False)

# fmt: off
ROWS = (
    #    trigger              from                 to         who         unless / only if            event                      two?
    Row("propose_agreement",  NEW,                 PROPOSED,  FM_M,       (term_ahead,),              "Bank.AgreementProposed",  ALONE),
    Row("board",              NEW,                 SIGNED,    SYS,        (),                         "Bank.Boarded",            ALONE),
    Row("sign_agreement",     PROPOSED,            SIGNED,    BK_A,       (term_ahead,),              "Bank.AgreementSigned",    WITH_FUND),
    Row("suspend_agreement",  SIGNED,              SUSPENDED, (FM_A, SYS), (cause_named,),            "Bank.AgreementSuspended", ALONE),
    Row("resume_agreement",   SUSPENDED,           SIGNED,    FM_A,       (cause_gone, term_ahead),   "Bank.AgreementResumed",   ALONE),
    Row("end_agreement",      (PROPOSED, SIGNED, SUSPENDED), ENDED, (FM_A, BK_A, SYS), (reason_given,), "Bank.AgreementEnded",  ALONE),
)
# fmt: on

BANK = Lifecycle(
    noun="bank",
    record=Bank,
    states=BankState,
    final=(ENDED,),
    rows=ROWS,
    commands=COMMANDS,
    events=EVENTS,
    decide=DECIDE,
    evolve=EVOLVE,
    timers=TIMERS,
)
