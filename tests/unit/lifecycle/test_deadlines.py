"""Deadlines: lapses change a state, duties are told and stay owed; both by the working calendar."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from enum import Enum

import pytest

from services.wiring import registry
from tests.unit.stories.front_story import OFFICER_A, OFFICER_B, submitted_enrolment
from workflows.claim.states import ClaimState
from workflows.enterprise.records import ApproveEnrolment, RequestSupplement
from workflows.enterprise.states import EnterpriseState
from workflows.enterprise.table import ENTERPRISE
from workflows.lifecycle.deadlines import (
    COUNTED,
    DeadlineMissed,
    calendar_assumed,
    ending,
    lapse,
)
from workflows.lifecycle.effects import DUTY, LAPSE
from workflows.lifecycle.given import given
from workflows.lifecycle.machine import WrongTable
from workflows.lifecycle.roles import Role

REVIEW, SUPPLEMENT = ("enterprise", "E1", "enrolment_review"), ("enterprise", "E1", "supplement")


def test_a_duty_not_done_in_time_is_told_once_and_is_still_owed() -> None:
    lives = submitted_enrolment()
    last = given(lives.timers[REVIEW].awaited).last_day

    lives.at(last)
    assert "Enterprise.DeadlineMissed" not in lives.told()
    lives.at(last + timedelta(days=40))

    missed = [one.event for one in lives.events if isinstance(one.event, DeadlineMissed)]
    assert len(missed) == 1
    told = missed[0]
    assert (told.duty, told.roles, told.organisation) == ("enrolment_review", "IPA", "")
    assert (told.rule, told.last_day, told.days_late) == ("enrolment_review_wd", last, 1)
    assert lives.row("enterprise", "E1").state == "SUBMITTED"
    assert lives.timers[REVIEW].due_on is None
    assert given(lives.timers[REVIEW].awaited).last_day == last

    lives.act(ApproveEnrolment("E1"), OFFICER_A, OFFICER_B)
    assert REVIEW not in lives.timers


def test_a_deadline_ends_with_the_state_it_runs_in() -> None:
    lives = submitted_enrolment()
    assert given(lives.timers[REVIEW].awaited).nature == DUTY

    lives.act(RequestSupplement("E1", ("LICENCE",)), OFFICER_A)

    assert REVIEW not in lives.timers
    awaited = given(lives.timers[SUPPLEMENT].awaited)
    assert (awaited.nature, awaited.roles, awaited.organisation) == (LAPSE, "ENT", "E1")
    lives.at(awaited.last_day)
    assert lives.row("enterprise", "E1").state == "SUPPLEMENT"
    lives.at(awaited.last_day + timedelta(days=1))
    assert lives.row("enterprise", "E1").state == "EXPIRED"


@pytest.mark.parametrize(
    ("day", "ends"),
    [
        (date(2027, 4, 11), date(2027, 4, 12)),  # a Sunday
        (date(2026, 10, 3), date(2026, 10, 8)),  # National Day
        (date(2026, 9, 20), date(2026, 9, 20)),  # a Sunday worked instead of a holiday
        (date(2026, 11, 27), date(2026, 11, 27)),
    ],
)
def test_a_period_ends_on_a_day_that_is_worked(day: date, ends: date) -> None:
    assert ending(day) == ends


def test_the_platform_alone_tells_of_a_missed_duty() -> None:
    lives = submitted_enrolment()
    timer = lives.timers[REVIEW]

    assert lives.refusals(timer.command, OFFICER_A) == ("wrong_role",)


@pytest.mark.parametrize(
    ("last", "states", "fault"),
    [
        ("nothing", EnterpriseState.SUPPLEMENT, "no last day"),
        ("due_by", ClaimState.PAYABLE, "unknown"),
    ],
)
def test_a_deadline_that_names_what_is_not_there_fails_when_the_table_is_built(
    last: str, states: Enum, fault: str
) -> None:
    begins = ENTERPRISE.events["Enterprise.SupplementRequested"]
    wrong = lapse("wrong", begins, last, "rule", Role.ENT, states, ApproveEnrolment)
    parts = {f.name: getattr(ENTERPRISE, f.name) for f in dataclasses.fields(ENTERPRISE) if f.init}
    plain = {name: event for name, event in parts["events"].items() if event is not DeadlineMissed}
    rows = tuple(row for row in parts["rows"] if row.trigger != "miss_deadline")

    with pytest.raises(WrongTable, match=fault):
        type(ENTERPRISE)(**{**parts, "rows": rows, "events": plain, "deadlines": (wrong,)})


def test_a_deadline_has_one_name_and_one_timer_in_its_noun() -> None:
    for noun in registry().nouns.values():
        names = [one.name for one in noun.lifecycle.deadlines]
        assert len(names) == len(set(names))


# Days that persons agree on: no calendar counts them.
AGREED = {"agreed_by", "ends_on"}


def test_every_day_that_a_deadline_ends_on_is_told_as_counted_by_the_calendar() -> None:
    lasts = {one.last for noun in registry().nouns.values() for one in noun.lifecycle.deadlines}

    assert lasts - AGREED <= COUNTED


def test_every_counted_day_is_a_field_of_some_row_or_event() -> None:
    lives = [noun.lifecycle for noun in registry().nouns.values()]
    kinds = [kind for life in lives for kind in (life.record, *life.events.values())]

    assert {field.name for kind in kinds for field in dataclasses.fields(kind)} >= COUNTED


def test_a_day_counted_beyond_the_published_calendars_is_marked() -> None:
    assert calendar_assumed("due_by", date(2027, 2, 9))
    assert not calendar_assumed("due_by", date(2026, 12, 31))
    assert not calendar_assumed("due_on", date(2027, 2, 9))  # a maturity: no calendar moves it
    assert not calendar_assumed("due_by", None)
