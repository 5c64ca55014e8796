"""Which form a happy story is told of, and what it takes from the form's own policy."""

from __future__ import annotations

from datetime import date

import pytest

from policies.money import yuan
from policies.reading.loader import cases
from policies.reading.override import with_values
from policies.reading.pack import Policy
from policies.reading.variants import forms, policy_of
from services.cli.world.play import play
from services.kernel.problems import Unusable
from services.sandbox import library
from services.sandbox.forms import UnknownForm, form_of
from services.sandbox.happy import terms
from services.wiring import registry

DAY = date(2025, 8, 14)


@pytest.mark.parametrize(
    ("asked", "form"),
    [
        ("boc", "boc"),
        ("shanghai", "shanghai:pre_compensation"),
        ("shanghai:margin", "shanghai:margin"),
        ("guangdong", "guangdong:guangzhou"),
    ],
)
def test_a_case_without_a_form_named_plays_its_first(asked: str, form: str) -> None:
    assert form_of(asked).ident == form


@pytest.mark.parametrize("asked", ["utopia", "jiangsu:margin", "shanghai:"])
def test_what_is_no_form_has_no_story(asked: str) -> None:
    with pytest.raises(UnknownForm, match="shanghai, jiangsu"):
        form_of(asked)


@pytest.mark.parametrize("ident", [form.ident for form in forms()])
def test_a_story_leaves_out_the_fund_where_there_is_none(ident: str) -> None:
    told = {type(act.command).__name__ for act in library.happy(form_of(ident), registry()).acts}

    with_fund = {"EstablishFund", "ProposeAgreement", "SignAgreement", "FileLoan", "AcceptFiling"}
    assert told & with_fund in (with_fund, set())


def jiangsu(**values: str) -> Policy:
    return with_values(policy_of("jiangsu", DAY), values)


def test_a_firm_gets_what_it_wishes_within_the_limits() -> None:
    found = terms(jiangsu())

    assert (found.amount, found.months, str(found.rate)) == (yuan("6000000.00"), 12, "0.0360")
    assert found.due_on == date(2026, 8, 14)
    assert found.owed == yuan("6219000.00")  # 365 days of 360 at 3.6 %


def test_a_firm_gets_no_more_than_the_limits() -> None:
    found = terms(
        jiangsu(cap_per_borrower="5000000", max_tenor_months="6", rate_cap_spread="0.0020")
    )

    assert (found.amount, found.months, str(found.rate)) == (yuan("5000000.00"), 6, "0.0320")
    assert found.due_on == date(2026, 2, 14)


@pytest.mark.parametrize("case", [case for case in cases() if case != "jiangsu"])
def test_a_case_whose_own_story_is_not_written_says_what_can_be_played(case: str) -> None:
    with pytest.raises(Unusable, match=f"zhidai play {case} --happy") as refused:
        play(case)

    assert refused.value.exit_code == 2
