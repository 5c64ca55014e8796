"""When a step of a write-off may be taken: one question a function, the rule beside it."""

from __future__ import annotations

from dateutil.relativedelta import relativedelta

from workflows.lending.overdue import LOSS
from workflows.lifecycle.clauses import REASONS, refuse
from workflows.lifecycle.machine import Situation
from workflows.lifecycle.refusals import Refusal, against
from workflows.loan.records import Loan
from workflows.recovery.records import Recovery
from workflows.write_off import clauses
from workflows.write_off.records import (
    COLLECTION_REPORT,
    DEREGISTERED,
    ENFORCEMENT_ENDED,
    GROUNDS,
    LEGAL_OPINION,
    PURSUIT_RECORD,
    RULING,
    SMALL_AND_PURSUED,
    FindResponsibility,
    ProposeWriteOff,
    ReturnWriteOff,
    ReviewWriteOff,
    WriteOff,
)

Proposing = Situation[WriteOff | None, ProposeWriteOff]
OnWriteOff = Situation[WriteOff]  # whatever is asked of it


def class_is_loss(s: Proposing) -> Refusal | None:
    """Written off is what is classed as loss (ZD-3.13)."""
    found = s.row(Loan).classification
    if found == LOSS:
        return None
    return refuse(
        s, "class_not_loss", clauses.GROUNDS, actual=found, threshold=LOSS, needs="loan.downgrade"
    )


def ground_recognised(s: Proposing) -> Refusal | None:
    """One of the grounds of the list; days past due or the class are none (ZD-3.13)."""
    if s.act.ground in GROUNDS:
        return None
    return refuse(
        s, "no_ground_of_write_off", clauses.GROUNDS, actual=s.act.ground, threshold=GROUNDS
    )


def enforcement_ended(s: Proposing) -> Refusal | None:
    """Where that is the ground, the court has ended enforcement (ZD-3.13)."""
    if s.act.ground != ENFORCEMENT_ENDED or s.row(Recovery).enforcement_ended_on is not None:
        return None
    return refuse(s, "enforcement_goes_on", clauses.GROUNDS, needs="recovery.end_enforcement")


def small_enough(s: Proposing) -> Refusal | None:
    """Where pursuit is the ground, principal up to write_off_small_limit (ZD-3.13)."""
    limit, owed = s.policy["write_off_small_limit"], s.row(Loan).unrecovered
    if s.act.ground != SMALL_AND_PURSUED or owed <= limit.value:
        return None
    return against("not_a_small_loan", limit, owed)


def pursued_long_enough(s: Proposing) -> Refusal | None:
    """Where pursuit is the ground, write_off_pursuit_months of it (ZD-3.13)."""
    if s.act.ground != SMALL_AND_PURSUED:
        return None
    months, since = s.policy["write_off_pursuit_months"], s.row(Recovery).opened_on
    first = since + relativedelta(months=months.value)
    if s.today >= first:
        return None
    return against("pursued_too_short", months, since, legal_from=first)


def pursuit_on_record(s: Proposing) -> Refusal | None:
    """The borrower was sued, or payment was demanded (ZD-3.13)."""
    recovery = s.row(Recovery)
    if recovery.suit_on is not None or recovery.demands:
        return None
    return refuse(s, "not_pursued", clauses.PAPERS, needs="recovery.serve_demand")


def papers_complete(s: Proposing) -> Refusal | None:
    """Report on collection, legal opinion, and the ruling or the record of pursuit (ZD-3.13)."""
    proof = PURSUIT_RECORD if s.act.ground in (SMALL_AND_PURSUED, DEREGISTERED) else RULING
    missing = [p for p in (COLLECTION_REPORT, LEGAL_OPINION, proof) if p not in s.act.papers]
    if not missing:
        return None
    return refuse(s, "write_off_papers_missing", clauses.PAPERS, actual=tuple(missing))


def reviewed_together(s: Situation[WriteOff, ReviewWriteOff]) -> Refusal | None:
    """At least write_off_members of the committee, more than half in favour (ZD-3.13)."""
    least, sat = s.policy["write_off_members"], set(s.act.members)
    if len(sat) >= least.value and 2 * s.act.in_favour > len(sat) >= s.act.in_favour:
        return None
    return against("no_majority", least, f"{s.act.in_favour} / {len(sat)}")


def proposer_keeps_out(s: OnWriteOff) -> Refusal | None:
    """Who proposed neither reviews nor approves (ZD-2.4)."""
    again = s.again(s.it.proposed_by)
    if not again:
        return None
    return refuse(s, "proposed_write_off", clauses.APART, actual=again)


def reason_given(s: Situation[WriteOff, ReturnWriteOff]) -> Refusal | None:
    """A return gives its reason."""
    if s.act.reason:
        return None
    return refuse(s, "reason_missing", REASONS)


def finding_given(s: Situation[WriteOff, FindResponsibility]) -> Refusal | None:
    """Somebody answers for it, or nobody does: that is said (ZD-3.13)."""
    if s.act.finding:
        return None
    return refuse(s, "finding_missing", clauses.RESPONSIBILITY)
