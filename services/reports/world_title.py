"""What a world is called, from what made it: a story, a book, a program, a person."""

from __future__ import annotations

from services.comparison.which import case_title
from services.kernel.i18n import text


def world_title(origin: str, lang: str) -> str:
    """A title such as `江苏省“苏知贷”：演示`; the origin itself where nothing is known of it."""
    kind, _, what = origin.partition(" ")[0].partition(":")
    if kind == "story":
        return text("world.title.story", {"case": case_title(what, lang)}, lang=lang)
    key = f"world.title.{kind}"
    return text(key, lang=lang) if kind in ("book", "api", "cli", "main") else origin
