"""When a world is at rest: its date is reached and nothing is left to do there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.kernel.clock import Standing

TODAY = date(2025, 1, 2)
QUIET = Standing(TODAY, TODAY, opening=False, busy=False, acts=0, parked=0)


def test_a_quiet_world_at_its_target_is_at_rest() -> None:
    assert QUIET.at_rest


@pytest.mark.parametrize(
    "change",
    [{"target_date": date(2025, 1, 3)}, {"opening": True}, {"busy": True}, {"acts": 1}],
)
def test_whatever_is_still_to_be_done_keeps_it_from_rest(change: dict[str, Any]) -> None:
    assert not replace(QUIET, **change).at_rest
