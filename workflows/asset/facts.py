"""What the guards of an IP right are told beside the rights it names (pledge/facts.py)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SameRights:
    """Rights of the same type and number that are live on the platform, whoever declared them."""

    count: int
