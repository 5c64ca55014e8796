"""What has happened in a recovery. Amounts are Money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from policies.money import Money


@dataclass(frozen=True, slots=True)
class RecoveryOpened:
    """The bank pursues the borrower for all who bore the loss."""

    wire: ClassVar[str] = "Recovery.Opened"
    claim: str
    loan: str
    bank: str
    fund: str
    enterprise: str
    policy: str
    opened_on: date
    suit_by: date


@dataclass(frozen=True, slots=True)
class RecoverySuitFiled:
    """Before the court."""

    wire: ClassVar[str] = "Recovery.SuitFiled"
    suit_on: date


@dataclass(frozen=True, slots=True)
class RecoveryJudgmentObtained:
    """Enforceable."""

    wire: ClassVar[str] = "Recovery.JudgmentObtained"
    judged_on: date


@dataclass(frozen=True, slots=True)
class RecoveryAssetDisposed:
    """The pledge is realised."""

    wire: ClassVar[str] = "Recovery.AssetDisposed"
    disposed_on: date


@dataclass(frozen=True, slots=True)
class RecoveryCompromiseAgreed:
    """Settled out of court."""

    wire: ClassVar[str] = "Recovery.CompromiseAgreed"
    terms: str


@dataclass(frozen=True, slots=True)
class RecoveryReceived:
    """Money came in; sources so far."""

    wire: ClassVar[str] = "Recovery.Received"
    gross: Money
    cost: Money
    source: str
    sources: tuple[str, ...]
    received_on: date


@dataclass(frozen=True, slots=True)
class RecoverySplit:
    """`amount` (gross less cost) = fund_part + bank_part + bank_interest + surplus."""

    wire: ClassVar[str] = "Recovery.Split"
    amount: Money
    fund_part: Money
    bank_part: Money
    bank_interest: Money
    surplus: Money
    remit_by: date


@dataclass(frozen=True, slots=True)
class RecoveryRemitted:
    """The bank has passed on the fund's part; the fund has it."""

    wire: ClassVar[str] = "Recovery.Remitted"
    amount: Money


@dataclass(frozen=True, slots=True)
class RecoveryClosed:
    """Ended, in full or without hope."""

    wire: ClassVar[str] = "Recovery.Closed"
    reason: str
