"""Extension and restructuring: vectors V16 and V17, interest settled to the day of change."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from policies.reading.loader import load
from policies.reading.pack import Grade
from workflows.lending.days.day_count import DayCount
from workflows.lending.days.due_dates import every_months
from workflows.lending.extension import Tenor, months_left, refusal
from workflows.lending.schedule.methods import annuity, equal_principal, interest_only
from workflows.lending.schedule.periods import Draw, NoSchedule, dated_periods
from workflows.lending.schedule.rescheduling import InterestTerms, NewTerms, rescheduled
from workflows.lending.schedule.rows import Grain, Schedule

START, YUAN = date(2026, 1, 15), 100
PRINCIPAL = 1_200_000 * YUAN
POLICY = load("jiangsu").on(START)
OLD = InterestTerms(Decimal("0.0360"), DayCount.ACT_360, Grain())
NEW = InterestTerms(Decimal("0.0300"), DayCount.ACT_360, Grain())


@pytest.mark.parametrize(
    ("tenor", "extended", "asked", "granted"),
    [
        pytest.param(12, 0, 8, True, id="V16: 12 months, 8 more"),
        pytest.param(12, 8, 5, False, id="V16: then 5 more"),
        pytest.param(12, 8, 4, True, id="up to the tenor itself"),
        pytest.param(24, 0, 12, True, id="V17: 24 months, 12 more"),
        pytest.param(24, 12, 1, False, id="V17: then 1 more"),
        pytest.param(13, 0, 6, True, id="half of 13, whole months"),
        pytest.param(13, 0, 7, False, id="beyond half of 13"),
        pytest.param(120, 0, 36, True, id="three years at most"),
        pytest.param(120, 0, 37, False, id="beyond three years"),
    ],
)
def test_extensions_together_stay_within_the_limit(
    tenor: int, extended: int, asked: int, granted: bool
) -> None:
    found = refusal(POLICY, Tenor(tenor, extended), asked_months=asked)

    assert (found is None) is granted


@pytest.mark.parametrize(
    ("tenor", "left", "limit", "source"),
    [
        (Tenor(12, 8), "4", "extension_short_share", "流动资金贷款管理办法"),
        (Tenor(24, 12), "0", "extension_long_share", "流动资金贷款管理办法"),
        (Tenor(120), "36", "extension_cap_months", "贷款通则"),
    ],
)
def test_a_refusal_says_what_was_left_and_cites_the_limit_that_binds(
    tenor: Tenor, left: str, limit: str, source: str
) -> None:
    found = refusal(POLICY, tenor, asked_months=40)

    assert found
    assert found.citation
    assert (found.code, found.parameter) == ("extension_too_long", limit)
    assert (found.threshold, found.actual) == (left, "40")
    assert found.citation.source.startswith(source)
    assert found.citation.grade is Grade.PUBLIC


def test_nothing_is_left_below_zero() -> None:
    assert months_left(POLICY, Tenor(12, 20)) == 0


def original() -> Schedule:
    periods = dated_periods(
        [Draw(START, PRINCIPAL)],
        every_months(START, 13, step=1)[1:],
        annual_rate=OLD.annual_rate,
        day_count=OLD.day_count,
    )
    return equal_principal(periods, OLD.grain)


def test_an_extension_settles_interest_to_its_day_and_repays_the_rest_by_the_new_dates() -> None:
    day = date(2026, 7, 1)
    due = every_months(date(2026, 7, 15), 18, step=1)

    found = rescheduled(
        original(),
        disbursed=START,
        principal=PRINCIPAL,
        old=OLD,
        new=NewTerms(day, due, NEW, annuity),
    )

    settled = found.rows[5]
    assert (settled.due, settled.principal) == (day, 0)
    assert settled.interest == 700_000 * YUAN * 36 * 16 // (1000 * 360)
    assert [row.n for row in found.rows] == list(range(1, 25))
    assert found.principal == PRINCIPAL
    assert found.rows[-1].balance == 0
    assert found.rows[-1].due == due[-1]


def test_a_change_on_a_due_date_has_nothing_to_settle() -> None:
    day = date(2026, 6, 15)
    due = (date(2027, 6, 15),)

    found = rescheduled(
        original(),
        disbursed=START,
        principal=PRINCIPAL,
        old=OLD,
        new=NewTerms(day, due, NEW, interest_only),
    )

    assert len(found.rows) == 6
    assert found.rows[-1].principal == 700_000 * YUAN


@pytest.mark.parametrize("day", [date(2027, 1, 15), date(2026, 1, 1)])
def test_what_is_repaid_or_not_yet_disbursed_cannot_be_rescheduled(day: date) -> None:
    terms = NewTerms(day, (date(2028, 1, 15),), NEW, annuity)

    with pytest.raises(NoSchedule, match="nothing_to_reschedule"):
        rescheduled(original(), disbursed=START, principal=PRINCIPAL, old=OLD, new=terms)
