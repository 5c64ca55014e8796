"""The rulebook in the console, without any world: contents, pages, clauses, in both languages."""

from __future__ import annotations

import asyncio
import re
from html import unescape

import html5lib
import httpx
import pytest
from fastapi import FastAPI

from services.console import problems, rulebook_pages
from services.kernel.language import LANGUAGES
from services.rulebook.clauses import clauses
from services.rulebook.reading import pages
from services.wiring import registry

MOST_BYTES = 60_000


APP = FastAPI()
APP.state.registry = registry()
APP.include_router(rulebook_pages.router)
problems.install(APP)


def got(path: str) -> httpx.Response:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(APP)
        async with httpx.AsyncClient(transport=transport, base_url="http://console") as client:
            return await client.get(path)

    return asyncio.run(ask())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_contents_name_every_clause(lang: str) -> None:
    shown = got(f"/rulebook?lang={lang}").text
    linked = set(re.findall(r'/rulebook/(ZD-[\w.]+)["?]', shown))

    assert set(clauses(lang)) <= linked


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", [page.name for page in pages("en")])
def test_a_page_is_whole_html_with_an_anchor_for_each_clause(name: str, lang: str) -> None:
    answer = got(f"/rulebook/{name}?lang={lang}")

    assert answer.status_code == 200
    html5lib.HTMLParser(strict=True).parse(answer.text)
    page = next(page for page in pages(lang) if page.name == name)
    others = re.findall(r'href="(/rulebook/[^"]+part=[^"]+)"(?! aria-current)', answer.text)
    parts = [answer.text, *(got(f"{unescape(link)}&lang={lang}").text for link in others)]
    ids = re.findall(r' id="(ZD-[^"]+)"', "".join(parts))
    assert max(len(part.encode()) for part in parts) <= MOST_BYTES
    assert ids == [one.ident for one in page.clauses]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_clause_has_a_page_of_its_own(lang: str) -> None:
    for ident, one in clauses(lang).items():
        answer = got(f"/rulebook/{ident}?lang={lang}")

        assert answer.status_code == 200, ident
        assert f"<h1>{ident} " in answer.text
        assert not one.grade or 'class="facts"' in answer.text


def test_an_unknown_clause_is_told_as_such() -> None:
    answer = got("/rulebook/ZD-99.1?lang=en")

    assert answer.status_code == 404
    assert "ZD-99.1" in answer.text
