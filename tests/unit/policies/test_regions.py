"""Divisions by code and name: what folds to what, and what lies where."""

from __future__ import annotations

import pytest

from policies.regions import UnknownRegion, folded, full_name, lies_in


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("江苏", "320000"),
        ("江苏省", "320000"),
        ("南京市", "320100"),
        ("江苏南京", "320100"),
        ("江苏省 苏州市 昆山市", "320583"),
        ("北京海淀", "110108"),
        ("深圳市福田区", "440304"),
        ("仙桃", "429004"),  # a county that lies in no city
        ("内蒙古", "150000"),
        ("吉林", "220000"),  # the province before the city
        ("中山", "442000"),  # the city before the district of Dalian
        ("440100", "440100"),
    ],
)
def test_a_name_folds_to_the_code_of_its_division(said: str, code: str) -> None:
    assert folded(said) == code


@pytest.mark.parametrize("said", ["", "成都高新", "999999", "江苏省广州市", "320"])
def test_what_names_no_division_is_refused(said: str) -> None:
    with pytest.raises(UnknownRegion, match="no division"):
        folded(said)


def test_a_name_of_several_divisions_is_refused_with_all_of_them() -> None:
    with pytest.raises(UnknownRegion, match="江苏省南京市鼓楼区, 江苏省徐州市鼓楼区"):
        folded("鼓楼区")


def test_a_division_lies_in_itself_and_in_what_it_is_part_of() -> None:
    assert lies_in("320583", ["320000"])
    assert lies_in("320583", ["110000", "320500"])
    assert lies_in("320583", ["320583"])
    assert not lies_in("320500", ["320583"])
    assert not lies_in("330200", ["320000"])


def test_a_division_is_shown_with_what_it_lies_in() -> None:
    assert full_name("320583") == "江苏省苏州市昆山市"
    assert full_name("429004") == "湖北省仙桃市"
    assert full_name("elsewhere") == "elsewhere"
