"""The cases say what they said before they were written in layers, but for the differences listed.

before/packs.json holds every entry of every case and form as it stood at commit 3bfea43: values by
day, grade, title of the source, clause. before/differences.json lists what has changed since, by
class with its count, and how titles and clauses of then are called now.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from policies.reading.case import Stated
from policies.reading.loader import Pack, cases, load
from services.comparison.answer import plain

HERE = Path(__file__).parent / "before"
THEN: dict[str, Any] = json.loads((HERE / "packs.json").read_text("utf-8"))
LISTED: dict[str, Any] = json.loads((HERE / "differences.json").read_text("utf-8"))
PARTS = ("value", "grade", "source", "clause")


def test_the_cases_differ_from_those_of_then_as_listed_and_no_further() -> None:
    listed = [line for one in LISTED["classes"] for line in one["lines"]]

    assert sorted(listed) == sorted(_differences())


def test_every_class_of_differences_is_counted() -> None:
    counted = {one["class"]: one["count"] for one in LISTED["classes"]}

    assert counted == {one["class"]: len(one["lines"]) for one in LISTED["classes"]}


def test_every_clause_of_the_former_dossier_is_a_clause_of_the_rulebook() -> None:
    told = {entry[3] for form in THEN["forms"].values() for entry in form.values()}
    former = {clause for clause in told if "§ " in clause}

    assert former == set(LISTED["clauses"])
    assert all("ZD-" in clause for now in LISTED["clauses"].values() for clause in now)


def _differences() -> Iterator[str]:
    """A line for each part of an entry that is not as it was: `form name what`."""
    now = dict(_forms())
    for form in sorted({*now, *THEN["forms"]}):
        then, stated = THEN["forms"].get(form, {}), now.get(form, {})
        for name in sorted({*then, *stated}):
            if name not in then or name not in stated:
                yield f"{form} {name} {'added' if name in stated else 'gone'}"
                continue
            for part, allowed, told in zip(
                PARTS, _then(then[name]), _now(stated[name]), strict=True
            ):
                if told not in allowed:
                    yield f"{form} {name} {part}"


def _forms() -> Iterator[tuple[str, Mapping[str, Stated]]]:
    for pack in map(load, cases()):
        yield pack.case, pack.stated
        yield from _variants(pack)


def _variants(pack: Pack) -> Iterator[tuple[str, Mapping[str, Stated]]]:
    for ident, one in pack.variants.items():
        yield f"{pack.case}:{ident}", one.stated


def _then(entry: list[Any]) -> tuple[list[Any], ...]:
    """Of each part what it may be now: the same, or what it has been named since."""
    values, grade, title, clause = entry
    title = THEN["titles"][title]
    titles = [LISTED["titles"].get(title, title)]
    return [values], [grade], titles, LISTED["clauses"].get(clause, [clause])


def _now(stated: Stated) -> tuple[Any, ...]:
    cited = stated.citation
    values = [[day.isoformat(), plain(value)] for day, value in stated.values]
    return values, cited.grade.value, cited.source, cited.clause
