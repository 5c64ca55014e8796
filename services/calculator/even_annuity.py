"""Annuities told by a number of periods alone, as Frappe Lending computes them.

The form has no dates then, and its convention is that system's: the instalment is rounded up to
the next whole yuan, interest is not rounded, figures are shown in whole yuan. A `convention`
that does not say "up", or `params.instalment_rounding`, asks for the ordinary way.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from services.calculator.reading import Uninterpretable
from services.calculator.schedule_case import ScheduleCase
from services.calculator.schedule_terms import ScheduleTerms
from workflows.lending.rounding import Rounding, fen, rounded
from workflows.lending.schedule.methods import annuity, fixed_instalment
from workflows.lending.schedule.periods import Period, even_periods
from workflows.lending.schedule.rows import Grain, Schedule, ScheduleRow

SCALE = 10**12
"""Parts of a fen in which unrounded interest is kept; exact enough for any figure shown."""
YUAN = 100 * SCALE
_METHODS = ("annuity", "fixed_instalment")
_UP = re.compile(r"\bup\b", re.IGNORECASE)


def applies(case: ScheduleCase, read: ScheduleTerms, method: str) -> bool:
    """Whether the case is one of these."""
    if not read.when.even or method not in _METHODS or case.params.has("instalment_rounding"):
        return False
    return case.convention is None or bool(_UP.search(case.convention))


def answer(case: ScheduleCase, read: ScheduleTerms, *, method: str) -> dict[str, Any]:
    """Instalment, totals and rows in whole yuan. Raises Uninterpretable or NoSchedule."""
    made = _schedule(case, read, method)
    figures = {
        "instalment": _shown(made.instalment or 0, read),
        "total_interest": _shown(made.interest, read),
        "total_payment": _shown(made.payment, read),
    }
    rows = [_row(row, read) for row in made.rows]
    periods = {"periods": len(rows)} if method == "fixed_instalment" else {}
    return {**figures, **periods, "rows": rows, "complete": True}


def _schedule(case: ScheduleCase, read: ScheduleTerms, method: str) -> Schedule:
    count, months = read.when.even or (1, 1)
    principal = sum(draw.fen for draw in read.when.draws) * SCALE
    periods = even_periods(principal, count, annual_rate=read.annual_rate, months=months)
    fine = Grain(read.grain.rounding, instalment=YUAN, instalment_rounding=Rounding.UP)
    if method == "annuity":
        return annuity(periods, fine, grace=read.grace)
    return repaid_by_instalment(case, periods, fine, grace=read.grace)


def repaid_by_instalment(
    case: ScheduleCase, periods: Sequence[Period], fine: Grain, *, grace: int = 0
) -> Schedule:
    """The given instalment until nothing is owed, in parts of a fen.

    Raises Uninterpretable when the case names no number of periods and it never comes to that.
    """
    amount = fixed_amount(case) * SCALE
    made = fixed_instalment(periods, fine, amount=amount, grace=grace)
    if made.rows[-1].payment > amount and not case.input.has("periods"):
        raise Uninterpretable("calc.never_repaid", {"field": f"input.{case.fixed_instalment}"})
    return made


def fixed_amount(case: ScheduleCase) -> int:
    """The instalment that a case gives, fen."""
    return fen(case.input.amount(case.fixed_instalment or "fixed_instalment"))


def _row(row: ScheduleRow, read: ScheduleTerms) -> dict[str, Any]:
    figures = {"principal": row.principal, "interest": row.interest, "balance": row.balance}
    return {"n": row.n, **{name: _shown(part, read) for name, part in figures.items()}}


def _shown(parts: int, read: ScheduleTerms) -> str:
    return str(rounded(Fraction(parts, YUAN), read.grain.rounding))
