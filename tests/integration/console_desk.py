"""A browser with several seats: forms are read as they stand, filled in and sent, as people do.

Every page that passes is parsed strictly and weighed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import httpx

from services.kernel import work, worlds
from services.wiring import JOBS, registry

MOST_BYTES = 60_000

Values = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True, slots=True)
class Form:
    """A form as its page holds it."""

    action: str
    fields: dict[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class Desk:
    """A browser, and the world it looks at."""

    client: httpx.Client
    world: str

    def sit(self, *users: str) -> None:
        """Take these seats, one after another."""
        for user in users:
            assert self.client.post("/seats", data={"user": user, "back": "/"}).is_success

    def open(self, path: str, user: str = "", *, lang: str = "zh", **query: str) -> httpx.Response:
        """A page as that person sees it."""
        asked = {"world": self.world, "lang": lang, **query} | ({"seat": user} if user else {})
        answer = self.client.get(path, params=asked)
        parsed(answer)
        return answer

    def form(self, path: str, user: str, *, lang: str = "zh") -> Form:
        """The act's form at that address."""
        answer = self.open(path, user, lang=lang)
        assert answer.status_code == 200, (path, user, answer.status_code)
        return next(forms(answer))

    def send(self, path: str, user: str, values: Values | None = None) -> httpx.Response:
        """Fill the form in and send it; what the page filled in stays where nothing is given."""
        form = self.form(path, user)
        return self._post(form, {**form.fields, **(values or {})})

    def confirm(self, proposed: httpx.Response, user: str) -> httpx.Response:
        """Be the second person for the proposal that answer shows."""
        assert proposed.url.path.startswith("/proposals/"), text_of(main(proposed))
        form = self.form(proposed.url.path, user)
        return self._post(form, form.fields)

    def _post(self, form: Form, values: Values) -> httpx.Response:
        answer = self.client.post(form.action, data=values)
        parsed(answer)
        self._work()
        return answer

    def _work(self) -> None:
        work.look(worlds.find(self.world).engine, registry(), JOBS)

    def move(self, day: date, user: str) -> None:
        """Set the date by the drawer; the workers' part is done here."""
        page = self.open("/inbox", user)
        drawer = next(one for one in _forms(_tree(page)) if one.action.startswith("/clock"))
        self.client.post(drawer.action, data={**drawer.fields, "to": day.isoformat()})
        self._work()

    def first(self, nouns: str, user: str) -> str:
        """Id of the first row of the list that person sees; "" for none."""
        page = self.open(f"/{nouns}", user)
        links = [one.get("href", "") for one in main(page).iterfind(".//tbody//th/a")]
        return links[0].partition("?")[0].rpartition("/")[2] if links else ""


def parsed(answer: httpx.Response) -> Element:
    """The page, well-formed and within its budget. Raises ParseError."""
    tree = _tree(answer)
    assert int(answer.headers["Content-Length"]) <= MOST_BYTES, answer.url
    return tree


def _tree(answer: httpx.Response) -> Element:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree: Element = parser.parse(answer.text)
    return tree


def main(answer: httpx.Response) -> Element:
    """What is the page's own."""
    found = _tree(answer).find(".//main")
    assert found is not None
    return found


def text_of(element: Element) -> str:
    """What a reader sees of it."""
    return " ".join(" ".join(element.itertext()).split())


def forms(answer: httpx.Response) -> Iterator[Form]:
    """The posting forms of the page's own part."""
    return _forms(main(answer))


def _forms(tree: Element) -> Iterator[Form]:
    for form in tree.iterfind(".//form[@method='post']"):
        yield Form(form.get("action", ""), dict(_fields(form)))


def _fields(form: Element) -> Iterator[tuple[str, Any]]:
    checked: dict[str, list[str]] = {}
    for one in form.iter("input"):
        name, value = one.get("name"), one.get("value", "")
        if one.get("type") == "checkbox":
            checked.setdefault(name or "", []).extend([value] if "checked" in one.attrib else [])
        elif name:
            yield name, value
    for one in form.iter("select"):
        chosen = one.find("./option[@selected]")
        yield one.get("name", ""), "" if chosen is None else chosen.get("value", "")
    for one in form.iter("textarea"):
        yield one.get("name", ""), one.text or ""
    yield from checked.items()
