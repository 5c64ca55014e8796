"""Only if: what each act on a pledge asks before it may happen. ZD-3.3.2, appendix C.4."""

from __future__ import annotations

from typing import Any

from policies.money import Money
from workflows.lifecycle import clauses
from workflows.lifecycle.clauses import refuse
from workflows.lifecycle.machine import Situation
from workflows.lifecycle.refusals import Refusal, against
from workflows.pledge.facts import SecuredApplication
from workflows.pledge.grounds import WAIVABLE, Ground

Asked = Situation[Any]
WHILE_OWING = ("SUBSTITUTED", "REALISED")  # proofs that end a pledge before the debt


def contract_names_all(s: Asked) -> Refusal | None:
    """A written contract names debt, amount, term and assets (Civil Code 427, S42)."""
    a = s.act
    if a.contract and a.assets and a.debt.fen > 0 and a.debt_due_on > s.today:
        return None
    return refuse(s, "pledge_contract_incomplete", clauses.PLEDGE_CONTRACT, actual=a.contract)


def offer_signed(s: Asked) -> Refusal | None:
    """The loan contract is signed, with the bank that takes the pledge (ZD-3.4).

    Fact: application.
    """
    application: SecuredApplication = s.facts["application"]
    if application.signed and application.bank == s.act.bank:
        return None
    return refuse(s, "offer_not_signed", clauses.APPLICATION, actual=application.state)


def assets_of_application(s: Asked) -> Refusal | None:
    """The pledged rights are those the application names (ZD-3.3.2). Fact: application."""
    named = s.facts["application"].assets
    foreign = [asset for asset in s.act.assets if asset not in named]
    if not foreign:
        return None
    return refuse(s, "asset_not_in_application", clauses.APPLICATION, actual=", ".join(foreign))


def rights_appraised(s: Asked) -> Refusal | None:
    """Every right has a value and no pledge (ZD-3.3.1). Facts: ip_states, ip_unappraised."""
    others = s.facts["ip_unappraised"]
    if s.facts["ip_states"] and not others:
        return None
    return refuse(s, "asset_not_appraised", clauses.REGISTRY_CHECKS, actual=", ".join(others))


def debt_within_right_term(s: Asked) -> Refusal | None:
    """The debt ends before the first right does (S39). Fact: ip_term_ends_on."""
    due = getattr(s.act, "debt_due_on", None) or s.it.debt_due_on
    ends = s.facts["ip_term_ends_on"]
    if ends is not None and due <= ends:
        return None
    return refuse(s, "debt_beyond_right_term", clauses.TERM_OF_RIGHT, actual=due, threshold=ends)


def papers_complete(s: Asked) -> Refusal | None:
    """Every paper of the registry's list is attached (S39, S40)."""
    papers = s.policy["pledge_documents"]
    missing = [paper for paper in papers.value if paper not in s.act.documents]
    if not missing:
        return None
    return against("papers_missing", papers, ", ".join(missing))


def defects_named(s: Asked) -> Refusal | None:
    """A filing is sent back with its defects (S40)."""
    if s.act.defects:
        return None
    return refuse(s, "reason_missing", clauses.PLEDGE_FILING)


def within_window(s: Asked) -> Refusal | None:
    """The correction comes by its last day (ZD-3.3.2)."""
    if s.today <= s.it.due_by:
        return None
    return against("correction_too_late", s.policy["pledge_correction_wd"], s.today)


def window_over(s: Asked) -> Refusal | None:
    """The last day for the correction is past."""
    if s.today > s.it.due_by:
        return None
    return against("window_still_open", s.policy["pledge_correction_wd"], s.it.due_by)


def no_ground_stands(s: Asked) -> Refusal | None:
    """No ground was found but waivable ones the parties insist on (S39)."""
    waived = {ground.name for ground in WAIVABLE if ground.name in s.act.insisted}
    left = [ground for ground in s.act.grounds if ground not in waived]
    if not left:
        return None
    return refuse(s, "registration_ground", clauses.REFUSAL_GROUNDS, actual=", ".join(left))


def ground_listed(s: Asked) -> Refusal | None:
    """The ground is one of the twelve (S39)."""
    if s.act.ground in Ground.__members__:
        return None
    return refuse(s, "ground_not_listed", clauses.REFUSAL_GROUNDS, actual=s.act.ground)


def change_agreed(s: Asked) -> Refusal | None:
    """A change rests on an agreement of both sides (S39)."""
    if s.act.agreement:
        return None
    return refuse(s, "agreement_missing", clauses.PLEDGE_FILING)


def pledge_ended(s: Asked) -> Refusal | None:
    """Debt paid, security substituted or realised (Civil Code 436; appendix C.4).

    Fact: unpaid_debt, what is still owed on the loans this pledge secures.
    """
    owed: Money = s.facts["unpaid_debt"]
    if s.act.proof and (not owed or s.act.proof in WHILE_OWING):
        return None
    return refuse(s, "debt_not_paid", clauses.PLEDGE_END, actual=owed, threshold=Money.ZERO)
