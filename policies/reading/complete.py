"""Whether a policy states all that its loss sharing reads: found by sharing one small default.

A case file is complete or refused as a whole, so that no comparison stumbles over it later.
"""

from __future__ import annotations

from policies.money import Money, yuan
from policies.reading.pack import Policy, UnknownParameter
from policies.sharing.assess import Default, assess
from policies.sharing.loss import Loss

ROLES = ("compensation", "recovery")
# Unpaid with nothing in the fund, then more comes back than was lost: every step is taken.
_ASKED = Default(Loss(yuan("1.00"), yuan("1.00"), yuan("1.00")), Money.ZERO, yuan("3.00"))


def lacking(policy: Policy) -> str:
    """What is not stated, in a sentence; "" where nothing is missing."""
    for role in ROLES:
        if role not in policy.mechanisms:
            return f"the mechanisms: {role} is missing"
    try:
        assess(policy, _ASKED)
    except UnknownParameter as missing:
        return f"the mechanisms: {missing}"
    return ""
