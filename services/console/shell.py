"""What every page stands in: language, world with its date and label, and links between pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from fastapi import Request
from sqlalchemy import text

from services.kernel import worlds
from services.kernel.i18n import label
from services.kernel.worlds import World

COOKIE = "zhidai_lang"
DEFAULT_LANG: str = "zh"
DEFAULT_WORLD = "main"
HTML_LANG: dict[str, str] = {"zh": "zh-CN", "en": "en"}


class NoWorld(LookupError):
    """There is no world at all yet."""


@dataclass(frozen=True, slots=True)
class Shell:
    """The frame of a page. world is None where none was found; `path` is the page's own."""

    lang: str
    path: str
    query: tuple[tuple[str, str], ...]
    request_id: str
    worlds: Sequence[World] = ()
    world: World | None = None
    today: date | None = None
    target: date | None = None

    @property
    def html_lang(self) -> str:
        """The language for the html element."""
        return HTML_LANG[self.lang]

    @property
    def warning(self) -> str:
        """What the world's label says, "" for none."""
        return label(self.world.label, self.lang) if self.world and self.world.label else ""

    @property
    def advancing(self) -> bool:
        """Whether the clock is on its way to a later day."""
        return bool(self.today and self.target and self.target > self.today)

    @property
    def other_lang(self) -> str:
        """The language of the switch."""
        return "en" if self.lang == "zh" else "zh"

    @property
    def switch(self) -> str:
        """This very page in the other language."""
        kept = [(name, value) for name, value in self.query if name != "lang"]
        return f"{self.path}?{urlencode([*kept, ('lang', self.other_lang)])}"

    def link(self, path: str) -> str:
        """An address in this world."""
        return f"{path}?{urlencode({'world': self.world.name})}" if self.world else path


def language(request: Request) -> str:
    """Asked for in the address, else remembered, else Chinese."""
    for asked in (request.query_params.get("lang"), request.cookies.get(COOKIE)):
        if asked in HTML_LANG:
            return asked
    return DEFAULT_LANG


def bare(request: Request) -> Shell:
    """A frame without a world: for pages that say why there is none. Asks no database."""
    return Shell(
        lang=language(request),
        path=request.url.path,
        query=tuple(request.query_params.multi_items()),
        request_id=str(getattr(request.state, "request_id", "")),
    )


def framed(request: Request) -> tuple[Shell, World, date]:
    """The frame with the world the address names, else main once used, else the newest; and date.

    Raises UnknownWorld for a name that does not exist, NoWorld where there is none at all.
    """
    frame, known = bare(request), worlds.listing()
    world = _chosen(known, request.query_params.get("world", ""))
    today, target = _clock(world)
    shell = replace(frame, worlds=known, world=world, today=today, target=target)
    return shell, world, today


def _chosen(known: Sequence[World], name: str) -> World:
    if not known:
        raise NoWorld("there is no world yet")
    if name:
        found = next((world for world in known if world.name == name), None)
        if found is None:
            raise worlds.UnknownWorld(name)
        return found
    main = next((world for world in known if world.name == DEFAULT_WORLD), known[-1])
    return main if _lived_in(main) else known[-1]


def _lived_in(world: World) -> bool:
    """Whether anything has happened there: `main` is made empty, for programs to fill."""
    with world.engine.connect() as connection:
        return bool(connection.execute(text("SELECT EXISTS (SELECT 1 FROM event)")).scalar_one())


def _clock(world: World) -> tuple[date, date]:
    with world.engine.connect() as connection:
        row = connection.execute(text("SELECT business_date, target_date FROM clock")).one()
    return row.business_date, row.target_date
