"""Where applications and their matches are kept."""

from __future__ import annotations

from sqlalchemy import Index

from services.kernel.columns import noun_table
from workflows.application.records import Application
from workflows.application.states import ApplicationState
from workflows.match.records import Match
from workflows.match.states import MatchState

application = noun_table(
    "application",
    Application,
    ApplicationState,
    {
        "policy": "policy of the product it was started under",
        "amount": "asked for, fen",
        "requested_months": "term asked for, months",
        "purpose": "code of the purpose",
        "assets": "ids of the rights named as security",
        "designated": "the firm named the bank",
        "bank": "bank that leads; null before",
        "documents": "papers attached",
        "missing": "papers missing",
        "return_rounds": "times sent back",
        "due_by": "last day of whoever acts next",
        "submitted_on": "handed in",
        "lead_on": "lead taken",
        "awaiting": "material the bank waits for",
        "queried_on": "credit record queried",
        "need": "new working capital that may be lent, fen",
        "need_on": "need computed",
        "diligence_on": "due diligence reported",
        "investigated_by": "users who reported it",
        "approved_amount": "offered, fen",
        "annual_rate": "rate offered, a year, fraction",
        "term_months": "term offered, months",
        "ip_share": "part of the loan secured by IP, fraction",
        "decided_on": "approved or rejected",
        "reason": "why it was rejected",
        "signed_on": "contract signed",
        "pledge": "registered pledge; empty before conversion",
        "assets_replaced": "security was replaced once",
        "frozen_on": "frozen by the auditor since",
    },
    Index("ix_application_enterprise", "enterprise"),
    Index("ix_application_bank", "bank"),
)

match = noun_table(
    "match",
    Match,
    MatchState,
    {
        "policy": "policy of the application",
        "banks": "banks it is shown to, best first",
        "offered": "banks that would take it",
        "lost": "banks that declined, lapsed or were not chosen",
        "bank": "bank chosen; null before",
        "rounds": "times broadcast",
        "due_by": "last day of whoever acts next",
        "outcome": "the bank's decision",
    },
)
