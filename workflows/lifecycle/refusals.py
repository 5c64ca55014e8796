"""Refusals are values with reasons: code, parameter, threshold, actual value, clause and grade.

A sentence is made of them at the edge only, in Chinese or English, from `refusal.<code>`.
"""

from __future__ import annotations

from dataclasses import dataclass

from policies.reading.pack import Citation, Parameter


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason why an act may not happen. `threshold` and `actual` are shown as they stand."""

    code: str
    parameter: str = ""
    threshold: str = ""
    actual: str = ""
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
        super().__init__(f"{trigger}: {reason.code} ({reason.actual} / {reason.threshold})")
        self.trigger, self.reason = trigger, reason


class NotThere(LookupError):
    """A row that the command needs is not there: nobody named it, or it does not exist."""


class NotGivenYet(Exception):
    """A guard looks at something of a command that is not written yet: judged later."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} is not given yet")
        self.what = what


def against(code: str, parameter: Parameter, actual: object) -> Refusal:
    """A refusal that cites a parameter: its value is the threshold, its clause the reason."""
    return Refusal(code, parameter.name, parameter.text, str(actual), parameter.citation)
