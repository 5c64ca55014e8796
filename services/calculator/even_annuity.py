"""Annuities told by a number of periods alone, as Frappe Lending computes them.

The form has no dates then, and its convention is that system's: the instalment is rounded up to
the next whole yuan, interest is not rounded, figures are shown in whole yuan. A `convention`
that does not say "up", or `params.instalment_rounding`, asks for the ordinary way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from services.calculator.schedule_terms import Case, Terms
from workflows.periods import Period, even_periods
from workflows.rounding import Rounding, rounded
from workflows.schedule import Grain, Row, Schedule
from workflows.schedule_methods import annuity, fixed_instalment
from fractions import Fraction

SCALE = 10**12
"""Parts of a fen in which unrounded interest is kept; exact enough for any shown figure."""
YUAN = 100
_METHODS = ("annuity", "fixed_instalment")


def applies(case: Case, method: str) -> bool:
    """Whether the case is one of these."""
    dated = case.input.has("due_dates") or case.input.has("settlement")
    if dated or method not in _METHODS or case.params.has("instalment_rounding"):
        return False
    return case.convention is None or "up" in case.convention.lower().split()


def answer(case: Case, read: Terms) -> dict[str, Any]:
    """Instalment, totals and rows in whole yuan."""
    raise NotImplementedError
