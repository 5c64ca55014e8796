"""What one loan takes of public money: net of the recovery, per yuan lent, subsidies with it.

A guarantor or operator that public money stands behind is told apart; ZD-4.11.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policies.reading.pack import Citation
from policies.sharing.assess import Outcome
from services.comparison.ledgers import Ledger, LedgerLine, LedgerTerms, per_yuan, subsidies, summed
from services.comparison.parties import BACKED, PUBLIC


def public_money(outcome: Outcome, terms: LedgerTerms) -> Ledger:
    """Losses borne by fund, government and city pool after the recovery, and subsidies paid.

    backed: what operator and guarantor bear, not in the sum.
    """
    lost = tuple(_borne(outcome, PUBLIC))
    backed = tuple(_borne(outcome, BACKED))
    paid = tuple(
        LedgerLine(one.name, one.inputs, -one.amount if one.amount else one.amount, one.citation)
        for one in subsidies(outcome, terms)
    )
    borne, given = summed(lost), summed(paid)
    facts = {
        "borne": borne.yuan,
        "subsidies": given.yuan,
        "public": (borne + given).yuan,
        "per_yuan_lent": per_yuan(borne + given, terms.drawn),
        "backed": summed(backed).yuan,
        "backed_per_yuan_lent": per_yuan(summed(backed), terms.drawn),
    }
    return Ledger(outcome, (*lost, *paid, *backed), facts)


def _borne(outcome: Outcome, parties: Sequence[str]) -> Iterator[LedgerLine]:
    """What each party bears in the end, with the rule of its share."""
    totals = outcome.assessment.totals()
    for party in parties:
        if party not in outcome.burden or party not in totals:
            continue
        inputs = {
            "party": party,
            "total": totals[party].grouped,
            "returned": outcome.returned[party].grouped,
        }
        yield LedgerLine("borne", inputs, outcome.burden[party], _rule(outcome, party))


def _rule(outcome: Outcome, party: str) -> Citation | None:
    """The clause of the step that gave the party its share; that of the base where none did."""
    steps = [step for step in outcome.working if step.inputs.get("party") == party]
    return next((step.citation for step in steps), _first(outcome))


def _first(outcome: Outcome) -> Citation | None:
    return next((step.citation for step in outcome.working), None)
