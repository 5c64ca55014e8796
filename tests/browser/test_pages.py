"""Every page held to WCAG by axe-core, to its window at 390 px, and every link to its page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin, urlsplit

import html5lib
import httpx
import pytest

from services.api.acts import plural
from services.wiring import registry
from tests.browser.visitor import DESK, PHONE, Visitor
from tests.integration.console_desk import MOST_BYTES

WORLD, LOAN = "jiangsu-default-1", "SZD-0001"
SEAT = "bk-m-1"
PAGES = [
    "/", "/seats", "/inbox", "/loans", f"/loans/{LOAN}", f"/loans/{LOAN}/acts/repay",
    "/claims", f"/claims/{LOAN}", "/claims/new/notify_risk", "/banks", "/enterprises", "/funds",
    "/policies", "/compare", "/rulebook", "/nowhere",
]  # fmt: skip
HEAVY = ("/docs",)  # another's page
CODE = re.compile(r"\b[A-Z]{2,}(?:_[A-Z]+)+\b|\b[a-z]+_[a-z_]+\b")


@pytest.mark.parametrize("world", [WORLD, "main"], ids=["full", "empty"])
def test_no_page_has_a_serious_finding_of_axe(visitor: Visitor, lang: str, world: str) -> None:
    visitor.world, visitor.lang = world, lang
    visitor.open("/")  # without a seat
    found = visitor.trouble()
    visitor.sit(SEAT)

    for path in PAGES:
        visitor.open(path, SEAT)
        found += visitor.trouble()

    assert found == []


@pytest.mark.parametrize("window", [PHONE, DESK], ids=["390", "1440"])
def test_no_page_is_wider_than_its_window(
    visitor: Visitor, lang: str, window: dict[str, int]
) -> None:
    visitor.world, visitor.lang = WORLD, lang
    visitor.sit(SEAT)
    visitor.page.set_viewport_size(window)

    wider = {}
    for path in PAGES:
        visitor.open(path, SEAT)
        if by := visitor.sideways():
            wider[path] = by

    assert wider == {}


def test_no_link_is_dead_no_page_is_heavy_no_sentence_holds_a_code(demo: str, lang: str) -> None:
    wrong: dict[str, str] = {}
    with httpx.Client(base_url=demo, timeout=30, follow_redirects=True) as client:
        for user in (SEAT, "fm-a-1", "ent-1"):
            client.post("/seats", data={"user": user, "back": "/"})
        queue = [f"/?world={WORLD}&lang={lang}&seat={SEAT}"]
        seen: set[str] = set()
        while queue:
            path = queue.pop()
            if _kind(path) in seen:
                continue
            seen.add(_kind(path))
            answer = client.get(path)
            if trouble := _trouble(answer):
                wrong[path] = trouble
            queue += [link for link in _links(answer) if _kind(link) not in seen]

    assert wrong == {}
    assert {f"/{plural(noun)}" for noun in registry().nouns} <= seen


def _kind(path: str) -> str:
    """Pages of one making are looked at once: the query only sorts and pages."""
    return urlsplit(path).path


def _trouble(answer: httpx.Response) -> str:
    if answer.status_code >= 400:
        return f"{answer.status_code}"
    if not answer.headers["Content-Type"].startswith("text/html"):
        return ""
    if len(answer.content) > MOST_BYTES and answer.url.path not in HEAVY:
        return f"{len(answer.content)} bytes"
    if codes := sorted(set(CODE.findall(_said(answer)))):
        return f"codes: {codes}"
    return ""


def _said(answer: httpx.Response) -> str:
    tree = html5lib.parse(answer.text, namespaceHTMLElements=False)
    main = tree.find(".//main")
    if main is None or answer.url.path.startswith(("/docs", "/rulebook")):
        return ""
    for code in [*main.iter("code"), *main.iter("pre")]:
        code.clear()
    return " ".join(main.itertext())


def _links(answer: httpx.Response) -> Iterator[str]:
    if not answer.headers["Content-Type"].startswith("text/html"):
        return
    tree = html5lib.parse(answer.text, namespaceHTMLElements=False)
    for link in tree.iter("a"):
        there = urljoin(str(answer.url), urldefrag(link.get("href", "")).url)
        if (
            urlsplit(there).netloc == urlsplit(str(answer.url)).netloc
            and "hreflang" not in link.attrib
        ):
            yield there
