"""Where banks are kept."""

from __future__ import annotations

from services.kernel.columns import noun_table
from workflows.bank.records import Bank
from workflows.bank.states import BankState

bank = noun_table(
    "bank",
    Bank,
    BankState,
    {
        "policy": "policy the agreement is under",
        "fund": "fund the agreement is with",
        "quota": "most the bank may have outstanding; 0 = no limit, fen",
        "signed_on": "agreement signed",
        "ends_on": "agreement's last day",
        "stopped_for": "cause of a suspension or end",
    },
)
