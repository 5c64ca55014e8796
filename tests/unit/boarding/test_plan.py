"""Planning a book: dates, the fund's part, the queue of payments, and the sweep."""

from __future__ import annotations

from datetime import date

import pytest

from policies.money import yuan
from services.boarding.judge import judge
from services.boarding.life import payment_order
from services.boarding.origin import FOREIGN, label
from services.boarding.plan import due_on, figures, make_plan, unpaid
from tests.unit.boarding.books import LOST, POLICY_ON, planned, tape


def lost(principal: str, changes: dict[str, str] | None = None) -> dict[str, str]:
    return {**LOST, "charged_off_principal": principal, **(changes or {})}


@pytest.mark.parametrize(
    ("drawn", "months", "due"),
    [
        ("2025-08-14", 12, "2026-08-14"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-12-31", 0, "2024-12-31"),
    ],
)
def test_a_loan_falls_due_after_calendar_months(drawn: str, months: int, due: str) -> None:
    assert due_on(date.fromisoformat(drawn), months) == date.fromisoformat(due)


def test_a_loan_paid_in_full_is_repaid_on_its_due_date() -> None:
    (life,) = planned({"term_months": "36"}).lives

    assert (life.repaid_on, life.charged_off_on) == (date(2027, 2, 1), None)
    assert (life.repaid, life.charged_off) == (yuan("3000000.00"), yuan("0.00"))
    assert not life.defaulted


def test_what_is_not_charged_off_is_repaid_on_the_day_of_the_charge_off() -> None:
    (life,) = planned(lost("1000000.01")).lives

    assert (life.repaid_on, life.charged_off_on) == (None, date(2024, 12, 20))
    assert life.repaid == yuan("1999999.99")


def test_nothing_lost_is_a_default_without_a_claim() -> None:
    plan = planned(lost("0.00"))

    assert plan.lives[0].defaulted
    assert not plan.lives[0].claimed
    assert figures(plan.lives).defaults == 1
    assert plan.fund == yuan("0.00")


@pytest.mark.parametrize(
    ("drawn", "principal", "compensation"),
    [
        ("10000000.00", "10000000.00", "8000000.00"),
        ("10000000.01", "10000000.01", "5000000.00"),
        ("10000000.01", "333.33", "166.66"),
        ("30000000.00", "30000000.00", "15000000.00"),
        ("3000000.00", "333.33", "266.66"),
    ],
)
def test_the_fund_bears_a_share_by_the_tier_of_the_amount_drawn(
    drawn: str, principal: str, compensation: str
) -> None:
    plan = planned(lost(principal, {"amount_disbursed": drawn}))

    assert plan.lives[0].compensation == yuan(compensation)
    assert plan.fund == yuan(compensation)
    assert figures(plan.lives).bank_loss == yuan(principal) - yuan(compensation)


def test_the_figures_sum_the_loans_that_can_be_boarded() -> None:
    plan = planned({}, lost("333.33"), lost("333.33"), lost("3000000.01"))

    sums = figures(plan.lives)

    assert sums.disbursed == yuan("9000000.00")
    assert (sums.defaults, sums.charged_off) == (2, yuan("666.66"))
    assert sums.compensated == yuan("533.32")  # floored loan by loan, not on the sum
    assert unpaid(plan.lives) == ()


def test_lives_stand_in_order_of_the_draw_then_line() -> None:
    plan = planned({"disbursed_on": "2024-03-01"}, {}, {"disbursed_on": "2023-01-01"}, {})

    assert [life.loan_id for life in plan.lives] == ["L3", "L2", "L4", "L1"]
    assert (plan.first_date, plan.last_date) == (date(2023, 1, 1), date(2025, 3, 1))


def test_claims_are_paid_in_order_of_the_charge_off_then_line() -> None:
    later = {"charged_off_on": "2024-12-21"}
    plan = planned(lost("5.00", later), lost("5.00"), lost("0.00"), lost("5.00"))

    assert [life.loan_id for life in payment_order(plan.lives)] == ["L2", "L4", "L1"]


def test_with_too_little_the_last_claim_is_paid_in_part_and_the_rest_waits() -> None:
    plan = planned(lost("1000.00"), lost("1000.00"), lost("1000.00"), fund="1000.00")

    assert [life.paid for life in plan.lives] == [yuan("800.00"), yuan("200.00"), yuan("0.00")]
    assert [(one.loan_id, one.amount) for one in unpaid(plan.lives)] == [
        ("L2", yuan("600.00")),
        ("L3", yuan("800.00")),
    ]
    assert figures(plan.lives).compensated == yuan("2400.00")


def test_a_line_says_the_same_whatever_the_fund_can_pay() -> None:
    (rich,) = planned(lost("1000.00")).lives
    (poor,) = planned(lost("1000.00"), fund="0.00").lives

    assert rich != poor
    assert rich.told == poor.told


def test_what_the_fund_already_holds_pays_claims_as_well() -> None:
    read = tape(lost("1000.00"))
    judged = judge(read, POLICY_ON)

    plan = make_plan(read, judged, POLICY_ON, fund=yuan("300.00"), in_hand=yuan("400.00"))

    assert plan.fund == yuan("300.00")
    assert [life.paid for life in plan.lives] == [yuan("700.00")]
    assert plan.standings["L1"].fund_cash == yuan("700.00")


def test_a_loan_stands_against_the_book_as_it_was_on_its_day() -> None:
    plan = planned(
        {"disbursed_on": "2024-01-01"},
        lost("1000000.00", {"disbursed_on": "2024-01-01"}),
        {"disbursed_on": "2024-12-21"},
        fund="5000000.00",
    )

    first, second, third = (plan.standings[name] for name in ("L1", "L2", "L3"))
    assert (first.covered_loans, first.covered_balance) == (0, yuan("0.00"))
    assert (second.covered_loans, second.covered_balance) == (1, yuan("3000000.00"))
    assert third.covered_loans == 2
    assert third.covered_balance == yuan("3200000.00")  # 3m live, 1m lost of which 0.8m paid
    assert third.npl_principal == yuan("200000.00")
    assert third.compensated_unrecovered == yuan("800000.00")
    assert third.fund_cash == yuan("4200000.00")


def test_on_one_date_earlier_loans_end_before_new_ones_are_drawn() -> None:
    plan = planned({"disbursed_on": "2024-12-20"}, lost("1000.00"))

    assert plan.standings["L1"].fund_cash == yuan("0.00")
    assert plan.standings["L1"].npl_principal == yuan("200.00")


def test_a_loan_that_ends_on_the_day_of_its_draw_ends_after_it() -> None:
    same_day = lost("1000.00", {"disbursed_on": "2024-12-20"})
    plan = planned(same_day, {"disbursed_on": "2024-12-20"}, {"disbursed_on": "2024-12-21"})

    assert plan.standings["L2"].covered_balance == yuan("3000000.00")
    assert plan.standings["L2"].npl_principal == yuan("0.00")
    assert plan.standings["L3"].npl_principal == yuan("200.00")


def test_a_repaid_loan_leaves_the_cover() -> None:
    plan = planned({}, {"disbursed_on": "2025-01-31"}, {"disbursed_on": "2025-02-01"})

    assert plan.standings["L2"].covered_loans == 1
    assert plan.standings["L3"].covered_loans == 1
    assert plan.standings["L3"].covered_balance == yuan("3000000.00")


def test_the_world_is_named_after_the_file() -> None:
    one, same, other = planned({}), planned({}), planned({}, {})

    assert one.world == same.world != other.world
    assert one.world.startswith("book-")
    assert len(one.world) == len("book-") + 12


def test_a_book_of_which_nothing_can_be_boarded_has_no_dates() -> None:
    plan = planned({"amount_disbursed": "0"})

    assert plan.lives == ()
    assert (plan.first_date, plan.last_date, plan.fund) == (None, None, yuan("0.00"))


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        (("CA", "TX"), FOREIGN),
        (("ca",), FOREIGN),
        (("江苏", "浙江"), ""),
        (("JS", "SC", "SD"), ""),
        (("江苏", "HI"), ""),
        (("SC", "SD"), FOREIGN),
        (("江苏", "CA"), FOREIGN),
        (("", ""), ""),
    ],
)
def test_a_book_with_loans_of_the_united_states_is_labelled(
    states: tuple[str, ...], expected: str
) -> None:
    assert label(states) == expected


def test_region_and_ip_are_generated_and_say_so() -> None:
    plan = planned({"state": "CA"})

    (life,) = plan.lives
    assert (life.region, life.enterprise, life.asset) == ("320000", "E-L1", "IP-L1")
    assert plan.label == FOREIGN
