"""Whatever JSON comes in: an answer or a refusal in words, and nothing else."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.calculator.reading import Uninterpretable
from services.calculator.schedule_kinds import METHODS
from services.calculator.schedules import answer
from workflows.lending.days.day_count import DayCount

NAMES = [
    *("principal", "annual_rate_pct", "rate_pct_per_month", "disbursement_date", "due_dates"),
    *("disbursements", "schedule_start", "day_count", "periods", "period", "instalment"),
    *("principal_grace_periods", "interest_grace_periods", "interest_free_periods", "settlement"),
    *("maturity", "money_multiple", "instalment_multiple", "fixed_principal_pct_of_loan"),
    *("first_due", "broken_days", "method", "start", "rule", "interest_type", "fixed_instalment"),
]
days = st.dates().map(str)
sane_days = st.dates(date(1900, 1, 1), date(2200, 12, 31)).map(str)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | days,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
likely = st.one_of(
    st.sampled_from([each.value for each in DayCount]),
    st.sampled_from(["month", "quarter", "year", "quarterly_20", "monthly", "upfront", "flat"]),
    st.integers(0, 40),
    st.decimals(0, 10**6, places=2).map(str),
    sane_days,
    st.lists(sane_days, min_size=1, max_size=5).map(sorted),
    st.fixed_dictionaries({"date": sane_days, "amount": st.integers(0, 10**6).map(str)}).map(
        lambda one: [one]
    ),
)
params = st.dictionaries(
    st.sampled_from(["rounding", "instalment_levelled", "instalment_from", "money_digits"]),
    st.sampled_from(["half_up", "half_even", "nominal_monthly_rate", True, False, 0, 1, 2]),
)
plain = st.fixed_dictionaries(
    {
        "principal": st.decimals(0, 10**9, places=2).map(str),
        "annual_rate_pct": st.decimals(0, 36, places=4).map(str),
        "disbursement_date": st.just("2026-01-31"),
        "due_dates": st.lists(
            st.dates(date(2026, 2, 1), date(2060, 1, 1)).map(str),
            min_size=1,
            max_size=30,
            unique=True,
        ).map(sorted),
        "day_count": st.sampled_from([each.value for each in DayCount]),
    }
)
shapes = st.sampled_from(
    [
        ["principal", "annual_rate_pct", "disbursement_date", "due_dates", "day_count"],
        ["disbursements", "annual_rate_pct", "due_dates", "day_count"],
        ["principal", "annual_rate_pct", "periods", "period", "day_count"],
        ["principal", "annual_rate_pct", "period", "instalment", "day_count"],
        ["principal", "annual_rate_pct", "disbursement_date", "settlement", "maturity"],
        ["start", "periods", "rule"],
    ]
)
rest = st.fixed_dictionaries(
    {
        "disbursements": st.just([{"date": "2026-01-31", "amount": "100"}]),
        "periods": st.integers(1, 40),
        "period": st.sampled_from(["month", "quarter", "year"]),
        "instalment": st.integers(1, 10**6).map(str),
        "settlement": st.sampled_from(["monthly_20", "quarterly_20"]),
        "maturity": st.dates(date(2026, 2, 1), date(2060, 1, 1)).map(str),
        "start": sane_days,
        "rule": st.sampled_from(["monthly", "last day of month", "weekly"]),
    }
)


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Any]:
    """A case that is right or nearly so: a shape of the form, with some fields put otherwise."""
    known = {**draw(plain), **draw(rest)}
    given = {name: known[name] for name in draw(shapes)}
    given |= draw(st.dictionaries(st.sampled_from(NAMES), likely | anything, max_size=1))
    case = {"kind": draw(st.sampled_from(sorted(METHODS))), "input": given}
    return {**case, **draw(st.fixed_dictionaries({}, optional={"params": params | anything}))}


def told(case: dict[str, Any]) -> str:
    try:
        return json.dumps(answer(case), allow_nan=False)
    except Uninterpretable as refused:
        return str(refused)


# The first draw of text on a fresh machine takes over a second: Hypothesis builds its alphabet.
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(case=cases())
def test_a_case_is_answered_or_refused_in_words(case: dict[str, Any]) -> None:
    sentence = told(case)

    assert sentence
    assert "calc." not in sentence


@given(given=plain, kind=st.sampled_from(["equal_principal", "bullet", "flat", "annuity"]))
def test_a_plain_case_is_always_answered_and_repaid_whole(given: dict[str, Any], kind: str) -> None:
    found = answer({"kind": kind, "input": given})

    repaid = sum(round(float(row["principal"]) * 100) for row in found["rows"])
    assert repaid == round(float(given["principal"]) * 100)
    assert found["rows"][-1]["balance"] == "0.00"
