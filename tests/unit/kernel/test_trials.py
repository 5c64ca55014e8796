"""Whoever guesses passwords is refused before anything is hashed, and holds nobody else up."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from services.kernel import trials
from services.kernel.trials import TooManyTrials, trial


def test_a_name_is_tried_once_at_a_time() -> None:
    with trial("wang", known=True), pytest.raises(TooManyTrials), trial("wang", known=True):
        pass

    with trial("wang", known=True):
        pass


def test_names_that_nobody_bears_are_tried_one_at_a_time() -> None:
    with trial("x1", known=False), pytest.raises(TooManyTrials), trial("x2", known=False):
        pass


def test_who_guesses_names_leaves_room_for_one_that_is_known() -> None:
    with trial("x1", known=False), trial("wang", known=True):
        pass


def test_no_more_are_hashed_at_once_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trials, "PATIENCE", 0.01)
    with ExitStack() as stack:
        for number in range(trials.AT_ONCE):
            stack.enter_context(trial(f"n{number}", known=True))

        with pytest.raises(TooManyTrials), trial("late", known=True):
            pass

    with trial("late", known=True):
        pass
