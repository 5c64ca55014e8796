"""An IP right from its declaration to its release: what secures the loan, and what threatens it.

A right is encumbered by registration only (Civil Code 444); losing it does not end the debt.
"""
# ruff: noqa: E501 - the table is read from left to right

from __future__ import annotations

from enum import Enum
from typing import Any

from workflows.asset.decide import DECIDE, EVOLVE, TIMERS
from workflows.asset.events import EVENTS
from workflows.asset.ip_number import is_ip_number
from workflows.asset.records import COMMANDS, IpAsset
from workflows.lifecycle import clauses
from workflows.lifecycle.clauses import refuse
from workflows.lifecycle.machine import ALONE, NEW, Lifecycle, Row, Situation, staying, two_persons
from workflows.lifecycle.refusals import Refusal, against
from workflows.lifecycle.roles import Role
from workflows.pledge.records import Pledge

__all__ = ["ASSET", "AssetState", "IpAsset", "Method"]


class AssetState(Enum):
    """Where an IP right stands as security."""

    DECLARED = "DECLARED"  # the firm says so
    VERIFIED = "VERIFIED"  # the registry's feed agrees
    APPRAISED = "APPRAISED"  # has a value
    ENCUMBERED = "ENCUMBERED"  # a registered pledge rests on it
    RELEASED = "RELEASED"  # the pledge ended; may be verified anew
    LAPSING = "LAPSING"  # annual fee missed, grace runs
    LAPSED = "LAPSED"  # ended for want of the fee
    INVALIDATED = "INVALIDATED"  # counts as never granted
    DISPUTED = "DISPUTED"  # procedures suspended by court or registry
    TRANSFERRED = "TRANSFERRED"  # another owner's, with the pledgee's consent
    DISPOSED = "DISPOSED"  # realised for the debt


class Method(Enum):
    """How a value was found (ZD-5.1, ZD-5.2)."""

    MARKET = "MARKET"
    INCOME = "INCOME"
    COST = "COST"
    SCORECARD = "SCORECARD"  # the bank's internal valuation
    AGREED = "AGREED"  # negotiated by bank and firm


(DECLARED, VERIFIED, APPRAISED, ENCUMBERED, RELEASED, LAPSING, LAPSED, INVALIDATED, DISPUTED,
 TRANSFERRED, DISPOSED) = AssetState  # fmt: skip
PLEDGED = (ENCUMBERED, LAPSING, DISPUTED)
LOST = (LAPSED, INVALIDATED, TRANSFERRED, DISPOSED)
ENT, BK_M, BK_A, BK_R = Role.ENT, Role.BK_M, Role.BK_A, Role.BK_R
REG, VAL, SYS = Role.REG, Role.VAL, Role.SYS
BK_TWICE, WITH_BANK = two_persons(BK_A), two_persons(BK_A, same_organisation=False)
Asked = Situation[Any]


def ip_type_accepted(s: Asked) -> Refusal | None:
    """Registered trademark, patent, copyright or GI (ZD-4.2, S3)."""
    types = s.policy["ip_types"]
    if s.act.ip_type in types.value:
        return None
    return against("ip_type_not_accepted", types, s.act.ip_type)


def ip_number_formed(s: Asked) -> Refusal | None:
    """The number has the form of its type (ZD-3.3.1; patents ZC 0006-2003)."""
    if is_ip_number(s.act.ip_type, s.act.number):
        return None
    return refuse(s, "ip_number_invalid", clauses.IP_DECLARATION, actual=s.act.number)


def owners_consent(s: Asked) -> Refusal | None:
    """Owned by the firm itself, or every other owner consents (ZD-3.3.1, ZD-3.3.3; S39)."""
    silent = [o for o in s.act.owners if o != s.act.enterprise and o not in s.act.consents]
    if s.act.owners and not silent:
        return None
    return refuse(s, "owner_consent_missing", clauses.CO_OWNERS, actual=", ".join(silent) or "-")


def right_in_force(s: Asked) -> Refusal | None:
    """Granted and in force by the feed, and its term not past (S39)."""
    if s.act.in_force and s.it.term_ends_on >= s.today:
        return None
    return refuse(s, "right_not_in_force", clauses.REGISTRY_CHECKS, actual=s.it.term_ends_on)


def owner_recorded(s: Asked) -> Refusal | None:
    """The recorded owner is the one declared (S39, NOT_RECORDED_OWNER)."""
    if s.act.owner_matches:
        return None
    return refuse(s, "not_recorded_owner", clauses.REGISTRY_CHECKS, actual=", ".join(s.it.owners))


def annual_fee_paid(s: Asked) -> Refusal | None:
    """The annual fee is paid by the feed (S39, ANNUAL_FEE_UNPAID)."""
    return None if s.act.fee_paid else refuse(s, "annual_fee_unpaid", clauses.REGISTRY_CHECKS)


def not_pledged_elsewhere(s: Asked) -> Refusal | None:
    """No live pledge by the feed (S39, ALREADY_PLEDGED)."""
    if not s.act.pledged_elsewhere:
        return None
    return refuse(s, "already_pledged", clauses.REGISTRY_CHECKS, actual=s.it.number)


def grounds_named(s: Asked) -> Refusal | None:
    """A failed verification says how the feed contradicts (ZD-3.3.1)."""
    return None if s.act.grounds else refuse(s, "reason_missing", clauses.REASONS)


def method_known(s: Asked) -> Refusal | None:
    """One of the approaches of ZD-5.1 and ZD-5.2."""
    if s.act.method in Method.__members__:
        return None
    known = ", ".join(Method.__members__)
    return refuse(s, "method_unknown", clauses.APPRAISAL, actual=s.act.method, threshold=known)


def value_positive(s: Asked) -> Refusal | None:
    """A value is more than nothing."""
    if s.act.value.fen > 0:
        return None
    return refuse(s, "value_not_positive", clauses.APPRAISAL, actual=s.act.value)


def pledge_registered(s: Asked) -> Refusal | None:
    """A right is encumbered by the registration of the pledge only (Civil Code 444, S42)."""
    state = s.row(Pledge).state
    if state == "REGISTERED":
        return None
    return refuse(s, "pledge_not_registered", clauses.PLEDGE_REGISTERED, actual=state)


def fee_not_passed(s: Asked) -> Refusal | None:
    """The fee's due day is not past yet."""
    due = s.it.fee_due_on
    if due is not None and s.today <= due:
        return None
    return refuse(s, "no_fee_ahead", clauses.ANNUAL_FEE, actual=due or "-")


def fee_missed(s: Asked) -> Refusal | None:
    """The fee's due day is past (Patent Law rules 115, S42)."""
    due = s.it.fee_due_on
    if due is not None and s.today > due:
        return None
    return refuse(s, "fee_not_missed", clauses.ANNUAL_FEE, actual=s.today, threshold=due or "-")


def within_grace(s: Asked) -> Refusal | None:
    """A missed fee may be paid within the grace (Patent Law rules 115, S42)."""
    if s.today <= s.it.grace_until:
        return None
    return against("grace_over", s.policy["fee_grace_months"], s.today)


def grace_over(s: Asked) -> Refusal | None:
    """The grace's last day is past (Patent Law rules 115, S42)."""
    if s.today > s.it.grace_until:
        return None
    return against("grace_still_runs", s.policy["fee_grace_months"], s.it.grace_until)


def proceeds_bound(s: Asked) -> Refusal | None:
    """Proceeds prepay the debt or are deposited (Civil Code 444, S42)."""
    ways = ("PREPAY", "DEPOSIT")
    if s.act.proceeds in ways:
        return None
    return refuse(
        s, "proceeds_not_bound", clauses.PLEDGED_IP, actual=s.act.proceeds, threshold="/".join(ways)
    )


def reason_given(s: Asked) -> Refusal | None:
    """A refusal gives its reason (ZD-3.3.1)."""
    return None if s.act.reason else refuse(s, "reason_missing", clauses.REASONS)


def consent_present(s: Asked) -> Refusal | None:
    """The pledgee's consent is on file (Patent Law rules, S42)."""
    return None if s.act.consent else refuse(s, "pledgee_consent_missing", clauses.OPEN_LICENCE)


def pledge_is_this(s: Asked) -> Refusal | None:
    """The pledge that ended is the one that rests on the right."""
    if s.act.pledge == s.it.pledge:
        return None
    return refuse(s, "other_pledge", clauses.PLEDGE_END, actual=s.act.pledge, threshold=s.it.pledge)


def way_allowed(s: Asked) -> Refusal | None:
    """Agreement, auction or sale (Civil Code 436, S42)."""
    ways = ("AGREEMENT", "AUCTION", "SALE")
    if s.act.way in ways:
        return None
    return refuse(
        s, "way_not_allowed", clauses.REALISATION, actual=s.act.way, threshold="/".join(ways)
    )


FEED = (right_in_force, owner_recorded, annual_fee_paid, not_pledged_elsewhere)
DECLARED_WELL = (ip_type_accepted, ip_number_formed, owners_consent)

# fmt: off
ROWS = (
    #    trigger                 from                       to           who           unless / only if                  event                          two?
    Row("declare",               NEW,                       DECLARED,    ENT,          DECLARED_WELL,                    "IpAsset.Declared",            ALONE),
    Row("verify",                (DECLARED, RELEASED),      VERIFIED,    (SYS, REG),   FEED,                             "IpAsset.Verified",            ALONE),
    Row("fail_verification",     DECLARED,                  DECLARED,    (SYS, REG),   (grounds_named,),                 "IpAsset.VerificationFailed",  ALONE),
    Row("appraise",              (VERIFIED, APPRAISED),     APPRAISED,   VAL,          (method_known, value_positive),   "IpAsset.Appraised",           ALONE),
    Row("value_internally",      (VERIFIED, APPRAISED),     APPRAISED,   BK_M,         (method_known, value_positive),   "IpAsset.Appraised",           BK_TWICE),
    Row("encumber",              APPRAISED,                 ENCUMBERED,  (REG, SYS),   (pledge_registered,),             "IpAsset.Encumbered",          ALONE),
    Row("reappraise",            ENCUMBERED,                ENCUMBERED,  (BK_R, VAL),  (method_known, value_positive),   "IpAsset.Reappraised",         ALONE),
    Row("remind_fee",            ENCUMBERED,                ENCUMBERED,  SYS,          (fee_not_passed,),                "IpAsset.FeeReminderSent",     ALONE),
    Row("pay_fee",               ENCUMBERED,                ENCUMBERED,  (ENT, BK_M),  (fee_not_passed,),                "IpAsset.FeePaid",             ALONE),
    Row("miss_fee",              ENCUMBERED,                LAPSING,     SYS,          (fee_missed,),                    "IpAsset.FeeOverdue",          ALONE),
    Row("cure_fee",              LAPSING,                   ENCUMBERED,  (ENT, BK_M),  (within_grace,),                  "IpAsset.FeeCured",            ALONE),
    Row("lapse",                 LAPSING,                   LAPSED,      SYS,          (grace_over,),                    "IpAsset.Lapsed",              ALONE),
    Row("open_invalidation",     ENCUMBERED,                ENCUMBERED,  REG,          (),                               "IpAsset.InvalidationOpened",  ALONE),
    Row("declare_invalid",       PLEDGED,                   INVALIDATED, REG,          (),                               "IpAsset.Invalidated",         ALONE),
    Row("dispute",               ENCUMBERED,                DISPUTED,    REG,          (),                               "IpAsset.Disputed",            ALONE),
    Row("settle_dispute",        DISPUTED,                  ENCUMBERED,  REG,          (),                               "IpAsset.DisputeSettled",      ALONE),
    Row("consent_disposition",   ENCUMBERED,                ENCUMBERED,  ENT,          (proceeds_bound,),                "IpAsset.DispositionConsented", WITH_BANK),
    Row("transfer",              ENCUMBERED,                TRANSFERRED, ENT,          (proceeds_bound,),                "IpAsset.DispositionConsented", WITH_BANK),
    Row("refuse_disposition",    ENCUMBERED,                ENCUMBERED,  BK_A,         (reason_given,),                  "IpAsset.DispositionRefused",  ALONE),
    Row("allow_open_licence",    ENCUMBERED,                ENCUMBERED,  ENT,          (consent_present,),               "IpAsset.OpenLicenceAllowed",  WITH_BANK),
    Row("release",               PLEDGED,                   RELEASED,    (BK_M, SYS),  (pledge_is_this,),                "IpAsset.Released",            ALONE),
    *staying("release",          LOST,                                   (BK_M, SYS),  (pledge_is_this,),                "IpAsset.Released",            ALONE),
    Row("dispose",               (ENCUMBERED, DISPUTED),    DISPOSED,    BK_R,         (way_allowed,),                   "IpAsset.Disposed",            BK_TWICE),
)
# fmt: on

ASSET = Lifecycle(
    noun="asset",
    record=IpAsset,
    states=AssetState,
    final=LOST,
    rows=ROWS,
    commands=COMMANDS,
    events=EVENTS,
    decide=DECIDE,
    evolve=EVOLVE,
    timers=TIMERS,
)
