"""`zhidai calc` for servicing: a case on standard input or flags; one sentence when refused."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from typing import Any

import pytest

from services.cli.main import run
from services.kernel.settings import ROOT

DPD = {
    "id": "X-1",
    "kind": "loan_level",
    "schedule": [{"due": "2026-08-14", "amount": "4200000.00"}],
    "grace_days": 3,
    "ranges": None,
    "events": [],
    "as_of": ["2026-11-22"],
}


def told(
    words: str, given: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a command with that on standard input."""
    typed = given if isinstance(given, str) else json.dumps(given)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed.encode())))
    code = run(["--lang", "en", *words.split()])
    seen = capsys.readouterr()
    return code, seen.out, seen.err


def test_a_case_is_answered_in_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = told("calc dpd", DPD, monkeypatch, capsys)

    assert code == 0
    assert json.loads(out) == [
        {
            "as_of": "2026-11-22",
            "days_past_due": 100,
            "delinquent_days": 97,
            "overdue_amount": "4200000.00",
        }
    ]


def test_a_list_of_cases_gives_a_list_of_answers(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = [{"input": {"quantity": 2, "price": 1.5, "haircut_pct": 50}}] * 2

    code, out, _ = told("calc collateral", asked, monkeypatch, capsys)

    assert (code, json.loads(out)) == (0, [{"max_loan": "1.5"}] * 2)


@pytest.mark.parametrize(
    "kind", ["dpd", "prepayment", "penalty", "allocation", "collateral", "claim"]
)
@pytest.mark.parametrize(
    "given",
    [
        "",
        "no json",
        "[",
        "null",
        "3",
        '"text"',
        "[null]",
        "{}",
        '{"kind": "banana"}',
        '{"kind": ["loan_level"]}',
        '{"input": []}',
        '{"kind": "limit", "kind": "limit"}',
        '{"kind": "limit", "input": {"portfolio": NaN}}',
    ],
)
def test_unusable_input_is_refused_with_one_sentence(
    kind: str, given: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, error = told(f"calc {kind}", given, monkeypatch, capsys)

    assert (code, out) == (2, "")
    assert len(error.splitlines()) == 1
    assert error.startswith("zhidai: ")
    assert "Traceback" not in error


@pytest.mark.parametrize("field", ["kind", "schedule", "grace_days", "events", "as_of"])
@pytest.mark.parametrize("value", ["absent", None, True, 1.5, "x", [1], {"a": 1}])
def test_a_field_that_is_missing_or_of_the_wrong_kind_is_named(
    field: str, value: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = {**DPD, field: value}
    if value == "absent":
        del asked[field]

    code, out, error = told("calc dpd", asked, monkeypatch, capsys)

    assert (code, out) == (2, "")
    assert field in error
    assert "X-1" in error


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "dpd --due 2026-08-14 --as-of 2026-11-22 --grace 3",
            {"as_of": "2026-11-22", "days_past_due": 100, "delinquent_days": 97},
        ),
        (
            "dpd --due 2026-08-14 --due 2026-09-14 --amount 100.00 --paid 150.00 --as-of 2026-11-22"
            " --inclusive --pause-from 2026-10-01 --pause-to 2026-10-11",
            {"as_of": "2026-11-22", "days_past_due": 70, "delinquent_days": 60,
             "overdue_amount": "50.00"},
        ),
        (
            "allocation --cost 10000 --interest 63000 --principal 4200000 --pay 100000",
            {"cost": "10000", "interest": "63000", "principal": "27000"},
        ),
        (
            "allocation --cost 10000 --interest 63000 --principal 4200000 --pay 100000"
            " --order principal_first",
            {"cost": "10000", "interest": "0", "principal": "90000"},
        ),
        (
            "penalty --amount 4200000 --rate 3.60 --uplift 50 --days 100",
            {"penalty_rate": "5.40 %", "penalty": "63000.00", "compound": "0.00",
             "total": "63000.00"},
        ),
        (
            "penalty --rate 3.60 --uplift 50 --misuse-uplift 100 --amount 360000 --days 1",
            {"penalty_rate": "7.20 %", "penalty": "72.00", "compound": "0.00", "total": "72.00"},
        ),
        ("collateral --value 10000000 --haircut 60", {"max_loan": "4000000"}),
        ("claim --portfolio 1000000000 --guarantee 5 --cap 40000000", {"limit": "40000000"}),
        (
            "claim --portfolio 100 --guarantee 5 --loss 9 --threshold 3",
            {"limit": "5", "lender_first_loss": "3", "fund_pays": "5", "lender_remaining": "1"},
        ),
        (
            "prepayment --principal 6000000 --rate 3.60 --start 2025-08-14 --due 2026-08-14"
            " --on 2026-02-10 --pay 1908000",
            {"payoff": "6108000.00", "paid_interest": "108000.00", "paid_principal": "1800000.00",
             "interest_days_after": 185, "interest_due_at_maturity": "77700.00",
             "principal_left": "4200000.00"},
        ),
    ],
)  # fmt: skip
def test_flags_give_what_a_case_would(
    words: str, expected: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["calc", *words.split(), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == expected

    assert run(["calc", *words.split(), "--csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert rows == [{name: str(value) for name, value in expected.items()}]


@pytest.mark.parametrize(("lang", "head"), [("zh", "逾期天数"), ("en", "days past due")])
def test_people_see_a_table_in_their_language(
    lang: str, head: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = "calc dpd --due 2026-08-14 --amount 4200000.00 --as-of 2026-11-22"

    assert run(["--lang", lang, *words.split()]) == 0

    shown = capsys.readouterr().out
    assert head in shown
    assert "4,200,000.00" in shown


@pytest.mark.parametrize(
    "words",
    [
        "dpd --due 2026-08-14",
        "dpd --as-of 2026-08-14",
        "dpd --due 2026-08-32 --as-of 2026-09-01",
        "dpd --due 2026-08-14 --as-of 2026-09-01 --paid 5",
        "dpd --due 2026-08-14 --as-of 2026-09-01 --pause-from 2026-08-20",
        "allocation --cost 1",
        "allocation --pay x",
        "penalty --amount 1",
        "penalty --amount 1 --rate 3.6e1 --days 1",
        "penalty --amount 1 --rate 3.6 --days 1 --json --csv",
        "collateral --value 1",
        "claim --loss 1",
        "claim --portfolio 1 --guarantee 5 --threshold 3",
        "prepayment --principal 1",
        "prepayment --principal 1 --rate 1 --start 2026-01-02 --due 2026-08-14 --on 2026-01-01",
        "prepayment --principal 1 --rate 1 --start 2026-01-02 --due 2026-08-14 --on 2026-08-15",
        "prepayment --principal 1 --rate 1 --start 2026-01-02 --due 2026-08-14 --on 2026-02-01"
        " --pay 2",
    ],
)
def test_flags_that_cannot_be_used_end_with_2(
    words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--lang", "en", "calc", *words.split()]) == 2

    seen = capsys.readouterr()
    assert seen.out == ""
    assert len(seen.err.splitlines()) == 1


def test_a_calculation_starts_without_numpy_and_without_the_platform() -> None:
    script = (
        "import sys; from services.cli.main import run;"
        "run('calc dpd --due 2026-08-14 --as-of 2026-11-22'.split());"
        "print([m for m in ('numpy', 'celery', 'fastapi', 'sqlalchemy') if m in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout.splitlines()[-1] == "[]"
