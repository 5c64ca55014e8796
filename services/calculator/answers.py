"""Schedules in the form of a case's `expected`: amounts as decimal text, dates ISO."""

from __future__ import annotations

from typing import Any

from policies.money import Money
from workflows.lending.schedule.capitalised import Lump
from workflows.lending.schedule.rows import Schedule, ScheduleRow


def flow(schedule: Schedule, *, balance: bool = True, instalment: bool = False) -> dict[str, Any]:
    """All rows, and the instalment where it is one figure for the whole term."""
    rows = [_row(row, balance=balance) for row in schedule.rows]
    one = {"instalment": yuan_text(schedule.instalment)} if instalment else {}
    return {"rows": rows, **one, "complete": True}


def lump(due: Lump) -> dict[str, Any]:
    """What is paid once, at maturity."""
    return {
        "total_interest": yuan_text(due.interest),
        "final_payment": yuan_text(due.payment),
        "rows": [],
        "complete": True,
    }


def yuan_text(fen: int | None) -> str:
    """Fen as yuan with two decimals: 1713 -> "17.13"."""
    return Money(fen or 0).yuan


def _row(row: ScheduleRow, *, balance: bool) -> dict[str, Any]:
    due = {"due": row.due.isoformat()} if row.due else {}
    left = {"balance": yuan_text(row.balance)} if balance else {}
    figures = {"principal": yuan_text(row.principal), "interest": yuan_text(row.interest)}
    return {"n": row.n, **due, **figures, **left}
