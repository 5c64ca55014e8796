"""The language texts are told in. Alone, since a command of arithmetic needs no other setting."""

from __future__ import annotations

import os

LANGUAGES = ("zh", "en")


def language() -> str:
    """`zh` or `en`, as ZHIDAI_LANG says; what it should not say, the settings refuse.

    Reads the one variable itself: building all settings takes longer than a schedule.
    """
    chosen = os.environ.get("ZHIDAI_LANG", LANGUAGES[0])
    if chosen in LANGUAGES:
        return chosen
    from services.kernel.settings import settings

    return settings().lang
