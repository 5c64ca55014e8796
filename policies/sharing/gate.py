"""A condition of a policy that is not met, as a value: which, what it asks for, what was found.

Workflows make refusals of it, screens sentences; nothing here decides anything.
"""

from __future__ import annotations

from dataclasses import dataclass

from policies.reading.pack import Parameter


@dataclass(frozen=True, slots=True)
class Unmet:
    """code: `refusal.<code>` says it in words. threshold and actual are shown as they stand."""

    code: str
    parameter: Parameter
    actual: str
    threshold: str


def unmet(code: str, parameter: Parameter, actual: object, *, threshold: object = None) -> Unmet:
    """A condition that a parameter sets; its own value is the threshold unless told otherwise."""
    return Unmet(
        code, parameter, str(actual), parameter.text if threshold is None else str(threshold)
    )


def those(*conditions: Unmet | None) -> tuple[Unmet, ...]:
    """The conditions that are not met, in order."""
    return tuple(one for one in conditions if one is not None)
