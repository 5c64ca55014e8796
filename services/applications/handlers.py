"""Commands of applications and matches, and what each reads.

The product stands first among the rows read at the start: an application keeps the policy of the
product version it was started under.
"""

from __future__ import annotations

from typing import Any

from services.applications.queries import may_approve, may_offer, may_start, offers
from services.applications.tables import application, match
from services.assets.queries import rights
from services.kernel.registry import Handle, Noun
from workflows.application.records import (
    ApproveCredit,
    ConvertToLoan,
    QueryCredit,
    ReplaceAssets,
    RouteApplication,
    StartApplication,
    SubmitApplication,
    TakeLead,
)
from workflows.application.table import APPLICATION as APPLICATION_LIFECYCLE
from workflows.match.records import (
    AssignMatch,
    ExpressInterest,
    LapseLead,
    OpenMatch,
    RebroadcastMatch,
)
from workflows.match.table import MATCH as MATCH_LIFECYCLE

APPLICATION = Noun(APPLICATION_LIFECYCLE, application)
MATCH = Noun(MATCH_LIFECYCLE, match)

NOUNS = (APPLICATION, MATCH)
# fmt: off
HANDLES: dict[type[Any], Handle] = {
    **{command: Handle("application") for command in APPLICATION_LIFECYCLE.commands},
    StartApplication:  Handle("application", reads=("product", "enterprise"), facts=may_start),
    SubmitApplication: Handle("application", reads=("product", "enterprise"), facts=rights),
    RouteApplication:  Handle("application", facts=offers),
    TakeLead:          Handle("application", reads=("match", "product", "bank")),
    ReplaceAssets:     Handle("application", facts=rights),
    QueryCredit:       Handle("application", reads=("enterprise",)),
    ApproveCredit:     Handle("application", reads=("product",), facts=may_approve),
    ConvertToLoan:     Handle("application", reads=("pledge", "enterprise")),
    **{command: Handle("match") for command in MATCH_LIFECYCLE.commands},
    OpenMatch:         Handle("match", reads=("application",)),
    AssignMatch:       Handle("match", reads=("application",)),
    ExpressInterest:   Handle("match", reads=("application", "bank"), facts=may_offer),
    RebroadcastMatch:  Handle("match", reads=("application",), facts=offers),
    LapseLead:         Handle("match", reads=("application",), facts=offers),
}
# fmt: on
