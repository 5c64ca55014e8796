"""Golden cases of the public systems, the files shown to us: every figure is reproduced.

The files lie in the shared folder beside the checkout (ZHIDAI_SHARED); without it the test says so.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from services.calculator import allocations, claims, collateral, dpd, penalties, prepayments
from services.kernel.settings import ROOT

SHARED = Path(os.environ.get("ZHIDAI_SHARED", ROOT.parent / "shared")) / "golden"
ANSWERS: Mapping[str, Callable[[Mapping[str, Any]], Any]] = {
    "dpd": dpd.answer,
    "prepayments": prepayments.answer,
    "penalties": penalties.answer,
    "allocations": allocations.answer,
    "collateral": collateral.answer,
    "claims": claims.answer,
}
OUTCOMES = ("allocated", "paid_after")
INFORMATIVE = {"peer_bucket", "line", "after_events", "compare_decimals"}


def cases() -> list[Any]:
    found = [
        pytest.param(kind, case, id=case["id"])
        for kind in ANSWERS
        if (SHARED / f"{kind}.json").exists()
        for case in json.loads((SHARED / f"{kind}.json").read_text("utf-8"))["cases"]
        if case["recomputed"]
    ]
    skip = pytest.mark.skip(reason=f"the golden files are not in {SHARED}; set ZHIDAI_SHARED")
    return found or [pytest.param("", {}, marks=skip)]


def asked(case: Mapping[str, Any]) -> dict[str, Any]:
    """The case without its answers."""
    told = {"expected", "source", "convention", "recomputed"}
    bare = {name: value for name, value in case.items() if name not in told}
    if "payments" in bare:
        bare["payments"] = [
            {name: value for name, value in one.items() if name not in OUTCOMES}
            for one in bare["payments"]
        ]
    return bare


def expected(case: Mapping[str, Any]) -> Any:
    if "expected" in case:
        return case["expected"]
    return [next(one[name] for name in OUTCOMES if name in one) for one in case["payments"]]


def agrees(wanted: Any, found: Any) -> bool:
    """Whether all that is wanted is found; fields that only inform are left out."""
    if isinstance(wanted, dict):
        names = wanted.keys() - INFORMATIVE
        return all(name in found and agrees(wanted[name], found[name]) for name in names)
    if isinstance(wanted, list):
        pairs = zip(wanted, found, strict=False)
        return len(wanted) == len(found) and all(agrees(*pair) for pair in pairs)
    return bool(wanted == found)


@pytest.mark.parametrize(("kind", "case"), cases())
def test_a_golden_case_is_reproduced(kind: str, case: dict[str, Any]) -> None:
    found = ANSWERS[kind](asked(case))

    assert agrees(expected(case), found), found
    assert ANSWERS[kind](case) == found
