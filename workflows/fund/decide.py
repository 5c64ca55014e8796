"""What follows from an act on a fund that may happen: what has happened."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.fund.events import (
    FundDebited,
    FundEstablished,
    FundExhausted,
    FundRecoveryReturned,
    FundToppedUp,
)
from workflows.lifecycle.evolution import Decide

# fmt: off
DECIDE: Mapping[str, Decide] = {
    "establish":         lambda s: (FundEstablished(s.act.name, s.policy.ref, s.act.amount),),
    "top_up":            lambda s: (FundToppedUp(s.act.amount),),
    "debit":             lambda s: (FundDebited(s.act.amount, s.act.claim),),
    "declare_exhausted": lambda s: (FundExhausted(s.act.claim),),
    "return_recovery":   lambda s: (FundRecoveryReturned(s.act.amount, s.act.recovery),),
}
# fmt: on
