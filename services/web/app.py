"""The web application: `uvicorn services.web.app:app`. Console, API, static files, health."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from services.api import app as api
from services.api import docs
from services.api.root import ROOT
from services.console import (
    clock_pages,
    compare_pages,
    pages,
    policy_pages,
    problems,
    rulebook_pages,
    standing_still_pages,
)
from services.console.acts import pages as act_pages
from services.console.inbox import pages as inbox_pages
from services.console.rows import pages as row_pages
from services.console.seats import pages as seat_pages
from services.kernel.registry import Registry
from services.web import assets, health, metrics
from services.web.brakes import Brakes
from services.web.requests import Requests, lifespan
from services.web.security import SecureHeaders
from services.web.slow import SlowBodies
from services.wiring import registry


def build(known: Registry) -> FastAPI:
    """The application over these nouns; the API is an application of its own below /api/v1."""
    made = FastAPI(
        title="Zhidai", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan
    )
    made.state.registry = known
    shown = (act_pages, pages, policy_pages, compare_pages, rulebook_pages, seat_pages)
    for part in (health, metrics, assets, *shown, inbox_pages, clock_pages, standing_still_pages):
        made.include_router(part.router)
    made.include_router(docs.router)
    made.mount(ROOT, api.build(known))
    made.include_router(row_pages.router)  # last: `/{nouns}` takes what nobody else does
    problems.install(made)
    made.add_middleware(GZipMiddleware, minimum_size=1024)
    made.add_middleware(SecureHeaders)
    made.add_middleware(SlowBodies)
    made.add_middleware(Brakes)
    made.add_middleware(Requests)
    return made


app = build(registry())
