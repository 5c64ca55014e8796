"""What every page stands in: language, world with its date and label, and links between pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from urllib.parse import quote, urlencode

from fastapi import Request

from services.api.acts import plural
from services.console import clock_drawer
from services.console.clock_drawer import Drawer
from services.console.rail import Stand, rail
from services.console.seats.presence import seat_of, seats_open, session_of
from services.kernel import worlds
from services.kernel.i18n import label, say
from services.kernel.registry import Registry
from services.kernel.worlds import World
from services.sandbox.library import OVERDUE, titles
from workflows.lifecycle.roles import Actor

COOKIE = "zhidai_lang"
DEFAULT_LANG: str = "zh"
DEFAULT_WORLD = "main"
WORLD = "zhidai_world"  # the cookie that remembers the world last chosen
STORY = "scenario:"
READY = f"-{OVERDUE}"  # the scenario left for people to go on with
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
    seat: Actor | None = None
    seats: tuple[Actor, ...] = ()
    csrf: str = ""
    drawer: Drawer | None = None
    rail: Sequence[Stand] = ()
    collections: tuple[tuple[str, str], ...] = ()

    @property
    def moves_clock(self) -> bool:
        """Whether this seat may move the world's date: its own, or the operator's on a demo."""
        if self.world is None or self.seat is None:
            return False
        return self.world.owner == self.seat.user or (not self.world.owner and seats_open())

    @property
    def html_lang(self) -> str:
        """The language for the html element."""
        return HTML_LANG[self.lang]

    @property
    def warning(self) -> str:
        """What the world's label says, "" for none."""
        return label(self.world.label, self.lang) if self.world and self.world.label else ""

    @property
    def other_lang(self) -> str:
        """The language of the switch."""
        return "en" if self.lang == "zh" else "zh"

    @property
    def switch(self) -> str:
        """This very page in the other language."""
        kept = [(name, value) for name, value in self.query if name != "lang"]
        return f"{self.path}?{urlencode([*kept, ('lang', self.other_lang)])}"

    def seated(self, user: str) -> str:
        """This very page for another seat of the session."""
        others = [(key, value) for key, value in self.query if key != "seat"]
        return f"{self.path}?{urlencode([*others, ('seat', user)])}"

    @property
    def kept(self) -> dict[str, str]:
        """What every address of this page carries on: the world and the seat."""
        world = {"world": self.world.name} if self.world else {}
        return world | ({"seat": self.seat.user} if self.seat else {})

    @property
    def here(self) -> str:
        """This very page, to come back to."""
        return f"{self.path}?{urlencode(self.query)}" if self.query else self.path

    @property
    def title(self) -> str:
        """What the world is called."""
        return title_of(self.world, self.lang) if self.world else ""

    def link(self, path: str, **more: str) -> str:  # names of an address are open
        """An address in this world, for this seat."""
        asked = urlencode(self.kept | more)
        return f"{path}?{asked}" if asked else path

    def in_world(self, name: str) -> str:
        """This very page in another world."""
        others = [
            (key, value) for key, value in self.query if key not in ("world", "after", "before")
        ]
        return f"{self.path}?{urlencode([*others, ('world', name)])}"

    def titled(self, world: World) -> str:
        """What another world is called."""
        return title_of(world, self.lang)


def title_of(world: World, lang: str) -> str:
    """A world's title: what made it, told in words, with the number that tells it from its kin."""
    kind, _, what = world.origin.partition(" ")[0].partition(":")
    number = world.name.rpartition("-")[2]
    values = {"what": titles().get(what, {}).get(lang, what), "number": number, "name": world.name}
    return say(f"console.world.title.{kind or 'main'}", lang, values)


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
        path=quote(request.url.path),
        query=tuple(request.query_params.multi_items()),
        request_id=str(getattr(request.state, "request_id", "")),
        collections=_collections(request.app.state.registry),
    )


@lru_cache(maxsize=4)
def _collections(registry: Registry) -> tuple[tuple[str, str], ...]:
    return tuple((plural(noun), noun) for noun in registry.nouns if noun != "loan")


def peopled(request: Request) -> Shell:
    """The frame with the seat and the form's token, without a world."""
    session = session_of(request)
    if session is None:
        return bare(request)
    return replace(bare(request), seat=seat_of(request), seats=session.seats, csrf=session.csrf)


def framed(request: Request) -> tuple[Shell, World, date]:
    """The frame with the world the address names, else the one last chosen or the demo's; and date.

    Raises UnknownWorld for a name that does not exist, NoWorld where there is none at all.
    """
    frame, known = peopled(request), worlds.listing()
    world = _chosen(known, request.query_params.get("world", ""), request.cookies.get(WORLD, ""))
    with world.engine.connect() as connection:
        drawer = clock_drawer.read(connection, request.app.state.registry, frame.lang)
        stands = rail(connection, request.app.state.registry, frame.seat)
    shell = replace(
        frame, worlds=known, world=world, today=drawer.today, drawer=drawer, rail=stands
    )
    return shell, world, drawer.today


def _chosen(known: Sequence[World], name: str, last: str) -> World:
    """Named, else last chosen, else the demo's story, else main; never a book by accident."""
    if not known:
        raise NoWorld("there is no world yet")
    if name:
        found = next((world for world in known if world.name == name), None)
        if found is None:
            raise worlds.UnknownWorld(name)
        return found
    told = [world for world in known if world.origin.startswith(STORY)]
    told.sort(key=lambda world: world.origin.endswith(READY))
    main = [world for world in known if world.name == DEFAULT_WORLD]
    chosen = [world for world in known if world.name == last]
    return (chosen or told[-1:] or main or list(known))[0]
