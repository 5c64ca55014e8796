"""What a product's events lead to: a new version closes the one it replaces."""

from __future__ import annotations

from typing import Any

from services.kernel.registry import Happened, Reaction
from workflows.product.records import SupersedeProduct


def supersede(happened: Happened) -> tuple[Any, ...]:
    """Close the version that a published one names."""
    replaced = happened.event.replaces
    return (SupersedeProduct(replaced, happened.id),) if replaced else ()


REACTIONS = (Reaction("product.supersede", "Product.Published", supersede),)
