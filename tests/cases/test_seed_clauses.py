"""The source text, clause by clause: each is said by parameters graded seed, or told why not.

seed_clauses.toml is the table. The text lies in the shared folder (ZHIDAI_SHARED); where it is
absent the hashes are not compared, the rest is.
"""

from __future__ import annotations

import hashlib
import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from policies.reading.loader import cases, load
from policies.reading.pack import Grade

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("ZHIDAI_SHARED", HERE.parents[1].parent / "shared")) / "source"
CLAUSES = tomllib.loads((HERE / "seed_clauses.toml").read_text("utf-8"))["clause"]
BY_ID = {clause["id"]: clause for clause in CLAUSES}


def case_of(ident: str) -> str:
    return ident.partition(".")[0]


def source_text() -> str:
    texts = sorted(SHARED.glob("*.txt"))
    if not texts:
        pytest.skip(f"the source text is not in {SHARED}; set ZHIDAI_SHARED")
    return texts[0].read_text("utf-8")


def clauses_of(text: str) -> Iterator[tuple[str, str]]:
    """Id and words of every clause: of each case its title, then its sentences."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for case in sorted(cases(), key=lambda one: load(one).file.number):
        at = lines.index(str(load(case).file.number))
        title, summary = lines[at + 1 : at + 3]
        sentences = (part.strip() for part in re.split("[。；]", summary) if part.strip())
        yield from ((f"{case}.{n}", words) for n, words in enumerate((title, *sentences)))


def grade_of(case: str, name: str) -> Grade | None:
    """The grade of a parameter, `variant:name` for one of a variant; None where none is stated."""
    variant, _, own = name.rpartition(":")
    pack = load(case)
    stated = pack.variants[variant].stated if variant else pack.stated
    return stated[own].citation.grade if own in stated else None


def test_every_clause_of_the_source_text_is_listed_with_its_hash() -> None:
    found = {
        ident: hashlib.sha256(words.encode("utf-8")).hexdigest()[:16]
        for ident, words in clauses_of(source_text())
    }

    assert found == {ident: clause["hash"] for ident, clause in BY_ID.items()}


def test_every_clause_is_said_by_a_parameter_or_has_a_reason_why_not() -> None:
    assert len(BY_ID) == len(CLAUSES)
    assert [c["id"] for c in CLAUSES if not (c["parameters"] or c.get("not_modelled"))] == []


@pytest.mark.parametrize("ident", BY_ID)
def test_what_says_a_clause_is_stated_by_its_case_and_graded_seed(ident: str) -> None:
    grades = {name: grade_of(case_of(ident), name) for name in BY_ID[ident]["parameters"]}

    assert {name: grade for name, grade in grades.items() if grade is not Grade.SEED} == {}


@pytest.mark.parametrize("case", cases())
def test_what_is_graded_seed_stands_in_a_clause_of_its_case(case: str) -> None:
    pack = load(case)
    listed = {n for c in CLAUSES if case_of(c["id"]) == case for n in c["parameters"]}
    stated = {
        *(name for name, one in pack.stated.items() if one.citation.grade is Grade.SEED),
        *(
            f"{variant}:{name}"
            for variant, own in pack.variants.items()
            for name, one in own.stated.items()
            if one.citation.grade is Grade.SEED
        ),
    }

    assert stated - listed == set()
