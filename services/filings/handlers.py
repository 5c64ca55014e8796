"""Commands on filings: which rows each reads, and which figures it asks for."""

from __future__ import annotations

from services.filings.queries import cover_facts
from services.filings.tables import filing
from services.kernel.registry import Handle, Noun
from workflows.filing.records import AcceptFiling, AmendFiling, OpenFiling
from workflows.filing.table import FILING

NOUNS = (Noun(FILING, filing),)

HANDLES: dict[type, Handle] = {
    **{kind: Handle("filing") for kind in FILING.commands},
    OpenFiling: Handle("filing", reads=("loan",)),
    AmendFiling: Handle("filing", reads=("loan",)),
    AcceptFiling: Handle("filing", reads=("loan",), facts=cover_facts),
}
