"""What follows from an act on a pledge: its events."""

from __future__ import annotations

from typing import Any

from workflows.lifecycle.deadlines import working_days_from
from workflows.lifecycle.evolution import Decide
from workflows.lifecycle.machine import Situation
from workflows.pledge.events import (
    PledgeCancellationDue,
    PledgeCancelled,
    PledgeChanged,
    PledgeCorrected,
    PledgeCorrectionRequested,
    PledgeFiled,
    PledgeFilingLapsed,
    PledgePrepared,
    PledgeRefused,
    PledgeRegistered,
    PledgeRevoked,
)

Asked = Situation[Any]


def prepare(s: Asked) -> tuple[Any, ...]:
    """The contract as written, under the application's policy."""
    a = s.act
    return (
        PledgePrepared(
            policy=s.policy.ref,
            application=a.application,
            enterprise=a.enterprise,
            bank=a.bank,
            assets=a.assets,
            contract=a.contract,
            debt=a.debt,
            debt_due_on=a.debt_due_on,
        ),
    )


def file(s: Asked) -> tuple[Any, ...]:
    """The registry's clock starts."""
    return (PledgeFiled(s.act.documents, working_days_from(s, "pledge_registration_wd")),)


def request_correction(s: Asked) -> tuple[Any, ...]:
    """The parties' clock starts; the registry's stands still."""
    due_by = working_days_from(s, "pledge_correction_wd")
    return (PledgeCorrectionRequested(s.act.defects, due_by),)


def correct(s: Asked) -> tuple[Any, ...]:
    """The registry's clock starts anew when the defect is gone (S39)."""
    return (PledgeCorrected(s.act.documents, working_days_from(s, "pledge_registration_wd")),)


def register(s: Asked) -> tuple[Any, ...]:
    """From today the pledge exists (Civil Code 444)."""
    it, insisted = s.it, tuple(g for g in s.act.insisted if g in s.act.grounds)
    return (
        PledgeRegistered(
            it.application, it.bank, it.assets, s.act.certificate, s.today, insisted=insisted
        ),
    )


def change(s: Asked) -> tuple[Any, ...]:
    """New terms, registered at once."""
    return (PledgeChanged(s.act.agreement, s.act.debt, s.act.debt_due_on),)


def call_cancellation(s: Asked) -> tuple[Any, ...]:
    """The bank's time to cancel starts."""
    return (PledgeCancellationDue(working_days_from(s, "pledge_cancellation_wd")),)


DECIDE: dict[str, Decide] = {
    "prepare": prepare,
    "file": file,
    "request_correction": request_correction,
    "correct": correct,
    "lapse_filing": lambda s: (PledgeFilingLapsed(s.it.due_by),),
    "register": register,
    "refuse": lambda s: (PledgeRefused(s.it.application, s.act.ground),),
    "change": change,
    "call_cancellation": call_cancellation,
    "cancel": lambda s: (PledgeCancelled(s.it.assets, s.act.proof, s.today),),
    "revoke": lambda s: (PledgeRevoked(s.it.assets, s.act.ground, s.today),),
}
