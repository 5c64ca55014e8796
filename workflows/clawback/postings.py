"""What a clawback books beside the compensation itself: the bank bears the funding cost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from workflows.clawback.events import ClawbackOffset, ClawbackRepaid
from workflows.clawback.records import Clawback
from workflows.lifecycle import accounts as ac
from workflows.lifecycle.accounts import Entry, entry


def cost_paid(row: Clawback, e: ClawbackRepaid | ClawbackOffset) -> Entry:
    """Interest to the fund, which books it as interest credited."""
    cost, cash = ((ac.FUNDING_COSTS, e.interest),), ((ac.CASH, e.interest),)
    return entry("bank", row.bank, debit=cost, credit=cash)


# fmt: off
POSTINGS: Mapping[type, Callable[[Any, Any], Entry]] = {
    ClawbackRepaid: cost_paid,
    ClawbackOffset: cost_paid,
}
# fmt: on
