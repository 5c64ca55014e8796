"""Commands on filings: which rows each reads, and which figures it asks for."""

from __future__ import annotations

from services.filings.queries import breakers, cover_facts
from services.filings.tables import filing
from services.kernel.registry import Handle, Noun
from workflows.filing.records import (
    AcceptFiling,
    AmendFiling,
    CeaseFiling,
    FileLoan,
    OpenFiling,
)
from workflows.filing.table import FILING

NOUNS = (Noun(FILING, filing),)

HANDLES: dict[type, Handle] = {
    **{kind: Handle("filing") for kind in FILING.commands},
    OpenFiling: Handle("filing", reads=("loan",), facts=breakers),
    FileLoan: Handle("filing", facts=breakers),
    AmendFiling: Handle("filing", reads=("loan",)),
    # The loan is locked: what it owes enters and leaves the running totals with its cover.
    AcceptFiling: Handle("filing", reads=("loan",), locks=("loan",), facts=cover_facts),
    CeaseFiling: Handle("filing", reads=("loan",), locks=("loan",)),
}
