"""Refusals are values with reasons: code, parameter, threshold, actual value, clause and grade.

A sentence is made of them at the edge only, in Chinese or English, from `refusal.<code>`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from policies.money import Money
from policies.reading.pack import Bound, Citation, Parameter


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason why an act may not happen, and the doors that lead on from it.

    threshold, actual: values as the rule has them (Money, rates as Decimal, dates, counts, text,
    tuples of these), of which people are told text. legal_from: the first day on which this
    reason is gone, other things equal; needs: noun.trigger of the act that would remove it;
    worded: the threshold in the words of its parameter, where it is the parameter's own value.
    """

    code: str
    parameter: str = ""
    threshold: Any = ""
    actual: Any = ""
    citation: Citation | None = None
    legal_from: date | None = None
    needs: str = ""
    worded: str = ""

    @property
    def threshold_text(self) -> str:
        """The threshold for people."""
        return self.worded or shown(self.threshold)

    @property
    def actual_text(self) -> str:
        """The actual value for people."""
        return shown(self.actual)


@dataclass(frozen=True, slots=True)
class Remark:
    """What a guard says although it lets pass: that no limit is set, and where that is said."""

    code: str
    parameter: str = ""
    citation: Citation | None = None


class Refused(Exception):
    """A guard says no: the act is known in this state, but a rule forbids it now."""

    def __init__(self, trigger: str, reasons: tuple[Refusal, ...]) -> None:
        super().__init__(f"{trigger}: {', '.join(r.code for r in reasons)}")
        self.trigger = trigger
        self.reasons = reasons


class NotPossible(Exception):
    """No row of the table leads from this state by this trigger."""

    def __init__(self, noun: str, ident: str, trigger: str, state: str) -> None:
        super().__init__(f"{noun} {ident} is {state}: {trigger} leads nowhere from there")
        self.noun, self.ident, self.trigger, self.state = noun, ident, trigger, state


class NotAllowed(Exception):
    """The row exists, but not for this person: wrong role, organisation or second person."""

    def __init__(self, trigger: str, reason: Refusal) -> None:
        told = f"{reason.actual_text} / {reason.threshold_text}"
        super().__init__(f"{trigger}: {reason.code} ({told})")
        self.trigger, self.reason = trigger, reason


class PairRefused(NotAllowed):
    """These persons may not do this between them: an event of security, read by AUD. ZD-2.3.

    persons: the maker, then who confirmed; stream: of the row; policy: what governs it.
    """

    def __init__(
        self, trigger: str, reason: Refusal, *, persons: tuple[Any, ...], stream: str, policy: str
    ) -> None:
        super().__init__(trigger, reason)
        self.persons, self.stream, self.policy = persons, stream, policy


class NotThere(LookupError):
    """A row that the command needs is not there: nobody named it, or it does not exist."""


class NotGivenYet(Exception):
    """A guard looks at something of a command that is not written yet: judged later."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} is not given yet")
        self.what = what


def against(
    code: str,
    parameter: Parameter,
    actual: object,
    *,
    threshold: object = None,
    legal_from: date | None = None,
    needs: str = "",
) -> Refusal:
    """A refusal that cites a parameter; its value is the threshold unless told otherwise."""
    bound, worded = (threshold, "") if threshold is not None else (parameter.value, parameter.text)
    return Refusal(
        code, parameter.name, bound, actual, parameter.citation, legal_from, needs, worded
    )


def within(
    code: str,
    bound: Bound,
    actual: object,
    *,
    legal_from: date | None = None,
    needs: str = "",
) -> Refusal | Remark | None:
    """What a guard answers that keeps to a ceiling, a floor or a list of a policy's."""
    if bound.unlimited:
        return unlimited(bound.parameter)
    if bound.allows(actual):
        return None
    return against(code, bound.parameter, actual, legal_from=legal_from, needs=needs)


def unlimited(parameter: Parameter) -> Remark:
    """The remark of a guard that lets pass because a parameter sets no limit."""
    return Remark("unlimited", parameter.name, parameter.citation)


def shown(value: object) -> str:
    """A threshold or an actual value as a banker reads it: `10,000,000.00`, `0.0380`."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, tuple | list):
        return ", ".join(shown(part) for part in value)
    return str(value)


def in_words(refusal: Refusal) -> Refusal:
    """The same with threshold and actual value as text, to be kept where types are lost."""
    return replace(refusal, threshold=refusal.threshold_text, actual=refusal.actual_text)


def plain(value: object) -> Any:
    """A threshold or an actual value for programs: `"10000000.00"`, `"0.0380"`, 36, ISO days."""
    if isinstance(value, Money):
        return value.yuan
    if isinstance(value, tuple | list):
        return [plain(part) for part in value]
    return value if isinstance(value, bool | int) else shown(value)
