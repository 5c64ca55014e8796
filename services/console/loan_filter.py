"""The list of loans as its URL says: filter, search, sort, page. A wrong value falls back.

Only names from the tables below reach the SQL; values are bound.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlencode

from services.console.phases import ENDED, MARKS, PHASES

PAGE = 50
LONGEST_SEARCH = 80
MOST_FEN = 2**63 - 1
MOST_DIGITS = 30

_ENDED = ", ".join(f"'{state}'" for state in ENDED)


@dataclass(frozen=True, slots=True)
class Column:
    """A column that sorts: its SQL over loan `l`, never null, and how a cursor's text is read."""

    sql: str
    kind: str
    read: Callable[[str], Any]


def _fen(text: str) -> int:
    number = int(text)
    if abs(number) > MOST_FEN:
        raise ValueError(text)
    return number


def _rate(text: str) -> Decimal:
    number = Decimal(text)
    if not number.is_finite() or abs(number.adjusted()) > MOST_DIGITS:
        raise ValueError(text)
    return number


DPD = f"CASE WHEN l.state IN ({_ENDED}) THEN 0 ELSE coalesce(:today - l.overdue_since, 0) END"

# fmt: off
SORTS: Mapping[str, Column] = {
    "id":          Column("l.id",                                "text",    str),
    "drawn_on":    Column("coalesce(l.disbursed_on, '9999-12-31')", "date", date.fromisoformat),
    "drawn":       Column("l.disbursed",                         "bigint",  _fen),
    "outstanding": Column("l.outstanding",                       "bigint",  _fen),
    "rate":        Column("l.annual_rate",                       "numeric", _rate),
    "due":         Column("coalesce(l.due_on, '9999-12-31')",    "date",    date.fromisoformat),
    "dpd":         Column(f"({DPD})",                            "bigint",  _fen),
    "compensated": Column("l.compensated",                       "bigint",  _fen),
}
# fmt: on

STATES = {state for phase in PHASES.values() for state in phase.states}
ORIGINS = {"boarded": "BOARDED", "platform": "PLATFORM"}
CHOICES: Mapping[str, Any] = {"phase": PHASES, "state": STATES, "mark": MARKS, "origin": ORIGINS}


@dataclass(frozen=True, slots=True)
class LoanFilter:
    """What of the list is shown. "" means: not asked for. cursor: `value~id` of a row."""

    world: str = ""
    phase: str = ""
    state: str = ""
    mark: str = ""
    origin: str = ""
    q: str = ""
    sort: str = "id"
    down: bool = False
    after: str = ""
    before: str = ""
    seat: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether anything but the world is asked for."""
        return any((self.phase, self.state, self.mark, self.origin, self.q))

    @property
    def order(self) -> str:
        """The sort as the address writes it: `dpd`, or `-dpd` downwards."""
        return f"-{self.sort}" if self.down else self.sort

    def url(self, changes: Mapping[str, Any] | None = None) -> str:
        """The address of the list with these changes; any change leaves the page it was on."""
        asked = replace(self, **{"after": "", "before": "", **(changes or {})})
        pairs = {
            "world": asked.world,
            "seat": asked.seat,
            "phase": asked.phase,
            "state": asked.state,
            "mark": asked.mark,
            "origin": asked.origin,
            "q": asked.q,
            "sort": "" if asked.order == "id" else asked.order,
            "after": asked.after,
            "before": asked.before,
        }
        query = urlencode({name: value for name, value in pairs.items() if value})
        return f"/loans?{query}" if query else "/loans"

    def only(self, changes: Mapping[str, Any]) -> str:
        """The address of the list with nothing but these, in this world and order."""
        kept = LoanFilter(world=self.world, seat=self.seat, sort=self.sort, down=self.down)
        return kept.url(changes)

    def sorted_by(self, name: str) -> str:
        """The address that sorts by a column; asked again, the other way round."""
        down = not self.down if self.sort == name else name != "id"
        return self.url({"sort": name, "down": down})


def read(asked: Mapping[str, str], *, world: str, seat: str = "") -> LoanFilter:
    """The filter a query string asks for in a world; unknown names, broken cursors are ignored."""
    chosen = {name: asked[name] for name, known in CHOICES.items() if asked.get(name, "") in known}
    wanted = asked.get("sort", "id")
    sort, down = wanted.removeprefix("-"), wanted.startswith("-")
    if sort not in SORTS:
        sort, down = "id", False
    cursors = {
        name: asked[name] for name in ("after", "before") if cursor(sort, asked.get(name, ""))
    }
    search = asked.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
    return LoanFilter(world=world, seat=seat, q=search, sort=sort, down=down, **chosen, **cursors)


def cursor(sort: str, text: str) -> tuple[Any, str] | None:
    """A row's place in that order, None where the text is none."""
    value, found, ident = text.partition("~")
    if not found or not ident or "\x00" in text:
        return None
    try:
        return SORTS[sort].read(value), ident
    except (ValueError, InvalidOperation):
        return None


@dataclass(frozen=True, slots=True)
class Seen:
    """The loans a seat sees: SQL over the loan `l` and the parameter `org`."""

    sql: str = "true"
    org: str = ""


def condition(asked: LoanFilter, seen: Seen) -> tuple[str, dict[str, Any]]:
    """The WHERE over loan `l` and its bound values, within what the seat sees."""
    parts, values = [seen.sql], dict[str, Any](org=seen.org)
    if asked.state:
        parts.append("l.state = :state")
        values["state"] = asked.state
    elif asked.phase:
        parts.append("l.state = ANY(CAST(:states AS text[]))")
        values["states"] = list(PHASES[asked.phase].states)
    if asked.mark:
        parts.append(MARKS[asked.mark])
    if asked.origin:
        parts.append("l.origin = :origin")
        values["origin"] = ORIGINS[asked.origin]
    if asked.q:
        parts.append(_SEARCH)
        values["like"] = "%" + _escaped(asked.q) + "%"
    return " AND ".join(parts), values


_SEARCH = (
    "(l.id ILIKE :like OR l.bank ILIKE :like OR l.enterprise ILIKE :like OR l.enterprise IN"
    " (SELECT id FROM enterprise WHERE name ILIKE :like))"
)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
