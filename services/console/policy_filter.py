"""The comparison of cases as its URL says: which columns, which stage, which rows.

A word it does not know is ignored, as in the list of loans.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from policies.reading.catalogue import STAGES
from policies.reading.pack import Grade
from policies.reading.variants import Form

FIRST_STAGE = ""
"""Shown where none is asked for: the headline rows. All stages at once are no page to read."""

_STAGES = tuple(stage.key for stage in STAGES)
_GRADES = tuple(grade.value for grade in Grade)


@dataclass(frozen=True, slots=True)
class PolicyFilter:
    """What of the cases is shown. world, grade: "" means not asked for.

    cases: the columns asked for, each a case or a form; () for every case once. chosen: the form
    that stands for a case, where another than its first main one is asked for.
    """

    world: str = ""
    cases: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()
    stage: str = FIRST_STAGE
    differ: bool = False
    grade: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether anything but the stage is asked for."""
        return bool(self.cases or self.chosen or self.differ or self.grade)

    def url(self, changes: Mapping[str, Any] | None = None) -> str:
        """The address of the comparison with these changes."""
        asked = replace(self, **(changes or {}))
        pairs = [
            ("world", asked.world),
            *(("case", one) for one in asked.cases),
            *(("form", one) for one in asked.chosen),
            ("stage", "" if asked.stage == FIRST_STAGE else asked.stage),
            ("differ", "1" if asked.differ else ""),
            ("grade", asked.grade),
        ]
        query = urlencode([(name, value) for name, value in pairs if value])
        return f"/policies?{query}" if query else "/policies"


def read(asked: Sequence[tuple[str, str]], *, world: str, forms: Sequence[Form]) -> PolicyFilter:
    """The filter a query string asks for in a world; what there is not is ignored."""
    known = {form.ident for form in forms}
    cases = known | {form.pack.case for form in forms}
    single = dict(asked)
    stage, grade = single.get("stage", ""), single.get("grade", "")
    chosen = [one for name, one in asked if name == "form" and one in known]
    return PolicyFilter(
        world=world,
        cases=tuple(dict.fromkeys(v for name, v in asked if name == "case" and v in cases)),
        chosen=tuple(one for one in dict.fromkeys(chosen) if one not in _firsts(forms).values()),
        stage=stage if stage in _STAGES else FIRST_STAGE,
        differ=single.get("differ") == "1",
        grade=grade if grade in _GRADES else "",
    )


def columns(asked: PolicyFilter, forms: Sequence[Form]) -> tuple[Form, ...]:
    """The forms that are shown, in the order of the cases."""
    stands = standing(asked, forms)
    wanted = asked.cases or tuple(stands)
    shown = {stands.get(one, one) for one in wanted}
    return tuple(form for form in forms if form.ident in shown)


def standing(asked: PolicyFilter, forms: Sequence[Form]) -> dict[str, str]:
    """The form that stands for each case: as chosen, else its first main one."""
    named = {ident.partition(":")[0]: ident for ident in asked.chosen}
    return {**_firsts(forms), **named}


def _firsts(forms: Sequence[Form]) -> dict[str, str]:
    """The form that stands for a case unasked: the first of its main ones."""
    found: dict[str, str] = {}
    for form in sorted(forms, key=lambda one: not one.headline):
        found.setdefault(form.pack.case, form.ident)
    return {form.pack.case: found[form.pack.case] for form in forms}
