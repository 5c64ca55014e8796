"""Every case and form that lends: one loan, from enrolment to settlement, under its own pack."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from policies.reading.variants import Form, forms
from services.kernel import acts, clock, work, worlds
from services.kernel.worlds import World
from services.reports.outcome import outcome_of
from services.sandbox.happy import happy_story
from services.wiring import registry
from tests.integration.console_worlds import JOBS

FORMS = forms()
_STUCK = text("SELECT command, reasons FROM act WHERE state IN ('REFUSED', 'FAILED')")
_POLICIES = text(
    """
    SELECT policy FROM enterprise UNION ALL SELECT policy FROM product
    UNION ALL SELECT policy FROM application UNION ALL SELECT policy FROM loan
    """
)


@pytest.fixture(params=FORMS, ids=[form.ident for form in FORMS])
def form(request: pytest.FixtureRequest) -> Form:
    found: Form = request.param
    return found


@pytest.fixture
def played(form: Form, servers: None) -> Iterator[World]:
    """The story of a form in a world of its own, to its end."""
    story = happy_story(form, registry())
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


def test_a_loan_is_enrolled_drawn_repaid_and_settled(form: Form, played: World) -> None:
    with played.engine.connect() as connection:
        stuck = [(row.command, row.reasons) for row in connection.execute(_STUCK)]
        bound = {ref.partition("@")[0] for (ref,) in connection.execute(_POLICIES)}
        pledges = connection.execute(text("SELECT state FROM pledge")).scalars().all()

    assert stuck == []
    assert outcome_of(played.engine, "LN-0001").loan_state == "SETTLED"
    assert pledges == ["CANCELLED"]
    assert bound == {form.ident}
