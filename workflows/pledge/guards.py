"""Only if: what each act on a pledge asks before it may happen. ZD-3.3.2, ZD-C.4."""

from __future__ import annotations

from datetime import date

from policies.money import Money
from policies.valuing.right_life import outlives
from workflows.lifecycle import clauses
from workflows.lifecycle.clauses import refuse
from workflows.lifecycle.deadlines import day_after
from workflows.lifecycle.given import given
from workflows.lifecycle.machine import Situation
from workflows.lifecycle.refusals import Refusal, against
from workflows.pledge.facts import Rights, SecuredApplication, SecuredLoans, UnpaidDebt
from workflows.pledge.grounds import WAIVABLE, Ground
from workflows.pledge.records import (
    CancelPledge,
    ChangePledge,
    CorrectPledge,
    FilePledge,
    Pledge,
    PreparePledge,
    PrepareSubstitute,
    RefusePledge,
    RegisterPledge,
    RequestCorrection,
    RevokePledge,
)
from workflows.pledge.security import carried, unmet_refusal
from workflows.pledge.states import PledgeState

SUBSTITUTED = "SUBSTITUTED"
WHILE_OWING = (SUBSTITUTED, PledgeState.REALISED.name)  # proofs before the debt is paid


def contract_names_all(
    s: Situation[None, PreparePledge | PrepareSubstitute],
) -> Refusal | None:
    """A written contract names debt, amount, term and assets (Civil Code 427, S42)."""
    a = s.act
    if a.contract and a.assets and a.debt.fen > 0 and a.debt_due_on > s.today:
        return None
    return refuse(s, "pledge_contract_incomplete", clauses.PLEDGE_CONTRACT, actual=a.contract)


def offer_signed(s: Situation[None, PreparePledge]) -> Refusal | None:
    """The loan contract is signed, with the bank that takes the pledge (ZD-3.4.7)."""
    application = s.fact(SecuredApplication)
    if application.signed and application.bank == s.act.bank:
        return None
    return refuse(
        s,
        "offer_not_signed",
        clauses.APPLICATION,
        actual=application.state,
        needs="application.accept_offer",
    )


def assets_of_application(s: Situation[None, PreparePledge]) -> Refusal | None:
    """The pledged rights are those the application names (ZD-3.3.2.1)."""
    named = s.fact(SecuredApplication).assets
    foreign = tuple(asset for asset in s.act.assets if asset not in named)
    if not foreign:
        return None
    return refuse(s, "asset_not_in_application", clauses.APPLICATION, actual=foreign)


def secures_loan(s: Situation[None, PrepareSubstitute]) -> Refusal | None:
    """The loan is drawn, not ended, of that bank, and stands on a pledge already (ZD-3.3.4)."""
    found = s.fact(SecuredLoans)
    if found.ids and found.bank == s.act.bank and found.application:
        return None
    return refuse(s, "no_loan_to_secure", clauses.SHORTFALL, actual=s.act.loan)


def spread_with_rest(s: Situation[None, PrepareSubstitute]) -> Refusal | None:
    """With the rights that are left the bundle rule holds at a substitution too (ZD-3.4.2)."""
    together = (*s.fact(SecuredLoans).rest, *s.fact(Rights).each)
    unmet = carried(s.policy, together, s.today).unmet
    return unmet_refusal(unmet[0]) if unmet else None


def rest_carries_debt(s: Situation[Pledge, CancelPledge]) -> Refusal | None:
    """A pledge ends by substitution when what is left carries the debt (ZD-3.3.4, ZD-C.4)."""
    found = s.fact(SecuredLoans)
    if s.act.proof != SUBSTITUTED or not found.secured:
        return None
    most = carried(s.policy, found.rest, s.today).cap
    if found.secured <= most:
        return None
    rates = s.policy["pledge_rate_caps"]
    needs = "pledge.prepare_substitute"
    return against("secured_over_collateral", rates, found.secured, threshold=most, needs=needs)


def rights_carry_debt(s: Situation[None, PreparePledge]) -> Refusal | None:
    """The rights of the contract carry the part of the loan IP secures (ZD-3.4.2)."""
    secured = s.fact(SecuredApplication).secured
    most = carried(s.policy, s.fact(Rights).each, s.today).cap
    if secured <= most:
        return None
    rates = s.policy["pledge_rate_caps"]
    return against("secured_over_collateral", rates, secured, threshold=most)


def rights_spread(s: Situation[None, PreparePledge]) -> Refusal | None:
    """Of several rights none is too large a part, nor utility models together (ZD-5.4)."""
    unmet = carried(s.policy, s.fact(Rights).each, s.today).unmet
    return unmet_refusal(unmet[0]) if unmet else None


def rights_outlive_debt(
    s: Situation[None, PreparePledge | PrepareSubstitute],
) -> Refusal | None:
    """Every right lives life_margin_months longer than the debt (ZD-5.5)."""
    ends = s.fact(Rights).term_ends_on
    unmet = None if ends is None else outlives(s.policy, s.act.debt_due_on, ends)
    return unmet_refusal(unmet) if unmet else None


def rights_appraised(s: Situation[Pledge]) -> Refusal | None:
    """Every right has a value and no pledge (ZD-3.3.1.3)."""
    rights = s.fact(Rights)
    if rights.states and not rights.unappraised:
        return None
    return refuse(
        s, "asset_not_appraised", clauses.REGISTRY_CHECKS, actual=rights.unappraised,
        needs="asset.appraise",
    )  # fmt: skip


def debt_within_right_term(
    s: Situation[Pledge | None, PreparePledge | PrepareSubstitute | ChangePledge],
) -> Refusal | None:
    """The debt that is agreed ends before the first right does (S39)."""
    return _within_right_term(s, s.act.debt_due_on)


def filed_debt_within_right_term(s: Situation[Pledge]) -> Refusal | None:
    """The debt of the contract still ends before the first right does (S39)."""
    return _within_right_term(s, s.it.debt_due_on)


def _within_right_term(s: Situation, due: date) -> Refusal | None:
    ends = s.fact(Rights).term_ends_on
    if ends is not None and due <= ends:
        return None
    return refuse(s, "debt_beyond_right_term", clauses.TERM_OF_RIGHT, actual=due, threshold=ends)


def papers_complete(s: Situation[Pledge, FilePledge | CorrectPledge]) -> Refusal | None:
    """Every paper of the registry's list is attached (S39, S40)."""
    papers = s.policy["pledge_documents"]
    missing = tuple(paper for paper in papers.value if paper not in s.act.documents)
    if not missing:
        return None
    return against("papers_missing", papers, missing)


def defects_named(s: Situation[Pledge, RequestCorrection]) -> Refusal | None:
    """A filing is sent back with its defects (S40)."""
    if s.act.defects:
        return None
    return refuse(s, "reason_missing", clauses.PLEDGE_FILING)


def within_window(s: Situation[Pledge]) -> Refusal | None:
    """The correction comes by its last day (ZD-3.3.2.2)."""
    if s.today <= given(s.it.due_by):
        return None
    return against("correction_too_late", s.policy["pledge_correction_wd"], s.today)


def window_over(s: Situation[Pledge]) -> Refusal | None:
    """The last day for the correction is past."""
    last = given(s.it.due_by)
    if s.today > last:
        return None
    window = s.policy["pledge_correction_wd"]
    return against("window_still_open", window, last, legal_from=day_after(last))


def no_ground_stands(s: Situation[Pledge, RegisterPledge]) -> Refusal | None:
    """No ground was found but waivable ones the parties insist on (S39)."""
    waived = {ground.name for ground in WAIVABLE if ground.name in s.act.insisted}
    left = tuple(ground for ground in s.act.grounds if ground not in waived)
    if not left:
        return None
    return refuse(s, "registration_ground", clauses.REFUSAL_GROUNDS, actual=left)


def ground_listed(s: Situation[Pledge, RefusePledge | RevokePledge]) -> Refusal | None:
    """The ground is one of the twelve (S39)."""
    if s.act.ground in Ground.__members__:
        return None
    return refuse(s, "ground_not_listed", clauses.REFUSAL_GROUNDS, actual=s.act.ground)


def change_agreed(s: Situation[Pledge, ChangePledge]) -> Refusal | None:
    """A change rests on an agreement of both sides (S39)."""
    if s.act.agreement:
        return None
    return refuse(s, "agreement_missing", clauses.PLEDGE_FILING)


def pledge_ended(s: Situation[Pledge, CancelPledge]) -> Refusal | None:
    """Debt paid, security substituted or realised (Civil Code 436; ZD-C.4)."""
    owed = s.fact(UnpaidDebt).amount
    if s.act.proof and (not owed or s.act.proof in WHILE_OWING):
        return None
    return refuse(
        s, "debt_not_paid", clauses.PLEDGE_END, actual=owed, threshold=Money.ZERO,
        needs="loan.repay" if owed else "",
    )  # fmt: skip
