"""What a decision may ask for beside events: follow-up commands, postings, timers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from policies.money import Money


@dataclass(frozen=True, slots=True)
class Then:
    """A command of the platform that must succeed in the same transaction, or all is refused."""

    command: Any


@dataclass(frozen=True, slots=True)
class Posting:
    """One line of a journal entry. Positive = debit, negative = credit; an entry sums to zero.

    owner: whose book (`bank:BK01`, `fund:JS`, `enterprise:E1`); account: of accounts.py.
    """

    owner: str
    account: str
    amount: Money


LAPSE, DUTY = "LAPSE", "DUTY"


@dataclass(frozen=True, slots=True)
class Awaited:
    """What a deadline's timer stands for: nature (LAPSE or DUTY), since when and until when.

    roles: codes of who acts, joined by commas; organisation: whose, "" where they serve the whole
    programme; rule: the parameter or clause that says how long.
    """

    nature: str
    since: date
    last_day: date
    roles: str
    organisation: str
    rule: str


@dataclass(frozen=True, slots=True)
class SetTimer:
    """On `due_on`, give the platform's `command` to the stream. Replaces one of the same kind.

    due_on: None for a duty whose last day is over and which is still owed: nothing fires any more.
    """

    kind: str
    due_on: date | None
    command: Any
    awaited: Awaited | None = None


@dataclass(frozen=True, slots=True)
class DropTimer:
    """Forget the timer of that kind, if any."""

    kind: str
