"""A pledge and its registration: it secures from registration on, and ends when the debt does.

No number here: how long each side has is policy; the twelve grounds are the registry's.
"""
# ruff: noqa: E501 - the table is read from left to right

from __future__ import annotations

from workflows.lifecycle.deadlines import duty, lapse
from workflows.lifecycle.machine import (
    ALONE,
    NEW,
    Lifecycle,
    Row,
    commands_of,
    events_of,
    staying,
    two_persons,
)
from workflows.lifecycle.roles import Role
from workflows.pledge import events, records
from workflows.pledge.decide import DECIDE
from workflows.pledge.events import (
    PledgeCancellationDue,
    PledgeCancelled,
    PledgeChanged,
    PledgeCorrected,
    PledgeCorrectionRequested,
    PledgeFiled,
    PledgeFilingLapsed,
    PledgePrepared,
    PledgeRealised,
    PledgeRefused,
    PledgeRegistered,
    PledgeRevaluationCalled,
    PledgeRevoked,
    PledgeSecurityChanged,
)
from workflows.pledge.evolve import EVOLVE
from workflows.pledge.guards import (
    assets_of_application,
    change_agreed,
    contract_names_all,
    debt_within_right_term,
    defects_named,
    filed_debt_within_right_term,
    ground_listed,
    no_ground_stands,
    offer_signed,
    papers_complete,
    pledge_ended,
    rest_carries_debt,
    rights_appraised,
    rights_carry_debt,
    rights_outlive_debt,
    rights_spread,
    secures_loan,
    spread_with_rest,
    window_over,
    within_window,
)
from workflows.pledge.records import CancelPledge, LapseFiling, Pledge
from workflows.pledge.registering import channel_known
from workflows.pledge.states import PledgeState

(PREPARED, FILED, CORRECTION, REGISTERED, CANCELLED, REFUSED, REALISED, REVOKED, WITHDRAWN) = (
    PledgeState
)
IN_THE_REGISTER = (REGISTERED, REALISED)
BK_M, BK_L, BK_R = Role.BK_M, Role.BK_L, Role.BK_R
ENT_S, REG, SYS = Role.ENT_S, Role.REG, Role.SYS
WITH_FIRM = two_persons(ENT_S, same_organisation=False)
WRITTEN = (contract_names_all, offer_signed, assets_of_application, debt_within_right_term,
           rights_outlive_debt, rights_carry_debt, rights_spread)  # fmt: skip
WRITTEN_ANEW = (contract_names_all, secures_loan, debt_within_right_term, rights_outlive_debt,
                spread_with_rest)  # fmt: skip
EVER = (REGISTERED, REALISED, CANCELLED, REVOKED)
COMES_INTO_BEING = (no_ground_stands, rights_appraised, filed_debt_within_right_term)

# fmt: off
ROWS = (
    #   trigger                from         to           who                       unless / only if                          event                       two?
    Row("prepare",             NEW,         PREPARED,    BK_M,                     WRITTEN,                                  PledgePrepared,             ALONE),
    Row("prepare_substitute",  NEW,     PREPARED,    BK_M,                     WRITTEN_ANEW,                             PledgePrepared,             ALONE),
    Row("file",                PREPARED,    FILED,       BK_M,                     (papers_complete, channel_known),         PledgeFiled,                WITH_FIRM),
    Row("request_correction",  FILED,       CORRECTION,  REG,                      (defects_named,),                         PledgeCorrectionRequested,  ALONE),
    Row("correct",             CORRECTION,  FILED,       BK_M,                     (within_window, papers_complete),         PledgeCorrected,            WITH_FIRM),
    Row("lapse_filing",        CORRECTION,  WITHDRAWN,   SYS,                      (window_over,),                           PledgeFilingLapsed,         ALONE),
    Row("register",            FILED,       REGISTERED,  REG,                      COMES_INTO_BEING,                         PledgeRegistered,           ALONE),
    Row("refuse",              FILED,       REFUSED,     REG,                      (ground_listed,),                         PledgeRefused,              ALONE),
    Row("change",              REGISTERED,  REGISTERED,  BK_M,                     (change_agreed, debt_within_right_term),  PledgeChanged,              WITH_FIRM),
    *staying("examine_security", EVER,                   SYS,                      (),                                       PledgeSecurityChanged,      ALONE),
    *staying("call_revaluations", EVER,                  SYS,                      (),                                       PledgeRevaluationCalled,    ALONE),
    *staying("call_cancellation", IN_THE_REGISTER,       SYS,                      (),                                       PledgeCancellationDue,      ALONE),
    Row("end_realised",        REGISTERED,  REALISED,    SYS,                      (),                                       PledgeRealised,             ALONE),
    Row("cancel",              IN_THE_REGISTER, CANCELLED,   (BK_M, BK_L, BK_R, SYS),  (pledge_ended, rest_carries_debt),        PledgeCancelled,            ALONE),
    Row("revoke",              REGISTERED,  REVOKED,     REG,                      (ground_listed,),                         PledgeRevoked,              ALONE),
)


def _cancel(row: Pledge, _event: PledgeCancellationDue) -> CancelPledge:
    """The platform cancels what the bank did not (Civil Code 436, S42)."""
    return CancelPledge(row.id, "PAID")


DEADLINES = (
    #     name             begins with                     last day   rule                      whose  in           then
    duty ("registration",  (PledgeFiled, PledgeCorrected), "due_by",  "pledge_registration_wd", REG,   FILED),
    lapse("correction",    PledgeCorrectionRequested,      "due_by",  "pledge_correction_wd",   BK_M,  CORRECTION,  LapseFiling),
    lapse("cancellation",  PledgeCancellationDue,          "due_by",  "pledge_cancellation_wd", BK_L,  IN_THE_REGISTER, _cancel, ends=PledgeRealised),
)
# fmt: on

PLEDGE = Lifecycle(
    noun="pledge",
    record=Pledge,
    states=PledgeState,
    final=(CANCELLED, REFUSED, REVOKED, WITHDRAWN),
    rows=ROWS,
    commands=commands_of(records),
    events=events_of(events),
    decide=DECIDE,
    evolve=EVOLVE,
    deadlines=DEADLINES,
)
