"""What can have happened to a pledge and its registration, as it is stored and sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from policies.money import Money


@dataclass(frozen=True, slots=True)
class PledgePrepared:
    """The contract is written."""

    wire: ClassVar[str] = "Pledge.Prepared"
    policy: str
    application: str
    enterprise: str
    bank: str
    assets: tuple[str, ...]
    contract: str
    debt: Money
    debt_due_on: date


@dataclass(frozen=True, slots=True)
class PledgeFiled:
    """The registry decides by `due_by`, inclusive."""

    wire: ClassVar[str] = "Pledge.Filed"
    documents: tuple[str, ...]
    due_by: date
    channel: str = "PAPER"


@dataclass(frozen=True, slots=True)
class PledgeCorrectionRequested:
    """The parties correct by `due_by`, inclusive."""

    wire: ClassVar[str] = "Pledge.CorrectionRequested"
    defects: tuple[str, ...]
    due_by: date


@dataclass(frozen=True, slots=True)
class PledgeCorrected:
    """The defect is gone: the registry's clock starts anew and ends on `due_by`."""

    wire: ClassVar[str] = "Pledge.Corrected"
    documents: tuple[str, ...]
    due_by: date


@dataclass(frozen=True, slots=True)
class PledgeFilingLapsed:
    """The filing was not corrected in time and counts as withdrawn."""

    wire: ClassVar[str] = "Pledge.FilingLapsed"
    due_by: date


@dataclass(frozen=True, slots=True)
class PledgeRegistered:
    """The pledge came into being (Civil Code 444); `loans`: drawn ones it secures from now on."""

    wire: ClassVar[str] = "Pledge.Registered"
    application: str
    bank: str
    assets: tuple[str, ...]
    certificate: str
    registered_on: date
    insisted: tuple[str, ...]
    loans: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PledgeRefused:
    """Registration was refused on that ground."""

    wire: ClassVar[str] = "Pledge.Refused"
    application: str
    ground: str


@dataclass(frozen=True, slots=True)
class PledgeChanged:
    """The registered pledge has new terms."""

    wire: ClassVar[str] = "Pledge.Changed"
    agreement: str
    debt: Money
    debt_due_on: date


@dataclass(frozen=True, slots=True)
class PledgeCancellationDue:
    """The debt is paid; the registration is to be cancelled by `due_by`, inclusive."""

    wire: ClassVar[str] = "Pledge.CancellationDue"
    due_by: date


@dataclass(frozen=True, slots=True)
class PledgeRealised:
    """Its last right is sold: it has ended, and the register still names it."""

    wire: ClassVar[str] = "Pledge.Realised"
    ended_on: date


@dataclass(frozen=True, slots=True)
class PledgeCancelled:
    """The registration ended."""

    wire: ClassVar[str] = "Pledge.Cancelled"
    assets: tuple[str, ...]
    proof: str
    ended_on: date


@dataclass(frozen=True, slots=True)
class PledgeRevoked:
    """The registration was struck; `loans`: those that lose their security."""

    wire: ClassVar[str] = "Pledge.Revoked"
    assets: tuple[str, ...]
    ground: str
    ended_on: date
    loans: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PledgeSecurityChanged:
    """Something became of a right; `loans`: those that are to be looked at."""

    wire: ClassVar[str] = "Pledge.SecurityChanged"
    asset: str
    ground: str
    loans: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PledgeRevaluationCalled:
    """New values of these rights are asked for."""

    wire: ClassVar[str] = "Pledge.RevaluationCalled"
    reason: str
    assets: tuple[str, ...]
