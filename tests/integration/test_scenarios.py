"""Scenarios played on the platform: what they say of themselves holds, and tells when not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from services.kernel import work, worlds
from services.reports.steps import steps_after
from services.sandbox import library
from services.sandbox.coverage import ARGUED, AWAITED, coverage, fired, lines
from services.sandbox.play import Played, begin, ended
from services.sandbox.scenario import Scenario, WrongScenario
from services.wiring import JOBS, registry

_HEADS = text(
    "SELECT DISTINCT ON (stream) stream, seq, encode(hash, 'hex') FROM event"
    " ORDER BY stream, seq DESC"
)
SAMPLE = ("jiangsu-happy", "jiangsu-default")  # `zhidai scenario coverage` plays all


@contextmanager
def played(scenario: Scenario, **where: str) -> Iterator[Played]:
    """The scenario in a world of its own, played in this process, to its end or so far."""
    begun = begin(scenario, **where)
    try:
        while not work.look(begun.world.engine, registry(), JOBS):
            pass
        with begun.world.engine.connect() as connection:
            steps = steps_after(connection, 0)
        yield ended(begun, registry(), steps)
    finally:
        worlds.drop(begun.world.name)


def found(ident: str) -> Scenario:
    scenario = library.find(ident, registry())
    assert scenario is not None
    return scenario


def heads(played: Played) -> list[tuple[str, int, str]]:
    with played.world.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(_HEADS)]


@pytest.mark.parametrize("ident", SAMPLE)
def test_a_scenario_ends_as_it_says(servers: None, ident: str) -> None:
    with played(found(ident)) as end:
        assert (end.stuck, end.differences) == ((), ())


def test_two_worlds_of_one_scenario_have_the_same_hashes(servers: None) -> None:
    with played(found("jiangsu-happy")) as one, played(found("jiangsu-happy")) as other:
        assert one.world.name != other.world.name
        assert heads(one) == heads(other) != []


def test_a_scenario_goes_on_in_its_world_from_where_it_was_stopped(servers: None) -> None:
    scenario = found("jiangsu-happy")
    part = begin(scenario, until="drawn", world="goes-on")
    try:
        work.look(part.world.engine, registry(), JOBS)
        with part.world.engine.connect() as connection:
            so_far = {step.event for step in steps_after(connection, 0)}
        assert "Loan.Disbursed" in so_far
        assert "Loan.Settled" not in so_far
        with pytest.raises(WrongScenario, match="goes-on"):
            begin(scenario, until="enrolled", world="goes-on")
    finally:
        with played(scenario, world="goes-on") as end:
            assert (end.stuck, end.differences) == ((), ())


CHANGED = (
    ('event = "Loan.Settled"', 'event = "Loan.WrittenOff"', "event"),
    ('event = "Loan.Settled"', 'refused = "same_person"', "refused"),
    ("4277700.00 CNY", "9277700.00 CNY", "do"),
    ('loan_state = "SETTLED"', 'loan_state = "OVERDUE"', "loan_state"),
    ('cash = "50000000.00"', 'cash = "1.00"', "fund/JS-FUND cash"),
    ('"Claim.RiskNotified"', '"Loan.Settled"', "never Loan.Settled"),
)


@pytest.mark.parametrize(("old", "new", "what"), CHANGED)
def test_what_comes_out_otherwise_is_told(
    servers: None, tmp_path: Path, old: str, new: str, what: str
) -> None:
    told = library.listing()["jiangsu-happy"].read_text("utf-8")
    assert old in told
    file = tmp_path / "changed.toml"
    file.write_text(told.replace(old, new), "utf-8")

    with played(library.read(file, registry())) as end:
        assert what in [one.what for one in end.differences]


def test_coverage_counts_the_rows_that_event_rows_name(servers: None) -> None:
    with played(found("jiangsu-happy")) as end, end.world.engine.connect() as connection:
        told = coverage(registry(), fired(connection))

    assert "loan.disburse" not in told.never
    assert "loan.write_off" in told.never
    assert told.argued == tuple(ARGUED)
    assert (set(told.awaited), told.told) == (AWAITED, ())
    assert len(told.never) < told.rows
    left = {(line.row, line.source) for line in told.lines}
    assert ("filing.cease", "LATE") in left
    assert ("filing.cease", "COVERED") not in left


def test_a_row_that_fired_may_not_be_listed_as_awaited() -> None:
    line = next(line for line in lines(registry()) if line.row in AWAITED)

    assert coverage(registry(), [line]).told == (line.row,)
    assert line.row not in coverage(registry(), [line]).awaited
