"""Who else confirms a bank's own value of a right. ZD-2.2."""

from __future__ import annotations

from workflows.asset.records import IpAsset, ValueIpInternally
from workflows.lifecycle.machine import Situation
from workflows.lifecycle.refusals import Refusal, against


def for_risk_too(s: Situation[IpAsset, ValueIpInternally]) -> Refusal | None:
    """An internal value above internal_value_limit is confirmed by the bank's risk too (ZD-2.2)."""
    limit = s.policy.ceiling("internal_value_limit")
    if limit.allows(s.act.value):
        return None
    return against("risk_confirms_too", limit.parameter, s.act.value)
