"""The cases' first picture: one form a case across, twelve headline rows down.

Who bears the sample default as a bar, then who pays, which part of what, up to what, when, from
which pool, under which brakes, and what comes back. Each figure is a parameter with its grade;
what a mechanism does not know is told apart from what a source leaves unsaid.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from policies.money import Money
from policies.reading.catalogue import CATALOGUE
from policies.reading.pack import Policy
from policies.reading.variants import Form, policy_of
from policies.sharing.assess import assess
from services.comparison.parties import PUBLIC
from services.comparison.question import question, sample
from services.console.policy_cells import Cell, applies, cells, running_in

# Row -> the parameters that may say it, the first that the form states; several beside each other
# where one is not enough.
# fmt: off
HEADLINES: Mapping[str, Sequence[Sequence[str]]] = {
    "share":    (("tier_1_fund_share", "tier_2_fund_share"),
                 ("fund_share", "insurer_share", "appraiser_share"),
                 ("guarantor_share",), ("pool_share",), ("insurer_share",)),
    "base":     (("loss_base",),),
    "cap":      (("cap_per_borrower",), ("single_firm_cap",)),
    "trigger":  (("claim_min_dpd",),),
    "window":   (("claim_window_days",),),
    "payment":  (("payment_wd",),),
    "pool":     (("fund_size",),),
    "leverage": (("leverage_cap",),),
    "breaker":  (("breaker_warn", "breaker_trip"),),
    "recourse": (("recourse",),),
}
# fmt: on


@dataclass(frozen=True, slots=True)
class BarPart:
    """One party's part of the sample default: per cent of the whole, and fen. side: its colour."""

    party: str
    side: str
    amount: Money
    percent: float


@dataclass(frozen=True, slots=True)
class Headline:
    """What a form says in one row; no cells: the mechanism has no such thing, or nobody says it."""

    cells: Sequence[Cell]
    applies: bool


@dataclass(frozen=True, slots=True)
class FormPicture:
    """A form with its bar, who pays beside the bank, and its rows by name."""

    form: Form
    bar: Sequence[BarPart]
    payers: Sequence[str]
    rows: Mapping[str, Headline]


def picture(shown: Sequence[Form], day: date, lang: str) -> list[FormPicture]:
    """A column a form, with the values of that day."""
    return [_column(form, day, lang) for form in shown]


def total() -> tuple[Money, Money]:
    """Principal and interest of the sample default, the same for every bar."""
    loss = question(sample()).default.loss
    return loss.principal, loss.interest


def _column(form: Form, day: date, lang: str) -> FormPicture:
    policy = policy_of(form.ident, day)
    told = cells(form, day, lang)
    bar, runs = _bar(policy), running_in(policy)
    return FormPicture(
        form=form,
        bar=bar,
        payers=[one.party for one in bar if one.side != "bank"],
        rows={name: _headline(several, told, runs) for name, several in HEADLINES.items()},
    )


def _headline(
    several: Sequence[Sequence[str]], told: Mapping[str, Cell], runs: frozenset[str]
) -> Headline:
    for names in several:
        if names[0] in told:
            return Headline([told[name] for name in names if name in told], applies=True)
    known = [CATALOGUE[names[0]] for names in several if names[0] in CATALOGUE]
    return Headline((), applies=any(applies(entry, runs) for entry in known))


def _bar(policy: Policy) -> list[BarPart]:
    outcome = assess(policy, question(sample()).default)
    totals = outcome.assessment.totals()
    whole = sum(amount.fen for amount in totals.values()) or 1
    return [
        BarPart(party, _side(party), amount, round(amount.fen * 100 / whole, 1))
        for party, amount in sorted(totals.items(), key=lambda one: one[0] == "bank")
        if amount
    ]


def _side(party: str) -> str:
    if party in ("bank", "insurer", "appraiser"):
        return party
    return "fund" if party in PUBLIC else "other"
