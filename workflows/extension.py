"""How many months a loan may still be extended (展期), and why not more.

domain.md 3.6 GrantExtension: up to the original tenor for short loans, up to a share of it for
longer ones, never beyond a cap; all extensions count together. Vectors V16 and V17.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from policies.pack import Citation
from workflows.refusals import Refusal


@dataclass(frozen=True, slots=True)
class ExtensionRule:
    """The limits: `short_months` or less may double; longer loans get `share`, at most `cap`."""

    short_months: int
    share: Fraction
    cap_months: int
    citation: Citation | None = None


def months_left(original_months: int, extended_months: int, rule: ExtensionRule) -> int:
    """Months that may still be granted after `extended_months` of earlier extensions; never < 0."""
    whole = original_months
    if original_months > rule.short_months:
        whole = min(int(original_months * rule.share), rule.cap_months)
    return max(0, whole - extended_months)


def refusal(
    original_months: int, extended_months: int, *, asked_months: int, rule: ExtensionRule
) -> Refusal | None:
    """Why `asked_months` more are refused; None when they may be granted."""
    left = months_left(original_months, extended_months, rule)
    if asked_months <= left:
        return None
    return Refusal(
        "extension_too_long",
        threshold=str(left),
        actual=str(asked_months),
        citation=rule.citation,
    )
