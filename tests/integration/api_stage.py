"""A world, users and the web application in this process, for tests of the API's answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from sqlalchemy import Connection, text

from services.kernel import db, users, work
from services.kernel.worlds import World
from services.wiring import JOBS, registry
from tests.integration.console_worlds import web
from workflows.lifecycle.roles import Actor, Role

# fmt: off
CAST = {
    "fin-1":  Actor("fin-1", Role.FIN, "JS-FIN", "320000"),
    "fin-2":  Actor("fin-2", Role.FIN, "JS-FIN", "320000"),
    "ent-1":  Actor("ent-1",  Role.ENT,   "E-0001"),
    "ents-1": Actor("ents-1", Role.ENT_S, "E-0001"),
    "ent-2":  Actor("ent-2",  Role.ENT,   "E-0002"),
    "fm-m-1": Actor("fm-m-1", Role.FM_M,  "JS-FUND"),
    "fm-a-1": Actor("fm-a-1", Role.FM_A,  "JS-FUND"),
    "fm-m-9": Actor("fm-m-9", Role.FM_M,  "XX-FUND"),
    "bk-a-1": Actor("bk-a-1", Role.BK_A,  "BK01"),
    "bk-m-1": Actor("bk-m-1", Role.BK_M,  "BK01"),
    "bk-m-2": Actor("bk-m-2", Role.BK_M,  "BK02"),
    "aud-1":  Actor("aud-1",  Role.AUD,   "JS-AUD", "320000"),
}
# fmt: on
FUND = {"name": "Fund", "amount": "50000000.00", "case": "jiangsu"}
FIRM: dict[str, Any] = {
    "name": "样例智造有限公司",
    "credit_code": "91320100MA1000001H",
    "region": "南京市",
    "industry": "INDUSTRY",
    "staff": 86,
    "revenue": "64000000.00",
    "case": "jiangsu",
}
ROOT = "/api/v1"


@dataclass(frozen=True, slots=True)
class Office:
    """A client of the web application, and everybody's password."""

    client: httpx.Client
    passwords: Mapping[str, str]


class Desk:
    """Hands to call the API as anybody of the cast, in one world."""

    def __init__(self, office: Office, world: World) -> None:
        self.client, self.passwords, self.world = office.client, office.passwords, world

    def post(
        self, user: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        """POST below /api/v1."""
        return self.client.post(f"{ROOT}{path}", json=body, **self._as(user, headers))

    def get(self, user: str, path: str, headers: Mapping[str, str] | None = None) -> httpx.Response:
        """GET below /api/v1."""
        return self.client.get(f"{ROOT}{path}", **self._as(user, headers))

    def _as(self, user: str, headers: Mapping[str, str] | None) -> dict[str, Any]:
        told = {"Zhidai-World": self.world.name, "Accept-Language": "en", **(headers or {})}
        return {"auth": (user, self.passwords[user]), "headers": told}

    def establish(self, fund: str = "JS-FUND") -> httpx.Response:
        """A fund, with both persons."""
        proposed = self.post("fin-1", f"/funds/{fund}/establish", FUND).json()
        digest = {"digest": proposed["digest"]}
        return self.post("fin-2", f"/proposals/{proposed['proposal']}/confirm", digest)

    def register(self, user: str = "ent-1", row: str = "E-0001", **more: Any) -> httpx.Response:
        """An enterprise."""
        return self.post(user, f"/enterprises/{row}/register", {**FIRM, **more})

    def agreement(self, bank: str = "BK01", *, case: str = "jiangsu") -> httpx.Response:
        """A bank's agreement with the fund, proposed by the fund."""
        body = {
            "fund": "JS-FUND", "name": "Bank", "quota": "500000000.00", "ends_on": "2028-05-25",
            "case": case,
        }  # fmt: skip
        return self.post("fm-m-1", f"/banks/{bank}/propose-agreement", body)

    def settle(self) -> None:
        """Do what a worker would."""
        work.look(self.world.engine, registry(), JOBS)

    @contextmanager
    def inside(self) -> Iterator[Connection]:
        """A transaction in the world's database, as its owner."""
        with db.engine(self.world.database, as_owner=True).begin() as connection:
            yield connection

    def run(self, statement: str) -> None:
        """One statement in the world's database."""
        with self.inside() as connection:
            connection.execute(text(statement))


@contextmanager
def office() -> Iterator[Office]:
    """The web application without workers; its doorbell rings in vain."""
    issued = users.issue(list(CAST.values()), demo=True)
    passwords = {one.actor.user: one.password for one in issued}
    with web() as address, httpx.Client(base_url=address, timeout=30) as client:
        yield Office(client, passwords)


def kind(answer: httpx.Response) -> tuple[int, str]:
    """Status and problem of an answer; checks that it is a problem as RFC 9457 has it."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    told = answer.json()
    assert told["status"] == answer.status_code
    assert told["title"]
    assert told["detail"]
    assert told["instance"].startswith(ROOT)
    return answer.status_code, told["type"].removeprefix("urn:zhidai:problem:")
