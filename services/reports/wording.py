"""An event in words: its sentence with the figures filled in, its fields, why a rule was waived."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from policies.money import Money, NotMoney
from policies.regions import full_name
from services.kernel.figures import percent, rate
from services.kernel.i18n import catalogue, label, say
from workflows.lifecycle.deadlines import COUNTED, calendar_assumed

NOTHING = "—"
RATES = ("annual_rate", "ip_share")
NAMED = {"duty": "deadline", "roles": "role"}
"""Fields whose codes are told by name, and the family of their names."""


def sentence(event_type: str, payload: Mapping[str, Any], lang: str) -> str:
    """What has happened, with its figures: `放款 6,000,000.00，2026-08-14 到期`."""
    if event_type.endswith(".GuardWaived"):
        return say("console.waived", lang)
    shown = {name: fact(name, found, lang) for name, found in payload.items()}
    return label(f"event.{event_type}", lang).format_map(defaultdict(lambda: NOTHING, shown))


def field(name: str, lang: str) -> str:
    """What a field of an event is called; its own name in words where nobody named it."""
    return catalogue(lang).get(f"field.{name}", name.replace("_", " "))


def fact(name: str, found: Any, lang: str) -> str:
    """A field's value; rates and shares in per cent, a division or a duty by name."""
    if name == "annual_rate" and isinstance(found, str):
        return rate(Decimal(found))
    if name == "ip_share" and isinstance(found, str):
        return percent(Decimal(found))
    if name == "outcome" and f"state.application.{found}" in catalogue(lang):
        return label(f"state.application.{found}", lang)
    if name in NAMED and isinstance(found, str):
        return ", ".join(label(f"{NAMED[name]}.{code}", lang) for code in found.split(","))
    if name == "region" and isinstance(found, str):
        return full_name(found)
    if name in COUNTED:
        return _counted(name, found, lang)
    return value(found, lang)


def _counted(name: str, found: Any, lang: str) -> str:
    """A day that the working calendar gave, marked where that calendar is assumed (ZD-1.6)."""
    shown = value(found, lang)
    return say("calendar.assumed", lang, {"day": shown}) if _day_assumed(name, found) else shown


def value(found: Any, lang: str) -> str:
    """A value of a payload as it is shown: amounts grouped, codes in words."""
    if found is None or found == "" or found == []:
        return NOTHING
    if isinstance(found, bool):
        return label("console.yes" if found else "console.no", lang)
    if isinstance(found, list):
        return label("console.comma", lang).join(value(part, lang) for part in found)
    if isinstance(found, dict):
        return ", ".join(f"{field(name, lang)} {value(part, lang)}" for name, part in found.items())
    text = str(found)
    texts = catalogue(lang)
    return _amount(text) or texts.get(f"policy.code.{text}", texts.get(f"code.{text}", text))


def who_in_words(told: str, lang: str) -> str:
    """`FIN fin-1 → FIN fin-2` with the roles by name."""
    each = (one.partition(" ") for one in told.split(" → "))
    texts = catalogue(lang)
    return " → ".join(f"{texts.get(f'role.{role}', role)} {user}" for role, _, user in each)


def _amount(text: str) -> str:
    """A payload's `3360000.00 CNY` with separators, "" for anything else."""
    try:
        return Money.of_wire(text).grouped
    except NotMoney:
        return ""


def assumed(payload: Mapping[str, Any]) -> list[str]:
    """Fields of an event whose day an assumed calendar gave (ZD-1.6)."""
    return [
        name for name, found in payload.items() if name in COUNTED and _day_assumed(name, found)
    ]


def _day_assumed(name: str, found: Any) -> bool:
    day = date.fromisoformat(found) if isinstance(found, str) and found else found
    return calendar_assumed(name, day)


def waiver(payload: Mapping[str, Any], lang: str) -> str:
    """Which rule was not applied, by which value it was broken, and why it was let pass."""
    code = str(payload["code"])
    shown = {name: str(found) for name, found in payload.items()}
    rule = catalogue(lang).get(f"refusal.{code}", code.replace("_", " ")).format_map(shown)
    reason = label(f"waiver.{payload['reason']}", lang)
    return say("console.waiver", lang, {"rule": rule, "reason": reason})
