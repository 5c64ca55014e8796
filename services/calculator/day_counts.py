"""The day count convention of a case: a word, after which a remark may stand.

"30/360, broken period = days/actual days of that month" says `30/360`; the remark restates the
convention's own rule and is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from services.calculator.reading import Fields
from workflows.lending.days.day_count import DayCount

_WORD = re.compile(r"([\w/+-]+)(\s*[,(].*)?", re.DOTALL)


def told_day_count(place: Fields, known: Iterable[DayCount] = DayCount) -> DayCount:
    """What `day_count` says, one of `known`. Raises Uninterpretable."""
    text = place.text("day_count")
    found = _WORD.fullmatch(text)
    words = [each.value for each in known]
    told = Fields({"day_count": found[1] if found else text}, place.path)
    return DayCount(told.word("day_count", words))
