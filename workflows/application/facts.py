"""What the guards of an application are told beside the rights it names (pledge/facts.py)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class LastRejection:
    """The day on which the product's bank last refused the firm credit; None if never."""

    on: date | None
