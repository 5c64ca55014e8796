"""docker-compose.yml is valid for today's reader and for docker-compose 1.29."""

from __future__ import annotations

import json

import pytest
import yaml
from jsonschema import Draft7Validator

from services.kernel.settings import ROOT
from tests.compose import FILE

SCHEMAS = ROOT / "tests" / "data" / "compose"


@pytest.mark.parametrize("schema", ["compose-spec.json", "docker-compose-1.29.2.json"])
def test_the_compose_file_is_valid(schema: str) -> None:
    rules = json.loads((SCHEMAS / schema).read_text("utf-8"))
    told = yaml.safe_load(FILE.read_text("utf-8"))

    faults = [error.message for error in Draft7Validator(rules).iter_errors(told)]

    assert faults == []


def test_the_schemas_find_a_wrong_file() -> None:
    rules = json.loads((SCHEMAS / "docker-compose-1.29.2.json").read_text("utf-8"))

    assert list(Draft7Validator(rules).iter_errors({"name": "zhidai", "services": {}}))
    assert list(Draft7Validator(rules).iter_errors({"services": {"web": {"port": 1}}}))
