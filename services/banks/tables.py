"""Where banks are kept."""

from __future__ import annotations

from services.kernel.columns import day_or_none, money, noun_table, words
from workflows.bank.states import BankState

bank = noun_table(
    "bank",
    BankState,
    words("policy", "policy the agreement is under"),
    words("fund", "fund the agreement is with"),
    words("name"),
    money("quota", "most the bank may have outstanding; 0 = no limit"),
    day_or_none("signed_on", "agreement signed"),
    day_or_none("ends_on", "agreement's last day"),
    words("stopped_for", "cause of a suspension or end"),
)
