"""A field of a row that an earlier step has set: None is our own fault there, not a refusal."""

from __future__ import annotations

from typing import TypeVar

from workflows.lifecycle.refusals import NotThere

T = TypeVar("T")


def given(value: T | None) -> T:
    """The value, which the row's state guarantees, e.g. the due date of a drawn loan.

    Raises NotThere.
    """
    if value is None:
        raise NotThere("a field that an earlier step sets")
    return value
