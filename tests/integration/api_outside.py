"""A program outside of the platform: it knows the address of openapi.json, and users' passwords.

Every path, method, header and body field it uses it has read there.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import httpx

PATIENCE = 60.0


class Outsider:
    """Calls operations by their ids."""

    def __init__(self, address: str, passwords: Mapping[str, str], world: str) -> None:
        self.http = httpx.Client(base_url=address, timeout=60)
        self.passwords, self.world = passwords, world
        self.spec: dict[str, Any] = self.http.get("/api/v1/openapi.json").json()
        self.operations = {
            operation["operationId"]: (method, path, operation)
            for path, item in self.spec["paths"].items()
            for method, operation in item.items()
        }

    def __enter__(self) -> Outsider:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    def call(
        self,
        operation: str,
        user: str,
        body: Mapping[str, Any] | None = None,
        *,
        query: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        row: str = "",
    ) -> httpx.Response:
        """One call; `row` fills the path's {id}."""
        method, path, described = self.operations[operation]
        known = {p["name"] for p in described["parameters"] if p["in"] == "header"}
        sent = {"Zhidai-World": self.world, **(headers or {})}
        return self.http.request(
            method,
            path.replace("{id}", row),
            json=body,
            params=query,
            auth=(user, self.passwords[user]),
            headers={name: value for name, value in sent.items() if name in known},
        )

    def operation_of(self, command: str) -> tuple[str, str]:
        """The operation that takes this command, and the noun of its rows."""
        wanted = f'"#/components/schemas/{command}"'
        for ident, (_, _, described) in self.operations.items():
            if wanted in str(described.get("requestBody", "")).replace("'", '"'):
                return ident, described["x-zhidai"]["noun"]
        raise LookupError(command)

    def at_rest(self, user: str) -> str:
        """The business date, once it has come and nothing is left to do."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            now = self.call("clock_get", user, query={"wait": 10}).json()
            if now["at_rest"]:
                assert now["parked"] == 0
                return str(now["business_date"])
        raise AssertionError("the world never came to rest")

    def advance(self, user: str, to: str) -> None:
        """Go to a later day and wait until it has come."""
        if self.at_rest(user) < to:
            assert self.call("clock_advance", user, {"to": to}).status_code == 202
            assert self.at_rest(user) == to
