"""The tables of claims and of recoveries; who bears what can be told from their rows."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Column, Date, Index, Integer, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from services.kernel.states import quoted
from services.kernel.tables import aggregate_columns, metadata
from workflows.claim.states import ClaimState
from workflows.recovery.states import RecoveryState

claim = Table(
    "claim",
    metadata,
    *aggregate_columns(),
    Column("loan", Text, nullable=False, comment="the claim's id is the loan's"),
    Column("filing", Text, nullable=False),
    Column("bank", Text, nullable=False),
    Column("fund", Text, nullable=False),
    Column("enterprise", Text, nullable=False),
    Column("policy", Text, nullable=False, comment="Policy.ref: case@fingerprint:date"),
    Column("notified_on", Date, nullable=False),
    Column("opened_on", Date),
    Column("closes_on", Date, comment="last day to submit"),
    Column("submitted_on", Date),
    Column("cut_off", Date, comment="the loss is calculated to this day"),
    Column("evidence", JSONB, nullable=False, comment="codes of documents handed in"),
    Column("accepted_by", Text, nullable=False, comment="user"),
    Column("reviewer", Text, nullable=False, comment="user"),
    Column("decide_by", Date, comment="last day of the review"),
    Column("asked_on", Date, comment="the review waits since then"),
    Column("rounds", Integer, nullable=False, comment="supplements asked for"),
    Column("lapses", Integer, nullable=False, comment="supplements that never came"),
    Column("answer_by", Date, comment="last day for a supplement"),
    Column("decided_by", JSONB, nullable=False, comment="users"),
    Column("decided_on", Date),
    Column("objections", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("principal", BigInteger, nullable=False, comment="claimed, fen"),
    Column("tier", Text, nullable=False),
    Column("fund_share", BigInteger, nullable=False, comment="fen"),
    Column("bank_principal", BigInteger, nullable=False, comment="bank's share of principal, fen"),
    Column("bank_interest", BigInteger, nullable=False, comment="interest to the cut-off, fen"),
    Column("queued_on", Date, comment="place in the line for payment"),
    Column("paid", BigInteger, nullable=False, comment="by the fund, fen"),
    Column("paid_on", Date, comment="of the last payment"),
    Column("returned_fund", BigInteger, nullable=False, comment="fund's part of recoveries, fen"),
    Column("returned_bank", BigInteger, nullable=False, comment="bank's part of principal, fen"),
    Column("returned_interest", BigInteger, nullable=False, comment="interest recovered, fen"),
    Column("adjustment", BigInteger, nullable=False, comment="at settlement, fen"),
    CheckConstraint(f"state IN ({quoted(ClaimState)})", name="state"),
    CheckConstraint("paid >= 0 AND paid <= fund_share", name="paid_within_share"),
    CheckConstraint("returned_fund <= paid", name="returned_within_paid"),
    Index("ix_claim_fund_state_queued_on", "fund", "state", "queued_on"),
)

recovery = Table(
    "recovery",
    metadata,
    *aggregate_columns(),
    Column("claim", Text, nullable=False, comment="the recovery's id is the claim's"),
    Column("loan", Text, nullable=False),
    Column("bank", Text, nullable=False),
    Column("fund", Text, nullable=False),
    Column("enterprise", Text, nullable=False),
    Column("policy", Text, nullable=False, comment="Policy.ref: case@fingerprint:date"),
    Column("opened_on", Date, nullable=False),
    Column("suit_by", Date, nullable=False, comment="the bank should have sued by then"),
    Column("suit_on", Date),
    Column("sources", JSONB, nullable=False, comment="what was booked"),
    Column("gross", BigInteger, nullable=False, comment="fen"),
    Column("cost", BigInteger, nullable=False, comment="fen"),
    Column("fund_part", BigInteger, nullable=False, comment="fen"),
    Column("bank_part", BigInteger, nullable=False, comment="fen, of principal"),
    Column("bank_interest", BigInteger, nullable=False, comment="fen"),
    Column("surplus", BigInteger, nullable=False, comment="the pledgor's, fen"),
    Column("remitted", BigInteger, nullable=False, comment="to the fund, fen"),
    Column("remit_by", Date),
    Column("reason", Text, nullable=False),
    CheckConstraint(f"state IN ({quoted(RecoveryState)})", name="state"),
    CheckConstraint(
        "gross = cost + fund_part + bank_part + bank_interest + surplus", name="split_whole"
    ),
)
