"""Only if: what each act on an IP right asks before it may happen. ZD-3.3.1, ZD-3.3.3."""

from __future__ import annotations

from policies.money import Money
from workflows.asset.facts import LiveRights
from workflows.asset.fees import missed_fee
from workflows.asset.ip_number import filing_year, folded, is_ip_number, kind_of
from workflows.asset.methods import Method
from workflows.asset.records import (
    AllowOpenLicence,
    AppraiseIp,
    ConsentDisposition,
    CureFee,
    DeclareIp,
    DisposeIp,
    EngageAppraiser,
    FailVerification,
    IpAsset,
    PayFee,
    ReappraiseIp,
    RefuseDisposition,
    ReleaseIp,
    TransferIp,
    ValueIpInternally,
    VerifyIp,
)
from workflows.lifecycle import clauses
from workflows.lifecycle.clauses import refuse
from workflows.lifecycle.deadlines import day_after
from workflows.lifecycle.given import given
from workflows.lifecycle.machine import Situation
from workflows.lifecycle.refusals import Refusal, Remark, against, within
from workflows.lifecycle.roles import Role
from workflows.pledge.records import Pledge
from workflows.pledge.states import PledgeState

TRADEMARK = "TRADEMARK"


def ip_type_accepted(s: Situation[None, DeclareIp]) -> Refusal | Remark | None:
    """Registered trademark, patent, copyright or GI (ZD-4.2, S3)."""
    return within("ip_type_not_accepted", s.policy.among("ip_types"), s.act.ip_type)


def ip_number_formed(s: Situation[None, DeclareIp]) -> Refusal | None:
    """The number has the form of its type (ZD-3.3.1.1; patents ZC 0006-2003)."""
    if is_ip_number(s.act.ip_type, s.act.number):
        return None
    return refuse(s, "ip_number_invalid", clauses.IP_DECLARATION, actual=s.act.number)


def term_as_law(s: Situation[None, DeclareIp]) -> Refusal | None:
    """The right ends when law ends it: years from a patent's filing, a mark's from today at most.

    Patent Law 42, Trademark Law 39 (S42; ZD-5.5).
    """
    kinds, years = s.policy["right_term_kinds"].value, s.policy["right_term_years"]
    number = folded(s.act.ip_type, s.act.number)
    kind = kind_of(s.act.ip_type, number)
    if kind not in kinds or not is_ip_number(s.act.ip_type, s.act.number):
        return None
    term = years.value[kinds.index(kind)]
    since = s.today.year if s.act.ip_type == TRADEMARK else filing_year(number)
    last, ends = since + term, s.act.term_ends_on.year
    if ends == last or (s.act.ip_type == TRADEMARK and ends < last):
        return None
    return against("term_not_as_law", years, s.act.term_ends_on, threshold=last)


def live_once(s: Situation[IpAsset | None, DeclareIp | VerifyIp]) -> Refusal | None:
    """No other live entry is of the same right, whoever declared it (ZD-3.3.1.1)."""
    if not s.fact(LiveRights).count:
        return None
    number = s.act.number if isinstance(s.act, DeclareIp) else given(s.it).number
    return refuse(s, "right_declared_twice", clauses.IP_DECLARATION, actual=number)


def owners_consent(s: Situation[None, DeclareIp]) -> Refusal | None:
    """Owned by the firm itself, or every other owner consents (ZD-3.3.1.1; S39)."""
    silent = tuple(o for o in s.act.owners if o != s.act.enterprise and o not in s.act.consents)
    if s.act.owners and not silent:
        return None
    return refuse(s, "owner_consent_missing", clauses.CO_OWNERS, actual=silent or "-")


def right_in_force(s: Situation[IpAsset, VerifyIp]) -> Refusal | None:
    """Granted and in force by the feed, and its term not past (S39)."""
    if s.act.in_force and s.it.term_ends_on >= s.today:
        return None
    return refuse(s, "right_not_in_force", clauses.REGISTRY_CHECKS, actual=s.it.term_ends_on)


def owner_recorded(s: Situation[IpAsset, VerifyIp]) -> Refusal | None:
    """The recorded owner is the one declared (S39, NOT_RECORDED_OWNER)."""
    if s.act.owner_matches:
        return None
    return refuse(s, "not_recorded_owner", clauses.REGISTRY_CHECKS, actual=s.it.owners)


def annual_fee_paid(s: Situation[IpAsset, VerifyIp]) -> Refusal | None:
    """The annual fee is paid by the feed (S39, ANNUAL_FEE_UNPAID)."""
    if s.act.fee_paid:
        return None
    return refuse(s, "annual_fee_unpaid", clauses.REGISTRY_CHECKS)


def not_pledged_elsewhere(s: Situation[IpAsset, VerifyIp]) -> Refusal | None:
    """No live pledge by the feed (S39, ALREADY_PLEDGED)."""
    if not s.act.pledged_elsewhere:
        return None
    return refuse(s, "already_pledged", clauses.REGISTRY_CHECKS, actual=s.it.number)


def grounds_named(s: Situation[IpAsset, FailVerification]) -> Refusal | None:
    """A failed verification says how the feed contradicts (ZD-3.3.1.2)."""
    if s.act.grounds:
        return None
    return refuse(s, "reason_missing", clauses.REASONS)


def appraiser_named(s: Situation[IpAsset, EngageAppraiser]) -> Refusal | None:
    """An engagement says who is engaged (ZD-2.1)."""
    if s.act.appraiser:
        return None
    return refuse(s, "reason_missing", clauses.REASONS)


def valued_by_oneself(s: Situation[IpAsset, AppraiseIp | ReappraiseIp]) -> Refusal | None:
    """Nobody states a value in another's name (ZD-2.1)."""
    if s.act.appraiser == s.actor.organisation:
        return None
    return refuse(
        s, "signs_for_another", clauses.APPRAISAL,
        actual=s.act.appraiser, threshold=s.actor.organisation,
    )  # fmt: skip


def method_known(
    s: Situation[IpAsset, AppraiseIp | ValueIpInternally | ReappraiseIp],
) -> Refusal | None:
    """One of the approaches of ZD-5.1 and ZD-5.2."""
    if s.act.method in Method.__members__:
        return None
    known = tuple(Method.__members__)
    return refuse(s, "method_unknown", clauses.APPRAISAL, actual=s.act.method, threshold=known)


def value_positive(
    s: Situation[IpAsset, AppraiseIp | ValueIpInternally | ReappraiseIp],
) -> Refusal | None:
    """A value is more than nothing."""
    if s.act.value.fen > 0:
        return None
    return refuse(s, "value_not_positive", clauses.APPRAISAL, actual=s.act.value)


def pledge_registered(s: Situation[IpAsset]) -> Refusal | None:
    """A right is encumbered by the registration of the pledge only (Civil Code 444, S42)."""
    state = s.row(Pledge).state
    if state == PledgeState.REGISTERED.name:
        return None
    return refuse(
        s, "pledge_not_registered", clauses.PLEDGE_REGISTERED, actual=state, needs="pledge.register"
    )


def fee_not_passed(s: Situation[IpAsset]) -> Refusal | None:
    """The fee's due day is not past yet."""
    due = s.it.fee_due_on
    if due is not None and s.today <= due:
        return None
    return refuse(s, "no_fee_ahead", clauses.ANNUAL_FEE, actual=due or "-")


def bank_may_pay(s: Situation[IpAsset, PayFee | CureFee]) -> Refusal | None:
    """The bank pays in the firm's place where the contract says so (ZD-5.5)."""
    may = s.policy["bank_may_pay_fee"]
    if s.actor.role is not Role.BK_M or may.value:
        return None
    return against("bank_may_not_pay", may, s.actor.role.value)


def whole_fee(s: Situation[IpAsset, PayFee]) -> Refusal | None:
    """The annual fee on file is paid whole, and the next is due later (ZD-3.3.1.4)."""
    fee = s.it.annual_fee or s.act.amount
    if Money.ZERO < s.act.amount == fee and s.act.next_due_on > given(s.it.fee_due_on):
        return None
    return refuse(s, "fee_not_whole", clauses.ANNUAL_FEE, actual=s.act.amount, threshold=fee)


def fee_with_surcharge(s: Situation[IpAsset, CureFee]) -> Refusal | None:
    """Paid late, the fee is paid with its surcharge of fee_surcharges (ZD-5.5; S42)."""
    due = given(s.it.fee_due_on)
    late = missed_fee(s)
    if Money.ZERO < s.act.amount == late.total and s.act.next_due_on > due:
        return None
    shares = s.policy["fee_surcharges"]
    return against("surcharge_missing", shares, s.act.amount, threshold=late.total)


def attacked(s: Situation[IpAsset]) -> Refusal | None:
    """An invalidation is pending (Patent Law 45)."""
    if s.it.attacked_on is not None:
        return None
    needs = "asset.open_invalidation"
    return refuse(s, "no_invalidation_pending", clauses.REGISTRY_CHECKS, needs=needs)


def fee_missed(s: Situation[IpAsset]) -> Refusal | None:
    """The fee's due day is past (Patent Law rules 115, S42)."""
    due = s.it.fee_due_on
    if due is not None and s.today > due:
        return None
    return refuse(
        s, "fee_not_missed", clauses.ANNUAL_FEE, actual=s.today, threshold=due or "-",
        legal_from=day_after(due) if due else None,
    )  # fmt: skip


def within_grace(s: Situation[IpAsset]) -> Refusal | None:
    """A missed fee may be paid within the grace (Patent Law rules 115, S42)."""
    if s.today <= given(s.it.grace_until):
        return None
    return against("grace_over", s.policy["fee_grace_months"], s.today)


def grace_over(s: Situation[IpAsset]) -> Refusal | None:
    """The grace's last day is past (Patent Law rules 115, S42)."""
    last = given(s.it.grace_until)
    if s.today > last:
        return None
    grace = s.policy["fee_grace_months"]
    return against("grace_still_runs", grace, last, legal_from=day_after(last))


def proceeds_bound(s: Situation[IpAsset, ConsentDisposition | TransferIp]) -> Refusal | None:
    """Proceeds prepay the debt or are deposited (Civil Code 444, S42)."""
    ways = ("PREPAY", "DEPOSIT")
    if s.act.proceeds in ways:
        return None
    return refuse(
        s, "proceeds_not_bound", clauses.PLEDGED_IP, actual=s.act.proceeds, threshold=ways
    )


def reason_given(s: Situation[IpAsset, RefuseDisposition]) -> Refusal | None:
    """A refusal gives its reason (ZD-3.3.1.5)."""
    if s.act.reason:
        return None
    return refuse(s, "reason_missing", clauses.REASONS)


def consent_present(s: Situation[IpAsset, AllowOpenLicence]) -> Refusal | None:
    """The pledgee's consent is on file (Patent Law rules, S42)."""
    if s.act.consent:
        return None
    return refuse(s, "pledgee_consent_missing", clauses.OPEN_LICENCE)


def pledge_is_this(s: Situation[IpAsset, ReleaseIp]) -> Refusal | None:
    """The pledge that ended is the one that rests on the right."""
    if s.act.pledge == s.it.pledge:
        return None
    return refuse(s, "other_pledge", clauses.PLEDGE_END, actual=s.act.pledge, threshold=s.it.pledge)


def way_allowed(s: Situation[IpAsset, DisposeIp]) -> Refusal | None:
    """Agreement, auction or sale (Civil Code 436, S42)."""
    ways = ("AGREEMENT", "AUCTION", "SALE")
    if s.act.way in ways:
        return None
    return refuse(s, "way_not_allowed", clauses.REALISATION, actual=s.act.way, threshold=ways)
