"""How the event becomes an incident's record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.incident.events import SecurityPairRefused
from workflows.lifecycle.evolution import Evolve, takes

NOTED = (
    "policy", "stream", "act", "code", "against", "users", "roles", "organisations", "noted_on",
)  # fmt: skip

EVOLVE: Mapping[type[Any], Evolve] = {SecurityPairRefused: takes(*NOTED)}
