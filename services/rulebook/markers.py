"""What stands between markers of a page is made from the code; the rest is written by hand."""

from __future__ import annotations

import re
from collections.abc import Callable

_MARKED = re.compile(
    r"^(<!-- generated: (?P<kind>[a-z]+)(?: (?P<what>[a-z ]+))? -->\n)"
    r".*?"
    r"^(?P<end><!-- end generated -->)$",
    re.M | re.S,
)

Make = Callable[[str, str], str]
"""Kind and argument of a marker -> the text between."""


def filled(text: str, make: Make) -> str:
    """The page with every marked part made anew."""

    def part(found: re.Match[str]) -> str:
        made = make(found["kind"], found["what"] or "")
        return f"{found[1]}\n{made}\n\n{found['end']}"

    return _MARKED.sub(part, text)


def written(text: str) -> str:
    """The page without what is made from the code: what a person wrote."""
    return _MARKED.sub("", text)
