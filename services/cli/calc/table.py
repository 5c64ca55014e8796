"""A schedule for people: a table with totals in the terminal, or lines of CSV."""

from __future__ import annotations

import csv
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from rich.console import Console
from rich.table import Table

from policies.money import yuan
from services.kernel.i18n import text

COLUMNS = ("n", "due", "payment", "principal", "interest", "balance")
_NUMBERS = COLUMNS[2:]


@dataclass(frozen=True, slots=True)
class InstalmentLine:
    """One instalment; amounts in yuan."""

    n: int
    due: str
    principal: Decimal
    interest: Decimal
    balance: Decimal

    @property
    def payment(self) -> Decimal:
        """Principal and interest together, yuan."""
        return self.principal + self.interest

    def cells(self) -> dict[str, Any]:
        """The figures by column."""
        return {name: getattr(self, name) for name in COLUMNS}


def lines(answer: Mapping[str, Any], case: Mapping[str, Any]) -> tuple[InstalmentLine, ...]:
    """The instalments of an answer; one line for what is all paid at maturity."""
    if not answer["rows"]:
        interest = Decimal(answer["total_interest"])
        principal = Decimal(answer["final_payment"]) - interest
        given = case["input"]
        due = given.get("maturity") or given["due_dates"][-1]
        return (InstalmentLine(1, due, principal, interest, Decimal("0.00")),)
    return tuple(
        InstalmentLine(
            row["n"],
            row["due"],
            Decimal(row["principal"]),
            Decimal(row["interest"]),
            Decimal(row["balance"]),
        )
        for row in answer["rows"]
    )


def print_csv(answer: Mapping[str, Any], case: Mapping[str, Any]) -> None:
    """One line a due date, columns by their English names, amounts in yuan."""
    writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(line.cells() for line in lines(answer, case))


def print_table(answer: Mapping[str, Any], case: Mapping[str, Any]) -> None:
    """The rows and their totals."""
    found = lines(answer, case)
    table = Table(title=text(f"calc.kind.{case['kind']}"), title_justify="left", show_footer=True)
    totals = _totals(found)
    for name in COLUMNS:
        side: Literal["left", "right"] = "right" if name in _NUMBERS else "left"
        table.add_column(text(f"calc.column.{name}"), totals.get(name, ""), justify=side)
    for line in found:
        table.add_row(*(_shown(name, cell) for name, cell in line.cells().items()))
    Console().print(table)


def _totals(found: Sequence[InstalmentLine]) -> dict[str, str]:
    summed = ("payment", "principal", "interest")
    totals = {name: sum(getattr(line, name) for line in found) for name in summed}
    return {"due": text("calc.total"), **{k: yuan(v).grouped for k, v in totals.items()}}


def _shown(name: str, cell: Any) -> str:
    return yuan(cell).grouped if name in _NUMBERS else str(cell)
