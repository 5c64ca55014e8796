"""The three ledgers of every form as plain data and as CSV; which ledger is a word of the asker.

Amounts are yuan as text; rates and shares fractions as text; null where the case does not say.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from policies.money import yuan
from policies.sharing.assess import Outcome
from services.comparison.bank import bank
from services.comparison.compare import Compared, question_data
from services.comparison.enterprise import enterprise
from services.comparison.ledgers import Ledger, LedgerLine, LedgerTerms, percent_text
from services.comparison.public_money import public_money
from services.kernel.figures import in_language
from services.kernel.i18n import label, say


def ledgers(outcomes: Sequence[Outcome], view: str, terms: LedgerTerms) -> tuple[Ledger, ...]:
    """One ledger of each form. view: a key of VIEWS."""
    return tuple(VIEWS[view](outcome, terms) for outcome in outcomes)


def view_data(found: Compared, view: str, terms: LedgerTerms, *, lang: str) -> dict[str, Any]:
    """The JSON of `zhidai compare --view`."""
    return {
        "view": view,
        **question_data(found),
        "rate": f"{terms.rate:f}",
        "variants": [_data(one, lang) for one in ledgers(found.outcomes, view, terms)],
    }


def view_csv(found: Compared, view: str, terms: LedgerTerms) -> str:
    """A line a form with the ledger's facts; a fact the case does not give stays blank."""
    every = ledgers(found.outcomes, view, terms)
    names = list(dict.fromkeys(name for one in every for name in one.facts))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["case", "variant", *names])
    for one in every:
        policy = one.outcome.policy
        writer.writerow([policy.case, policy.ident, *(one.facts.get(name) for name in names)])
    return out.getvalue()


def sentence_of(line: LedgerLine, lang: str) -> str:
    """A line in words: `年利息：6,000,000.00 × 3.60%`, or that the case does not state it."""
    if line.citation is None:
        return say("ledger.not_stated", lang, {"what": label(f"ledger.item.{line.name}", lang)})
    inputs = dict(line.inputs)
    if "party" in inputs:
        inputs["party"] = label(f"party.{inputs['party']}", lang)
    return say(f"ledger.{line.name}", lang, inputs)


def fact_text(name: str, found: str | None) -> str:
    """A fact as it is read; a dash where the case does not say."""
    if found is None:
        return "—"
    if name in _RATES:
        return percent_text(Decimal(found))
    return found if name in _PLAIN else yuan(found).grouped


def _data(ledger: Ledger, lang: str) -> dict[str, Any]:
    policy = ledger.outcome.policy
    return {
        "case": policy.case,
        "variant": policy.ident,
        **ledger.facts,
        "lines": [_line(line, lang) for line in ledger.lines],
    }


def _line(line: LedgerLine, lang: str) -> dict[str, Any]:
    cited = line.citation
    return {
        "name": line.name,
        "inputs": dict(line.inputs),
        "amount": line.amount.yuan if line.amount is not None else None,
        "stated": cited is not None,
        "sentence": sentence_of(line, lang),
        "source": in_language(cited.source, lang) if cited else None,
        "clause": cited.clause if cited else None,
        "grade": cited.grade.value if cited else None,
        "layer": cited.layer if cited else None,
    }


# fmt: off
_RATES = ("rate", "rate_before", "saved")
_PLAIN = ("cash_days", "cash_days_after_write_off", "per_yuan_lent", "backed_per_yuan_lent")

VIEWS: dict[str, Callable[[Outcome, LedgerTerms], Ledger]] = {
    "enterprise": enterprise,
    "bank":       bank,
    "public":     public_money,
}
# fmt: on
