"""Documents made from the code are what the code would make now: `make generated`."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.cli.generated import DOCS, documents, stale, write
from services.wiring import registry
from workflows.lifecycle.diagram import mermaid, stays

LIVES = {name: noun.lifecycle for name, noun in registry().nouns.items()}


def test_what_is_committed_is_up_to_date() -> None:
    assert stale(DOCS) == [], "run `make generated`"


def test_a_changed_a_missing_and_a_left_over_document_are_noticed_and_mended(
    tmp_path: Path,
) -> None:
    write(tmp_path)
    (tmp_path / "events.md").write_text("old", "utf-8")
    (tmp_path / "cases.md").unlink()
    (tmp_path / "diagrams" / "mortgage.md").write_text("nobody's", "utf-8")

    found = stale(tmp_path)
    write(tmp_path)

    assert found == ["cases.md", "diagrams/mortgage.md", "events.md"]
    assert stale(tmp_path) == []


@pytest.mark.parametrize("name", LIVES)
def test_a_diagram_shows_every_row_once_or_as_an_act_that_leaves_the_state(name: str) -> None:
    life = LIVES[name]
    drawn = mermaid(life, lambda state: state)
    edges = [line.split(": ", 1) for line in drawn.splitlines() if " --> " in line and ": " in line]
    shown = {
        (*(end.strip() for end in ends.split("-->")), trigger)
        for ends, triggers in edges
        for trigger in triggers.split(", ")
    }
    kept = {(state, state, trigger) for state, acts in stays(life).items() for trigger in acts}

    rows = {
        ("[*]" if source == "NEW" else source, row.dest.name, row.trigger)
        for row in life.rows
        for source in row.sources
    }
    assert shown | kept == rows
    assert not shown & kept
    assert [f"    {state.name} --> [*]" in drawn for state in life.final] == [True] * len(
        life.final
    )


def test_every_event_stands_in_the_list_with_its_fields() -> None:
    told = documents()["events.md"]

    missing = [name for name in registry().events if f"### {name}\n" not in told]

    assert missing == []
    assert "| `balance_after_draw` | `Money` |" in told
    assert "reaction `filing_opens`" in told


def test_a_case_shows_an_assumption_as_one() -> None:
    told = documents()["cases.md"]
    line = next(line for line in told.splitlines() if "`claim_window_days`" in line)

    assert "**assumed**" in line
    assert "180" in line
