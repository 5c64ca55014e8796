"""Unified social credit codes and numbers of IP rights: form and check character."""

from __future__ import annotations

import pytest

from workflows.asset.ip_number import is_ip_number, patent_check_digit
from workflows.enterprise.credit_code import ALPHABET, check_character, is_credit_code

EXAMPLE = "91350100M000100Y43"  # the code GB 32100-2015 computes by way of example


def test_the_example_of_the_standard_has_its_check_character():
    assert check_character(EXAMPLE[:17]) == EXAMPLE[17]
    assert is_credit_code(EXAMPLE)


@pytest.mark.parametrize("place", range(18))
def test_one_wrong_character_anywhere_is_found(place):
    other = ALPHABET[(ALPHABET.index(EXAMPLE[place]) + 1) % len(ALPHABET)]

    assert not is_credit_code(EXAMPLE[:place] + other + EXAMPLE[place + 1 :])


@pytest.mark.parametrize("code", ["", EXAMPLE[:17], EXAMPLE + "3", EXAMPLE.replace("Y", "I")])
def test_wrong_length_or_a_letter_outside_the_alphabet_is_no_code(code):
    assert not is_credit_code(code)


def test_a_patent_number_carries_its_check_digit():
    assert patent_check_digit("200310102344") == "5"
    assert is_ip_number("PATENT", "ZL200310102344.5")
    assert not is_ip_number("PATENT", "ZL200310102344.6")
    assert not is_ip_number("PATENT", "200310102344.5")


@pytest.mark.parametrize(
    ("ip_type", "number"),
    [
        ("TRADEMARK", "12345678"),
        ("COPYRIGHT", "2020SR0123456"),
        ("COPYRIGHT", "软著登字第1234567号"),
        ("GI", "AGI2019-01-2345"),
    ],
)
def test_other_rights_have_forms_of_their_own(ip_type, number):
    assert is_ip_number(ip_type, number)
    assert not is_ip_number(ip_type, number + "?")
    assert not is_ip_number("PATENT", number)


def test_an_unknown_type_has_no_number():
    assert not is_ip_number("TRADE_SECRET", "1")
