"""The web application: `uvicorn services.web.app:app`. Console, API, static files, health."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from services.api import app as api
from services.api import docs
from services.api.root import ROOT
from services.console import compare_pages, pages, policy_pages, problems, rulebook_pages
from services.kernel.registry import Registry
from services.web import assets, health, metrics
from services.web.requests import Requests, lifespan
from services.web.security import SecureHeaders
from services.wiring import registry


def build(known: Registry) -> FastAPI:
    """The application over these nouns; the API is an application of its own below /api/v1."""
    made = FastAPI(
        title="Zhidai", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan
    )
    made.state.registry = known
    shown = (pages, policy_pages, compare_pages, rulebook_pages)
    for part in (health, metrics, assets, *shown):
        made.include_router(part.router)
    made.include_router(docs.router)
    made.mount(ROOT, api.build(known))
    problems.install(made)
    made.add_middleware(GZipMiddleware, minimum_size=1024)
    made.add_middleware(SecureHeaders)
    made.add_middleware(Requests)
    return made


app = build(registry())
