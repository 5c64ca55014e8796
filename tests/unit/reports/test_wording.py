"""Events in words."""

from __future__ import annotations

import re

import pytest

from services.kernel.i18n import catalogue
from services.reports.wording import fact, sentence, value, waiver
from services.wiring import registry
from workflows.lifecycle.waivers import BOARDING_REASON, WAIVED_FOR_BOARDING

HAN = re.compile(r"[\u4e00-\u9fff]")


def test_a_sentence_has_the_figures_of_its_event() -> None:
    payload = {"amount": "6000000.00 CNY", "due_on": "2026-08-14"}

    assert "6,000,000.00" in sentence("Loan.Disbursed", payload, "zh")
    assert "2026-08-14" in sentence("Loan.Disbursed", payload, "en")


def test_a_figure_that_an_old_event_lacks_is_a_dash() -> None:
    assert "—" in sentence("Loan.Disbursed", {"amount": "6000000.00 CNY"}, "zh")


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        ("3360000.00 CNY", "3,360,000.00"),
        ("-0.01 CNY", "-0.01"),
        ("3360000.00", "3360000.00"),
        ("TRADEMARK", "Registered trademark"),
        ("BK01", "BK01"),
        (["BK01", "BK02"], "BK01, BK02"),
        ([], "—"),
        ("", "—"),
        (None, "—"),
        (True, "yes"),
        (0, "0"),
    ],
)
def test_a_value_reads_as_a_banker_writes_it(found: object, shown: str) -> None:
    assert value(found, "en") == shown


def test_a_rate_is_shown_in_per_cent() -> None:
    assert fact("annual_rate", "0.0360", "en") == "3.60%"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("code", sorted(WAIVED_FOR_BOARDING))
def test_every_waiver_is_told_with_rule_and_reason(code: str, lang: str) -> None:
    payload = {"code": code, "parameter": "", "threshold": "36", "actual": "84"}

    told = waiver({**payload, "reason": BOARDING_REASON}, lang)

    assert code not in told
    assert f"refusal.{code}" in catalogue(lang)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_event_and_trigger_and_state_has_a_name(lang: str) -> None:
    lives = [noun.lifecycle for noun in registry().nouns.values()]
    wanted = {f"event.{name}" for life in lives for name in life.events}
    wanted |= {f"trigger.{life.noun}.{trigger}" for life in lives for trigger in life.triggers}
    wanted |= {f"state.{life.noun}.{state.name}" for life in lives for state in life.states}

    assert wanted - set(catalogue(lang)) == set()


@pytest.mark.parametrize(
    ("name", "found", "shown"),
    [
        ("region", "320100", "江苏省南京市"),
        ("region", "Delaware", "Delaware"),  # a row from before there were codes
        ("outcome", "APPROVED", "已批复"),
        ("outcome", "elsewhere", "elsewhere"),
    ],
)
def test_a_place_and_an_outcome_are_told_in_words(name: str, found: str, shown: str) -> None:
    assert fact(name, found, "zh") == shown


def test_chinese_sentences_are_punctuated_in_full_width() -> None:
    beside = re.compile(r"[\u4e00-\u9fff”}][,;:]|[,;:][\u4e00-\u9fff“{]")

    half = [
        key for key, told in catalogue("zh").items() if HAN.search(told) and beside.search(told)
    ]

    assert half == []
