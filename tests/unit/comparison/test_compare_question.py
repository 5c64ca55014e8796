"""The question of the comparison: what its URL asks, and what is wrong with it, field by field."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest

from policies.money import yuan
from services.comparison.question import sample
from services.console.compare_question import Asked, of_loan, read


def asked(lang: str = "zh", /, **figures: str) -> Asked:
    return read(figures, world="main", lang=lang)


def test_the_example_is_asked_where_nothing_is_told() -> None:
    found = asked()

    assert found.sample
    assert found.told == sample()
    assert found.question is not None
    assert found.question.loss.exposure == yuan("4263000.00")


def test_what_is_told_is_asked_and_no_recovery_is_made_up() -> None:
    found = asked(principal="1,000,000.00")

    assert not found.sample
    assert found.question is not None
    assert (found.question.loss.lent, found.question.net) == (yuan("1000000.00"), None)


@pytest.mark.parametrize(
    ("figures", "field"),
    [
        ({"principal": "abc"}, "principal"),
        ({"principal": "-1"}, "principal"),
        ({"principal": "1.005"}, "principal"),
        ({"principal": "100", "interest": "1e5"}, "interest"),
        ({"principal": "100", "drawn": "99.99"}, "principal"),
        ({"principal": "100", "drawn": "200", "balance_after_draw": "199"}, "drawn"),
        ({"principal": "100", "cost": "5"}, "cost"),
        ({"principal": "9" * 40}, "principal"),
    ],
)
def test_a_fault_is_said_beside_its_field_and_the_input_kept(
    figures: dict[str, str], field: str
) -> None:
    found = read(figures, world="main", lang="zh")

    assert list(found.faults) == [field]
    assert found.question is None
    assert {name: getattr(found.told, name) for name in figures} == figures


def test_every_figure_that_is_no_amount_has_its_own_sentence() -> None:
    assert set(asked(principal="a", interest="b", fund_cash="c").faults) == {
        "principal",
        "interest",
        "fund_cash",
    }


def test_a_fault_names_the_field_as_the_form_does() -> None:
    found = asked("en", principal="200", drawn="100")

    assert "Principal unpaid" in found.faults["principal"]
    assert "Amount drawn" in found.faults["principal"]
    assert "--" not in found.faults["principal"]


def test_the_address_holds_the_whole_question() -> None:
    found = asked(principal="100", recovery="7.00", view="bank", all="1")

    told = {name: value for name, (value,) in parse_qs(urlsplit(found.url()).query).items()}
    assert told == {
        "world": "main",
        "principal": "100",
        "interest": "0.00",
        "recovery": "7.00",
        "view": "bank",
        "all": "1",
    }
    assert read(told, world="main", lang="zh") == found


def test_the_command_asks_the_same_question() -> None:
    found = asked(
        principal="4,200,000", recovery="10", fund_cash="0", view="public", all="1", rate="4.35"
    )

    assert found.command(date(2027, 9, 20)) == (
        "zhidai compare --principal 4200000.00 --interest 0.00 --drawn 4200000.00"
        " --balance-after-draw 4200000.00 --recovery 10.00 --cost 0.00 --fund-cash 0.00"
        " --on 2027-09-20 --all --view public --rate 4.35"
    )


@pytest.mark.parametrize(("written", "rate"), [("", "0.0360"), ("4.35", "0.0435"), ("4 %", "0.04")])
def test_the_ledgers_reckon_with_the_rate_told_or_the_samples(written: str, rate: str) -> None:
    terms = asked(principal="100", view="bank", rate=written).terms

    assert (terms.rate, terms.told_rate) == (Decimal(rate), bool(written))


def test_a_rate_that_is_none_is_said_beside_its_field() -> None:
    assert list(asked(principal="100", view="bank", rate="high").faults) == ["rate"]


def test_a_view_that_there_is_not_is_the_first() -> None:
    assert asked(view="moon").view == "loss"


def test_a_loan_without_a_claim_asks_nothing() -> None:
    assert of_loan(None, {}, world="main") == ""
