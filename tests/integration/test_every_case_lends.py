"""Every case and form that lends: one loan, from enrolment to settlement, under its own pack."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from policies.reading import loader
from policies.reading.variants import Form, forms
from services.kernel import acts, clock, work, worlds
from services.kernel.worlds import World
from services.reports.outcome import outcome_of
from services.sandbox import library
from services.sandbox.forms import form_of
from services.wiring import registry
from tests.integration.console_worlds import JOBS
from tests.unit.policies.test_case_guide import example
from workflows.loan.states import LoanState
from workflows.pledge.states import PledgeState

FORMS = forms()
_STUCK = text("SELECT command, reasons FROM act WHERE state IN ('REFUSED', 'FAILED')")
_POLICIES = text(
    """
    SELECT policy FROM enterprise UNION ALL SELECT policy FROM product
    UNION ALL SELECT policy FROM application UNION ALL SELECT policy FROM loan
    """
)


@contextmanager
def played(form: Form) -> Iterator[World]:
    """The story of a form in a world of its own, to its end."""
    story = library.happy(form, registry())
    name = form.ident.replace(":", "-").replace("_", "-")
    world = worlds.create(f"lends-{name}", starts_on=story.starts_on)
    try:
        with world.engine.begin() as connection:
            acts.write_script(connection, name, story.acts)
        clock.advance_to(world.engine, story.ends_on)
        work.look(world.engine, registry(), JOBS)
        yield world
    finally:
        worlds.drop(world.name)


def assert_lends(form: Form) -> None:
    """The loan is settled, its pledge free, and every row bound to the form's own policy."""
    with played(form) as world, world.engine.connect() as connection:
        stuck = [(row.command, row.reasons) for row in connection.execute(_STUCK)]
        bound = {ref.partition("@")[0] for (ref,) in connection.execute(_POLICIES)}
        pledges = connection.execute(text("SELECT state FROM pledge")).scalars().all()

        assert stuck == []
        assert outcome_of(world.engine, "LN-0001").loan_state == LoanState.SETTLED.name
        assert pledges == [PledgeState.CANCELLED.name]
        assert bound == {form.ident}


@pytest.mark.parametrize("form", FORMS, ids=[form.ident for form in FORMS])
def test_a_loan_is_enrolled_drawn_repaid_and_settled(form: Form, servers: None) -> None:
    assert_lends(form)


def test_the_case_of_the_guide_lends_at_once(
    servers: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "example.toml").write_text(example("toml"), "utf-8")
    monkeypatch.setattr(loader, "CASES", tmp_path)

    assert_lends(form_of("example"))
