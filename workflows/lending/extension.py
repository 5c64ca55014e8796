"""How many months a loan may still be extended (展期), and why not more.

ZD-3.6.5 (S45, S46): up to the original tenor for short loans, up to half of
it for longer ones, never beyond three years; all extensions count together. Vectors V16 and V17.
"""

from __future__ import annotations

from dataclasses import dataclass

from policies.reading.pack import Parameter, Policy
from workflows.lifecycle.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Tenor:
    """The agreed term of a loan and what earlier extensions added to it, months."""

    original: int
    extended: int = 0


def months_left(policy: Policy, tenor: Tenor) -> int:
    """Months that may still be granted; never below 0. Raises UnknownParameter."""
    whole, _ = _limit(policy, tenor.original)
    return max(0, whole - tenor.extended)


def refusal(policy: Policy, tenor: Tenor, *, asked_months: int) -> Refusal | None:
    """Why `asked_months` more are refused; None when they may be granted.

    The threshold is what is left; the clause is that of the limit which binds.
    """
    left = months_left(policy, tenor)
    if asked_months <= left:
        return None
    _, binding = _limit(policy, tenor.original)
    return Refusal(
        "extension_too_long", binding.name, str(left), str(asked_months), binding.citation
    )


def _limit(policy: Policy, original_months: int) -> tuple[int, Parameter]:
    """All extensions together, whole months, and the parameter that says so."""
    short = original_months <= policy["extension_short_tenor"].value
    share = policy["extension_short_share"] if short else policy["extension_long_share"]
    cap = policy["extension_cap_months"]
    months = int(original_months * share.value)
    return (months, share) if months <= cap.value else (cap.value, cap)
