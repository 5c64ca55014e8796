"""Three ledgers of one loan: cost all in, return and time of the cash, public money per yuan."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import Any

import pytest

from policies.money import Money, yuan
from policies.sharing.assess import Outcome, assess
from services.cli.main import run
from services.comparison.bank import bank, present_value
from services.comparison.enterprise import enterprise
from services.comparison.ledgers import Ledger, LedgerTerms
from services.comparison.public_money import public_money
from services.comparison.question import ToldDefault, question, with_sample
from services.comparison.which import policy_on

pytestmark = pytest.mark.usefixtures("own_language")

TERMS = LedgerTerms(question(with_sample(ToldDefault())), Decimal("0.036"), told_rate=False)


def outcome(ident: str, *chosen: str, cash: str = "") -> Outcome:
    """B0 and R0 under a form."""
    asked = question(with_sample(ToldDefault(fund_cash=cash)))
    return assess(policy_on(ident, None, chosen), asked.default)


def amounts(ledger: Ledger) -> dict[str, str | None]:
    return {line.name: line.amount.yuan if line.amount else None for line in ledger.lines}


def test_the_enterprise_pays_interest_fees_and_gets_subsidies() -> None:
    chosen = (
        "guarantee_fee_rate=0.01",
        "premium_rate=0.005",
        "valuation_fee=30000.00",
        "interest_subsidy_share=0.5",
        "valuation_subsidy_share=1",
        "guarantee_fee_subsidy_share=0.25",
    )

    found = enterprise(outcome("jiangsu", *chosen), TERMS)

    assert amounts(found) == {
        "interest": "216000.00",
        "guarantee_fee": "60000.00",
        "premium": "30000.00",
        "valuation": "30000.00",
        "interest_subsidy": "-108000.00",
        "valuation_subsidy": "-30000.00",
        "guarantee_fee_subsidy": "-15000.00",
    }
    assert (found.facts["all_in"], found.facts["rate"]) == ("183000.00", "0.0305")


def test_notes_cost_their_own_rate_against_the_cost_before() -> None:
    found = enterprise(outcome("futian", "valuation_fee=0.00"), TERMS)

    assert (found.facts["all_in"], found.facts["rate"]) == ("234000.00", "0.0390")
    assert (found.facts["rate_before"], found.facts["saved"]) == ("0.0500", "0.2200")


def test_the_bank_earns_interest_less_the_loss_left() -> None:
    found = bank(outcome("jiangsu"), TERMS)

    assert (found.facts["income"], found.facts["loss"]) == ("216000.00", "711000.00")
    assert (found.facts["return"], found.facts["rate"]) == ("-495000.00", "-0.0825")


def test_jiangsus_cash_comes_as_in_the_spine_run() -> None:
    found = bank(outcome("jiangsu"), TERMS)

    # 2026-08-14 + 133 days = 2026-12-25; 3,360,000 / (1 + 3 % x 133 / 360).
    assert (found.facts["cash"], found.facts["cash_days"]) == ("3360000.00", "133")
    assert found.facts["present_value"] == "3323168.22"


def test_a_margin_comes_no_earlier_than_the_write_off() -> None:
    early, late = (
        bank(outcome("shanghai:pre_compensation"), TERMS),
        bank(outcome("shanghai:margin"), TERMS),
    )

    assert late.facts["cash_days"] == late.facts["cash_days_after_write_off"]
    assert late.facts["gained_by_paying_early"] == "0.00"
    assert Decimal(early.facts["gained_by_paying_early"] or "0") > 0


def test_where_nobody_else_pays_no_cash_comes() -> None:
    found = bank(outcome("ccb"), TERMS)

    assert (found.facts["cash"], found.facts["cash_days"]) == ("0.00", None)
    assert [line.name for line in found.lines] == ["interest", "loss_left"]


def test_the_lender_of_notes_is_who_holds_them() -> None:
    found = bank(outcome("futian"), TERMS)

    assert (found.facts["lender"], found.facts["loss"]) == ("noteholders", "0.00")


@pytest.mark.parametrize(
    ("days", "worth"), [(0, "3600.00"), (360, "3495.15"), (720, "3396.23"), (1, "3599.70")]
)
def test_present_value_is_simple_on_a_year_of_360_days(days: int, worth: str) -> None:
    assert present_value(yuan("3600.00"), Decimal("0.03"), days) == yuan(worth)


def test_public_money_is_net_of_the_recovery_and_counts_subsidies() -> None:
    found = public_money(outcome("jiangsu", "interest_subsidy_share=0.5"), TERMS)

    assert (found.facts["borne"], found.facts["subsidies"]) == ("2592000.00", "108000.00")
    assert (found.facts["public"], found.facts["per_yuan_lent"]) == ("2700000.00", "0.4500")


def test_bodies_that_public_money_stands_behind_are_told_apart() -> None:
    found = public_money(outcome("haidian"), TERMS)

    assert (found.facts["borne"], found.facts["backed"]) == ("1620000.00", "1620000.00")


def test_a_short_fund_takes_no_more_public_money_than_it_has() -> None:
    found = public_money(outcome("jiangsu", cash="500000.00"), TERMS)

    assert Decimal(found.facts["borne"] or "0") < Decimal("500000.00")


def test_nothing_lent_has_no_rate() -> None:
    asked = question(ToldDefault("0", "0"))
    terms = LedgerTerms(asked, Decimal("0.036"), told_rate=False)
    found = assess(policy_on("jiangsu", None, ["valuation_fee=0.00"]), asked.default)

    assert asked.loss.lent == Money.ZERO
    assert enterprise(found, terms).facts["rate"] is None
    assert public_money(found, terms).facts["per_yuan_lent"] is None


@pytest.mark.parametrize("view", ["enterprise", "bank", "public"])
def test_each_line_has_its_working_and_grade(capsys: pytest.CaptureFixture[str], view: str) -> None:
    assert run(["compare", "--view", view, "--json"]) == 0

    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    lines = [line for one in found["variants"] for line in one["lines"]]
    assert (found["view"], found["rate"]) == (view, "0.0360")
    assert all(line["grade"] in ("seed", "public", "assumed") for line in lines if line["stated"])
    assert not any("ledger." in line["sentence"] or "{" in line["sentence"] for line in lines)


def test_a_rate_of_ones_own_is_told_in_per_cent(capsys: pytest.CaptureFixture[str]) -> None:
    run(["compare", "--view", "bank", "--rate", "5", "--csv"])

    rows = {row["variant"]: row for row in csv.DictReader(io.StringIO(capsys.readouterr().out))}
    assert rows["jiangsu"]["income"] == "300000.00"


@pytest.mark.parametrize("view", ["enterprise", "bank", "public"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_person_gets_the_figures_and_the_lines(
    capsys: pytest.CaptureFixture[str], view: str, lang: str
) -> None:
    assert run(["--lang", lang, "compare", "--view", view]) == 0

    out = capsys.readouterr().out
    assert "jiangsu" in out
    assert "ledger." not in out
