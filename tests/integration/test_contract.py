"""The API held to its own document: made-up requests in a world where things have happened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

import httpx
import hypothesis
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed
from schemathesis import checks as known
from sqlalchemy import text

from services.api.acts import plural
from services.kernel import users, worlds
from services.kernel.worlds import World
from services.sandbox import demo_users
from services.wiring import registry
from tests.integration.console_worlds import LOAN, play, web

ROLES = ("fm-m-1", "bk-m-1", "ent-1", "fin-1", "aud-1", "bk-l-1", "val-1", "ipa-1")
SHORT, LONG = 2, 40
MOST_UNSEEN = 0.05
"""The part of all operations that may answer 404 to everybody."""


class Finding(Exception):
    """Who asked what and what was answered."""


@dataclass(slots=True)
class Told:
    """What was answered: statuses by operation, and everything that is not as the document says."""

    statuses: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    findings: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outside:
    """An address, users with their passwords, a world, and an id of each noun in it."""

    address: str
    passwords: Mapping[str, str]
    world: str
    ids: Mapping[str, str]


@pytest.fixture(scope="module")
def outside(servers: None) -> Iterator[Outside]:
    issued = users.issue(demo_users.people(), demo=True)
    world = play("contract")
    before = {one.name for one in worlds.listing()}
    passwords = {one.actor.user: one.password for one in issued}
    with web() as address:
        _stir(address, world.name, passwords)
        yield Outside(address, passwords, world.name, _ids(world))
    for made in worlds.listing():
        if made.name not in before or made.name == world.name:
            worlds.drop(made.name)


def _stir(address: str, world: str, passwords: Mapping[str, str]) -> None:
    """What the story has not: a clawback, and somebody who would confirm their own proposal."""

    def told(user: str, path: str, body: Mapping[str, str]) -> httpx.Response:
        with httpx.Client(auth=(user, passwords[user]), headers={"Zhidai-World": world}) as client:
            return client.post(f"{address}/api/v1/{path}", json=body)

    case = {"claim": LOAN, "ground": "FUNDS_DIVERTED", "finding": "traced to a related firm"}
    opened = told("fm-a-1", f"clawbacks/{LOAN}/open", case)
    assert opened.status_code == 200, opened.text
    proposed = told("fm-a-1", f"clawbacks/{LOAN}/confirm", {}).json()
    digest = {"digest": proposed["digest"]}
    assert told("fm-a-1", f"proposals/{proposed['proposal']}/confirm", digest).status_code == 403


def _ids(world: World) -> dict[str, str]:
    found = {"cases": "jiangsu", "clauses": "ZD-3.8"}
    with world.engine.connect() as connection:
        for name, noun in registry().nouns.items():
            ask = text(f"SELECT min(id) FROM {noun.table.name}")
            if (ident := connection.execute(ask).scalar_one()) is not None:
                found[plural(name)] = ident
        found["proposals"] = connection.execute(text("SELECT min(id) FROM proposal")).scalar_one()
    return found


def _probed(outside: Outside, examples: int) -> Told:
    schema = schemathesis.openapi.from_url(f"{outside.address}/api/v1/openapi.json")
    told, people = Told(), cycle([one for one in ROLES if one in outside.passwords])
    for result in schema.get_all_operations():
        operation: Any = result.ok()  # type: ignore[union-attr]
        try:
            _tried(outside, operation, told, people, examples)
        except Exception as error:
            cause = " ".join(str(error.__cause__ or "").split())[:200]
            told.findings.append(f"{operation.label}: {cause} {error!s:.900}")
    return told


def _tried(
    outside: Outside, operation: Any, told: Told, people: Iterator[str], examples: int
) -> None:
    label = operation.label

    @seed(1)
    @hypothesis.settings(
        max_examples=examples,
        derandomize=examples == SHORT,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def probe(case: Any) -> None:
        name = next(people)
        noun = operation.path.removeprefix("/api/v1/").partition("/")[0]
        if case.query and "wait" in case.query:
            case.query["wait"] = 0
        if "id" in (case.path_parameters or {}) and noun in outside.ids:
            case.path_parameters["id"] = outside.ids[noun]
        for spent in ("Idempotency-Key", "If-Match"):  # of another request, of another version
            (case.headers or {}).pop(spent, None)
        case.headers = {**(case.headers or {}), "Zhidai-World": outside.world}
        answer = case.call(auth=(name, outside.passwords[name]))
        told.statuses[label].add(answer.status_code)
        try:
            case.validate_response(answer, excluded_checks=[known.ignored_auth])
        except Exception as error:
            raise Finding(f"{name} {case.body} {answer.status_code} {answer.text}") from error

    probe()


def _unseen(told: Told) -> list[str]:
    return [label for label, found in told.statuses.items() if found == {404}]


def test_the_api_is_as_its_document_says(outside: Outside) -> None:
    told = _probed(outside, SHORT)

    assert told.findings == [], "\n".join(told.findings)
    assert len(_unseen(told)) <= MOST_UNSEEN * len(told.statuses), _unseen(told)


@pytest.mark.slow
def test_the_api_is_as_its_document_says_at_length(outside: Outside) -> None:
    told = _probed(outside, LONG)

    assert told.findings == []
    assert len(_unseen(told)) <= MOST_UNSEEN * len(told.statuses), _unseen(told)
