"""Where a firm is registered and a programme reaches: six-digit division codes (GB/T 2260).

Names fold to codes: 江苏, 江苏省, 南京市, 江苏南京 and 320100 all say where. The list is
divisions.csv: provinces, cities and counties as the National Bureau of Statistics published them
for 2023 (统计用区划代码, as collected in modood/Administrative-divisions-of-China 2.7.0), without
its statistical zones, and the three provinces and regions it leaves out.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

NATION = "100000"
"""The whole country, of which all divisions are part."""

_FILE = Path(__file__).with_name("divisions.csv")
_PROVINCE = re.compile(r"(?<=..)(省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)$")
_CITY = re.compile(r"(?<=..)(市|地区|盟|自治州)$")
_COUNTY = re.compile(r"(?<=..)(市|区|县|旗)$")
_SPACE = re.compile(r"[\s·,，/-]+")


class UnknownRegion(ValueError):
    """What was given is no division, or names several."""


def folded(said: str) -> str:
    """The code of a division given by code or name, in full or in short. Raises UnknownRegion.

    A bare name means the highest division of that name: 吉林 is the province, 中山 the city.
    """
    words = _SPACE.sub("", said)
    found = {words} if words in _names() else _by_name().get(words, set())
    highest = {code for code in found if _level(code) == min(map(_level, found))}
    if len(highest) == 1:
        return highest.pop()
    several = ", ".join(full_name(code) for code in sorted(highest))
    raise UnknownRegion(f"{said!r} names {several or 'no division of GB/T 2260'}")


def lies_in(code: str, areas: Iterable[str]) -> bool:
    """Whether a division is one of the areas, all codes, or lies inside one."""
    return any(code.startswith(area[: 2 * _level(area)]) for area in areas)


def full_name(code: str) -> str:
    """A division with what it lies in: 江苏省南京市; the code itself where the list has none."""
    return "".join(_names()[part] for part in _path(code)) or code


def _level(code: str) -> int:
    """1 a province, 2 a city, 3 a county."""
    return 1 if code.endswith("0000") else 2 if code.endswith("00") else 3


def _path(code: str) -> tuple[str, ...]:
    """The division and what it lies in, outermost first; some counties lie in no city."""
    steps = dict.fromkeys((f"{code[:2]}0000", f"{code[:4]}00", code))
    return tuple(step for step in steps if step in _names())


def _forms(code: str) -> Iterator[str]:
    """Every way to say it: each step of its path in full, in short or, but the last, not at all."""
    said = [""]
    for step in _path(code):
        name = _names()[step]
        short = (_PROVINCE, _CITY, _COUNTY)[_level(step) - 1].sub("", name)
        words = {name, short} if step == code else {name, short, ""}
        said = [before + word for before in said for word in words]
    yield from said


@cache
def _names() -> dict[str, str]:
    with _FILE.open(encoding="utf-8", newline="") as lines:
        return {row["code"]: row["name"] for row in csv.DictReader(lines)}


@cache
def _by_name() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for code in _names():
        for form in _forms(code):
            found.setdefault(form, set()).add(code)
    return found
