"""A pledge and its registration: it secures from registration on, and ends when the debt does.

No number here: how long each side has is policy; the twelve grounds are the registry's.
"""
# ruff: noqa: E501 - the table is read from left to right

from __future__ import annotations

from enum import Enum
from typing import Any

from policies.money import Money
from workflows.application.records import Application
from workflows.lifecycle import clauses
from workflows.lifecycle.clauses import refuse
from workflows.lifecycle.evolution import takes, takes_and
from workflows.lifecycle.machine import ALONE, NEW, Lifecycle, Row, Situation, two_persons
from workflows.lifecycle.refusals import Refusal, against
from workflows.lifecycle.roles import Role
from workflows.pledge.decide import DECIDE, TIMERS
from workflows.pledge.events import (
    EVENTS,
    PledgeCancellationDue,
    PledgeCancelled,
    PledgeChanged,
    PledgeCorrected,
    PledgeCorrectionRequested,
    PledgeFiled,
    PledgeFilingLapsed,
    PledgePrepared,
    PledgeRefused,
    PledgeRegistered,
    PledgeRevoked,
)
from workflows.pledge.records import COMMANDS, Pledge

__all__ = ["PLEDGE", "Ground", "Pledge", "PledgeState"]


class PledgeState(Enum):
    """Where the registration stands. A change is registered at once and leaves it REGISTERED."""

    PREPARED = "PREPARED"  # contract written
    FILED = "FILED"  # the registry looks at it
    CORRECTION = "CORRECTION"  # sent back with defects
    REGISTERED = "REGISTERED"  # the pledge exists
    CANCELLED = "CANCELLED"  # ended: debt paid, security substituted or realised
    REFUSED = "REFUSED"
    REVOKED = "REVOKED"  # struck afterwards
    WITHDRAWN = "WITHDRAWN"  # never corrected


class Ground(Enum):
    """The twelve grounds on which registration is refused (PUBLIC S39)."""

    NOT_RECORDED_OWNER = "NOT_RECORDED_OWNER"
    RIGHT_TERMINATED_OR_VOID = "RIGHT_TERMINATED_OR_VOID"
    NOT_YET_GRANTED = "NOT_YET_GRANTED"
    ANNUAL_FEE_UNPAID = "ANNUAL_FEE_UNPAID"
    PROCEDURES_SUSPENDED = "PROCEDURES_SUSPENDED"
    DEBT_TERM_BEYOND_RIGHT_TERM = "DEBT_TERM_BEYOND_RIGHT_TERM"
    CONTRACT_NONCOMPLIANT = "CONTRACT_NONCOMPLIANT"
    COOWNER_CONSENT_MISSING = "COOWNER_CONSENT_MISSING"
    ALREADY_PLEDGED = "ALREADY_PLEDGED"
    SAME_DAY_INVENTION_FILED = "SAME_DAY_INVENTION_FILED"  # waivable
    INVALIDATION_STARTED = "INVALIDATION_STARTED"  # waivable
    OTHER = "OTHER"

    @property
    def waivable(self) -> bool:
        """Whether registration goes on if the parties, once told, still want it."""
        return self in WAIVABLE


WAIVABLE = (Ground.SAME_DAY_INVENTION_FILED, Ground.INVALIDATION_STARTED)
(PREPARED, FILED, CORRECTION, REGISTERED, CANCELLED, REFUSED, REVOKED, WITHDRAWN) = PledgeState
BK_M, BK_L, BK_R, ENT_S, REG, SYS = (
    Role.BK_M,
    Role.BK_L,
    Role.BK_R,
    Role.ENT_S,
    Role.REG,
    Role.SYS,
)
WITH_FIRM = two_persons(ENT_S, same_organisation=False)
WHILE_OWING = ("SUBSTITUTED", "REALISED")  # proofs that end a pledge before the debt
Asked = Situation[Any]


def contract_names_all(s: Asked) -> Refusal | None:
    """A written contract names debt, amount, term and assets (Civil Code 427, S42)."""
    a = s.act
    if a.contract and a.assets and a.debt.fen > 0 and a.debt_due_on > s.today:
        return None
    return refuse(s, "pledge_contract_incomplete", clauses.PLEDGE_CONTRACT, actual=a.contract)


def offer_signed(s: Asked) -> Refusal | None:
    """The loan contract is signed, by the bank that takes the pledge (ZD-3.4)."""
    application = s.row(Application)
    if application.state == "SIGNED" and application.bank == s.act.bank:
        return None
    return refuse(s, "offer_not_signed", clauses.APPLICATION, actual=application.state)


def assets_of_application(s: Asked) -> Refusal | None:
    """The pledged rights are those the application names (ZD-3.3.2)."""
    named = s.row(Application).assets
    foreign = [asset for asset in s.act.assets if asset not in named]
    if not foreign:
        return None
    return refuse(s, "asset_not_in_application", clauses.APPLICATION, actual=", ".join(foreign))


def rights_appraised(s: Asked) -> Refusal | None:
    """Every right has a value and no pledge (ZD-3.3.1). Fact: ip_states."""
    others = [state for state in s.facts["ip_states"] if state != "APPRAISED"]
    if s.facts["ip_states"] and not others:
        return None
    return refuse(s, "asset_not_appraised", clauses.REGISTRY_CHECKS, actual=", ".join(others))


def debt_within_right_term(s: Asked) -> Refusal | None:
    """The debt ends before the first right does (S39). Fact: ip_term_ends_on."""
    due = getattr(s.act, "debt_due_on", None) or s.it.debt_due_on
    ends = s.facts["ip_term_ends_on"]
    if ends is not None and due <= ends:
        return None
    return refuse(s, "debt_beyond_right_term", clauses.TERM_OF_RIGHT, actual=due, threshold=ends)


def papers_complete(s: Asked) -> Refusal | None:
    """Every paper of the registry's list is attached (S39, S40)."""
    papers = s.policy["pledge_documents"]
    missing = [paper for paper in papers.value if paper not in s.act.documents]
    return against("papers_missing", papers, ", ".join(missing)) if missing else None


def defects_named(s: Asked) -> Refusal | None:
    """A filing is sent back with its defects (S40)."""
    return None if s.act.defects else refuse(s, "reason_missing", clauses.PLEDGE_FILING)


def within_window(s: Asked) -> Refusal | None:
    """The correction comes by its last day (ZD-3.3.2)."""
    if s.today <= s.it.due_by:
        return None
    return against("correction_too_late", s.policy["pledge_correction_wd"], s.today)


def window_over(s: Asked) -> Refusal | None:
    """The last day for the correction is past."""
    if s.today > s.it.due_by:
        return None
    return against("window_still_open", s.policy["pledge_correction_wd"], s.it.due_by)


def no_ground_stands(s: Asked) -> Refusal | None:
    """No ground was found but waivable ones the parties insist on (S39)."""
    waived = {ground.name for ground in WAIVABLE if ground.name in s.act.insisted}
    left = [ground for ground in s.act.grounds if ground not in waived]
    if not left:
        return None
    return refuse(s, "registration_ground", clauses.REFUSAL_GROUNDS, actual=", ".join(left))


def ground_listed(s: Asked) -> Refusal | None:
    """The ground is one of the twelve (S39)."""
    if s.act.ground in Ground.__members__:
        return None
    return refuse(s, "ground_not_listed", clauses.REFUSAL_GROUNDS, actual=s.act.ground)


def change_agreed(s: Asked) -> Refusal | None:
    """A change rests on an agreement of both sides (S39)."""
    return None if s.act.agreement else refuse(s, "agreement_missing", clauses.PLEDGE_FILING)


def pledge_ended(s: Asked) -> Refusal | None:
    """Debt paid, security substituted or realised (Civil Code 436; appendix C.4).

    Fact: unpaid_debt, what is still owed on the loans this pledge secures.
    """
    owed: Money = s.facts["unpaid_debt"]
    if s.act.proof and (not owed or s.act.proof in WHILE_OWING):
        return None
    return refuse(s, "debt_not_paid", clauses.PLEDGE_END, actual=owed, threshold=Money.ZERO)


COMES_INTO_BEING = (no_ground_stands, rights_appraised, debt_within_right_term)
WRITTEN = (contract_names_all, offer_signed, assets_of_application, debt_within_right_term)

# fmt: off
ROWS = (
    #    trigger               from        to          who                      unless / only if                       event                        two?
    Row("prepare",             NEW,        PREPARED,   BK_M,                    WRITTEN,                               "Pledge.Prepared",           ALONE),
    Row("file",                PREPARED,   FILED,      BK_M,                    (papers_complete,),                    "Pledge.Filed",              WITH_FIRM),
    Row("request_correction",  FILED,      CORRECTION, REG,                     (defects_named,),                      "Pledge.CorrectionRequested", ALONE),
    Row("correct",             CORRECTION, FILED,      BK_M,                    (within_window, papers_complete),      "Pledge.Corrected",          WITH_FIRM),
    Row("lapse_filing",        CORRECTION, WITHDRAWN,  SYS,                     (window_over,),                        "Pledge.FilingLapsed",       ALONE),
    Row("register",            FILED,      REGISTERED, REG,                     COMES_INTO_BEING,                      "Pledge.Registered",         ALONE),
    Row("refuse",              FILED,      REFUSED,    REG,                     (ground_listed,),                      "Pledge.Refused",            ALONE),
    Row("change",              REGISTERED, REGISTERED, BK_M,                    (change_agreed, debt_within_right_term), "Pledge.Changed",          WITH_FIRM),
    Row("call_cancellation",   REGISTERED, REGISTERED, SYS,                     (),                                    "Pledge.CancellationDue",    ALONE),
    Row("cancel",              REGISTERED, CANCELLED,  (BK_M, BK_L, BK_R, SYS), (pledge_ended,),                       "Pledge.Cancelled",          ALONE),
    Row("revoke",              REGISTERED, REVOKED,    REG,                     (ground_listed,),                      "Pledge.Revoked",            ALONE),
)
# fmt: on

TERMS = ("contract", "debt", "debt_due_on")
PARTIES = ("policy", "application", "enterprise", "bank", "assets")

PLEDGE = Lifecycle(
    noun="pledge",
    record=Pledge,
    states=PledgeState,
    final=(CANCELLED, REFUSED, REVOKED, WITHDRAWN),
    rows=ROWS,
    commands=COMMANDS,
    events=EVENTS,
    decide=DECIDE,
    evolve={
        PledgePrepared: takes(*PARTIES, *TERMS),
        PledgeFiled: takes("documents", "due_by"),
        PledgeCorrectionRequested: takes("due_by"),
        PledgeCorrected: takes("documents", "due_by"),
        PledgeFilingLapsed: takes_and((), {"due_by": None}),
        PledgeRegistered: takes_and(("certificate", "registered_on", "insisted"), {"due_by": None}),
        PledgeRefused: takes_and(("ground",), {"due_by": None}),
        PledgeChanged: takes("debt", "debt_due_on"),
        PledgeCancellationDue: takes("due_by"),
        PledgeCancelled: takes_and(("ended_on",), {"due_by": None}),
        PledgeRevoked: takes("ground", "ended_on"),
    },
    timers=TIMERS,
)
