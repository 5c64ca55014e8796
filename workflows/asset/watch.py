"""Commands by which a pledged right is watched: an attack that failed, a value that is due anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class RejectInvalidation:
    """The attack failed or was withdrawn: the right stands as it was."""

    trigger: ClassVar[str] = "reject_invalidation"
    asset: str
    decision: str


@dataclass(frozen=True, slots=True)
class CallRevaluation:
    """Ask for a new value at once, for a reason of revaluation_triggers."""

    trigger: ClassVar[str] = "call_revaluation"
    asset: str
    reason: str
