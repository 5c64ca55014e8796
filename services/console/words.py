"""How figures, dates, roles and names are written on a page. Text itself is in the catalogues."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from policies.money import Money
from services.kernel.i18n import catalogue, label
from services.reports.clauses import percent

NOTHING = "—"


def money(fen: int | None) -> str:
    """Fen as yuan with separators: `3,360,000.00`; nothing for an amount that is not there."""
    return NOTHING if fen is None else Money(int(fen)).grouped


def rate(value: Decimal | None) -> str:
    """A rate or share in per cent."""
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
    """What a role of domain.md 2.1 is called, by its code."""
    return label(f"role.{code}", lang)


def field(name: str, lang: str) -> str:
    """What a field of an event is called; its own name in words where nobody named it."""
    return catalogue(lang).get(f"field.{name}", name.replace("_", " "))


def value(found: Any, lang: str) -> str:
    """A value of an event's payload as it is shown: amounts grouped, codes in words."""
    if found is None or found == "" or found == []:
        return NOTHING
    if isinstance(found, bool):
        return label("console.yes" if found else "console.no", lang)
    if isinstance(found, list):
        return ", ".join(value(part, lang) for part in found)
    if isinstance(found, dict):
        return ", ".join(f"{name} {value(part, lang)}" for name, part in found.items())
    amount = amount_of(found)
    if amount is not None:
        return Money(amount).grouped
    text = str(found)
    return catalogue(lang).get(f"policy.code.{text}", text)


def amount_of(found: Any) -> int | None:
    """The fen of a payload's `3360000.00 CNY`, None for anything else."""
    if not isinstance(found, str) or not found.endswith(" CNY"):
        return None
    try:
        return Money.of_wire(found).fen
    except ValueError:
        return None


def yuan(text: str | None) -> str:
    """An amount such as `3360000.00` with separators, "" for none."""
    return f"{Decimal(text):,.2f}" if text else ""


_YUAN = re.compile(r"-?\d+\.\d\d")


def input_text(name: str, found: str, lang: str) -> str:
    """An input of a mechanism's working: amounts grouped, the share in per cent, codes in words."""
    if name == "share":
        return percent(Decimal(found))
    if _YUAN.fullmatch(found):
        return yuan(found)
    texts = catalogue(lang)
    return texts.get(f"policy.code.{found}", texts.get(f"tier.{found}", found))


def refusal(payload: Mapping[str, Any], lang: str) -> str:
    """The sentence of a rule that was broken, from a waiver's fields."""
    sentence = catalogue(lang).get(f"refusal.{payload['code']}")
    if sentence is None:
        return str(payload["code"]).replace("_", " ")
    return sentence.format_map({name: str(found) for name, found in payload.items()})


def event(name: str, payload: Mapping[str, Any], lang: str) -> str:
    """The sentence of an event with its figures filled in."""
    if name.endswith(".GuardWaived"):
        return label("console.waived", lang)
    shown = {each: value(found, lang) for each, found in payload.items()}
    return label(f"event.{name}", lang).format_map(defaultdict(lambda: NOTHING, shown))
