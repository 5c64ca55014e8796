"""A claim's calculation as it is shown: who bears what, what was paid and came back, and by which
rule. The amounts are the claim's own; before approval they are what the policy would give today.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from policies.money import Money
from policies.reading.pack import Citation, Grade, Policy
from policies.sharing.division import share
from policies.sharing.loss import Assessment, Loss, Step
from services.comparison.working_text import inputs_text, sentence
from services.kernel.figures import in_language
from services.kernel.i18n import evidence, label
from workflows.claim.states import UNDECIDED

_UNDECIDED = frozenset(state.name for state in UNDECIDED)


@dataclass(frozen=True, slots=True)
class Burden:
    """What one party bears, in fen: its part of principal and interest, returned, and net."""

    party: str
    principal: int
    interest: int
    returned: int

    @property
    def total(self) -> int:
        """Before recoveries."""
        return self.principal + self.interest

    @property
    def net(self) -> int:
        """After recoveries."""
        return self.total - self.returned


@dataclass(frozen=True, slots=True)
class Rule:
    """One step of the working: its sentence with the inputs, its result and its clause."""

    name: str
    share: str
    amount: str
    source: str
    clause: str
    grade: str
    assumed: bool


@dataclass(frozen=True, slots=True)
class Calculation:
    """A claim in figures (fen). estimated: not decided yet. unpaid: granted, waiting for cash."""

    principal: int
    interest: int
    tier: str
    estimated: bool
    paid: int
    unpaid: int
    parties: tuple[Burden, ...]
    rules: tuple[Rule, ...]


def calculation(loan: Any, claim: Any, policy: Policy | None, lang: str) -> Calculation | None:
    """The claim's figures and working; None as long as no loss is stated."""
    if not claim.principal and not claim.fund_share:
        return None
    found = _assessed(loan, claim, policy)
    estimated = claim.state in _UNDECIDED
    fund = _estimate(found) if estimated else claim.fund_share
    return Calculation(
        principal=claim.principal.fen,
        interest=claim.bank_interest.fen,
        tier=label(f"tier.{found.tier if found else claim.tier}", lang),
        estimated=estimated,
        paid=claim.paid.fen,
        unpaid=0 if estimated else (fund - claim.paid).fen,
        parties=_parties(claim, fund),
        rules=tuple(rule(step, lang) for step in found.working) if found else (),
    )


def _assessed(loan: Any, claim: Any, policy: Policy | None) -> Assessment | None:
    if policy is None or "compensation" not in policy.mechanisms:
        return None
    loss = Loss(claim.principal, claim.bank_interest, loan.balance_after_draw)
    found = share(policy, loss)
    return found if isinstance(found, Assessment) else None


def _estimate(found: Assessment | None) -> Money:
    return found.totals().get("fund", Money.ZERO) if found else Money.ZERO


def _parties(claim: Any, share: Money) -> tuple[Burden, ...]:
    bank = (claim.principal - share).fen
    back = (claim.returned_bank + claim.returned_interest).fen
    return (
        Burden("fund", share.fen, 0, claim.returned_fund.fen),
        Burden("bank", bank, claim.bank_interest.fen, back),
    )


def rule(step: Step, lang: str) -> Rule:
    """A step of a working as it is shown."""
    citation: Citation = step.citation
    return Rule(
        name=sentence(step, lang),
        share=inputs_text(step, lang).get("share", ""),
        amount=step.amount.grouped if step.amount is not None else "",
        source=in_language(citation.source, lang),
        clause=citation.clause,
        grade=evidence(citation, lang),
        assumed=citation.grade is Grade.ASSUMED,
    )
