"""Figures that the guards of an IP right are given."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LiveRights:
    """Other live entries of the same right: the same type and folded number."""

    count: int
