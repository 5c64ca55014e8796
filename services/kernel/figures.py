"""How a figure of a policy is written for people, and which half of a source's title is told."""

from __future__ import annotations

from decimal import Decimal


def percent(value: Decimal) -> str:
    """A fraction in per cent, without idle zeros: 0.0380 is `3.8%`."""
    return f"{(value * 100).normalize():f}%"


def in_language(title: str, lang: str) -> str:
    """One half of a source's title, which reads "Chinese · English"."""
    chinese, _, english = title.partition(" · ")
    return chinese if lang == "zh" or not english else english
