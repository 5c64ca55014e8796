"""Only if: what an application asks up to its review: programme, firm, product, papers, bank.

Facts: ip_states of the rights named; last_rejection of the firm by the product's bank. ZD-3.4.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from policies.money import Money
from workflows.application.decide import missing_papers
from workflows.asset.states import FREE
from workflows.bank.records import Bank
from workflows.bank.states import BankState
from workflows.enterprise.records import Enterprise
from workflows.enterprise.states import EnterpriseState
from workflows.lifecycle import clauses
from workflows.lifecycle.clauses import refuse
from workflows.lifecycle.machine import Situation
from workflows.lifecycle.refusals import Refusal, against
from workflows.match.records import Match
from workflows.match.states import MatchState
from workflows.product.records import Product
from workflows.product.states import ProductState

Asked = Situation[Any]


def programme_in_force(s: Asked) -> Refusal | None:
    """The programme's notice is in force (ZD-B, S2)."""
    start = s.policy["in_force_from"]
    if s.today >= date.fromisoformat(start.value):
        return None
    return against("policy_not_in_force", start, s.today)


def enterprise_enrolled(s: Asked) -> Refusal | None:
    """The firm is in the library: not suspended, expired or struck off (ZD-3.4)."""
    state = s.row(Enterprise).state
    if state == EnterpriseState.ENROLLED.name:
        return None
    return refuse(s, "enterprise_not_enrolled", clauses.ENROLMENT, actual=state)


def enterprise_not_barred(s: Asked) -> Refusal | None:
    """No bar for fraud or diverted funds runs (ZD-3.1)."""
    until = s.row(Enterprise).blacklisted_until
    if until is None or until < s.today:
        return None
    return refuse(s, "blacklisted", clauses.BLACKLIST, actual=until)


def consent_live(s: Asked) -> Refusal | None:
    """The firm's consent to data use covers today (征信业管理条例, S42)."""
    until = s.row(Enterprise).consent_until
    if until is not None and until >= s.today:
        return None
    return refuse(s, "consent_missing", clauses.DATA_CONSENT, actual=until or "-")


def product_published(s: Asked) -> Refusal | None:
    """The product is open to applications (ZD-3.4)."""
    state = s.row(Product).state
    if state == ProductState.PUBLISHED.name:
        return None
    return refuse(s, "product_not_published", clauses.APPLICATION, actual=state)


def bank_not_too_soon(s: Asked) -> Refusal | None:
    """After a rejection the same bank waits same_bank_wait_days (ZD-3.4)."""
    wait, rejected = s.policy["same_bank_wait_days"], s.facts["last_rejection"]
    if not s.act.designated or rejected is None:
        return None
    if s.today >= rejected + timedelta(days=wait.value):
        return None
    return against("same_bank_too_soon", wait, (s.today - rejected).days)


def amount_within_product(s: Asked) -> Refusal | None:
    """More than nothing, and no more than the product lends (ZD-3.4)."""
    cap = s.row(Product).amount_cap
    if Money.ZERO < s.it.amount <= cap:
        return None
    return refuse(s, "amount_over_product", clauses.APPLICATION, actual=s.it.amount, threshold=cap)


def amount_within_programme(s: Asked) -> Refusal | None:
    """No more than the programme covers for a borrower (ZD-4.2, S2)."""
    cap = s.policy["cap_per_borrower"]
    if s.it.amount <= cap.value:
        return None
    return against("amount_over_cap", cap, s.it.amount)


def tenor_within_programme(s: Asked) -> Refusal | None:
    """No longer than the programme covers (ZD-4.2, S2)."""
    limit = s.policy["max_tenor_months"]
    if s.it.requested_months <= limit.value:
        return None
    return against("tenor_too_long", limit, s.it.requested_months)


def purpose_allowed(s: Asked) -> Refusal | None:
    """Working capital, or what else the programme names (ZD-4.2, S2)."""
    purposes = s.policy["purposes"]
    if s.it.purpose in purposes.value:
        return None
    return against("purpose_not_covered", purposes, s.it.purpose)


def ip_verified(s: Asked) -> Refusal | None:
    """Every right named is verified, and none pledged already (ZD-3.4)."""
    others = [state for state in s.facts["ip_states"] if state not in FREE]
    if s.facts["ip_states"] and not others:
        return None
    return refuse(s, "ip_not_verified", clauses.APPLICATION, actual=", ".join(others) or "-")


def papers_or_rounds_left(s: Asked) -> Refusal | None:
    """An incomplete application may be sent back while rounds are left (ZD-3.4)."""
    missing, rounds = missing_papers(s), s.policy["application_return_rounds"]
    if not missing or s.it.return_rounds < rounds.value:
        return None
    return against("papers_missing", s.policy["application_documents"], ", ".join(missing))


def complete(s: Asked) -> Refusal | None:
    """No paper is missing (ZD-3.4)."""
    if not s.it.missing:
        return None
    papers = s.policy["application_documents"]
    return against("papers_missing", papers, ", ".join(s.it.missing))


def missing_named(s: Asked) -> Refusal | None:
    """A return says what is missing (ZD-3.4)."""
    if s.act.missing:
        return None
    return refuse(s, "reason_missing", clauses.REASONS)


def return_rounds_left(s: Asked) -> Refusal | None:
    """Sent back at most application_return_rounds times (ZD-3.4)."""
    rounds = s.policy["application_return_rounds"]
    if s.it.return_rounds < rounds.value:
        return None
    return against("return_rounds_used", rounds, s.it.return_rounds)


def bank_was_selected(s: Asked) -> Refusal | None:
    """Only the bank the firm selected, or named, takes the lead (ZD-3.4, ZD-3.5)."""
    match = s.row(Match)
    if match.state == MatchState.SELECTED.name and match.bank == s.act.bank:
        return None
    return refuse(
        s, "bank_not_selected", clauses.MATCHING, actual=s.act.bank, threshold=match.bank or "-"
    )


def product_of_bank(s: Asked) -> Refusal | None:
    """The lead is taken under a product of that bank, of the same fund (ZD-3.4)."""
    product = s.row(Product)
    if product.bank == s.act.bank and product.fund == s.it.fund:
        return None
    return refuse(s, "product_of_other_bank", clauses.APPLICATION, actual=product.bank)


def agreement_signed(s: Asked) -> Refusal | None:
    """The bank's programme agreement is signed (ZD-3.2.1)."""
    state = s.row(Bank).state
    if state == BankState.SIGNED.name:
        return None
    return refuse(s, "agreement_not_live", clauses.AGREEMENT, actual=state)


def deadline_over(s: Asked) -> Refusal | None:
    """The last day of whoever acts next is past (ZD-3.4)."""
    if s.it.due_by is not None and s.today > s.it.due_by:
        return None
    return refuse(
        s, "window_still_open", clauses.APPLICATION, actual=s.today, threshold=s.it.due_by or "-"
    )


def order_given(s: Asked) -> Refusal | None:
    """The auditor's order is named (ZD-3.4)."""
    if s.act.order:
        return None
    return refuse(s, "reason_missing", clauses.REASONS)


def not_frozen(s: Asked) -> Refusal | None:
    """Nothing happens to a frozen application (ZD-3.4)."""
    if s.it is None or s.it.frozen_on is None:
        return None
    return refuse(s, "application_frozen", clauses.APPLICATION, actual=s.it.frozen_on)


def frozen(s: Asked) -> Refusal | None:
    """Only what is frozen is let go."""
    if s.it.frozen_on is not None:
        return None
    return refuse(s, "application_not_frozen", clauses.APPLICATION)
