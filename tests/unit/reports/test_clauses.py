"""Which clause stands behind an event, with value and grade."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from policies.reading.catalogue import CATALOGUE
from policies.reading.loader import load
from policies.reading.pack import SILENT, UNLIMITED, Grade, Unstated
from services.kernel.i18n import catalogue
from services.reports.clause_table import CLAUSES, TIERED, Statute
from services.reports.clauses import cited, clause_of, value_text
from services.wiring import registry

DAY = date(2025, 8, 14)
JIANGSU = load("jiangsu").on(DAY)


def test_the_draw_cites_the_longest_tenor_and_the_rate_cap() -> None:
    found = cited("Loan.Disbursed", JIANGSU, "en", payload={})

    assert [(one.name, one.value, one.grade) for one in found] == [
        ("Longest tenor", "36 months", Grade.PUBLIC),
        ("Spread of the rate cap", "0.80%", Grade.PUBLIC),
    ]


@pytest.mark.parametrize(
    ("tier", "share", "grade"), [("TIER_1", "80%", Grade.SEED), ("TIER_2", "50%", Grade.PUBLIC)]
)
def test_an_approved_claim_cites_the_share_of_its_own_tier(
    tier: str, share: str, grade: Grade
) -> None:
    found = cited("Claim.Approved", JIANGSU, "zh", payload={"tier": tier})

    shares = [(one.value, one.grade) for one in found if "分担比例" in one.name]
    assert shares == [(share, grade)]


def test_a_registered_pledge_cites_the_civil_code() -> None:
    assert "民法典第 444 条" in clause_of("Pledge.Registered", JIANGSU.ref, "zh")
    assert "Civil Code art. 444" in clause_of("Pledge.Registered", JIANGSU.ref, "en")


def test_an_assumption_is_named_as_one_in_both_languages() -> None:
    assert "假设" in clause_of("Filing.Submitted", JIANGSU.ref, "zh")
    assert "assumed" in clause_of("Filing.Submitted", JIANGSU.ref, "en")


def test_a_waiver_cites_the_parameter_that_was_waived() -> None:
    found = cited("Loan.GuardWaived", JIANGSU, "en", payload={"parameter": "min_ip_share"})

    assert [one.value for one in found] == ["50%"]


def test_a_waiver_of_a_rule_without_parameter_cites_nothing() -> None:
    assert cited("Loan.GuardWaived", JIANGSU, "en", payload={"parameter": ""}) == ()


@pytest.mark.parametrize(
    "ref",
    [None, "", "jiangsu", "jiangsu@000000000000:2025-08-14", "nowhere@1:2025-08-14", "jiangsu@x:y"],
)
def test_no_figure_is_cited_from_a_policy_that_is_not_at_hand(ref: str | None) -> None:
    assert clause_of("Loan.Disbursed", ref, "zh") == ""


def test_an_event_nobody_listed_has_no_clause() -> None:
    assert clause_of("Loan.Painted", JIANGSU.ref, "zh") == ""


def test_every_event_of_the_table_is_known_to_a_lifecycle() -> None:
    assert set(CLAUSES) <= set(registry().events)


def test_every_parameter_of_the_table_stands_in_the_catalogue() -> None:
    named = [one for row in (*CLAUSES.values(), *TIERED.values()) for one in row]

    assert {one for one in named if isinstance(one, str)} <= set(CATALOGUE)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_statute_has_its_sentence_and_source(lang: str) -> None:
    statutes = {one.key for row in CLAUSES.values() for one in row if isinstance(one, Statute)}
    wanted = {f"statute.{key}{part}" for key in statutes for part in ("", ".source")}

    assert wanted <= set(catalogue(lang))


@pytest.mark.parametrize(
    ("said", "lang", "shown"),
    [
        (UNLIMITED, "zh", "不设限"),
        (UNLIMITED, "en", "no limit"),
        (SILENT, "zh", "无此环节"),
        (SILENT, "en", "no such step"),
    ],
)
def test_what_has_no_value_is_told_in_words(said: Unstated, lang: str, shown: str) -> None:
    cap = replace(JIANGSU["cap_per_borrower"], said=said)

    assert value_text(cap, lang) == shown
