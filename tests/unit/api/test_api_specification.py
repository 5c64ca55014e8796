"""What openapi.json says is what the lifecycles' rows say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from policies.money import Money, yuan
from services.api import bodies
from services.api.acts import acts, plural
from services.api.app import build, specification
from services.api.wire import FarAway
from services.wiring import registry
from workflows.lifecycle.roles import Role

FURTHER = {"events", "actions", "list", "get", "create"}


@dataclass(frozen=True, slots=True)
class LendBook:
    """Lend a book, for the models' sake."""

    book: str
    price: Money
    rate: Decimal
    until: date
    term_months: int
    readers: tuple[str, ...]
    new: bool = True
    deposit: Money = Money.ZERO
    patron: str | None = None


GIVEN: dict[str, Any] = {
    "price": "12.50",
    "rate": "0.0360",
    "until": "2025-08-14",
    "term_months": 12,
    "readers": ["R1", "R2"],
}


@pytest.fixture(scope="module")
def spec() -> dict[str, Any]:
    return specification(build(registry()))


@pytest.fixture(scope="module")
def model() -> type[BaseModel]:
    return bodies.body(LendBook, "book")


def test_a_body_makes_the_command_with_amounts_rates_and_days(model: type[BaseModel]) -> None:
    given = model.model_validate(GIVEN)

    command = bodies.command_of(LendBook, "book", "B1", given)

    assert command == LendBook(
        "B1", yuan("12.50"), Decimal("0.0360"), date(2025, 8, 14), 12, ("R1", "R2")
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("price", 12.5),
        ("price", "12.5"),
        ("price", "-12.50"),
        ("price", "12.50 USD"),
        ("price", "12345678901234.00"),
        ("rate", 0.036),
        ("rate", "1e-2"),
        ("until", "2025-02-30"),
        ("until", "14.08.2025"),
        ("term_months", "12"),
        ("term_months", 1201),
        ("term_months", True),
        ("readers", "R1"),
        ("readers", ["R\x001"]),
        ("new", "yes"),
        ("book", "B2"),
        ("unknown", 1),
    ],
)
def test_what_has_not_the_form_is_malformed(
    model: type[BaseModel], field: str, value: object
) -> None:
    with pytest.raises(ValidationError):
        model.model_validate({**GIVEN, field: value})


def test_a_day_far_away_has_the_form_and_is_of_no_use(model: type[BaseModel]) -> None:
    with pytest.raises(FarAway):
        model.model_validate({**GIVEN, "until": "9999-01-01"})


def test_an_amount_may_name_its_currency(model: type[BaseModel]) -> None:
    given: Any = model.model_validate({**GIVEN, "price": "12.50 CNY"})

    assert given.price == yuan("12.50")


def test_every_trigger_of_people_is_a_sub_resource_and_none_of_the_platform_alone(
    spec: dict[str, Any],
) -> None:
    found = {
        operation["operationId"]: path
        for path, item in spec["paths"].items()
        for operation in item.values()
    }

    for noun in registry().nouns.values():
        for trigger in noun.lifecycle.triggers:
            rows = [row for row in noun.lifecycle.rows if row.trigger == trigger]
            people = {role for row in rows for role in row.roles} - {Role.SYS}
            path = f"/api/v1/{plural(noun.name)}/{{id}}/{trigger.replace('_', '-')}"
            assert found.get(f"{noun.name}_{trigger}") == (path if people else None)


def test_operation_ids_are_unique_and_no_trigger_hides_a_reading(spec: dict[str, Any]) -> None:
    operations = [one for item in spec["paths"].values() for one in item.values()]
    idents = [one["operationId"] for one in operations]

    assert len(idents) == len(set(idents))
    assert not {act.trigger for act in acts(registry())} & FURTHER


def test_every_operation_that_changes_something_takes_an_idempotency_key(
    spec: dict[str, Any],
) -> None:
    for path, item in spec["paths"].items():
        names = {one["name"] for one in item.get("post", {}).get("parameters", [])}
        if "accounts" not in item.get("post", {}).get(
            "tags", []
        ):  # what they show once is not kept
            assert "post" not in item or "Idempotency-Key" in names, path


def test_components_are_sorted_so_that_a_change_is_a_small_difference(spec: dict[str, Any]) -> None:
    for kind in ("schemas", "responses"):
        assert list(spec["components"][kind]) == sorted(spec["components"][kind])


def test_every_reference_of_the_specification_leads_somewhere(spec: dict[str, Any]) -> None:
    for reference in set(_references(spec)):
        target: Any = spec
        for part in reference.removeprefix("#/").split("/"):
            assert part in target, reference
            target = target[part]


def _references(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
        return own + [one for value in part.values() for one in _references(value)]
    if isinstance(part, list):
        return [one for value in part for one in _references(value)]
    return []


@pytest.mark.parametrize(
    ("noun", "collection"),
    [("loan", "loans"), ("match", "matches"), ("recovery", "recoveries")],
)
def test_collections_are_named_in_the_plural(noun: str, collection: str) -> None:
    assert plural(noun) == collection
