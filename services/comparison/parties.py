"""Who may bear a loss, in the order in which they are shown everywhere: the creditor comes last.

Public money is told apart from bodies it stands behind; ZD-4.11.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from policies.money import Money
from policies.sharing.cover import (
    APPRAISER,
    BANK,
    CITY_POOL,
    FUND,
    GOVERNMENT,
    GUARANTOR,
    INSURER,
    NOTEHOLDERS,
    OPERATOR,
)

PUBLIC = (FUND, GOVERNMENT, CITY_POOL)
BACKED = (OPERATOR, GUARANTOR)
MARKET = (INSURER, APPRAISER)
CREDITORS = (NOTEHOLDERS, BANK)
PARTIES = (*PUBLIC, *BACKED, *MARKET, *CREDITORS)


def present(amounts: Iterable[Mapping[str, Money]]) -> tuple[str, ...]:
    """The parties that stand in any of these sums, in the common order."""
    found = {party for one in amounts for party in one}
    return tuple(party for party in PARTIES if party in found)
