"""How figures, dates, roles and names are written on a page. Text itself is in the catalogues."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from policies.money import Money
from policies.reading.catalogue import CATALOGUE
from services.kernel.figures import percent
from services.kernel.figures import rate as percent_of_rate
from services.kernel.i18n import label
from services.reports.wording import NOTHING


def money(fen: int | None) -> str:
    """Fen as yuan with separators: `3,360,000.00`; nothing for an amount that is not there."""
    return NOTHING if fen is None else Money(int(fen)).grouped


def rate(value: Decimal | None) -> str:
    """A rate in per cent."""
    return NOTHING if value is None else percent_of_rate(Decimal(value))


def share(value: Decimal | None) -> str:
    """A share in per cent."""
    return NOTHING if value is None else percent(Decimal(value))


def day(value: date | None) -> str:
    """An ISO date."""
    return NOTHING if value is None else value.isoformat()


def count(value: int) -> str:
    """A number with separators."""
    return f"{value:,}"


def compact(fen: int, lang: str) -> str:
    """A sum for summaries only: 万 and 亿, or million; the exact value belongs in the title."""
    whole = Decimal(fen) / 100
    steps = _STEPS[lang]
    for size, unit in steps:
        if abs(whole) >= size:
            return f"{whole / size:,.2f} {unit}".replace(".00 ", " ")
    return f"{whole:,.2f}"


_STEPS: dict[str, tuple[tuple[int, str], ...]] = {
    "zh": ((100_000_000, "亿"), (10_000, "万")),
    "en": ((1_000_000_000, "bn"), (1_000_000, "m")),
}


def role(code: str, lang: str) -> str:
    """What a role of ZD-2.1 is called, by its code."""
    return label(f"role.{code}", lang)


def person(user: str, code: str, lang: str) -> str:
    """What somebody is called on a page: the role, and the number that the name ends with."""
    number = re.search(r"[0-9]+$", user)
    called = role(code, lang)
    return f"{called} {number.group()}" if number else called


_CODE = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b|\b[A-Z]+(?:_[A-Z]+)+\b")


def named(sentence: str, lang: str) -> str:
    """A note of a policy with the parameters and codes it mentions by their names."""

    def name(found: re.Match[str]) -> str:
        entry = CATALOGUE.get(found[0])
        return entry.names[lang] if entry else label(f"policy.code.{found[0]}", lang)

    return _CODE.sub(name, sentence)


def yuan(text: str | None) -> str:
    """An amount such as `3360000.00` with separators, "" for none."""
    return f"{Decimal(text):,.2f}" if text else ""
