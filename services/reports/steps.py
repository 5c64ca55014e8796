"""The steps of a world's history: date, who, act, event, money, clause. One step an event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, text

_AFTER = text(
    """
    SELECT position, stream, seq, type, payload, trigger, from_state, to_state, actor, role,
           organisation, checkers, business_date, policy
    FROM event WHERE position > :position ORDER BY position LIMIT 10000
    """
)
# Which figure of an event is its money, the first that it has.
_MONEY = (
    "paid",
    "amount",
    "net",
    "fund_share",
    "principal",
    "disbursed",
    "remitted",
    "approved_amount",
    "gross",
    "cash",
)


@dataclass(frozen=True, slots=True)
class ToldStep:
    """One event as told to people. who: role and user, then those who confirmed."""

    position: int
    stream: str
    date: date
    who: str
    act: str
    event: str
    money: str | None
    policy: str
    payload: dict[str, Any]
    from_state: str
    to_state: str


def steps_after(connection: Connection, position: int) -> list[ToldStep]:
    """Steps recorded after that position, in the order they were recorded."""
    return [_step(row) for row in connection.execute(_AFTER, {"position": position})]


def _step(row: Any) -> ToldStep:
    checkers = (f"{one['role']} {one['user']}" for one in row.checkers)
    who = " → ".join((f"{row.role} {row.actor}", *checkers))
    noun = row.stream.partition("/")[0]
    return ToldStep(
        row.position,
        row.stream,
        row.business_date,
        who,
        f"{noun}.{row.trigger}",
        row.type,
        money_of(row.payload),
        row.policy,
        row.payload,
        row.from_state,
        row.to_state,
    )


def money_of(payload: dict[str, Any]) -> str | None:
    """The event's leading amount, two decimals; None when it moves or states no money."""
    for name in _MONEY:
        value = payload.get(name)
        if isinstance(value, str) and value.endswith(" CNY"):
            return value.partition(" ")[0]
    return None
