"""The report of a boarding: one set of figures, as JSON and as a screen, in Chinese or English.

Takes what was found and what happened; computes nothing but the bank's loss.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from policies.money import Money
from services.boarding.findings import Finding, FormErrors, RefusedRow

Say = Callable[[str, Mapping[str, str]], str]
"""The sentence of a key with its facts, in the reader's language."""

UNUSABLE = 2  # exit code of a file that is refused whole


@dataclass(frozen=True, slots=True)
class Figures:
    """Sums over the file's boarded rows. `compensated`: what the fund owes, paid or not yet."""

    disbursed: Money
    defaults: int
    charged_off: Money
    compensated: Money

    @property
    def bank_loss(self) -> Money:
        """What is charged off and not the fund's to bear."""
        return self.charged_off - self.compensated


@dataclass(frozen=True, slots=True)
class Unpaid:
    """What the fund could not pay of an approved claim."""

    loan_id: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Report:
    """All that `zhidai board` tells. boarded + already_boarded + refused rows = rows.

    read: how the file was taken.
    """

    rows: int
    boarded: int
    already_boarded: int
    refused: tuple[RefusedRow, ...]
    warnings: tuple[Finding, ...]
    waivers: Mapping[str, int]
    figures: Figures
    unpaid: tuple[Unpaid, ...]
    world: str
    business_date: date
    read: tuple[Finding, ...] = ()


def report_json(report: Report, say: Say) -> dict[str, Any]:
    """The `--json` form. Amounts are text with two decimals; the header is line 1."""
    figures = report.figures
    return {
        "rows": report.rows,
        "unread": 0,  # a file with a line that cannot be read is refused whole
        "read": [reason("read", found, say) for found in report.read],
        "boarded": report.boarded,
        "already_boarded": report.already_boarded,
        "refused": [_refused_json(row, say) for row in report.refused],
        "warnings": [_finding_json("warning", found, say) for found in report.warnings],
        "waivers": dict(sorted(report.waivers.items())),
        "disbursed": figures.disbursed.yuan,
        "defaults": figures.defaults,
        "charged_off": figures.charged_off.yuan,
        "compensated": figures.compensated.yuan,
        "bank_loss": figures.bank_loss.yuan,
        "unpaid": [{"loan_id": one.loan_id, "amount": one.amount.yuan} for one in report.unpaid],
        "world": report.world,
        "business_date": report.business_date.isoformat(),
    }


def errors_json(errors: FormErrors, say: Say) -> dict[str, Any]:
    """The `--json` form of a file refused whole; goes with exit code UNUSABLE."""
    return {
        "unread": len({found.line for found in errors.errors if not found.field and found.line}),
        "errors": [_finding_json("form", found, say) for found in errors.errors],
    }


def reason(kind: str, found: Finding, say: Say) -> str:
    """The sentence of a finding. `kind`: form, read, refused or warning."""
    return say(f"boarding.{kind}.{found.code}", found.facts)


def _finding_json(kind: str, found: Finding, say: Say) -> dict[str, Any]:
    return {
        "line": found.line,
        "field": found.field,
        "value": found.value,
        "reason": reason(kind, found, say),
    }


def _refused_json(row: RefusedRow, say: Say) -> dict[str, Any]:
    """One entry a row: place of the first reason, the sentences of all."""
    return {**_finding_json("refused", row.reasons[0], say), "reason": _reasons(row, say)}


def _reasons(row: RefusedRow, say: Say) -> str:
    return " ".join(reason("refused", found, say) for found in row.reasons)


def show_report(report: Report, say: Say, console: Console) -> None:
    """The report as tables: figures, then every refused row, warning, waiver and unpaid claim."""
    console.print(_figures_table(report, say))
    if report.read:
        console.print(_title("read", len(report.read), say))
        for note in report.read:
            console.print(f"· {escape(reason('read', note, say))}")
    refused = [(row.reasons[0], _reasons(row, say)) for row in report.refused]
    _show_findings("refused", refused, say, console)
    warnings = [(found, reason("warning", found, say)) for found in report.warnings]
    _show_findings("warnings", warnings, say, console)
    waived = [(_waiver(code, say), f"{n:,}") for code, n in sorted(report.waivers.items())]
    _show_pairs("waivers", waived, say, console)
    unpaid = [(one.loan_id, one.amount.grouped) for one in report.unpaid]
    _show_pairs("unpaid", unpaid, say, console)


def show_errors(errors: FormErrors, say: Say, console: Console) -> None:
    """Every error of form with its line and field."""
    told = [(found, reason("form", found, say)) for found in errors.errors]
    _show_findings("errors", told, say, console)


def _figures_table(report: Report, say: Say) -> Table:
    figures = report.figures
    table = Table(title=say("boarding.title", {}), show_header=False, title_justify="left")
    table.add_column()
    table.add_column(justify="right")
    for key, value in (
        ("world", report.world),
        ("business_date", report.business_date.isoformat()),
        ("rows", f"{report.rows:,}"),
        ("boarded", f"{report.boarded:,}"),
        ("already_boarded", f"{report.already_boarded:,}"),
        ("refused", f"{len(report.refused):,}"),
        ("disbursed", figures.disbursed.grouped),
        ("defaults", f"{figures.defaults:,}"),
        ("charged_off", figures.charged_off.grouped),
        ("compensated", figures.compensated.grouped),
        ("bank_loss", figures.bank_loss.grouped),
    ):
        table.add_row(say(f"boarding.figure.{key}", {}), escape(value))
    return table


def _show_findings(
    key: str, told: Sequence[tuple[Finding, str]], say: Say, console: Console
) -> None:
    if not told:
        return
    table = Table(title=_title(key, len(told), say), title_justify="left")
    for column in ("line", "field", "value", "reason"):
        table.add_column(
            say(f"boarding.column.{column}", {}), justify="right" if column == "line" else "left"
        )
    for found, sentence in told:
        table.add_row(str(found.line), *map(escape, (found.field, found.value, sentence)))
    console.print(table)


def _show_pairs(key: str, pairs: Sequence[tuple[str, str]], say: Say, console: Console) -> None:
    if not pairs:
        return
    table = Table(title=_title(key, len(pairs), say), title_justify="left", show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for name, value in pairs:
        table.add_row(escape(name), escape(value))
    console.print(table)


def _waiver(code: str, say: Say) -> str:
    return f"{say(f'boarding.waiver.{code}', {})} ({code})"


def _title(key: str, count: int, say: Say) -> str:
    return say(f"boarding.list.{key}", {"count": f"{count:,}"})
