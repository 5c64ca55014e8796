"""GET /docs: the specification to read and try, from the Swagger UI that a wheel brings along.

Nothing is loaded from elsewhere and nothing stands inline: the page works without the internet.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from services.api.root import ROOT

OURS = Path(__file__).with_name("static")
WHEEL = "fastapi_swagger"  # only its files are used, none of its code
FOR_EVER = "public, max-age=31536000, immutable"
HASH_DIGITS = 12

# fmt: off
FILES = {
    "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
    "swagger-ui.css":       "text/css; charset=utf-8",
    "docs.js":              "text/javascript; charset=utf-8",
    "docs.css":             "text/css; charset=utf-8",
}
"""Name -> media type of what the page is made of."""
# fmt: on

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class File:
    """One file as it is served."""

    content: bytes
    digest: str
    media: str


@lru_cache(maxsize=1)
def files() -> dict[str, File]:
    """All files of the page by name, read once."""
    found = {}
    for name, media in FILES.items():
        ours = OURS / name
        content = (ours if ours.exists() else _wheel() / name).read_bytes()
        found[name] = File(content, hashlib.sha256(content).hexdigest()[:HASH_DIGITS], media)
    return found


def _wheel() -> Path:
    spec = find_spec(WHEEL)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).with_name("resources")


@router.get("/docs", response_class=HTMLResponse)
def page() -> HTMLResponse:
    """The page; its files bear the hash of their content."""
    made = (OURS / "docs.html").read_text("utf-8")
    for name, file in files().items():
        made = made.replace(f"{{{name}}}", f"/docs/{file.digest}/{name}")
    return HTMLResponse(made)


@router.get("/docs/{digest}/{name}")
def part(digest: str, name: str) -> Response:
    """One file; under an old hash the new one, not to be kept."""
    file = files().get(name)
    if file is None:
        raise HTTPException(404)
    cache = FOR_EVER if digest == file.digest else "no-cache"
    return Response(file.content, media_type=file.media, headers={"Cache-Control": cache})


@router.get("/openapi.json")
def specification() -> RedirectResponse:
    """Where many look for it first."""
    return RedirectResponse(f"{ROOT}/openapi.json")
