"""Commands of the product noun and what each reads: the bank, whose agreement guards it."""

from __future__ import annotations

from typing import Any

from services.kernel.registry import Handle, Noun
from services.products.tables import product
from workflows.product.table import PRODUCT as LIFECYCLE

PRODUCT = Noun(LIFECYCLE, product)

NOUNS = (PRODUCT,)
HANDLES: dict[type[Any], Handle] = {
    **{command: Handle("product", reads=("bank",)) for command in LIFECYCLE.commands},
    LIFECYCLE.missing: Handle("product"),
}
