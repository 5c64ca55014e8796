"""What a refusal says to people and to programs, and which doors it shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from policies.money import yuan
from policies.reading.loader import load
from policies.reading.pack import UNLIMITED, Said
from services.kernel.i18n import reason, remark
from workflows.lifecycle.refusals import Refusal, against, in_words, plain, shown, unlimited, within

POLICY = load("jiangsu").on(date(2025, 8, 14))


@pytest.mark.parametrize(
    ("value", "for_people", "for_programs"),
    [
        pytest.param(yuan("10000000.00"), "10,000,000.00", "10000000.00", id="an amount"),
        pytest.param(Decimal("0.0380"), "0.0380", "0.0380", id="a rate"),
        pytest.param(Decimal("1E-7"), "0.0000001", "0.0000001", id="a tiny rate"),
        pytest.param(36, "36", 36, id="a count"),
        pytest.param(date(2025, 9, 1), "2025-09-01", "2025-09-01", id="a day"),
        pytest.param(("江苏", "上海"), "江苏, 上海", ["江苏", "上海"], id="a list"),
        pytest.param((yuan("1.00"),), "1.00", ["1.00"], id="a list of amounts"),
    ],
)
def test_a_value_has_one_form_for_people_and_one_for_programs(
    value: object, for_people: str, for_programs: object
) -> None:
    assert (shown(value), plain(value)) == (for_people, for_programs)


def test_a_refusal_keeps_the_values_of_the_rule() -> None:
    refusal = against("tenor_too_long", POLICY["max_tenor_months"], 37)

    assert (refusal.threshold, refusal.actual) == (36, 37)
    assert (in_words(refusal).threshold, in_words(refusal).actual) == ("36", "37")


def test_the_first_possible_day_and_the_act_needed_stand_behind_the_sentence() -> None:
    refusal = Refusal("unknown_code", legal_from=date(2025, 9, 1), needs="loan.disburse")

    assert reason(refusal, "en").startswith("unknown_code; possible from 2025-09-01; needed first")


def test_a_remark_names_the_parameter_that_sets_no_limit() -> None:
    assert "cap_per_borrower" in remark(unlimited(POLICY["cap_per_borrower"]), "zh")


@pytest.mark.parametrize(("said", "code"), [(UNLIMITED, "unlimited"), (35, "tenor_too_long")])
def test_a_bound_lets_pass_refuses_or_says_that_there_is_none(said: Said, code: str) -> None:
    stated = replace(POLICY["max_tenor_months"], said=said)
    policy = replace(POLICY, parameters={**POLICY.parameters, "max_tenor_months": stated})

    answer = within("tenor_too_long", policy.ceiling("max_tenor_months"), 36)

    assert answer is not None
    assert answer.code == code
    assert within("tenor_too_long", POLICY.ceiling("max_tenor_months"), 36) is None
