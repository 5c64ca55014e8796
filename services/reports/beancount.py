"""A ledger as a beancount file: one transaction an event, then what each account must come to.

Memorandum accounts stand under Equity:Memorandum, since beancount knows no others that are neither
assets nor debts. A balance directive for every account makes bean-check reconcile the whole file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from services.reports.ledger import BookedLine, JournalEntry
from workflows.lifecycle.accounts import CHART, AccountType

ROOTS = {
    AccountType.ASSET: "Assets",
    AccountType.LIABILITY: "Liabilities",
    AccountType.EQUITY: "Equity",
    AccountType.INCOME: "Income",
    AccountType.EXPENSE: "Expenses",
    AccountType.MEMORANDUM: "Equity:Memorandum",
}
_ODD = re.compile(r"[^A-Za-z0-9]")
_INDENT = "  "


def written(
    world: str, entries: Sequence[JournalEntry], balances: Sequence[BookedLine]
) -> Iterator[str]:
    """The lines of the file, without line ends; no account is opened that was never posted to."""
    yield f'option "title" {_quoted(f"Zhidai {world}")}'
    for currency in sorted({line.amount.currency for line in balances}):
        yield f'option "operating_currency" "{currency}"'
    yield from _opened(entries)
    for entry in entries:
        yield ""
        yield from _transaction(entry)
    if entries:
        yield ""
        yield from _proven(balances, max(entry.on for entry in entries) + timedelta(days=1))


def account(line: BookedLine) -> str:
    """Assets:Bank:BK01:Cash - type, kind of owner, owner, account of the chart."""
    kind, _, owner = line.owner.partition(":")
    root = ROOTS[CHART[kind][line.account]]
    name = "".join(part.capitalize() for part in line.account.split("_"))
    return f"{root}:{kind.capitalize()}:{component(owner)}:{name}"


def component(name: str) -> str:
    """A name as a part of an account; what beancount does not take is written as its code point."""
    plain = _ODD.sub(lambda odd: "-" if odd[0] == "-" else f"-u{ord(odd[0]):x}-", name)
    return plain if plain[:1].isupper() or plain[:1].isdigit() else f"X{plain}"


def _opened(entries: Iterable[JournalEntry]) -> Iterator[str]:
    first: dict[str, tuple[date, str]] = {}
    for entry in entries:
        for line in entry.lines:
            first.setdefault(account(line), (entry.on, line.amount.currency))
    for name, (on, currency) in first.items():
        yield f"{on} open {name} {currency}"


def _transaction(entry: JournalEntry) -> Iterator[str]:
    yield f"{entry.on} * {_quoted(entry.event)} {_quoted(entry.stream)}"
    yield f"{_INDENT}stream: {_quoted(entry.stream)}"
    yield f"{_INDENT}seq: {entry.seq}"
    yield f"{_INDENT}actor: {_quoted(entry.actor)}"
    if entry.policy:
        yield f"{_INDENT}policy: {_quoted(entry.policy)}"
    for line in entry.lines:
        yield f"{_INDENT}{account(line)}  {line.amount.yuan} {line.amount.currency}"


def _proven(balances: Iterable[BookedLine], on: date) -> Iterator[str]:
    for line in balances:
        yield f"{on} balance {account(line)}  {line.amount.yuan} {line.amount.currency}"


def _quoted(told: str) -> str:
    escaped = told.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
