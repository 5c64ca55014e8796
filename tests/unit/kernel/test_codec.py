"""The hash of an event covers all of its content, all its persons, and the hash before it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.kernel.codec import GENESIS, chain_hash

WANG, LI = ("wang", "BK-M", "BK01"), ("li", "BK-A", "BK01")
EVENT: dict[str, Any] = {
    "stream": "loan/L1",
    "seq": 2,
    "type_": "Loan.Disbursed",
    "version": 1,
    "payload": "{}",
    "step": ("disburse", "SIGNED", "ACTIVE"),
    "persons": [WANG, LI],
    "came_of": ("loan/L1:1", "match/M1:3", "application/A1:1"),
    "business_date": date(2025, 8, 14),
    "policy": "jiangsu@1a2b3c4d5e6f:2025-08-14",
    "postings": [("bank:BK01", "loans", 100, "CNY"), ("bank:BK01", "cash", -100, "CNY")],
}


@pytest.mark.parametrize(
    "change",
    [
        {"stream": "loan/L2"},
        {"seq": 3},
        {"type_": "Loan.Opened"},
        {"version": 2},
        {"payload": '{"a":1}'},
        {"persons": [WANG]},
        {"persons": [LI, WANG]},
        {"persons": [WANG, ("li", "BK-A", "BK02")]},
        {"persons": [WANG, ("li", "BK-R", "BK01")]},
        {"business_date": date(2025, 8, 15)},
        {"policy": "jiangsu@000000000000:2025-08-14"},
        {"policy": "jiangsu@1a2b3c4d5e6f:2025-08-15"},
        {"step": ("repay", "SIGNED", "ACTIVE")},
        {"step": ("disburse", "ACTIVE", "ACTIVE")},
        {"step": ("disburse", "SIGNED", "SIGNED")},
        {"came_of": ("loan/L2:1", "match/M1:3", "application/A1:1")},
        {"came_of": ("loan/L1:1", None, "application/A1:1")},
        {"came_of": ("loan/L1:1", "match/M1:3", "application/A2:1")},
        {"postings": []},
        {"postings": [("bank:BK02", "loans", 100, "CNY"), ("bank:BK01", "cash", -100, "CNY")]},
    ],
    ids=str,
)
def test_whatever_is_changed_changes_the_hash(change: dict[str, Any]) -> None:
    assert chain_hash(GENESIS, **EVENT) != chain_hash(GENESIS, **{**EVENT, **change})


def test_the_same_event_after_another_one_has_another_hash() -> None:
    first = chain_hash(GENESIS, **EVENT)

    assert chain_hash(first, **EVENT) != first
    assert chain_hash(first, **EVENT) == chain_hash(first, **EVENT)
