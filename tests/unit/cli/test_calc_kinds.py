"""`zhidai calc`: graces, a balloon, overdue interest first, and shares that cover interest."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from services.cli.main import run

pytestmark = pytest.mark.usefixtures("own_language")
LOAN = [
    "--principal", "1000000", "--rate", "3.60", "--months", "6", "--day-count", "30/360",
    "--start", "2025-08-14", "--json",
]  # fmt: skip


def rows(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    assert run(["calc", "schedule", *LOAN, *words]) == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["rows"]
    return found


def answered(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, kind: str, case: Any
) -> Any:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(json.dumps(case).encode())))
    assert run(["calc", kind]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_fixed_part_of_the_principal_leaves_a_balloon_and_may_start_late(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ("--method", "fixed_principal", "--principal-share", "10", "--grace-principal", "2")

    found = rows(capsys, *words)

    assert [one["principal"] for one in found] == ["0.00", "0.00", *["100000.00"] * 3, "700000.00"]
    assert [one["interest"] for one in found] == [
        "3000.00", "3000.00", "3000.00", "2700.00", "2400.00", "2100.00",
    ]  # fmt: skip


def test_interest_in_grace_is_paid_with_the_first_instalment_after_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = rows(capsys, "--method", "interest_only", "--grace-interest", "2")

    assert [one["interest"] for one in found[:4]] == ["0.00", "0.00", "9000.00", "3000.00"]


def test_overdue_interest_may_go_before_overdue_principal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    owed = [
        {"when": "past_due", "component": "principal", "amount": "1000.00"},
        {"when": "past_due", "component": "interest", "amount": "60.00"},
        {"when": "due", "component": "interest", "amount": "30.00"},
    ]
    case = {
        "kind": "component_order",
        "order": "past due: interest, principal; due: interest",
        "outstanding": owed,
        "payments": [{"date": "2025-08-14", "amount": "100.00"}],
    }

    found = answered(capsys, monkeypatch, "allocation", case)

    assert found == [{"interest": "60.00", "principal": "40.00"}]


def test_a_share_covers_interest_as_well(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = {
        "kind": "share",
        "input": {"share_pct": "80", "principal": "1000.00", "interest": "50.00"},
    }

    found = answered(capsys, monkeypatch, "claim", case)

    assert "840.00" in found.values()
