"""Recovery (追偿) of a loan in default: demand, suit, enforcement, the pledge; who gets what.

It belongs to the loan, covered or not. Costs first, then principal by original shares, then the
bank's interest; the pledgor has the rest. Beside each question stands its rule: a parameter, or a
clause of clauses.py with its grade.
"""
# ruff: noqa: E501 - the table is read from left to right

from __future__ import annotations

from policies.money import Money
from workflows.lifecycle.deadlines import duty, lapse
from workflows.lifecycle.machine import (
    ALONE,
    NEW,
    Lifecycle,
    Row,
    Turn,
    commands_of,
    events_of,
    in_turn,
    staying,
    two_persons,
)
from workflows.lifecycle.roles import Role
from workflows.recovery import events, guards, records
from workflows.recovery.decide import DECIDE
from workflows.recovery.evolve import EVOLVE
from workflows.recovery.postings import POSTINGS
from workflows.recovery.states import RecoveryState

(OPEN, LITIGATION, ENFORCEMENT, ASSET_DISPOSAL, SETTLEMENT_AGREED, DISCONTINUED, FULLY_RECOVERED,
 UNRECOVERABLE) = RecoveryState  # fmt: skip
PURSUED = (OPEN, LITIGATION, ENFORCEMENT, ASSET_DISPOSAL)
UNPAID = (*PURSUED, SETTLEMENT_AGREED)
BOOKABLE = (*UNPAID, UNRECOVERABLE)
ENFORCED = (ENFORCEMENT, ASSET_DISPOSAL)
SALEABLE = (OPEN, ENFORCEMENT, ASSET_DISPOSAL)
ANY = tuple(RecoveryState)
BK_M, BK_A, BK_L, BK_R, SYS = Role.BK_M, Role.BK_A, Role.BK_L, Role.BK_R, Role.SYS
FM_A = Role.FM_A
WITH_BK_A, WITH_BK_L = two_persons(BK_A), two_persons(BK_L)
WITH_FM_M = two_persons(Role.FM_M, same_organisation=False)  # the fund confirms receipt
WITH_FM_A = two_persons(FM_A, same_organisation=False)
WITH_FC = two_persons(Role.FC, same_organisation=False)
WITH_FC_AND_FIN = in_turn(Turn((Role.FC,), False), Turn((Role.FIN,), False))

# fmt: off
TO_OPEN = (
    guards.in_default,            # RECOVERY_RULES (ZD-3.10), assumed
)
TO_SHOW = (
    guards.paper_given,           # RECOVERY_RULES (ZD-3.10), assumed
)
TO_BAR = (
    guards.limitation_over,       # limitation_months
)
TO_NOTE_GUARANTEE = (
    guards.guarantor_named,       # GUARANTEE (S42, ZD-3.10.3), public
)
TO_KEEP_GUARANTEE = (
    guards.paper_given,           # RECOVERY_RULES (ZD-3.10), assumed
    guards.guarantee_runs,        # GUARANTEE (S42, ZD-3.10.3), public
)
TO_FREE_GUARANTOR = (
    guards.guarantee_over,        # guarantee_period_months
)
TO_SUE = (
    guards.case_named,            # RECOVERY_RULES (ZD-3.10), assumed
    guards.not_barred,            # LIMITATION (S42, ZD-3.10.3), public
)
TO_ENFORCE = (
    guards.case_named,            # RECOVERY_RULES (ZD-3.10), assumed
)
TO_END_ENFORCEMENT = (
    guards.ruling_named,          # RECOVERY_RULES (ZD-3.10), assumed
)
TO_REALISE = (
    guards.pledge_stands,         # REALISATION (S42, ZD-3.10.3), public
    guards.way_and_price,         # REALISATION (S42, ZD-3.10.3), public
    guards.not_barred,            # LIMITATION (S42, ZD-3.10.3), public
)
TO_AGREE = (
    guards.terms_given,           # REASONS (ZD-3.0.1), assumed
    guards.less_than_owed,        # RECOVERY_RULES (ZD-3.10), assumed
)
TO_AGREE_WITH_FUND = (
    *TO_AGREE,
    guards.fund_has_stake,        # FUND_CONSENT (ZD-3.10), assumed
)
TO_AGREE_ALONE = (
    *TO_AGREE,
    guards.fund_has_no_stake,     # FUND_CONSENT (ZD-3.10), assumed
)
TO_FAIL = (
    guards.compromise_overdue,    # RECOVERY_RULES (ZD-3.10), assumed
)
TO_BOOK = (
    guards.money_came_in,         # RECOVERY_RULES (ZD-3.10), assumed
    guards.source_is_new,         # RECOVERY_RULES (ZD-3.10), assumed
)
TO_REMIT = (
    guards.fund_part_held,        # RECOVERY_RULES (ZD-3.10), assumed
)
TO_GIVE_UP = (
    guards.ground_listed,         # COURT_PAPER (ZD-3.10), assumed
    guards.paper_shows_it,        # COURT_PAPER (ZD-3.10), assumed
    guards.searched_long_enough,  # unrecoverable_months
)
TO_GIVE_UP_WITH_FUND = (
    *TO_GIVE_UP,
    guards.fund_has_stake,        # FUND_CONSENT (ZD-3.10), assumed
)
TO_GIVE_UP_ALONE = (
    *TO_GIVE_UP,
    guards.fund_has_no_stake,     # FUND_CONSENT (ZD-3.10), assumed
)
TO_WRITE_OFF = (
    guards.paper_given,           # RECOVERY_RULES (ZD-3.10), assumed
    guards.fund_bears_something,  # FUND_WRITE_OFF (ZD-3.13.2), assumed
)

ROWS = (
    #    trigger                   from                           to                 who           only if               event                              two?
    Row("open",                    (NEW, DISCONTINUED),           OPEN,              SYS,          TO_OPEN,              events.RecoveryOpened,             ALONE),
    *staying("call_for_suit",      ANY,                                              SYS,          (),                   events.RecoverySuitCalledFor,      ALONE),
    *staying("serve_demand",       UNPAID,                                           (BK_M, BK_R), TO_SHOW,              events.RecoveryDemandServed,       ALONE),
    *staying("lapse_limitation",   UNPAID,                                           SYS,          TO_BAR,               events.RecoveryLimitationLapsed,   ALONE),
    *staying("note_guarantee",     PURSUED,                                          BK_R,         TO_NOTE_GUARANTEE,    events.RecoveryGuaranteeNoted,     ALONE),
    *staying("claim_on_guarantor", PURSUED,                                          BK_R,         TO_KEEP_GUARANTEE,    events.RecoveryGuarantorClaimed,   ALONE),
    *staying("lapse_guarantee",    BOOKABLE,                                         SYS,          TO_FREE_GUARANTOR,    events.RecoveryGuaranteeLapsed,    ALONE),
    *staying("preserve_assets",    PURSUED,                                          BK_R,         TO_SHOW,              events.RecoveryAssetsPreserved,    ALONE),
    Row("file_suit",               OPEN,                          LITIGATION,        BK_R,         TO_SUE,               events.RecoverySuitFiled,          ALONE),
    Row("record_judgment",         LITIGATION,                    ENFORCEMENT,       BK_R,         TO_SHOW,              events.RecoveryJudgmentObtained,   ALONE),
    *staying("apply_for_enforcement", ENFORCED,                                      BK_R,         TO_ENFORCE,           events.RecoveryEnforcementApplied, ALONE),
    *staying("end_enforcement",    ENFORCED,                                         BK_R,         TO_END_ENFORCEMENT,   events.RecoveryEnforcementEnded,   ALONE),
    Row("realise_pledge",          SALEABLE,                      ASSET_DISPOSAL,    BK_R,         TO_REALISE,           events.RecoveryAssetDisposed,      WITH_BK_A),
    Row("agree_compromise",        PURSUED,                       SETTLEMENT_AGREED, BK_A,         TO_AGREE_WITH_FUND,   events.RecoveryCompromiseAgreed,   WITH_FM_A),
    Row("compromise_alone",        PURSUED,                       SETTLEMENT_AGREED, BK_R,         TO_AGREE_ALONE,       events.RecoveryCompromiseAgreed,   WITH_BK_A),
    Row("fail_compromise",         SETTLEMENT_AGREED,             OPEN,              SYS,          TO_FAIL,              events.RecoveryCompromiseFailed,   ALONE),
    *staying("book",               BOOKABLE,                                         BK_R,         TO_BOOK,              events.RecoveryReceived,           WITH_BK_L),
    *staying("remit",              (*BOOKABLE, FULLY_RECOVERED),                     BK_L,         TO_REMIT,             events.RecoveryRemitted,           WITH_FM_M),
    Row("discontinue",             UNPAID,                        DISCONTINUED,      SYS,          (),                   events.RecoveryDiscontinued,       ALONE),
    Row("close",                   BOOKABLE,                      FULLY_RECOVERED,   SYS,          (),                   events.RecoveryClosed,             ALONE),
    Row("confirm_unrecoverable",   UNPAID,                        UNRECOVERABLE,     BK_R,         TO_GIVE_UP_WITH_FUND, events.RecoveryClosed,             WITH_FC),
    Row("give_up_alone",           UNPAID,                        UNRECOVERABLE,     BK_R,         TO_GIVE_UP_ALONE,     events.RecoveryClosed,             WITH_BK_A),
    *staying("write_off_recourse", (UNRECOVERABLE,),                                 FM_A,         TO_WRITE_OFF,         events.RecoveryRecourseWrittenOff, WITH_FC_AND_FIN),
)


def _holds_money(row: records.Recovery) -> bool:
    return row.to_remit > Money.ZERO


def _runs(row: records.Recovery) -> bool:
    return row.limitation_on is not None


def _bound(row: records.Recovery) -> bool:
    return row.guarantee_until is not None


LIMITED = (events.RecoveryOpened, events.RecoveryDemandServed)
HELD_IN = (*BOOKABLE, FULLY_RECOVERED)

DEADLINES = (
    #     name          begins with                      last day           rule                       whose  in                 then                     and only while
    duty ("suit",       events.RecoverySuitCalledFor,    "suit_by",         "suit_deadline_days",      BK_R,  OPEN),
    lapse("limitation", LIMITED,                         "limitation_on",   "limitation_months",       BK_R,  UNPAID,            records.LapseLimitation, when=_runs),
    lapse("guarantee",  events.RecoveryGuaranteeNoted,   "guarantee_until", "guarantee_period_months", BK_R,  UNPAID,            records.LapseGuarantee,  when=_bound),
    lapse("compromise", events.RecoveryCompromiseAgreed, "agreed_by",       "ZD-3.10.3",               BK_R,  SETTLEMENT_AGREED, records.FailCompromise),
    duty ("remit",      events.RecoverySplit,            "remit_by",        "recovery_remit_wd",       BK_L,  HELD_IN,                                    when=_holds_money),
)
# fmt: on

RECOVERY = Lifecycle(
    noun="recovery",
    record=records.Recovery,
    states=RecoveryState,
    final=(FULLY_RECOVERED,),
    rows=ROWS,
    commands=commands_of(records),
    events=events_of(events),
    decide=DECIDE,
    evolve=EVOLVE,
    postings=POSTINGS,
    deadlines=DEADLINES,
    notes=(events.RecoverySplit,),
)
