"""Where an incident stands: it is noted, and stays so."""

from __future__ import annotations

from enum import Enum


class IncidentState(Enum):
    """An incident is a fact; nothing becomes of it."""

    NOTED = "NOTED"
