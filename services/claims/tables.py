"""The tables of claims and of recoveries; who bears what can be told from their rows."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index

from services.kernel.columns import noun_table
from workflows.claim.records import Claim
from workflows.claim.states import ClaimState
from workflows.clawback.records import Clawback
from workflows.clawback.states import ClawbackState
from workflows.recovery.records import Recovery
from workflows.recovery.states import RecoveryState
from workflows.write_off.records import WriteOff
from workflows.write_off.states import WriteOffState

claim = noun_table(
    "claim",
    Claim,
    ClaimState,
    {
        "loan": "the claim's id is the loan's",
        "policy": "Policy.ref: case@fingerprint:date",
        "closes_on": "last day to submit",
        "cut_off": "the loss is calculated to this day",
        "evidence": "codes of documents handed in",
        "accepted_by": "users",
        "reviewer": "user",
        "decide_by": "last day of the review",
        "asked_on": "the review waits since then",
        "rounds": "supplements asked for",
        "lapses": "supplements that never came",
        "answer_by": "last day for a supplement",
        "decided_by": "users",
        "principal": "claimed, fen",
        "fund_share": "fen",
        "bank_principal": "bank's share of principal, fen",
        "bank_interest": "interest to the cut-off, fen",
        "queued_on": "place in the line for payment",
        "paid": "by the fund, fen",
        "paid_on": "of the last payment",
        "returned_fund": "fund's part of recoveries, fen",
        "returned_bank": "bank's part of principal, fen",
        "returned_interest": "interest recovered, fen",
        "final_loss_on": "the day it was known",
        "adjustment": "at settlement, fen",
    },
    CheckConstraint("paid >= 0 AND paid <= fund_share", name="paid_within_share"),
    CheckConstraint("returned_fund <= paid", name="returned_within_paid"),
    Index("ix_claim_fund_state_queued_on", "fund", "state", "queued_on"),
)

recovery = noun_table(
    "recovery",
    Recovery,
    RecoveryState,
    {
        "loan": "the recovery's id is the loan's",
        "fund": "empty where no fund covers the loan",
        "policy": "Policy.ref: case@fingerprint:date",
        "limitation_on": "last day of the limitation; none once sued",
        "barred": "limitation is over",
        "suit_by": "the bank should have sued by then",
        "preserved": "ruling on preservation",
        "ruling": "by which enforcement or bankruptcy ended",
        "disposed": "rights realised",
        "guarantee": "GENERAL or JOINT",
        "guarantee_until": "last day of the period; none once kept",
        "agreed": "under a compromise, fen",
        "paid_since": "of what was agreed, fen",
        "sources": "what was booked",
        "gross": "fen",
        "cost": "fen",
        "fund_part": "fen",
        "bank_part": "fen, of principal",
        "bank_interest": "fen",
        "surplus": "the pledgor's, fen",
        "remitted": "to the fund, fen",
        "recourse_written_off": "by the fund, fen",
    },
    CheckConstraint(
        "gross = cost + fund_part + bank_part + bank_interest + surplus", name="split_whole"
    ),
)

write_off = noun_table(
    "write_off",
    WriteOff,
    WriteOffState,
    {
        "loan": "the write-off's id is the loan's",
        "fund": "told of it; empty where no fund covers the loan",
        "policy": "Policy.ref: case@fingerprint:date",
        "papers": "codes of papers",
        "amount": "the bank's own loss, fen",
        "debt": "principal the borrower still owes, fen",
        "proposed_by": "users",
        "members": "of the committee that reviewed it",
        "decided_by": "users",
        "answer_by": "last day for a finding on responsibility",
    },
)

clawback = noun_table(
    "clawback",
    Clawback,
    ClawbackState,
    {
        "claim": "the clawback's id is the claim's",
        "policy": "Policy.ref: case@fingerprint:date",
        "amount": "borne by the fund when it was opened, fen",
        "paid_on": "by the fund: funding cost runs from then",
        "annual_rate": "one-year LPR on the day of confirmation",
        "repay_by": "last day to repay",
        "principal": "given back, fen",
        "interest": "funding cost, fen",
    },
)
