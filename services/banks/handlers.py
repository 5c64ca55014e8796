"""Commands of the bank noun and what each reads."""

from __future__ import annotations

from typing import Any

from services.banks.tables import bank
from services.kernel.registry import Handle, Noun
from workflows.bank.table import BANK as LIFECYCLE

BANK = Noun(LIFECYCLE, bank)

NOUNS = (BANK,)
HANDLES: dict[type[Any], Handle] = {command: Handle("bank") for command in LIFECYCLE.commands}
