"""The mutants of `make mutants`: which wrongs are made, and that a seed draws the same ones."""

from __future__ import annotations

import ast

import pytest

from tests.mutation.mutants import Mutant, mutants, sample

# fmt: off
WRONGS = [
    ("x = a < b",                    "x = (a <= b)"),
    ("x = a is None",                "x = (a is not None)"),
    ("x = a in b",                   "x = (a not in b)"),
    ("x = a and b",                  "x = (a or b)"),
    ("x = not a",                    "x = (a)"),
    ("x = True",                     "x = False"),
    ("x = a[3]",                     "x = a[4]"),
    ("x = -a",                       "x = (a)"),
    ("x = a + b",                    "x = (a - b)"),
    ("x = Handle(a, reads=b)",       "x = Handle(a)"),
    ("x = move(a, b)",               "x = move(b, a)"),
    ("x = (paid, filed)",            "x = (filed,)"),
]
# fmt: on


def written(text: str) -> list[str]:
    return [one.applied(text) for one in mutants("m.py", text)]


@pytest.mark.parametrize(("right", "wrong"), WRONGS)
def test_each_kind_of_wrong_is_made(right: str, wrong: str) -> None:
    assert wrong in written(right)


@pytest.mark.parametrize(
    "text",
    [
        "def f(a: tuple[int, str] | None) -> tuple[int, str]:\n    ...",
        "@dataclass(frozen=True)\nclass A:\n    ...",
        '"""A day has 24 hours, not 25."""',
        'Column("paid", comment="fen")',
    ],
)
def test_annotations_decorators_and_docstrings_are_left_alone(text: str) -> None:
    assert written(text) == []


def test_a_mutant_stands_where_it_should_beside_chinese_words() -> None:
    text = 'a = "罚息", -b\n'

    assert 'a = "罚息", (b)\n' in written(text)


def test_every_mutant_can_be_read() -> None:
    text = "def f(a, *b):\n    return g(a, *b, c=(1, 2)) if not a else -a + 1 <= h(a, b)\n"

    for made in written(text):
        ast.parse(made)


def test_a_seed_draws_the_same_mutants_evenly_over_their_kinds() -> None:
    found = [
        Mutant("m.py", line, kind, line, line + 1, "a", "b")
        for line, kind in enumerate(["sign"] * 2 + ["order"] * 50)
    ]

    drawn = sample(found, 6, 7)

    assert drawn == sample(found, 6, 7)
    assert [one.kind for one in drawn] == ["order", "sign", "order", "sign", "order", "order"]
