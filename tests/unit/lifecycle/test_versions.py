"""Events of an older version are read as today's class; a later one is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import pytest

from services.wiring import registry
from workflows.lifecycle.versions import UnknownVersion, Upcasts, brought_up, version_of


@dataclass(frozen=True)
class Settled:
    """An event that was renamed in one field, then split in another."""

    wire: ClassVar[str] = "Note.Settled"
    version: ClassVar[int] = 3
    upcasts: ClassVar[Upcasts] = {
        1: lambda told: {"amount": told["sum"]},
        2: lambda told: {"amount": told["amount"], "currency": "CNY"},
    }

    amount: str
    currency: str


@pytest.mark.parametrize(
    ("version", "payload"),
    [
        (1, {"sum": "1.00"}),
        (2, {"amount": "1.00"}),
        (3, {"amount": "1.00", "currency": "CNY"}),
    ],
)
def test_every_version_is_read_as_the_newest(version: int, payload: Any) -> None:
    assert brought_up(Settled, version, payload) == {"amount": "1.00", "currency": "CNY"}


def test_a_version_of_a_later_release_is_refused() -> None:
    with pytest.raises(UnknownVersion, match="later release"):
        brought_up(Settled, 4, {})


def test_a_class_that_says_nothing_is_of_version_one() -> None:
    kinds = registry().events.values()

    assert all(version_of(kind) >= 1 for kind in kinds)
    assert version_of(registry().events["Loan.Disbursed"]) == 1


def test_every_older_version_of_every_event_can_be_read() -> None:
    unread = [
        (kind.__name__, older)
        for kind in registry().events.values()
        for older in range(1, version_of(kind))
        if older not in getattr(kind, "upcasts", {})
    ]

    assert unread == []
