"""Commands on funds and breakers: what each reads, and which figures it asks for."""

from __future__ import annotations

from services.funds.queries import monthly_volume, reached, watched
from services.funds.tables import breaker, fund
from services.kernel.registry import Handle, Noun
from workflows.breaker.records import EvaluateBreaker, HalfOpenBreaker
from workflows.breaker.table import BREAKER
from workflows.fund.records import TopUpFund
from workflows.fund.table import FUND

NOUNS = (Noun(BREAKER, breaker), Noun(FUND, fund))

# fmt: off
HANDLES: dict[type, Handle] = {
    **{kind: Handle("fund") for kind in FUND.commands},
    TopUpFund:       Handle("fund", facts=reached),
    **{kind: Handle("breaker") for kind in BREAKER.commands},
    EvaluateBreaker: Handle("breaker", reads=("fund",), locks=("fund",), facts=watched),
    HalfOpenBreaker: Handle("breaker", reads=("fund",), facts=monthly_volume),
}
# fmt: on
