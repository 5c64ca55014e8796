"""What has happened in a recovery. Amounts are Money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from policies.money import Money


@dataclass(frozen=True, slots=True)
class RecoveryOpened:
    """The bank pursues the borrower for all who bore the loss."""

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

    suit_on: date


@dataclass(frozen=True, slots=True)
class RecoveryJudgmentObtained:
    """Enforceable."""

    judged_on: date


@dataclass(frozen=True, slots=True)
class RecoveryAssetDisposed:
    """The pledge is realised."""

    disposed_on: date


@dataclass(frozen=True, slots=True)
class RecoveryCompromiseAgreed:
    """Settled out of court."""

    terms: str


@dataclass(frozen=True, slots=True)
class RecoveryReceived:
    """Money came in; sources so far."""

    gross: Money
    cost: Money
    source: str
    sources: tuple[str, ...]
    received_on: date


@dataclass(frozen=True, slots=True)
class RecoverySplit:
    """`amount` (gross less cost) = fund_part + bank_part + bank_interest + surplus."""

    amount: Money
    fund_part: Money
    bank_part: Money
    bank_interest: Money
    surplus: Money
    remit_by: date


@dataclass(frozen=True, slots=True)
class RecoveryRemitted:
    """The bank has passed on the fund's part; the fund has it."""

    amount: Money


@dataclass(frozen=True, slots=True)
class RecoveryClosed:
    """Ended, in full or without hope."""

    reason: str


# fmt: off
EVENTS: dict[str, type] = {
    "Recovery.Opened":           RecoveryOpened,
    "Recovery.SuitFiled":        RecoverySuitFiled,
    "Recovery.JudgmentObtained": RecoveryJudgmentObtained,
    "Recovery.AssetDisposed":    RecoveryAssetDisposed,
    "Recovery.CompromiseAgreed": RecoveryCompromiseAgreed,
    "Recovery.Received":         RecoveryReceived,
    "Recovery.Split":            RecoverySplit,
    "Recovery.Remitted":         RecoveryRemitted,
    "Recovery.Closed":           RecoveryClosed,
}
# fmt: on
