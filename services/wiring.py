"""The composition root: every noun, command and reaction, handed to the kernel in one registry."""

from __future__ import annotations

from functools import lru_cache

from services.applications import handlers as applications
from services.applications import reactions as application_reactions
from services.assets import handlers as assets
from services.assets import reactions as asset_reactions
from services.banks import handlers as banks
from services.boarding import work as boarding
from services.claims import handlers as claims
from services.claims import reactions as claim_reactions
from services.enterprises import handlers as enterprises
from services.filings import handlers as filings
from services.filings import reactions as filing_reactions
from services.funds import handlers as funds
from services.funds import reactions as fund_reactions
from services.incidents import handlers as incidents
from services.kernel.registry import Registry
from services.kernel.work import CLOCK, DELIVERIES, Job
from services.loans import handlers as loans
from services.loans import reactions as loan_reactions
from services.products import handlers as products
from services.products import reactions as product_reactions

# In the order rows are written: the fund, which many share, is locked last.
_NOUNS = (
    incidents,
    banks,
    enterprises,
    assets,
    products,
    applications,
    loans,
    filings,
    claims,
    funds,
)
_REACTIONS = (
    asset_reactions,
    product_reactions,
    application_reactions,
    loan_reactions,
    fund_reactions,
    filing_reactions,
    claim_reactions,
)

JOBS: tuple[Job, ...] = (DELIVERIES, Job(boarding.board_lines, boarding.WAITS), CLOCK)


@lru_cache(maxsize=1)
def registry() -> Registry:
    """The application's registry; building it checks every lifecycle table."""
    nouns = {noun.name: noun for module in _NOUNS for noun in module.NOUNS}
    handles = {kind: handle for module in _NOUNS for kind, handle in module.HANDLES.items()}
    reactions = tuple(reaction for module in _REACTIONS for reaction in module.REACTIONS)
    return Registry(nouns, handles, reactions, incidents.noted, loans.SWEEPS)
