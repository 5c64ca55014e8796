"""What a fund keeps for a credit, and what it sets free when no loan comes of it. ZD-3.7.3."""

from __future__ import annotations

from typing import Any

from policies.money import Money
from workflows.application.events import ApplicationCapacityReleased, ApplicationCapacityReserved
from workflows.application.records import Application


def reserved(it: Application, amount: Money) -> tuple[Any, ...]:
    """From approval on; nothing where no fund covers the programme."""
    return (ApplicationCapacityReserved(it.fund, amount),) if it.fund else ()


def released(it: Application) -> tuple[Any, ...]:
    """The credit ended without a loan; nothing where none was approved."""
    if not it.fund or not it.approved_amount:
        return ()
    return (ApplicationCapacityReleased(it.fund, it.approved_amount),)
