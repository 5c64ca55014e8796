"""Only if: what an application asks up to its review: programme, firm, product, papers, bank."""

from __future__ import annotations

from datetime import date, timedelta

from policies.money import Money
from workflows.application.decide import missing_papers
from workflows.application.facts import LastRejection
from workflows.application.records import (
    Application,
    FreezeApplication,
    ReturnApplication,
    StartApplication,
    SubmitApplication,
    TakeLead,
    UnfreezeApplication,
)
from workflows.asset.states import FREE
from workflows.enterprise.records import Enterprise
from workflows.enterprise.states import TOWARDS_ENROLLED, EnterpriseState
from workflows.lifecycle import clauses
from workflows.lifecycle.clauses import refuse
from workflows.lifecycle.deadlines import day_after
from workflows.lifecycle.machine import Situation
from workflows.lifecycle.refusals import Refusal, Remark, against, within
from workflows.match.records import Match
from workflows.match.states import TOWARDS_SELECTED, MatchState
from workflows.pledge.facts import Rights
from workflows.product.records import Product
from workflows.product.states import TOWARDS_PUBLISHED, ProductState


def programme_in_force(s: Situation[None]) -> Refusal | None:
    """The programme's notice is in force (ZD-B, S2)."""
    start = s.policy["in_force_from"]
    first = date.fromisoformat(start.value)
    if s.today >= first:
        return None
    return against("policy_not_in_force", start, s.today, legal_from=first)


def enterprise_enrolled(s: Situation[Application | None]) -> Refusal | None:
    """The firm is in the library: not suspended, expired or struck off (ZD-3.4)."""
    state = s.row(Enterprise).state
    if state == EnterpriseState.ENROLLED.name:
        return None
    needs = TOWARDS_ENROLLED.get(state, "")
    return refuse(s, "enterprise_not_enrolled", clauses.ENROLMENT, actual=state, needs=needs)


def enterprise_not_barred(s: Situation[None]) -> Refusal | None:
    """No bar for fraud or diverted funds runs (ZD-3.1.9)."""
    until = s.row(Enterprise).blacklisted_until
    if until is None or until < s.today:
        return None
    return refuse(s, "blacklisted", clauses.BLACKLIST, actual=until, legal_from=day_after(until))


def consent_live(s: Situation[Application]) -> Refusal | None:
    """The firm's consent to data use covers today (征信业管理条例, S42)."""
    until = s.row(Enterprise).consent_until
    if until is not None and until >= s.today:
        return None
    needs = "enterprise.grant_consent"
    return refuse(s, "consent_missing", clauses.DATA_CONSENT, actual=until or "-", needs=needs)


def product_published(s: Situation[Application | None]) -> Refusal | None:
    """The product is open to applications (ZD-3.4)."""
    state = s.row(Product).state
    if state == ProductState.PUBLISHED.name:
        return None
    needs = TOWARDS_PUBLISHED.get(state, "")
    return refuse(s, "product_not_published", clauses.APPLICATION, actual=state, needs=needs)


def bank_not_too_soon(s: Situation[None, StartApplication]) -> Refusal | None:
    """After a rejection the same bank waits same_bank_wait_days (ZD-3.4.9)."""
    wait, rejected = s.policy["same_bank_wait_days"], s.fact(LastRejection).on
    if not s.act.designated or rejected is None:
        return None
    first = rejected + timedelta(days=wait.value)
    if s.today >= first:
        return None
    return against("same_bank_too_soon", wait, (s.today - rejected).days, legal_from=first)


def amount_within_product(s: Situation[Application]) -> Refusal | None:
    """More than nothing, and no more than the product lends (ZD-3.4.3)."""
    cap = s.row(Product).amount_cap
    if Money.ZERO < s.it.amount <= cap:
        return None
    return refuse(s, "amount_over_product", clauses.APPLICATION, actual=s.it.amount, threshold=cap)


def amount_within_programme(s: Situation[Application]) -> Refusal | Remark | None:
    """No more than the programme covers for a borrower (ZD-4.2, S2)."""
    return within("amount_over_cap", s.policy.ceiling("cap_per_borrower"), s.it.amount)


def tenor_within_programme(s: Situation[Application]) -> Refusal | Remark | None:
    """No longer than the programme covers (ZD-4.2, S2)."""
    return within("tenor_too_long", s.policy.ceiling("max_tenor_months"), s.it.requested_months)


def purpose_allowed(s: Situation[Application]) -> Refusal | Remark | None:
    """Working capital, or what else the programme names (ZD-4.2, S2)."""
    return within("purpose_not_covered", s.policy.among("purposes"), s.it.purpose)


def ip_verified(s: Situation[Application]) -> Refusal | None:
    """Every right named is verified, and none pledged already (ZD-3.4.3)."""
    states = s.fact(Rights).states
    others = tuple(state for state in states if state not in FREE)
    if states and not others:
        return None
    return refuse(
        s, "ip_not_verified", clauses.APPLICATION, actual=others or "-", needs="asset.verify"
    )


def papers_or_rounds_left(s: Situation[Application, SubmitApplication]) -> Refusal | None:
    """An incomplete application may be sent back while rounds are left (ZD-3.4.3)."""
    missing, rounds = missing_papers(s), s.policy["application_return_rounds"]
    if not missing or s.it.return_rounds < rounds.value:
        return None
    return against("papers_missing", s.policy["application_documents"], missing)


def complete(s: Situation[Application]) -> Refusal | None:
    """No paper is missing (ZD-3.4.4)."""
    if not s.it.missing:
        return None
    papers = s.policy["application_documents"]
    return against("papers_missing", papers, s.it.missing)


def missing_named(s: Situation[Application, ReturnApplication]) -> Refusal | None:
    """A return says what is missing (ZD-3.4.4)."""
    if s.act.missing:
        return None
    return refuse(s, "reason_missing", clauses.REASONS)


def return_rounds_left(s: Situation[Application]) -> Refusal | None:
    """Sent back at most application_return_rounds times (ZD-3.4.4)."""
    rounds = s.policy["application_return_rounds"]
    if s.it.return_rounds < rounds.value:
        return None
    return against("return_rounds_used", rounds, s.it.return_rounds)


def bank_was_selected(s: Situation[Application, TakeLead]) -> Refusal | None:
    """Only the bank the firm selected, or named, takes the lead (ZD-3.4.4, ZD-3.5)."""
    match = s.row(Match)
    if match.state == MatchState.SELECTED.name and match.bank == s.act.bank:
        return None
    return refuse(
        s, "bank_not_selected", clauses.MATCHING, actual=s.act.bank, threshold=match.bank or "-",
        needs=TOWARDS_SELECTED.get(match.state, ""),
    )  # fmt: skip


def product_of_bank(s: Situation[Application, TakeLead]) -> Refusal | None:
    """The lead is taken under a product of that bank, of the same fund (ZD-3.4.4)."""
    product = s.row(Product)
    if product.bank == s.act.bank and product.fund == s.it.fund:
        return None
    return refuse(s, "product_of_other_bank", clauses.APPLICATION, actual=product.bank)


def deadline_over(s: Situation[Application]) -> Refusal | None:
    """The last day of whoever acts next is past (ZD-3.4)."""
    last = s.it.due_by
    if last is not None and s.today > last:
        return None
    return refuse(
        s, "window_still_open", clauses.APPLICATION, actual=s.today, threshold=last or "-",
        legal_from=day_after(last) if last else None,
    )  # fmt: skip


def order_given(
    s: Situation[Application, FreezeApplication | UnfreezeApplication],
) -> Refusal | None:
    """The auditor's order is named (ZD-3.4.9)."""
    if s.act.order:
        return None
    return refuse(s, "reason_missing", clauses.REASONS)


def not_frozen(s: Situation[Application | None]) -> Refusal | None:
    """Nothing happens to a frozen application (ZD-3.4.9)."""
    if s.it is None or s.it.frozen_on is None:
        return None
    return refuse(
        s,
        "application_frozen",
        clauses.APPLICATION,
        actual=s.it.frozen_on,
        needs="application.unfreeze",
    )


def frozen(s: Situation[Application]) -> Refusal | None:
    """Only what is frozen is let go."""
    if s.it.frozen_on is not None:
        return None
    return refuse(s, "application_not_frozen", clauses.APPLICATION, needs="application.freeze")
