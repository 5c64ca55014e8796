"""What came of a scenario beside what it says must come of it: every difference, none hidden.

`[expect]` may name: `on` the day it ends; `rows` a row's state, or its fields; `absent` rows;
`events` names that must have happened, or how often; `never` names that must not (`*` for any
part); `ledger` balances by book and account; `money` what each party bears at last; and any key of
the result.
"""

from __future__ import annotations

import fnmatch
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, text

from policies.money import Money
from services.kernel import codec
from services.kernel.mapper import mapper
from services.kernel.registry import Registry
from services.reports.outcome import first_loan, outcome_in
from services.sandbox.scenario import ScenarioStep

ABSENT = "-"

_ACTS = text("SELECT state, reasons, first FROM act WHERE script = :script ORDER BY ordinal")
_FOLLOWED = text("SELECT type FROM event WHERE correlation = :first ORDER BY position")
_ON = text("SELECT type FROM event WHERE business_date = :day ORDER BY position")
_COUNTED = text("SELECT type, count(*) FROM event GROUP BY type")
_BALANCES = text("SELECT owner, account, sum(fen) FROM posting GROUP BY owner, account")


@dataclass(frozen=True, slots=True)
class Deviation:
    """One thing that came out otherwise. step: its number, 0 for `[expect]`; what: which thing."""

    step: int
    on: date | None
    what: str
    expected: Any
    actual: Any


def of_steps(
    connection: Connection, script: str, steps: Sequence[ScenarioStep]
) -> tuple[Deviation, ...]:
    """Acts that were not done, not refused, or not followed by the event, as each step says."""
    done = iter(connection.execute(_ACTS, {"script": script}).all())
    found: list[Deviation] = []
    for step in steps:
        row = None if step.act is None else next(done)
        found += _of_act(step, row)
        if step.events and (row is None or row.state == "DONE"):
            found += _of_events(connection, step, None if row is None else row.first)
    return tuple(found)


def _of_act(step: ScenarioStep, row: Any) -> Iterator[Deviation]:
    if step.act is None:
        return
    codes = [reason["code"] for reason in row.reasons or ()]
    if step.act.refused and row.state != "FORBIDDEN":
        refused: Any = codes or row.state
        yield Deviation(step.number, step.on, "refused", list(step.act.refused), refused)
    elif not step.act.refused and row.state != "DONE":
        yield Deviation(step.number, step.on, "do", "DONE", codes or row.state)


def _of_events(
    connection: Connection, step: ScenarioStep, first: str | None
) -> Iterator[Deviation]:
    asked = (_ON, {"day": step.on}) if step.act is None else (_FOLLOWED, {"first": first})
    told = list(connection.execute(*asked).scalars())
    for name in step.events:
        if name not in told:
            yield Deviation(step.number, step.on, "event", name, told)


def of_expected(
    connection: Connection, registry: Registry, expect: Mapping[str, Any]
) -> tuple[Deviation, ...]:
    """Where the world's end differs from `[expect]`."""
    found: list[Deviation] = []
    for key, wanted in expect.items():
        compare = _COMPARED.get(key)
        if compare is not None:
            found += compare(connection, registry, wanted)
        elif key != "on":
            found += _of_result(connection, {key: wanted})
    return tuple(found)


def _differs(what: str, expected: Any, actual: Any) -> Iterator[Deviation]:
    if _plain(expected) != _plain(actual):
        yield Deviation(0, None, what, _plain(expected), _plain(actual))


def _plain(value: Any) -> Any:
    """A value as it can be compared: amounts, dates and rates as one text each."""
    told = codec.plain(value)
    if isinstance(told, str):
        return told.removesuffix(" CNY")
    return [_plain(part) for part in told] if isinstance(told, list | tuple) else told


def _of_rows(connection: Connection, registry: Registry, wanted: Any) -> Iterator[Deviation]:
    for name, fields in wanted.items():
        record = _row(connection, registry, name)
        if isinstance(fields, str):
            fields = {"state": fields}
        for field, expected in fields.items():
            actual = ABSENT if record is None else getattr(record, field, ABSENT)
            yield from _differs(f"{name} {field}", expected, actual)


def _of_absent(connection: Connection, registry: Registry, wanted: Any) -> Iterator[Deviation]:
    for name in [wanted] if isinstance(wanted, str) else wanted:
        record = _row(connection, registry, name)
        yield from _differs(name, ABSENT, ABSENT if record is None else record.state)


def _row(connection: Connection, registry: Registry, name: str) -> Any:
    noun, _, ident = name.partition("/")
    found = mapper(registry.nouns[noun]).load(connection, [ident], lock=False)
    return next((stored.record for stored in found), None)


def _of_count(connection: Connection, _: Registry, wanted: Any) -> Iterator[Deviation]:
    told = _counted(connection)
    if isinstance(wanted, dict):
        for name, times in wanted.items():
            yield from _differs(f"events {name}", times, told[name])
        return
    for name in [wanted] if isinstance(wanted, str) else wanted:
        if not told[name]:
            yield Deviation(0, None, "events", name, 0)


def _counted(connection: Connection) -> Counter[str]:
    return Counter({name: times for name, times in connection.execute(_COUNTED)})


def _of_never(connection: Connection, _: Registry, wanted: Any) -> Iterator[Deviation]:
    told = _counted(connection)
    for name in [wanted] if isinstance(wanted, str) else wanted:
        times = sum(told[each] for each in fnmatch.filter(told, name))
        yield from _differs(f"never {name}", 0, times)


def _of_ledger(connection: Connection, _: Registry, wanted: Any) -> Iterator[Deviation]:
    balances = {(owner, account): fen for owner, account, fen in connection.execute(_BALANCES)}
    for owner, accounts in wanted.items():
        for account, expected in accounts.items():
            actual = Money(int(balances.get((owner, account), 0)))
            yield from _differs(f"ledger {owner} {account}", expected, actual)


def _of_money(connection: Connection, _: Registry, wanted: Any) -> Iterator[Deviation]:
    burden = outcome_in(connection, first_loan(connection)).plain["after_recovery"]["burden"]
    for party, expected in wanted.items():
        yield from _differs(f"money {party}", expected, burden.get(party, ABSENT))


def _of_result(connection: Connection, wanted: Mapping[str, Any]) -> Iterator[Deviation]:
    yield from _of_tree("", wanted, outcome_in(connection, first_loan(connection)).plain)


def _of_tree(path: str, wanted: Mapping[str, Any], actual: Any) -> Iterator[Deviation]:
    for key, expected in wanted.items():
        found = actual.get(key, ABSENT) if isinstance(actual, Mapping) else ABSENT
        if isinstance(expected, Mapping):
            yield from _of_tree(f"{path}{key}.", expected, found)
        else:
            yield from _differs(f"{path}{key}", expected, found)


_COMPARED = {
    "rows": _of_rows,
    "states": _of_rows,
    "absent": _of_absent,
    "events": _of_count,
    "never": _of_never,
    "ledger": _of_ledger,
    "money": _of_money,
    "result": lambda connection, _, wanted: _of_result(connection, wanted),
}
"""Key of `[expect]` -> how it is compared; any other key is one of the result's."""
