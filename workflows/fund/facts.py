"""Figures that decisions on a fund ask for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reached:
    """Claims in line that the cash reaches with the top-up, oldest first."""

    claims: tuple[str, ...]
