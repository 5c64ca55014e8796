"""How a figure of a policy is written for people, and which half of a source's title is told."""

from __future__ import annotations

from decimal import Decimal

from policies.money import per_cent


def percent(value: Decimal) -> str:
    """A fraction in per cent, without idle zeros: 0.0380 is `3.8%`."""
    return f"{(value * 100).normalize():f}%"


def rate(value: Decimal) -> str:
    """A rate in per cent, at least two decimals and none dropped: 0.038 is `3.80%`."""
    return f"{per_cent(value)}%"


def in_language(title: str, lang: str) -> str:
    """One half of a source's title, which reads "Chinese · English"."""
    chinese, _, english = title.partition(" · ")
    return chinese if lang == "zh" or not english else english
