"""A case file is refused with a sentence that names file, parameter and fault."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from policies.money import yuan
from policies.reading.case import Source
from policies.reading.complete import lacking
from policies.reading.loader import CASES, UnknownCase, WrongPack, cases, load, of_text
from policies.reading.pack import Grade, UnknownParameter

TEXT = (CASES / "jiangsu.toml").read_text("utf-8")
CAP_VALUE = 'value  = "30000000.00"\n'
CAP_WHOLE = f'[parameter.cap_per_borrower]\n{CAP_VALUE}grade  = "public"\nsource = "S2"\n'
TIER_1 = 'value  = "0.80"\ngrade  = "seed"'
OWN = """
[parameter.{name}]
{said}
grade  = "assumed"
source = "ZD"
clause = "ZD-3.8"
zh     = "试"
en     = "A test"
"""


def changed(before: str, after: str) -> str:
    """The Jiangsu file with one passage replaced; the passage stands there once."""
    assert TEXT.count(before) == 1
    return TEXT.replace(before, after)


def cap_with(before: str, after: str) -> str:
    """The Jiangsu file with the cap per borrower stated otherwise."""
    assert before in CAP_WHOLE
    return changed(CAP_WHOLE, CAP_WHOLE.replace(before, after))


def with_own(name: str, said: str) -> str:
    """The Jiangsu file saying itself what it leaves to its layers."""
    return TEXT + OWN.format(name=name, said=said)


WRONG = {
    "a parameter the catalogue does not know": (
        cap_with("cap_per_borrower", "cap_per_borower"),
        "cap_per_borower: the catalogue knows no such",
    ),
    "a unit, which the catalogue has": (
        cap_with("value ", 'unit = "money"\nvalue '),
        "cap_per_borrower: unknown key unit",
    ),
    "an amount of nothing": (
        cap_with("30000000.00", "0.00"),
        "cap_per_borrower: from 2023-08-01: 0.00 is below 0.01",
    ),
    "an amount above all bounds": (
        cap_with("30000000.00", "1000000000.01"),
        "cap_per_borrower: from 2023-08-01: 1,000,000,000.01 is above 1,000,000,000.00",
    ),
    "an amount written as a number": (
        cap_with('"30000000.00"', "30000000.00"),
        "30000000.0 is no amount such as",
    ),
    "an amount without its fen": (
        cap_with("30000000.00", "30000000"),
        "'30000000' is no amount such as",
    ),
    "an ungraded parameter": (
        cap_with('grade  = "public"\n', ""),
        "cap_per_borrower: grade is missing",
    ),
    "an unknown grade": (
        cap_with('"public"', '"certain"'),
        "cap_per_borrower: grade 'certain' is none of seed, public, assumed",
    ),
    "a missing source": (cap_with('source = "S2"\n', ""), "cap_per_borrower: source is missing"),
    "an unknown source": (
        cap_with('"S2"', '"S99"'),
        "cap_per_borrower: source 'S99' is none of S1, S2",
    ),
    "our own default graded as public": (
        cap_with('"S2"', '"ZD"'),
        "cap_per_borrower: graded public, but its source is the platform itself",
    ),
    "a parameter that says nothing": (
        cap_with(CAP_VALUE, ""),
        "cap_per_borrower: needs one of value, unlimited, silent",
    ),
    "a parameter that says two things": (
        cap_with("value ", "silent = true\nvalue "),
        "cap_per_borrower: needs one of value, unlimited, silent",
    ),
    "a limit that is and is not unlimited": (
        cap_with(CAP_VALUE, "unlimited = false\n"),
        "cap_per_borrower: needs one of value, unlimited, silent, the last two as true",
    ),
    "a parameter without values": (
        cap_with(CAP_VALUE, "values = []\n"),
        "cap_per_borrower: values need days",
    ),
    "a value beside dated values": (
        cap_with("value ", "values = []\nvalue "),
        "cap_per_borrower: values stands beside value",
    ),
    "values out of order": (
        cap_with(
            CAP_VALUE,
            'values = [{ from = "2023-08-01", value = "2.00" },'
            ' { from = "2023-08-01", value = "1.00" }]\n',
        ),
        "cap_per_borrower: values need days that rise",
    ),
    "an earlier value with a grade of its own and no source": (
        cap_with(
            CAP_VALUE,
            'values = [{ from = "2023-08-01", value = "1.00", grade = "public" }]\n',
        ),
        "cap_per_borrower: zh is missing",
    ),
    "a day that is none": (
        cap_with(CAP_VALUE, 'values = [{ from = "2023-02-30", value = "1.00" }]\n'),
        "cap_per_borrower: '2023-02-30' is no day",
    ),
    "a misspelt key": (cap_with("grade ", "garde "), "cap_per_borrower: unknown key garde"),
    "an entry that claims a layer": (
        cap_with("value ", 'layer = "national"\nvalue '),
        "cap_per_borrower: unknown key layer",
    ),
    "a parameter stated twice": (
        TEXT + CAP_WHOLE,
        "jiangsu.toml is no TOML",
    ),
    "what is no limit as unlimited": (
        with_own("day_count", "unlimited = true"),
        "day_count: is no limit, so it cannot be unlimited",
    ),
    "a layer that does not exist": (
        changed('"national", "platform"', '"nation", "platform"'),
        "case: extends 'nation', which is none of ",
    ),
    "a source of the register stated again": (
        TEXT + '[source.S2]\ntitle = "t"\ngrade = "A"\n',
        "source S2 stands in the register already",
    ),
    "an unknown mechanism": (
        changed('"tiered_share"', '"teired_share"'),
        "mechanisms: compensation 'teired_share' is none of tiered_share",
    ),
    "a mechanism in the wrong part": (
        changed('= "tiered_share"', '= "return_by_shares"'),
        "mechanisms: compensation 'return_by_shares' is none of",
    ),
    "an unknown part": (
        changed("compensation = ", "compensatoin = "),
        "mechanisms: unknown key compensatoin",
    ),
    "a gap about an unstated parameter": (
        changed('"tier_date", "tier_mode"', '"tier_day"'),
        "absent: the file states no tier_day",
    ),
    "tiers that do not rise": (
        TEXT.replace('value  = "10000000.00"', 'value  = "30000000.00"'),
        "tier_1_ceiling, tier_2_ceiling must rise",
    ),
    "a bucket without its class": (
        with_own("bucket_dpd", "value = [1, 8, 31, 61, 91, 181, 271]"),
        "bucket_dpd, bucket_class must have the same length",
    ),
    "buckets out of order": (
        with_own("bucket_dpd", "value = [1, 8, 31, 91, 61, 181, 271, 361]"),
        "bucket_dpd: from 2023-08-01: [1, 8, 31, 91, 61, 181, 271, 361] does not rise",
    ),
    "weights that are not whole": (
        with_own("matching_rank_weights", 'value = ["0.30", "0.20", "0.20", "0.20"]'),
        "matching_rank_weights: from 2023-08-01",
    ),
    "a choice that does not exist": (
        changed('"WHOLE"', '"HALF"'),
        "tier_mode: from 2023-08-01: HALF is none of WHOLE, MARGINAL",
    ),
    "a share above one": (
        changed(TIER_1, TIER_1.replace("0.80", "80")),
        "tier_1_fund_share: from 2023-08-01: 80 is above 1",
    ),
    "an infinite share": (
        changed(TIER_1, TIER_1.replace("0.80", "Infinity")),
        "'Infinity' is no finite number",
    ),
    "a case without its day of force": (
        changed("[case.in_force]", "[case.inforce]"),
        "case: in_force is missing",
    ),
    "a title that is no table": (
        changed('title   = { zh = "江苏省“苏知贷”", en = "Jiangsu Suzhidai" }', "title = 1"),
        "case: title is no table",
    ),
    "parameters that are no tables": (
        "parameter = 1\n" + TEXT[: TEXT.index("[parameter.")],
        "parameter is no table of tables",
    ),
    "what is no TOML": (TEXT + "\n= 1\n", "jiangsu.toml is no TOML"),
    "an empty file": ("", "case is missing"),
}


@pytest.mark.parametrize("fault", WRONG)
def test_a_wrong_pack_is_refused_with_a_sentence(fault: str) -> None:
    text, sentence = WRONG[fault]

    with pytest.raises(WrongPack) as refused:
        of_text(text, "jiangsu.toml")

    assert sentence in str(refused.value)


def test_a_complaint_names_the_file() -> None:
    with pytest.raises(WrongPack, match=r"^jiangsu\.toml, cap_per_borrower: "):
        of_text(cap_with("30000000.00", "0.00"))


def test_a_file_that_is_no_toml_is_named() -> None:
    with pytest.raises(WrongPack, match=r"^harbin\.toml is no TOML: "):
        of_text("[case", "harbin.toml")


@pytest.mark.parametrize(
    ("left_out", "told"),
    [
        ("tier_2_fund_share", "jiangsu states no tier_2_fund_share"),
        ("tier_date", "jiangsu states no tier_date"),
        ("recourse", "jiangsu states no recourse"),
        ("recovery_split", "jiangsu states no recovery_split"),
    ],
)
def test_a_case_that_lacks_what_its_sharing_reads_is_incomplete(left_out: str, told: str) -> None:
    policy = load("jiangsu").on(date(2025, 8, 14))
    others = {name: one for name, one in policy.parameters.items() if name != left_out}

    assert lacking(policy) == ""
    assert lacking(replace(policy, parameters=others)) == f"the mechanisms: {told}"


def test_a_case_without_a_recovery_is_incomplete() -> None:
    policy = load("jiangsu").on(date(2025, 8, 14))
    half = replace(policy, mechanisms={"compensation": policy.mechanisms["compensation"]})

    assert lacking(half) == "the mechanisms: recovery is missing"


def test_an_unknown_case_is_named_with_those_there_are() -> None:
    with pytest.raises(UnknownCase, match=r"no case 'nanjing'; there are .*jiangsu"):
        load("nanjing")


def test_a_path_is_no_case() -> None:
    with pytest.raises(UnknownCase):
        load("../cases/jiangsu")


def test_an_unstated_parameter_is_named() -> None:
    with pytest.raises(UnknownParameter, match="jiangsu states no premium"):
        load("jiangsu").on(date(2025, 8, 14))["premium"]


def test_a_pack_is_named_by_its_flattened_text() -> None:
    pack = load("jiangsu")
    digest = hashlib.sha256(pack.text.encode("utf-8")).hexdigest()

    assert pack.fingerprint == digest[:12]
    assert pack.on(date(2025, 8, 14)).ref == f"jiangsu@{digest[:12]}:2025-08-14"


def test_an_old_version_is_read_from_its_text() -> None:
    old = of_text(changed(TIER_1, TIER_1.replace("0.80", "0.70")))

    assert old.on(date(2025, 8, 14))["tier_1_fund_share"].value == Decimal("0.70")
    assert load("jiangsu").on(date(2025, 8, 14))["tier_1_fund_share"].value == Decimal("0.80")
    assert old.fingerprint != load("jiangsu").fingerprint


@pytest.mark.parametrize(
    ("day", "cap"),
    [
        (date(2020, 1, 1), "30000000.00"),  # before the first day: the first value
        (date(2023, 8, 1), "30000000.00"),
        (date(2025, 12, 31), "30000000.00"),
        (date(2026, 1, 1), "20000000.00"),  # the exact day
        (date(2026, 1, 2), "20000000.00"),
    ],
)
def test_a_value_holds_from_its_day_on(day: date, cap: str) -> None:
    values = """values = [
        { from = "2023-08-01", value = "30000000.00" },
        { from = "2026-01-01", value = "20000000.00" },
    ]
    """

    pack = of_text(cap_with(CAP_VALUE, values))

    assert pack.on(day)["cap_per_borrower"].value == yuan(cap)
    assert pack.on(day)["max_tenor_months"].value == 36


@pytest.mark.parametrize(
    ("day", "grade", "source"),
    [
        (date(2023, 7, 12), Grade.ASSUMED, "知贷规则手册"),
        (date(2023, 7, 13), Grade.PUBLIC, "广州市机制管理办法的报道"),  # the exact day
    ],
)
def test_an_earlier_value_may_come_from_another_document(
    day: date, grade: Grade, source: str
) -> None:
    share = load("guangdong").on(day, "guangzhou")["fund_share"]

    assert share.value == Decimal("0.50")
    assert share.citation.grade is grade
    assert share.citation.source.startswith(source)


def test_values_have_the_type_of_their_unit() -> None:
    policy = load("jiangsu").on(date(2025, 8, 14))

    assert policy["tier_1_ceiling"].value == yuan("10000000.00")
    assert policy["rate_cap_spread"].value == Decimal("0.0080")
    assert policy["fees_allowed"].value is False
    assert policy["bucket_dpd"].value == (1, 8, 31, 61, 91, 181, 271, 361)
    assert policy["in_force_from"].value == "2023-08-01"


def test_a_value_carries_clause_grade_and_note() -> None:
    cap = load("jiangsu").on(date(2025, 8, 14))["cap_per_borrower"]

    assert cap.citation.case == "jiangsu"
    assert cap.citation.grade is Grade.PUBLIC
    assert "3000" in cap.citation.clause
    assert cap.note.startswith("Most one borrower")
    assert cap.note_zh.startswith("单户")


def test_what_no_source_states_is_listed_as_an_assumption() -> None:
    names = {one.name for one in load("jiangsu").assumptions(date(2025, 8, 14))}

    assert {"claim_window_days", "leverage_cap", "tier_mode", "in_force_from"} <= names
    assert not names & {"tier_1_fund_share", "tier_2_ceiling", "cap_per_borrower", "loss_base"}


def test_every_case_file_is_a_valid_pack() -> None:
    assert [load(case).case for case in cases()] == list(cases())


@pytest.mark.parametrize(
    ("url", "address"),
    [("gz.gov.cn/a", "https://gz.gov.cn/a"), ("gz.gov.cn post_1; b.cn", ""), ("", "")],
)
def test_only_a_single_page_is_an_address(url: str, address: str) -> None:
    assert Source("S1", "t", "", url, "A").address == address
