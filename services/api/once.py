"""What may stand once in a request and what may stand at all: headers and query parameters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel

ONCE = ("authorization", "idempotency-key", "if-match", "zhidai-world", "content-type")


def strictly(request: Request) -> None:
    """Raise RequestValidationError for a repeated header or parameter, or one nobody reads."""
    faults = [*_headers(request), *_parameters(request)]
    if faults:
        raise RequestValidationError(faults)


def _headers(request: Request) -> Iterator[dict[str, Any]]:
    for name in ONCE:
        if len(request.headers.getlist(name)) > 1:
            yield _fault("header", name, "must stand once")


def _parameters(request: Request) -> Iterator[dict[str, Any]]:
    route = request.scope.get("route")
    known = set(_names(route.dependant)) if isinstance(route, APIRoute) else set()
    for name in dict.fromkeys(request.query_params):
        if name not in known:
            yield _fault("query", name, "is no parameter of this address")
        elif len(request.query_params.getlist(name)) > 1:
            yield _fault("query", name, "must stand once")


def _names(of: Dependant) -> Iterator[str]:
    """Names of the query parameters that are read, those of a model one by one."""
    for field in of.query_params:
        kind = field.field_info.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from (one.alias or name for name, one in kind.model_fields.items())
        else:
            yield field.alias
    for one in of.dependencies:
        yield from _names(one)


def _fault(place: str, name: str, sentence: str) -> dict[str, Any]:
    return {"loc": (place, name), "msg": sentence, "type": "strict"}
