"""An IP right from its declaration to its release: what secures the loan, and what threatens it.

A right is encumbered by registration only (Civil Code 444); losing it does not end the debt.
"""
# ruff: noqa: E501 - the table is read from left to right

from __future__ import annotations

from workflows.asset import events, records, watch
from workflows.asset.decide import DECIDE
from workflows.asset.events import (
    IpAssetAppraised,
    IpAssetAppraiserEngaged,
    IpAssetDeclared,
    IpAssetDisposed,
    IpAssetDispositionConsented,
    IpAssetDispositionRefused,
    IpAssetDisputed,
    IpAssetDisputeSettled,
    IpAssetEncumbered,
    IpAssetFeeCured,
    IpAssetFeeOverdue,
    IpAssetFeePaid,
    IpAssetFeeReminderSent,
    IpAssetInvalidated,
    IpAssetInvalidationOpened,
    IpAssetInvalidationRejected,
    IpAssetLapsed,
    IpAssetOpenLicenceAllowed,
    IpAssetReappraised,
    IpAssetReleased,
    IpAssetRevaluationDue,
    IpAssetVerificationFailed,
    IpAssetVerified,
)
from workflows.asset.evolve import EVOLVE, TIMERS
from workflows.asset.guards import (
    annual_fee_paid,
    appraiser_named,
    attacked,
    bank_may_pay,
    consent_present,
    fee_missed,
    fee_not_passed,
    fee_with_surcharge,
    grace_over,
    grounds_named,
    ip_number_formed,
    ip_type_accepted,
    live_once,
    method_known,
    not_pledged_elsewhere,
    owner_recorded,
    owners_consent,
    pledge_is_this,
    pledge_registered,
    proceeds_bound,
    reason_given,
    right_in_force,
    term_as_law,
    value_positive,
    valued_by_oneself,
    way_allowed,
    whole_fee,
    within_grace,
)
from workflows.asset.persons import for_risk_too
from workflows.asset.records import IpAsset, LapseIp
from workflows.asset.states import AssetState
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

(DECLARED, VERIFIED, APPRAISED, ENCUMBERED, RELEASED, LAPSING, LAPSED, INVALIDATED, DISPUTED,
 TRANSFERRED, DISPOSED) = AssetState  # fmt: skip
PLEDGED = (ENCUMBERED, LAPSING, DISPUTED)
LOST = (LAPSED, INVALIDATED, TRANSFERRED, DISPOSED)
ENT, BK_M, BK_A, BK_R = Role.ENT, Role.BK_M, Role.BK_A, Role.BK_R
REG, VAL, SYS = Role.REG, Role.VAL, Role.SYS
BK_TWICE, WITH_BANK = two_persons(BK_A), two_persons(BK_A, same_organisation=False)
AND_RISK = in_turn(Turn((BK_A,)), Turn((), limit=for_risk_too, beyond=(BK_R,)))
FEED = (right_in_force, owner_recorded, annual_fee_paid, not_pledged_elsewhere, live_once)
VALUED = (valued_by_oneself, method_known, value_positive)
DECLARED_WELL = (ip_type_accepted, ip_number_formed, term_as_law, owners_consent,
                 live_once)  # fmt: skip
TO_PAY_FEE = (fee_not_passed, bank_may_pay, whole_fee)
TO_CURE_FEE = (within_grace, bank_may_pay, fee_with_surcharge)
REVALUED = (IpAssetEncumbered, IpAssetReappraised, IpAssetRevaluationDue, IpAssetInvalidationOpened,
            IpAssetFeeCured, IpAssetDisputeSettled)  # fmt: skip

# fmt: off
ROWS = (
    #   trigger                 from                     to            who           unless / only if                 event                         two?
    Row("declare",              NEW,                     DECLARED,     ENT,          DECLARED_WELL,                   IpAssetDeclared,              ALONE),
    Row("verify",               (DECLARED, RELEASED),    VERIFIED,     (SYS, REG),   FEED,                            IpAssetVerified,              ALONE),
    Row("fail_verification",    DECLARED,                DECLARED,     (SYS, REG),   (grounds_named,),                IpAssetVerificationFailed,    ALONE),
    *staying("engage_appraiser", (DECLARED, VERIFIED, APPRAISED),      ENT,          (appraiser_named,),              IpAssetAppraiserEngaged,      ALONE),
    *staying("engage_appraiser", (ENCUMBERED,),                        BK_R,         (appraiser_named,),              IpAssetAppraiserEngaged,      ALONE),
    Row("appraise",             (VERIFIED, APPRAISED),   APPRAISED,    VAL,          VALUED,                          IpAssetAppraised,             ALONE),
    Row("value_internally",     (VERIFIED, APPRAISED),   APPRAISED,    BK_M,         (method_known, value_positive),  IpAssetAppraised,             AND_RISK),
    Row("encumber",             APPRAISED,               ENCUMBERED,   (REG, SYS),   (pledge_registered,),            IpAssetEncumbered,            ALONE),
    Row("reappraise",           ENCUMBERED,              ENCUMBERED,   (BK_R, VAL),  VALUED,                          IpAssetReappraised,           ALONE),
    Row("remind_fee",           ENCUMBERED,              ENCUMBERED,   SYS,          (fee_not_passed,),               IpAssetFeeReminderSent,       ALONE),
    Row("pay_fee",              ENCUMBERED,              ENCUMBERED,   (ENT, BK_M),  TO_PAY_FEE,                      IpAssetFeePaid,               ALONE),
    Row("miss_fee",             ENCUMBERED,              LAPSING,      SYS,          (fee_missed,),                   IpAssetFeeOverdue,            ALONE),
    Row("cure_fee",             LAPSING,                 ENCUMBERED,   (ENT, BK_M),  TO_CURE_FEE,                     IpAssetFeeCured,              ALONE),
    Row("lapse",                LAPSING,                 LAPSED,       SYS,          (grace_over,),                   IpAssetLapsed,                ALONE),
    Row("open_invalidation",    ENCUMBERED,              ENCUMBERED,   REG,          (),                              IpAssetInvalidationOpened,    ALONE),
    *staying("reject_invalidation", PLEDGED,                     REG,          (attacked,),                     IpAssetInvalidationRejected,  ALONE),
    *staying("call_revaluation", tuple(AssetState),               SYS,          (),                              IpAssetRevaluationDue,        ALONE),
    Row("declare_invalid",      PLEDGED,                 INVALIDATED,  REG,          (),                              IpAssetInvalidated,           ALONE),
    Row("dispute",              ENCUMBERED,              DISPUTED,     REG,          (),                              IpAssetDisputed,              ALONE),
    Row("settle_dispute",       DISPUTED,                ENCUMBERED,   REG,          (),                              IpAssetDisputeSettled,        ALONE),
    Row("consent_disposition",  ENCUMBERED,              ENCUMBERED,   ENT,          (proceeds_bound,),               IpAssetDispositionConsented,  WITH_BANK),
    Row("transfer",             ENCUMBERED,              TRANSFERRED,  ENT,          (proceeds_bound,),               IpAssetDispositionConsented,  WITH_BANK),
    Row("refuse_disposition",   ENCUMBERED,              ENCUMBERED,   BK_A,         (reason_given,),                 IpAssetDispositionRefused,    ALONE),
    Row("allow_open_licence",   ENCUMBERED,              ENCUMBERED,   ENT,          (consent_present,),              IpAssetOpenLicenceAllowed,    WITH_BANK),
    Row("release",              PLEDGED,                 RELEASED,     (BK_M, SYS),  (pledge_is_this,),               IpAssetReleased,              ALONE),
    *staying("release",         LOST,                                  (BK_M, SYS),  (pledge_is_this,),               IpAssetReleased,              ALONE),
    Row("dispose",              PLEDGED,                 DISPOSED,     (BK_R, SYS),  (way_allowed,),                  IpAssetDisposed,              BK_TWICE),
)

DEADLINES = (
    #     name     begins with        last day       rule                whose  in        then
    duty ("revaluation", REVALUED, "revalue_by", "revaluation_months", BK_R, ENCUMBERED),
    lapse("grace", IpAssetFeeOverdue, "grace_until", "fee_grace_months", ENT,   LAPSING,  LapseIp),
)
# fmt: on

ASSET = Lifecycle(
    noun="asset",
    record=IpAsset,
    states=AssetState,
    final=LOST,
    rows=ROWS,
    commands=commands_of(records, watch),
    events=events_of(events),
    decide=DECIDE,
    evolve=EVOLVE,
    timers=TIMERS,
    deadlines=DEADLINES,
)
