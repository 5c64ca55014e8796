"""A case says its own words; its layers say the rest, and the law may not be loosened."""

from __future__ import annotations

from datetime import date

import pytest

from policies.money import yuan
from policies.reading.case import CaseFile
from policies.reading.layers import layer, opened, shelf
from policies.reading.loader import CASES, Pack, WrongPack, cases, load, of_text
from policies.reading.pack import SILENT, UNLIMITED, UnknownParameter

TEXT = (CASES / "jiangsu.toml").read_text("utf-8")
DAY = date(2025, 8, 14)
CAP = 'value  = "30000000.00"'
ENTRY = """
[parameter.{name}]
{said}
grade  = "assumed"
source = "ZD"
clause = "ZD-3.8"
zh     = "试"
en     = "A test"
"""


def saying(name: str, said: str) -> Pack:
    """Jiangsu with one entry of its own in place of its layers'."""
    return of_text(TEXT + ENTRY.format(name=name, said=said))


def as_text(pack: Pack) -> CaseFile:
    return of_text(pack.text).file


@pytest.mark.parametrize("case", cases())
def test_a_flattened_case_reads_as_the_case_does(case: str) -> None:
    pack = load(case)

    assert as_text(pack) == pack.file
    assert of_text(pack.text).fingerprint == pack.fingerprint


def test_an_own_entry_replaces_the_layers_whole() -> None:
    own = saying("claim_window_days", "value = 90").stated["claim_window_days"]
    layered = load("jiangsu").stated["claim_window_days"]

    assert (layered.value_on(DAY), layered.citation.layer, layered.own) == (180, "claim", False)
    assert (own.value_on(DAY), own.citation.layer, own.own) == (90, "case", True)
    assert (own.citation.clause, own.note) == ("ZD-3.8", "A test")


def test_a_layers_value_holds_from_the_day_the_case_came_into_force() -> None:
    assert load("jiangsu").stated["day_count"].values[0][0] == date(2023, 8, 1)
    assert load("haidian").stated["day_count"].values[0][0] == date(2019, 4, 17)


def test_a_form_is_one_more_layer() -> None:
    cited = load("shanghai").on(DAY, "margin")["guarantor_share"].citation

    assert cited.layer == "form"


def test_the_later_layer_wins() -> None:
    later = TEXT.replace('"national", "platform"', '"platform", "national"')

    assert of_text(later).stated == load("jiangsu").stated  # they say nothing twice
    assert not set(shelf().layers["national"].parameters) & set(
        shelf().layers["platform"].parameters
    )


def test_every_layer_is_extended_by_some_case() -> None:
    layers = {one.citation.layer for case in cases() for one in load(case).stated.values()}

    assert set(shelf().layers) <= layers


def test_only_cited_and_mentioned_documents_come_with_a_case() -> None:
    sources = load("jiangsu").sources

    assert {"S1", "S2", "ZD"} <= set(sources)
    assert "S22" not in sources  # Futian's


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("value = 12", "12 is looser than 6"),
        ("value = 3", "3 is looser than 6"),  # no direction is stricter: it stands as it is
    ],
)
def test_a_case_may_not_loosen_the_law(said: str, told: str) -> None:
    with pytest.raises(WrongPack) as refused:
        saying("fee_grace_months", said)

    assert str(refused.value).startswith(f"jiangsu.toml, fee_grace_months: {told}, which is law")
    assert "national.toml: " in str(refused.value)


def test_a_case_may_repeat_the_law_or_be_stricter() -> None:
    assert saying("fee_grace_months", "value = 6").stated["fee_grace_months"].own
    assert saying("penalty_uplift", 'value = "0.30"').stated["penalty_uplift"].own
    with pytest.raises(WrongPack, match=r"60.00 % is looser than 50.00 %, which is law"):
        saying("penalty_uplift", 'value = "0.60"')


def test_no_limit_lets_everything_pass_and_says_so() -> None:
    cap = of_text(TEXT.replace(CAP, "unlimited = true", 1)).on(DAY).ceiling("cap_per_borrower")

    assert cap.unlimited
    assert cap.value is None
    assert cap.parameter.said is UNLIMITED
    assert cap.parameter.text == "unlimited"
    assert cap.allows(yuan("999999999.00"))
    with pytest.raises(UnknownParameter):
        _ = cap.parameter.value


@pytest.mark.parametrize(
    ("owed", "allowed"),
    [("29999999.99", True), ("30000000.00", True), ("30000000.01", False)],
)
def test_a_ceiling_itself_is_allowed(owed: str, *, allowed: bool) -> None:
    assert load("jiangsu").on(DAY).ceiling("cap_per_borrower").allows(yuan(owed)) is allowed


def test_a_list_lets_in_what_it_names() -> None:
    kinds = load("jiangsu").on(DAY).among("purposes")

    assert kinds.allows("WORKING_CAPITAL")
    assert not kinds.allows("FIXED_ASSETS")


def test_silence_is_spoken_with_its_clause() -> None:
    policy = saying("filing_deadline_wd", "silent = true").on(DAY)

    assert policy["filing_deadline_wd"].said is SILENT
    assert policy.get("filing_deadline_wd") is None
    with pytest.raises(UnknownParameter) as silent:
        _ = policy["filing_deadline_wd"].value
    assert silent.value.citation is not None
    assert silent.value.citation.clause == "ZD-3.8"


def test_what_is_unlimited_until_a_day_is_limited_from_it() -> None:
    first = '{ from = "2023-08-01", unlimited = true }'
    then = '{ from = "2026-01-01", value = "9.00" }'
    pack = of_text(TEXT.replace(CAP, f"values = [{first}, {then}]", 1))

    assert pack.on(date(2025, 12, 31)).ceiling("cap_per_borrower").unlimited
    assert pack.on(date(2026, 1, 1)).ceiling("cap_per_borrower").value == yuan("9.00")


def test_a_layer_extends_nothing() -> None:
    page = opened('extends = ["national"]\n', "fund.toml")

    with pytest.raises(WrongPack, match=r"^fund\.toml, the file: unknown key extends"):
        layer("fund", page)
