"""What follows from a refused pair: the event that auditors read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.incident.events import SecurityPairRefused
from workflows.incident.records import NotePairRefused
from workflows.lifecycle.evolution import Decide
from workflows.lifecycle.machine import Situation


def note_pair_refused(s: Situation[None, NotePairRefused]) -> tuple[Any, ...]:
    """As it was tried, on its day."""
    a = s.act
    return (
        SecurityPairRefused(
            a.policy, a.stream, a.act, a.code, a.against, a.users, a.roles, a.organisations, s.today
        ),
    )


DECIDE: Mapping[str, Decide] = {"note_pair_refused": note_pair_refused}
