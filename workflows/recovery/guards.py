"""When a step of recovery may be taken: one question a function, the rule beside it."""

from __future__ import annotations

from datetime import date

from dateutil.relativedelta import relativedelta

from policies.money import Money
from workflows.claim.records import Claim
from workflows.claim.states import GIVEN_UP
from workflows.lifecycle.clauses import REASONS, refuse
from workflows.lifecycle.deadlines import day_after
from workflows.lifecycle.machine import Situation
from workflows.lifecycle.refusals import Refusal, against
from workflows.loan.balance import interest_owed
from workflows.loan.records import Loan
from workflows.pledge.records import Pledge
from workflows.pledge.states import PledgeState
from workflows.recovery import clauses
from workflows.recovery.records import (
    GUARANTEE_KINDS,
    HOPELESS,
    JOINT,
    NO_ASSETS,
    WAYS,
    AgreeCompromise,
    ApplyForEnforcement,
    BookRecovery,
    ClaimOnGuarantor,
    CompromiseAlone,
    ConfirmUnrecoverable,
    EndEnforcement,
    FileSuit,
    GiveUpAlone,
    NoteGuarantee,
    OpenRecovery,
    PreserveAssets,
    RealisePledge,
    RecordJudgment,
    Recovery,
    ServeDemand,
    WriteOffRecourse,
)

Booking = Situation[Recovery, BookRecovery]
Agreeing = Situation[Recovery, AgreeCompromise | CompromiseAlone]
GivingUp = Situation[Recovery, ConfirmUnrecoverable | GiveUpAlone]
Selling = Situation[Recovery, RealisePledge]
Proved = Situation[
    Recovery,
    ServeDemand | PreserveAssets | RecordJudgment | ClaimOnGuarantor | WriteOffRecourse,
]
OnRecovery = Situation[Recovery]  # whatever is asked of it


def in_default(s: Situation[Recovery | None, OpenRecovery]) -> Refusal | None:
    """Only a loan in arrears or called in is pursued (ZD-3.10.3)."""
    loan = s.row(Loan)
    if loan.overdue_since is not None and loan.unrecovered > Money.ZERO:
        return None
    return refuse(s, "not_in_default", clauses.RECOVERY_RULES, actual=loan.state)


def paper_given(s: Proved) -> Refusal | None:
    """A receipt, ruling or judgment shows it (ZD-3.10.3)."""
    if s.act.paper:
        return None
    return refuse(s, "paper_missing", clauses.RECOVERY_RULES)


def not_barred(s: OnRecovery) -> Refusal | None:
    """Limitation has not run out (Civil Code 188; ZD-3.10.3)."""
    if not s.it.barred:
        return None
    return refuse(s, "limitation_over", clauses.LIMITATION, actual=s.today)


def limitation_over(s: OnRecovery) -> Refusal | None:
    """The last day for a demand or a suit is past."""
    return _past(s, s.it.limitation_on)


def guarantor_named(s: Situation[Recovery, NoteGuarantee]) -> Refusal | None:
    """Who guarantees, and whether generally or jointly (Civil Code 686 to 688)."""
    if s.act.guarantor and s.act.guarantee in GUARANTEE_KINDS:
        return None
    return refuse(
        s,
        "guarantee_unclear",
        clauses.GUARANTEE,
        actual=s.act.guarantee,
        threshold=GUARANTEE_KINDS,
    )


def guarantee_runs(s: OnRecovery) -> Refusal | None:
    """The period is running, and the guarantee is joint (Civil Code 693)."""
    until, today = s.it.guarantee_until, s.today
    if s.it.guarantee == JOINT and until is not None and today <= until:
        return None
    return refuse(
        s, "guarantee_not_running", clauses.GUARANTEE, actual=s.it.guarantee, threshold=until or ""
    )


def guarantee_over(s: OnRecovery) -> Refusal | None:
    """The period's last day is past."""
    return _past(s, s.it.guarantee_until)


def case_named(s: Situation[Recovery, FileSuit | ApplyForEnforcement]) -> Refusal | None:
    """The court's number of the case, and for a suit the court (ZD-3.10.3)."""
    if s.act.case_number and getattr(s.act, "court", "-"):
        return None
    return refuse(s, "case_not_named", clauses.RECOVERY_RULES)


def ruling_named(s: Situation[Recovery, EndEnforcement]) -> Refusal | None:
    """The court's ruling that ends enforcement (ZD-3.10.3)."""
    if s.act.ruling:
        return None
    return refuse(s, "paper_missing", clauses.RECOVERY_RULES)


def pledge_stands(s: Selling) -> Refusal | None:
    """The right is pledged, in the register, and not sold already (ZD-3.10.3)."""
    pledge = s.rows.get(Pledge)
    registered = pledge is not None and pledge.state == PledgeState.REGISTERED.name
    if pledge is not None and registered and s.act.asset in pledge.assets:
        return None
    state = "-" if pledge is None else pledge.state
    return refuse(s, "right_not_pledged", clauses.REALISATION, actual=s.act.asset, threshold=state)


def way_and_price(s: Selling) -> Refusal | None:
    """By agreement, auction or sale, and for a price (Civil Code 436)."""
    if s.act.way in WAYS and s.act.price > Money.ZERO:
        return None
    return refuse(s, "way_not_allowed", clauses.REALISATION, actual=s.act.way, threshold=WAYS)


def money_came_in(s: Booking) -> Refusal | None:
    """Gross above zero, costs not below (ZD-3.10)."""
    if s.act.gross > Money.ZERO and s.act.cost >= Money.ZERO:
        return None
    return refuse(s, "amount_not_positive", clauses.RECOVERY_RULES, actual=s.act.gross)


def source_is_new(s: Booking) -> Refusal | None:
    """The same money is booked once (ZD-3.10: source id unique)."""
    if s.act.source and s.act.source not in s.it.sources:
        return None
    return refuse(s, "source_already_booked", clauses.RECOVERY_RULES, actual=s.act.source)


def fund_part_held(s: OnRecovery) -> Refusal | None:
    """The bank holds something that is the fund's (ZD-3.10)."""
    if s.it.to_remit > Money.ZERO:
        return None
    held = s.it.to_remit
    return refuse(s, "nothing_to_remit", clauses.RECOVERY_RULES, actual=held, needs="recovery.book")


def terms_given(s: Agreeing) -> Refusal | None:
    """A compromise states its terms, and a day that lies ahead."""
    if s.act.terms and s.act.until >= s.today:
        return None
    return refuse(s, "reason_missing", REASONS)


def less_than_owed(s: Agreeing) -> Refusal | None:
    """More than nothing and less than the whole debt is agreed (ZD-3.10)."""
    loan = s.row(Loan)
    owing = loan.unrecovered + interest_owed(loan, s.policy, s.today)
    if Money.ZERO < s.act.amount < owing:
        return None
    return refuse(s, "no_compromise", clauses.RECOVERY_RULES, actual=s.act.amount, threshold=owing)


def fund_has_stake(s: OnRecovery) -> Refusal | None:
    """A claim has been paid or may still be (ZD-3.10)."""
    if _stake(s):
        return None
    return refuse(s, "fund_has_no_stake", clauses.FUND_CONSENT, needs=_OTHER[s.act.trigger])


def fund_has_no_stake(s: OnRecovery) -> Refusal | None:
    """No claim has been paid nor may still be: the loss is the bank's alone (ZD-3.10)."""
    if not _stake(s):
        return None
    claim = s.rows.get(Claim)
    return refuse(
        s,
        "fund_must_consent",
        clauses.FUND_CONSENT,
        actual="" if claim is None else claim.state,
        needs=_OTHER[s.act.trigger],
    )


_OTHER = {
    "agree_compromise": "recovery.compromise_alone",
    "compromise_alone": "recovery.agree_compromise",
    "confirm_unrecoverable": "recovery.give_up_alone",
    "give_up_alone": "recovery.confirm_unrecoverable",
}


def _stake(s: OnRecovery) -> bool:
    claim = s.rows.get(Claim)
    return claim is not None and claim.state not in {state.name for state in GIVEN_UP}


def compromise_overdue(s: OnRecovery) -> Refusal | None:
    """The day by which it was to be kept is past."""
    return _past(s, s.it.agreed_by)


def ground_listed(s: GivingUp) -> Refusal | None:
    """The court ended enforcement, bankruptcy ended, or years without assets (ZD-3.10)."""
    if s.act.reason in HOPELESS:
        return None
    return refuse(s, "no_such_ground", clauses.COURT_PAPER, actual=s.act.reason, threshold=HOPELESS)


def paper_shows_it(s: GivingUp) -> Refusal | None:
    """The paper of the court, or the record of a search without result (ZD-3.10)."""
    if s.act.paper or s.it.ruling:
        return None
    return refuse(s, "paper_missing", clauses.COURT_PAPER, needs="recovery.end_enforcement")


def searched_long_enough(s: GivingUp) -> Refusal | None:
    """Without a ruling, unrecoverable_months of pursuit without assets (ZD-3.10)."""
    if s.act.reason != NO_ASSETS:
        return None
    least = s.policy["unrecoverable_months"]
    first = s.it.opened_on + relativedelta(months=least.value)
    if s.today >= first:
        return None
    return against("pursued_too_short", least, s.it.opened_on, legal_from=first)


def fund_bears_something(s: Situation[Recovery, WriteOffRecourse]) -> Refusal | None:
    """The fund paid more than came back, and has not written it off (ZD-3.13.2)."""
    claim = s.rows.get(Claim)
    left = Money.ZERO if claim is None else claim.fund_burden
    if left > Money.ZERO and not s.it.recourse_written_off:
        return None
    return refuse(s, "no_recourse_left", clauses.FUND_WRITE_OFF, actual=left)


def _past(s: OnRecovery, last: date | None) -> Refusal | None:
    """That last day is over."""
    if last is not None and s.today > last:
        return None
    return refuse(
        s,
        "window_still_open",
        clauses.RECOVERY_RULES,
        actual=s.today,
        threshold=last or "",
        legal_from=None if last is None else day_after(last),
    )
