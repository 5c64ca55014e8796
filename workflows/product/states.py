"""Where a version of a product stands."""

from __future__ import annotations

from enum import Enum


class ProductState(Enum):
    """Where a version of a product stands."""

    DRAFT = "DRAFT"  # the bank writes it
    REVIEW = "REVIEW"  # the programme checks it
    PUBLISHED = "PUBLISHED"  # open to applications
    SUSPENDED = "SUSPENDED"  # closed to applications for now
    CLOSED = "CLOSED"
