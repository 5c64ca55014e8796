"""Which form is asked for: by id or by option, with the choices told where one must be made."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from policies.reading.pack import Grade, UnknownVariant
from policies.reading.variants import form_pack, last_change
from services.comparison.which import ident_of, policy_on, title_of
from services.kernel.problems import Unusable

NOTHING = {"route": "", "city": "", "with": ""}


@pytest.mark.parametrize(
    ("case", "options", "ident"),
    [
        ("jiangsu", {}, "jiangsu"),
        ("shanghai", {"route": "margin"}, "shanghai:margin"),
        ("shanghai:pre_compensation", {}, "shanghai:pre_compensation"),
        ("guangdong", {"city": "zhongshan"}, "guangdong:zhongshan"),
        ("boc", {}, "boc"),
        ("boc", {"with": "jiangsu"}, "boc:jiangsu"),
        ("boc", {"with": "guangdong:zhuhai"}, "boc:guangdong:zhuhai"),
    ],
)
def test_a_form_is_named_by_its_id_or_by_an_option(
    case: str, options: dict[str, str], ident: str
) -> None:
    assert ident_of(case, {**NOTHING, **options}) == ident


@pytest.mark.parametrize(
    ("case", "options", "told"),
    [
        ("nanjing", {}, "jiangsu"),
        ("shanghai", {}, "pre_compensation"),
        ("shanghai", {"route": "third"}, "margin"),
        ("shanghai", {"city": "zhuhai"}, "--route"),
        ("shanghai:margin", {"route": "margin"}, "shanghai"),
        ("shanghai", {"route": "margin", "city": "zhuhai"}, "shanghai"),
        ("guangdong", {}, "zhongshan"),
        ("guangdong:beijing", {}, "zhongshan"),
        ("jiangsu", {"city": "nanjing"}, "--city"),
        ("jiangsu:nanjing", {}, "jiangsu"),
        ("ccb", {"with": "jiangsu"}, "--with"),
        ("boc", {"with": "nanjing"}, "jiangsu"),
        ("boc", {"with": "boc"}, "jiangsu"),
        ("boc", {"with": "shanghai"}, "shanghai:margin"),
    ],
)
def test_what_is_no_form_is_refused_with_the_choices(
    case: str, options: dict[str, str], told: str
) -> None:
    with pytest.raises(Unusable) as fault:
        ident_of(case, {**NOTHING, **options})

    assert told in str(fault.value)


def test_the_day_is_the_latest_on_which_a_value_starts() -> None:
    policy = policy_on("jiangsu", None)

    assert policy.as_of == last_change("jiangsu") == date(2023, 8, 1)


def test_a_value_chosen_otherwise_is_an_assumption_of_the_asker() -> None:
    policy = policy_on("jiangsu", None, ["tier_1_fund_share=0.70"])

    assert policy["tier_1_fund_share"].value == Decimal("0.70")
    assert policy["tier_1_fund_share"].citation.grade is Grade.ASSUMED


def test_values_that_only_agree_together_may_be_chosen_together() -> None:
    chosen = ["tier_1_ceiling=40000000.00", "tier_2_ceiling=50000000.00"]

    assert policy_on("jiangsu", None, chosen)["tier_1_ceiling"].text == "40,000,000.00"


@pytest.mark.parametrize(
    ("chosen", "key"),
    [
        (["tier_1_fund_share"], "comparison.no_pair"),
        (["=0.5"], "comparison.no_pair"),
        (["no_such=1"], "comparison.unstated"),
        (["insurer_share=0.5"], "comparison.unstated"),
        (["tier_1_fund_share=1.01"], "comparison.out_of_bounds"),
        (["tier_1_fund_share=80%"], "comparison.out_of_bounds"),
        (["tier_mode=HALF"], "comparison.out_of_bounds"),
        (["liability_limited_to_fund=perhaps"], "comparison.out_of_bounds"),
        (["tier_1_ceiling=40000000.00"], "comparison.contradiction"),
    ],
)
def test_what_cannot_be_chosen_is_refused_by_name(chosen: list[str], key: str) -> None:
    with pytest.raises(Unusable) as fault:
        policy_on("jiangsu", None, chosen)

    assert fault.value.key == key
    assert chosen[0].partition("=")[0] in str(fault.value)


def test_the_bounds_are_told_where_a_value_is_out_of_them() -> None:
    with pytest.raises(Unusable) as fault:
        policy_on("jiangsu", None, ["tier_mode=HALF"])

    assert "WHOLE, MARGINAL" in str(fault.value)


@pytest.mark.parametrize(
    ("ident", "said"),
    [("jiangsu", "江苏省“苏知贷”"), ("boc:guangdong:zhuhai", "guangdong:zhuhai")],
)
def test_a_form_has_a_title(ident: str, said: str) -> None:
    assert said in title_of(policy_on(ident, None), "zh")


@pytest.mark.parametrize("ident", ["jiangsu", "shanghai:margin", "guangdong:zhuhai", "boc:jiangsu"])
def test_a_form_as_a_pack_says_what_its_policy_says(ident: str) -> None:
    pack, policy = form_pack(ident), policy_on(ident, None)

    assert {name: one.value_on(policy.as_of) for name, one in pack.stated.items()} == {
        name: one.said for name, one in policy.parameters.items()
    }


def test_there_is_no_pack_of_a_form_that_is_none() -> None:
    with pytest.raises(UnknownVariant):
        form_pack("shanghai:third")
