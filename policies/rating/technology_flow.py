"""Technology-flow rating T1 to T10 of a firm by its place in its field; ZD-4.10 and ZD-5.2."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from policies.reading.pack import Policy
from policies.sharing.loss import Step


@dataclass(frozen=True, slots=True)
class Flow:
    """notch: 1 (best) to the last. multiplier: on the limit."""

    notch: int
    multiplier: Decimal
    working: tuple[Step, ...]

    @property
    def name(self) -> str:
        """T1 and so on."""
        return f"T{self.notch}"


@dataclass(frozen=True, slots=True)
class Corrections:
    """Notches up (+) or down (-) for two dimensions; notches down, never up, for the other two."""

    conversion: int = 0
    stability: int = 0
    credit_policy: int = 0
    negative_list: int = 0


def technology_flow(policy: Policy, top: Decimal, corrections: Corrections) -> Flow:
    """top: the firm's place from the top of its field, 0.05 for the best twentieth, inclusive.

    Raises ValueError where the first two corrections are larger than allowed or the last two
    would raise the rating.
    """
    _check(policy, corrections)
    tops, multipliers = policy["flow_tops"], policy["flow_multipliers"]
    raw = 1 + sum(top > bound for bound in tops.value)
    better = corrections.conversion + corrections.stability
    worse = corrections.credit_policy + corrections.negative_list
    # Up first, and no higher than T1: what lowers a rating is never offset by room above it.
    notch = min(max(1, raw - better) + worse, len(multipliers.value))
    multiplier = multipliers.value[notch - 1]
    working = (
        Step("flow_place", {"top": str(top), "notch": f"T{raw}"}, None, tops.citation),
        Step("flow_corrected", {"up": str(better), "down": str(worse), "notch": f"T{notch}"}, None,
             policy["flow_dimensions"].citation),
        Step("flow_multiplier", {"notch": f"T{notch}", "multiplier": str(multiplier)}, None,
             multipliers.citation),
    )  # fmt: skip
    return Flow(notch, multiplier, working)


def _check(policy: Policy, corrections: Corrections) -> None:
    most = policy["flow_correction_most"].value
    if any(abs(n) > most for n in (corrections.conversion, corrections.stability)):
        raise ValueError(f"a correction is at most {most} notch")
    if min(corrections.credit_policy, corrections.negative_list) < 0:
        raise ValueError("credit policy and negative list may only lower a rating")
