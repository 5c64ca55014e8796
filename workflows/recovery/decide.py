"""What follows from an act of recovery that may happen: its events, the split, the next steps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta

from policies.calendar import next_working_day
from policies.money import Money, total
from policies.sharing.cover import BANK, FUND
from policies.sharing.loss import Returned
from workflows.asset.records import DisposeIp
from workflows.claim.records import Claim, NoteFinalLoss, ShareRecovery
from workflows.fund.records import ReturnRecovery
from workflows.lifecycle.deadlines import days_from, working_days_from
from workflows.lifecycle.effects import Then
from workflows.lifecycle.evolution import Decide
from workflows.lifecycle.machine import Situation
from workflows.loan.balance import interest_owed
from workflows.loan.records import ApplyRecovery, ForgiveDebt, Loan, RecordLateRecovery
from workflows.pledge.records import EndRealisedPledge, Pledge
from workflows.recovery.events import (
    RecoveryAssetDisposed,
    RecoveryAssetsPreserved,
    RecoveryClosed,
    RecoveryCompromiseAgreed,
    RecoveryCompromiseFailed,
    RecoveryDemandServed,
    RecoveryDiscontinued,
    RecoveryEnforcementApplied,
    RecoveryEnforcementEnded,
    RecoveryGuaranteeLapsed,
    RecoveryGuaranteeNoted,
    RecoveryGuarantorClaimed,
    RecoveryJudgmentObtained,
    RecoveryLimitationLapsed,
    RecoveryOpened,
    RecoveryReceived,
    RecoveryRecourseWrittenOff,
    RecoveryRemitted,
    RecoverySplit,
    RecoverySuitCalledFor,
    RecoverySuitFiled,
)
from workflows.recovery.records import (
    GENERAL,
    AgreeCompromise,
    ApplyForEnforcement,
    BookRecovery,
    CallForSuit,
    ClaimOnGuarantor,
    CloseRecovery,
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
from workflows.recovery.split import compensated, split_of

OnRecovery = Situation[Recovery]  # whatever is asked of it
Booking = Situation[Recovery, BookRecovery]
Outcome = tuple[Any, ...]
ALL_PAID = "ALL_PAID"
COMPROMISE_KEPT = "COMPROMISE_KEPT"


def open_recovery(s: Situation[Recovery | None, OpenRecovery]) -> Outcome:
    """From the day after the due date; limitation runs from the last instalment (189)."""
    loan = s.row(Loan)
    return (
        RecoveryOpened(
            loan=loan.id,
            bank=loan.bank,
            fund=loan.fund,
            enterprise=loan.enterprise,
            pledge=loan.pledge,
            policy=s.policy.ref,
            opened_on=s.today,
            limitation_on=_limitation(s, max(loan.due_on or s.today, s.today)),
        ),
    )


def _limitation(s: Situation[Any], since: date) -> date:
    """Last day: limitation_months after that day, moved off a rest day (Civil Code 203)."""
    months: int = s.policy["limitation_months"].value
    return next_working_day(since + relativedelta(months=months)).date


def call_for_suit(s: Situation[Recovery, CallForSuit]) -> Outcome:
    """Within suit_deadline_days of a compensation, else suit_deadline_uncovered_days of DPD 91."""
    name = "suit_deadline_days" if s.act.compensated else "suit_deadline_uncovered_days"
    return (RecoverySuitCalledFor(days_from(s, name)),)


def serve_demand(s: Situation[Recovery, ServeDemand]) -> Outcome:
    """The limitation starts again, unless a suit has stopped it or it has run out."""
    ends = None if s.it.limitation_on is None else _limitation(s, s.today)
    return (RecoveryDemandServed(s.act.way, s.act.paper, s.it.demands + 1, s.today, ends),)


def lapse_limitation(s: OnRecovery) -> Outcome:
    """Nothing was demanded and nobody sued."""
    return (RecoveryLimitationLapsed(s.today),)


def note_guarantee(s: Situation[Recovery, NoteGuarantee]) -> Outcome:
    """As agreed, else guarantee_period_months from the due date (Civil Code 692)."""
    months: int = s.policy["guarantee_period_months"].value
    silent = (s.row(Loan).due_on or s.today) + relativedelta(months=months)
    until = next_working_day(s.act.until or silent).date
    return (RecoveryGuaranteeNoted(s.act.guarantor, s.act.guarantee, until),)


def claim_on_guarantor(s: Situation[Recovery, ClaimOnGuarantor]) -> Outcome:
    """Kept by it."""
    return (RecoveryGuarantorClaimed(s.act.paper),)


def lapse_guarantee(s: OnRecovery) -> Outcome:
    """The guarantor is free."""
    return (RecoveryGuaranteeLapsed(s.it.guarantor),)


def preserve_assets(s: Situation[Recovery, PreserveAssets]) -> Outcome:
    """The ruling is kept."""
    return (RecoveryAssetsPreserved(s.act.paper),)


def file_suit(s: Situation[Recovery, FileSuit]) -> Outcome:
    """Court and case are kept; it stops the limitation and keeps a general guarantee."""
    keeps = s.it.guarantee == GENERAL and s.it.guarantee_until is not None
    return (RecoverySuitFiled(s.today, s.act.court, s.act.case_number, keeps),)


def record_judgment(s: Situation[Recovery, RecordJudgment]) -> Outcome:
    """Enforceable from today."""
    return (RecoveryJudgmentObtained(s.today, s.act.paper),)


def apply_for_enforcement(s: Situation[Recovery, ApplyForEnforcement]) -> Outcome:
    """The court's number is kept."""
    return (RecoveryEnforcementApplied(s.today, s.act.case_number),)


def end_enforcement(s: Situation[Recovery, EndEnforcement]) -> Outcome:
    """The recovery stays open: the claim is kept on file (账销案存)."""
    return (RecoveryEnforcementEnded(s.today, s.act.ruling),)


def realise_pledge(s: Situation[Recovery, RealisePledge]) -> Outcome:
    """The right is disposed of; with the last one the pledge ends."""
    a, pledge = s.act, s.row(Pledge)
    disposed = (*s.it.disposed, a.asset)
    told = RecoveryAssetDisposed(a.asset, a.way, a.price, disposed, s.today)
    ended = (Then(EndRealisedPledge(pledge.id)),) if set(pledge.assets) <= set(disposed) else ()
    return (told, Then(DisposeIp(a.asset, a.way, a.price)), *ended)


def agree_compromise(s: Situation[Recovery, AgreeCompromise | CompromiseAlone]) -> Outcome:
    """Nothing is forgiven before it is kept."""
    return (RecoveryCompromiseAgreed(s.act.amount, s.act.until, s.act.terms),)


def fail_compromise(s: OnRecovery) -> Outcome:
    """The whole debt is owed again."""
    return (RecoveryCompromiseFailed(s.it.agreed, s.it.paid_since),)


def book(s: Booking) -> Outcome:
    """Received and split the same day; the debt and the claim follow in the same transaction."""
    a = s.act
    received = RecoveryReceived(a.gross, a.cost, a.source, (*s.it.sources, a.source), s.today)
    net = a.gross - a.cost
    part = split_of(s, net)
    fund_part = part.returned.get(FUND, Money.ZERO)
    split = RecoverySplit(
        amount=net,
        fund_part=fund_part,
        bank_part=part.returned[BANK],
        bank_interest=part.bank_interest,
        surplus=part.surplus,
        remit_by=working_days_from(s, "recovery_remit_wd") if fund_part else s.it.remit_by,
    )
    return (
        received,
        split,
        *_on_the_debt(s, part, fund_part),
        *_on_the_claim(s, split),
        *_at_the_end(s, part),
    )


def _on_the_debt(s: OnRecovery, part: Returned, fund_part: Money) -> tuple[Then, ...]:
    principal, loan = total(part.returned.values()), s.row(Loan)
    if principal + part.bank_interest <= Money.ZERO:
        return ()
    note = RecordLateRecovery if loan.written_off else ApplyRecovery
    return (Then(note(loan.id, s.it.id, principal, part.bank_interest, fund_part)),)


def _on_the_claim(s: OnRecovery, split: RecoverySplit) -> tuple[Then, ...]:
    claim = compensated(s)
    if claim is None:
        return ()
    shared = ShareRecovery(claim.id, s.it.id, split.fund_part, split.bank_part, split.bank_interest)
    return (Then(shared),)


def _at_the_end(s: Booking, part: Returned) -> tuple[Then, ...]:
    loan = s.row(Loan)
    owing = loan.unrecovered + interest_owed(loan, s.policy, s.today)
    if total(part.returned.values()) + part.bank_interest == owing:
        return (Then(CloseRecovery(s.it.id, ALL_PAID)),)
    if s.it.agreed and s.it.paid_since + s.act.gross >= s.it.agreed:
        return (Then(ForgiveDebt(loan.id)), Then(CloseRecovery(s.it.id, COMPROMISE_KEPT)))
    return ()


def remit(s: OnRecovery) -> Outcome:
    """All the bank holds for the fund goes to the fund."""
    amount = s.it.to_remit
    back = ReturnRecovery(s.it.fund, s.it.id, amount)
    return (RecoveryRemitted(amount), Then(back))


def discontinue(s: OnRecovery) -> Outcome:
    """As of today."""
    return (RecoveryDiscontinued(s.today),)


def close(s: Situation[Recovery, CloseRecovery]) -> Outcome:
    """Nothing is owed any more."""
    return (RecoveryClosed(s.act.reason, s.it.ruling),)


def confirm_unrecoverable(s: Situation[Recovery, ConfirmUnrecoverable | GiveUpAlone]) -> Outcome:
    """Why nothing more will come is kept, with its paper."""
    known = () if compensated(s) is None else (Then(NoteFinalLoss(s.it.claim)),)
    return (RecoveryClosed(s.act.reason, s.act.paper or s.it.ruling), *known)


def write_off_recourse(s: Situation[Recovery, WriteOffRecourse]) -> Outcome:
    """All that the fund bears today."""
    return (RecoveryRecourseWrittenOff(s.row(Claim).fund_burden, s.it.fund, s.act.paper),)


# fmt: off
DECIDE: Mapping[str, Decide] = {
    "open":                  open_recovery,
    "call_for_suit":         call_for_suit,
    "serve_demand":          serve_demand,
    "lapse_limitation":      lapse_limitation,
    "note_guarantee":        note_guarantee,
    "claim_on_guarantor":    claim_on_guarantor,
    "lapse_guarantee":       lapse_guarantee,
    "preserve_assets":       preserve_assets,
    "file_suit":             file_suit,
    "record_judgment":       record_judgment,
    "apply_for_enforcement": apply_for_enforcement,
    "end_enforcement":       end_enforcement,
    "realise_pledge":        realise_pledge,
    "agree_compromise":      agree_compromise,
    "compromise_alone":      agree_compromise,
    "fail_compromise":       fail_compromise,
    "book":                  book,
    "remit":                 remit,
    "discontinue":           discontinue,
    "close":                 close,
    "confirm_unrecoverable": confirm_unrecoverable,
    "give_up_alone":         confirm_unrecoverable,
    "write_off_recourse":    write_off_recourse,
}
# fmt: on
