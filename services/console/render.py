"""Templates to HTML: Jinja2 with escaping, texts by key, and the ways figures are written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from policies.reading.catalogue import CATALOGUE
from policies.regions import full_name
from services.api.acts import plural
from services.console import words
from services.console.shell import COOKIE, WORLD, Shell
from services.kernel.i18n import label, say
from services.reports import wording
from services.reports.clauses import in_language
from services.rulebook.html import linked
from services.web import assets

TEMPLATES = Path(__file__).with_name("templates")
_INDENT = re.compile(r"\n\s+")  # a tenth of a long page; no template has preformatted text
YEAR_SECONDS = 365 * 24 * 3600


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["asset"] = assets.url
    made.filters |= {
        "money": words.money,
        "rate": words.rate,
        "share": words.share,
        "day": words.day,
        "count": words.count,
        "rolename": words.role,
        "division": full_name,
        "plural": plural,
        "named": words.named,
    }
    return made


def page(
    request: Request,
    template: str,
    shell: Shell,
    values: Mapping[str, Any],
    *,
    status: int = 200,
) -> HTMLResponse:
    """A template as an answer; a language asked for in the address is remembered."""
    texts = {
        "shell": shell,
        "t": lambda key, given=None: say(f"console.{key}", shell.lang, given),
        "label": lambda key: label(key, shell.lang),
        "field": lambda name: wording.field(name, shell.lang),
        "person": lambda user, code: words.person(user, code, shell.lang),
        "role": lambda code: words.role(code, shell.lang),
        "parameter_name": lambda name: CATALOGUE[name].names[shell.lang],
        "titled": lambda title: in_language(title, shell.lang),
        "cited": lambda clause: Markup(linked(clause, shell.link(""))),  # noqa: S704
        "compact": lambda fen: words.compact(fen, shell.lang),
    }
    html = _environment().get_template(template).render({**texts, **values})
    answer = HTMLResponse(_INDENT.sub("\n", html), status_code=status)
    if request.query_params.get("lang") == shell.lang:
        secure = request.url.scheme == "https"
        answer.set_cookie(
            COOKIE, shell.lang, max_age=YEAR_SECONDS, httponly=True, samesite="lax", secure=secure
        )
    if shell.world and request.query_params.get("world") == shell.world.name:
        secure = request.url.scheme == "https"
        answer.set_cookie(
            WORLD, shell.world.name, max_age=YEAR_SECONDS, httponly=True, samesite="lax",
            secure=secure,
        )  # fmt: skip
    return answer
