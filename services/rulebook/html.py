"""Markdown of the rulebook as HTML: headings that can be linked to, and every id a link.

Raw HTML is never passed on; diagrams are left out, since the table beside them says the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from services.rulebook.clauses import ADDRESS, address
from services.rulebook.reading import ANCHOR, CITED

DIAGRAM = "mermaid"
_COMMENT = re.compile(r"^<!--.*?-->$", re.M | re.S)
_PAGE = re.compile(r"^([a-z-]+)\.md(#.+)?$")
_SHAPES = {
    "&lt;br/&gt;": "<br>",
    "<table>": '<div class="scroll"><table>',
    "</table>": "</table></div>",
}
"""What the parser makes -> what a page of the console has."""

_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")


@lru_cache(maxsize=512)
def of_markdown(markdown: str, suffix: str = "") -> str:
    """The text as HTML. suffix: the query that every link inside the rulebook carries."""
    lines = (line for line in _COMMENT.sub("", markdown).split("\n") if not ANCHOR.match(line))
    tokens = [token for token in _PARSER.parse("\n".join(lines)) if token.info != DIAGRAM]
    for heading, inline in pairwise(tokens):
        found = CITED.match(inline.content) if heading.type == "heading_open" else None
        if found:
            heading.attrSet("id", found[0])
    for token in tokens:
        if token.children:
            token.children = list(_linked(token.children, suffix))
    made = str(_PARSER.renderer.render(tokens, _PARSER.options, {}))
    for plain, ours in _SHAPES.items():
        made = made.replace(plain, ours)
    return made


def linked(text: str, suffix: str = "") -> str:
    """Plain text, escaped, with every id a link."""
    return CITED.sub(
        lambda id_: f'<a href="{address(id_[0])}{escape(suffix)}">{id_[0]}</a>', escape(text)
    )


def _linked(children: Sequence[Token], suffix: str) -> Iterator[Token]:
    """The tokens of a line: links as a page of the console has them, ids as links."""
    kept: list[bool] = []
    for token in children:
        if token.type == "link_open":
            href = _href(str(token.attrGet("href") or ""), suffix)
            kept.append(bool(href))
            token.attrSet("href", href)
            if href:
                yield token
        elif token.type == "link_close":
            if kept.pop():
                yield token
        elif token.type == "text" and not any(kept):
            yield from _ids(token, suffix)
        else:
            yield token


def _href(written: str, suffix: str) -> str:
    """Where a link of a page leads in the console; "" for a file that it does not show."""
    if written.startswith(("https://", "#")):
        return written
    found = _PAGE.match(written)
    return f"{ADDRESS}/{found[1]}{suffix}{found[2] or ''}" if found else ""


def _ids(token: Token, suffix: str) -> Iterator[Token]:
    end = 0
    for found in CITED.finditer(token.content):
        yield _text(token.content[end : found.start()])
        opened = Token("link_open", "a", 1, attrs={"href": address(found[0]) + suffix})
        yield from (opened, _text(found[0]), Token("link_close", "a", -1))
        end = found.end()
    yield _text(token.content[end:])


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
