"""What follows from an act on a pledge: its events."""

from __future__ import annotations

from typing import Any

from workflows.lifecycle.deadlines import working_days_from
from workflows.lifecycle.evolution import Decide
from workflows.lifecycle.given import given
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
    PledgeRealised,
    PledgeRefused,
    PledgeRegistered,
    PledgeRevaluationCalled,
    PledgeRevoked,
    PledgeSecurityChanged,
)
from workflows.pledge.facts import SecuredLoans
from workflows.pledge.records import (
    CallRevaluations,
    CancelPledge,
    ChangePledge,
    CorrectPledge,
    ExamineSecurity,
    FilePledge,
    Pledge,
    PreparePledge,
    PrepareSubstitute,
    RefusePledge,
    RegisterPledge,
    RequestCorrection,
    RevokePledge,
)
from workflows.pledge.registering import decided_by
from workflows.pledge.states import PledgeState


def prepare(s: Situation[None, PreparePledge]) -> tuple[Any, ...]:
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


def prepare_substitute(s: Situation[None, PrepareSubstitute]) -> tuple[Any, ...]:
    """The contract as written, for the application the loan came of."""
    a = s.act
    return (
        PledgePrepared(
            policy=s.policy.ref,
            application=s.fact(SecuredLoans).application,
            enterprise=a.enterprise,
            bank=a.bank,
            assets=a.assets,
            contract=a.contract,
            debt=a.debt,
            debt_due_on=a.debt_due_on,
        ),
    )


def examine_security(s: Situation[Pledge, ExamineSecurity]) -> tuple[Any, ...]:
    """Loans are told while the pledge stands."""
    stands = s.it.state == PledgeState.REGISTERED.name
    loans = s.fact(SecuredLoans).ids if stands else ()
    return (PledgeSecurityChanged(s.act.asset, s.act.ground, loans),)


def call_revaluations(s: Situation[Pledge, CallRevaluations]) -> tuple[Any, ...]:
    """Its rights are valued anew while the pledge stands."""
    stands = s.it.state == PledgeState.REGISTERED.name
    return (PledgeRevaluationCalled(s.act.reason, s.it.assets if stands else ()),)


def file(s: Situation[Pledge, FilePledge]) -> tuple[Any, ...]:
    """The registry's clock starts."""
    return (PledgeFiled(s.act.documents, decided_by(s, s.act.channel), s.act.channel),)


def request_correction(s: Situation[Pledge, RequestCorrection]) -> tuple[Any, ...]:
    """The parties' clock starts; the registry's stands still."""
    due_by = working_days_from(s, "pledge_correction_wd")
    return (PledgeCorrectionRequested(s.act.defects, due_by),)


def correct(s: Situation[Pledge, CorrectPledge]) -> tuple[Any, ...]:
    """The registry's clock starts anew when the defect is gone (S39)."""
    return (PledgeCorrected(s.act.documents, decided_by(s, s.it.channel)),)


def register(s: Situation[Pledge, RegisterPledge]) -> tuple[Any, ...]:
    """From today the pledge exists (Civil Code 444)."""
    it, insisted = s.it, tuple(g for g in s.act.insisted if g in s.act.grounds)
    return (
        PledgeRegistered(
            it.application,
            it.bank,
            it.assets,
            s.act.certificate,
            s.today,
            insisted=insisted,
            loans=s.fact(SecuredLoans).ids,
        ),
    )


def change(s: Situation[Pledge, ChangePledge]) -> tuple[Any, ...]:
    """New terms, registered at once."""
    return (PledgeChanged(s.act.agreement, s.act.debt, s.act.debt_due_on),)


def call_cancellation(s: Situation[Pledge]) -> tuple[Any, ...]:
    """The bank's time to cancel starts."""
    return (PledgeCancellationDue(working_days_from(s, "pledge_cancellation_wd")),)


def end_realised(s: Situation[Pledge]) -> tuple[Any, ...]:
    """Ended today."""
    return (PledgeRealised(s.today),)


def lapse_filing(s: Situation[Pledge]) -> tuple[Any, ...]:
    """The filing counts as withdrawn from its last day on."""
    return (PledgeFilingLapsed(given(s.it.due_by)),)


def refuse(s: Situation[Pledge, RefusePledge]) -> tuple[Any, ...]:
    """No pledge, on a ground of the list."""
    return (PledgeRefused(s.it.application, s.act.ground),)


def cancel(s: Situation[Pledge, CancelPledge]) -> tuple[Any, ...]:
    """The rights are free from today."""
    return (PledgeCancelled(s.it.assets, s.act.proof, s.today),)


def revoke(s: Situation[Pledge, RevokePledge]) -> tuple[Any, ...]:
    """Struck today, on a ground of the list."""
    return (PledgeRevoked(s.it.assets, s.act.ground, s.today, s.fact(SecuredLoans).ids),)


DECIDE: dict[str, Decide] = {
    "prepare": prepare,
    "prepare_substitute": prepare_substitute,
    "examine_security": examine_security,
    "call_revaluations": call_revaluations,
    "file": file,
    "request_correction": request_correction,
    "correct": correct,
    "lapse_filing": lapse_filing,
    "register": register,
    "refuse": refuse,
    "change": change,
    "call_cancellation": call_cancellation,
    "end_realised": end_realised,
    "cancel": cancel,
    "revoke": revoke,
}
