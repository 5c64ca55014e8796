"""A pledge of IP rights to a bank and its registration: record and commands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from policies.money import Money


@dataclass(frozen=True, slots=True)
class Pledge:
    """A pledge contract. `debt` is the secured amount, `debt_due_on` its last day.

    due_by: last day of whoever acts next; insisted: waivable grounds the parties insisted on.
    """

    id: str
    state: str
    policy: str
    application: str
    enterprise: str
    bank: str
    assets: tuple[str, ...]
    contract: str
    debt: Money
    debt_due_on: date
    documents: tuple[str, ...] = ()
    channel: str = ""
    due_by: date | None = None
    registered_on: date | None = None
    certificate: str = ""
    insisted: tuple[str, ...] = ()
    ground: str = ""
    ended_on: date | None = None

    @property
    def pledge(self) -> str:
        """Its own id."""
        return self.id


@dataclass(frozen=True, slots=True)
class PreparePledge:
    """Write the pledge contract: debt, amount, term and assets (Civil Code 427)."""

    trigger: ClassVar[str] = "prepare"
    pledge: str
    application: str
    enterprise: str
    bank: str
    assets: tuple[str, ...]
    contract: str
    debt: Money
    debt_due_on: date


@dataclass(frozen=True, slots=True)
class PrepareSubstitute:
    """Write a pledge contract of other rights for a loan that is drawn (ZD-3.3.4)."""

    trigger: ClassVar[str] = "prepare_substitute"
    pledge: str
    loan: str
    enterprise: str
    bank: str
    assets: tuple[str, ...]
    contract: str
    debt: Money
    debt_due_on: date


@dataclass(frozen=True, slots=True)
class FilePledge:
    """File for registration, signed by both sides; `documents` are the papers attached.

    channel: ONLINE or PAPER.
    """

    trigger: ClassVar[str] = "file"
    pledge: str
    documents: tuple[str, ...]
    channel: str = "PAPER"


@dataclass(frozen=True, slots=True)
class RequestCorrection:
    """Send the filing back with its defects."""

    trigger: ClassVar[str] = "request_correction"
    pledge: str
    defects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CorrectPledge:
    """Hand in the corrected filing; the registry's clock starts anew."""

    trigger: ClassVar[str] = "correct"
    pledge: str
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EndRealisedPledge:
    """All its rights are realised: the pledge has ended."""

    trigger: ClassVar[str] = "end_realised"
    pledge: str


@dataclass(frozen=True, slots=True)
class LapseFiling:
    """Count a filing as withdrawn that was never corrected."""

    trigger: ClassVar[str] = "lapse_filing"
    pledge: str


@dataclass(frozen=True, slots=True)
class RegisterPledge:
    """Register; `grounds` were found, `insisted` are waivable ones the parties want set aside."""

    trigger: ClassVar[str] = "register"
    pledge: str
    certificate: str
    grounds: tuple[str, ...] = ()
    insisted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RefusePledge:
    """Refuse registration on a ground of the list."""

    trigger: ClassVar[str] = "refuse"
    pledge: str
    ground: str


@dataclass(frozen=True, slots=True)
class ChangePledge:
    """Register an agreed change of amount, term or party."""

    trigger: ClassVar[str] = "change"
    pledge: str
    agreement: str
    debt: Money
    debt_due_on: date


@dataclass(frozen=True, slots=True)
class ExamineSecurity:
    """Tell the loans it secures what became of a right, for a cause of impairment.py."""

    trigger: ClassVar[str] = "examine_security"
    pledge: str
    asset: str
    ground: str


@dataclass(frozen=True, slots=True)
class CallRevaluations:
    """Ask for new values of its rights, for a reason of revaluation_triggers."""

    trigger: ClassVar[str] = "call_revaluations"
    pledge: str
    reason: str


@dataclass(frozen=True, slots=True)
class CallCancellation:
    """The debt is paid: the bank is to cancel in time; follows the loan's settlement."""

    trigger: ClassVar[str] = "call_cancellation"
    pledge: str


@dataclass(frozen=True, slots=True)
class CancelPledge:
    """End the registration; `proof` names what ended the pledge.

    While something is owed it must be SUBSTITUTED (other security) or REALISED.
    """

    trigger: ClassVar[str] = "cancel"
    pledge: str
    proof: str


@dataclass(frozen=True, slots=True)
class RevokePledge:
    """Strike the registration: a ground was found later, or the right was void from the start."""

    trigger: ClassVar[str] = "revoke"
    pledge: str
    ground: str
