"""How an agreement's events change the bank's row, and which timers they set."""

from __future__ import annotations

from typing import Any

from workflows.bank.events import (
    BankAgreementEnded,
    BankAgreementProposed,
    BankAgreementResumed,
    BankAgreementSigned,
    BankAgreementSuspended,
    BankBoarded,
)
from workflows.lifecycle.evolution import Evolve, takes, takes_and

EVOLVE: dict[type[Any], Evolve] = {
    BankAgreementProposed: takes("policy", "fund", "name", "quota", "ends_on"),
    BankBoarded: takes("policy", "fund", "name", "signed_on"),
    BankAgreementSigned: takes("signed_on"),
    BankAgreementSuspended: lambda _row, e: {"stopped_for": e.cause},
    BankAgreementResumed: takes_and((), {"stopped_for": ""}),
    BankAgreementEnded: lambda _row, e: {"stopped_for": e.reason},
}
