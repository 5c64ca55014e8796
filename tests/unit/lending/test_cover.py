"""What a pledge carries, what a fund's cover pays and what being late costs."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from policies.money import yuan
from services.calculator import claims, collateral, penalties
from services.calculator.reading import Uninterpretable
from workflows.lending.loss_cover import layers, limit, recovery, top_up

PLEDGED = {"quantity": "8000", "price": "100", "haircut_pct": "50"}
THREE = [{"due": f"2023-0{month}-01", "principal": "1000", "interest": "30"} for month in (2, 3, 4)]


def test_several_securities_carry_what_each_carries() -> None:
    """Frappe, test_loan_repayment_for_term_loan."""
    held = [
        {"quantity": "4000", "price": "250", "haircut_pct": "50"},
        {"quantity": "2000", "price": "500", "haircut_pct": "50"},
    ]

    assert collateral.answer({"input": {"securities": held}}) == {"max_loan": "1000000"}


def test_a_fall_in_price_leaves_a_shortfall_and_nothing_to_pay_out() -> None:
    """Frappe, test_security_shortfall and test_disbursal_check_with_shortfall."""
    lent = collateral.answer({"input": {**PLEDGED, "loan_amount": "1000000"}})

    assert (lent["security_value"], lent["shortfall"]) == ("800000", "600000")
    paid = {**PLEDGED, "already_disbursed": "700000"}
    assert collateral.answer({"input": paid}) == {"disbursable": "0"}


def test_what_a_loan_no_longer_needs_may_be_released() -> None:
    found = collateral.answer({"input": {**PLEDGED, "outstanding": "100000.50"}})

    assert (found["shortfall"], found["releasable"]) == ("0.00", "299999.50")


def test_a_first_loss_cover_pays_no_more_than_its_limit() -> None:
    asked = {"portfolio": "100", "guarantee_pct": "5", "default": "7"}

    found = claims.answer({"kind": "first_loss", "input": asked})

    assert found == {"fund_pays": "5", "lender_loss": "2"}


@pytest.mark.parametrize(
    ("loss", "borne"), [("2", "2 0 0"), ("3", "3 0 0"), ("8", "3 5 0"), ("9", "3 5 1")]
)
def test_a_second_loss_cover_lies_between_two_layers_of_the_lender(loss: str, borne: str) -> None:
    found = layers(yuan(loss), yuan("3"), yuan("5"))

    parts = (found.lender_first, found.fund, found.lender_rest)
    assert parts == tuple(yuan(part) for part in borne.split())


def test_a_limit_is_floored_to_the_fen_and_capped() -> None:
    assert limit(yuan("333.33"), Decimal("0.05")) == yuan("16.66")
    assert limit(yuan("333.33"), Decimal("0.05"), yuan("10.00")) == yuan("10.00")


@pytest.mark.parametrize(("balance", "added"), [("25000000", "0"), ("24999999.99", "25000000.01")])
def test_a_top_up_is_due_below_the_threshold_only(balance: str, added: str) -> None:
    assert top_up(yuan("50000000"), yuan(balance), yuan("25000000")) == yuan(added)


def test_a_recovery_refills_the_fund_before_the_lender_gets_any() -> None:
    assert recovery(yuan("960"), yuan("500")) == (yuan("500"), yuan("460"))
    asked = {"recovered": "400", "paid_by_fund": "500"}
    assert claims.answer({"kind": "recovery", "input": asked}) == {
        "to_fund": "400",
        "to_lender": "0",
    }


def test_a_lenders_share_of_a_claim_covers_principal_and_interest() -> None:
    asked = {"principal": "100000", "interest": "5000", "fees": "1000", "share_pct": "80"}

    assert claims.answer({"kind": "share", "input": asked})["claim"] == "84000"


@pytest.mark.parametrize(
    ("base", "each", "total"),
    [("principal", "15.00", "45.00"), ("interest", "0.45", "1.35")],
)
def test_a_one_off_penalty_is_charged_on_its_base(base: str, each: str, total: str) -> None:
    """Fineract FEE04 on principal."""
    asked = {"instalments": THREE, "as_of": "2023-05-01", "penalty_pct": "1.5", "base": base}

    found = penalties.answer({"input": asked})

    assert found == {"per_instalment": [each] * 3, "total": total}


def test_an_instalment_that_is_not_late_bears_no_penalty() -> None:
    asked = {"instalments": THREE, "as_of": "2023-04-01", "penalty_pct": "1.5", "base": "principal"}

    assert penalties.answer({"input": asked})["per_instalment"] == ["15.00", "15.00", "0.00"]


def test_interest_overdue_need_not_be_whole_fen() -> None:
    """Frappe, test_penalty: half the interest of a month for 26 chargeable days."""
    asked = {"overdue_amount": "5547.945", "penalty_rate_pct": "25", "days": 26}

    assert penalties.answer({"input": asked}) == {"penalty": "98.80"}


@pytest.mark.parametrize(
    ("answer", "case", "key"),
    [
        (claims.answer, {"kind": "gift", "input": {}}, "calc.unknown_word"),
        (claims.answer, {"kind": "limit", "input": {}}, "calc.missing_field"),
        (claims.answer, {"kind": "limit"}, "calc.missing_field"),
        (claims.answer, {"kind": "limit", "input": {"x": 1}}, "calc.unknown_field"),
        (collateral.answer, {"input": {"quantity": "1"}}, "calc.missing_field"),
        (collateral.answer, {"input": {**PLEDGED, "haircut_pct": "101"}}, "calc.out_of_range"),
        (
            collateral.answer,
            {"input": {**PLEDGED, "outstanding": "1", "already_disbursed": "1"}},
            "calc.unknown_field",
        ),
        (collateral.answer, {"input": {**PLEDGED, "securities": []}}, "calc.unknown_field"),
        (penalties.answer, {"input": {}}, "calc.missing_field"),
        (penalties.answer, {"input": {"overdue_amount": "1", "tax": "1"}}, "calc.unknown_field"),
        (
            penalties.answer,
            {"input": {"overdue_amount": "1", "penalty_rate_pct": "1", "days": -1}},
            "calc.out_of_range",
        ),
        (
            penalties.answer,
            {"input": {"instalments": THREE, "as_of": "2023-05-01", "penalty_pct": "1",
                       "base": "everything"}},
            "calc.unknown_word",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_interpreted_is_refused(
    answer: Callable[[Any], Any], case: dict[str, Any], key: str
) -> None:
    with pytest.raises(Uninterpretable) as refused:
        answer(case)

    assert refused.value.key == key
