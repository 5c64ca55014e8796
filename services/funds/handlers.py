"""Commands on funds. They read nothing beside the fund."""

from __future__ import annotations

from services.funds.tables import fund
from services.kernel.registry import Handle, Noun
from workflows.fund.table import FUND

NOUNS = (Noun(FUND, fund),)

HANDLES: dict[type, Handle] = {kind: Handle("fund") for kind in FUND.commands}
