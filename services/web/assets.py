"""Static files under a hash of their content, so that a browser may keep them for a year."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter, HTTPException, Response

FOLDER = Path(__file__).with_name("static")
MEDIA = {".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
FOR_EVER = "public, max-age=31536000, immutable"
HASH_DIGITS = 12

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is served."""

    content: bytes
    digest: str
    media: str


@lru_cache(maxsize=1)
def assets() -> dict[str, Asset]:
    """All static files by name, read once."""
    return {path.name: _read(path) for path in FOLDER.iterdir() if path.suffix in MEDIA}


def _read(path: Path) -> Asset:
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:HASH_DIGITS]
    return Asset(content, digest, MEDIA[path.suffix])


def url(name: str) -> str:
    """Where a page finds the file."""
    return f"/static/{assets()[name].digest}/{name}"


@router.get("/static/{digest}/{name}", include_in_schema=False)
def static(digest: str, name: str) -> Response:
    """The file; under an old hash (a page from before an update) the new one, not to be kept."""
    asset = assets().get(name)
    if asset is None:
        raise HTTPException(404)
    cache = FOR_EVER if digest == asset.digest else "no-cache"
    return Response(asset.content, media_type=asset.media, headers={"Cache-Control": cache})
