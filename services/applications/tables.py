"""Where applications and their matches are kept."""

from __future__ import annotations

from sqlalchemy import Index

from services.kernel.columns import (
    day_or_none,
    flag,
    money,
    noun_table,
    rate,
    several,
    whole,
    words,
    words_or_none,
)
from workflows.application.states import ApplicationState
from workflows.match.states import MatchState

application = noun_table(
    "application",
    ApplicationState,
    words("policy", "policy of the product it was started under"),
    words("enterprise"),
    words("product"),
    words("fund"),
    money("amount", "asked for"),
    whole("requested_months", "term asked for, months"),
    words("purpose", "code of the purpose"),
    several("assets", "ids of the rights named as security"),
    flag("designated", "the firm named the bank"),
    words_or_none("bank", "bank that leads; null before"),
    several("documents", "papers attached"),
    several("missing", "papers missing"),
    whole("return_rounds", "times sent back"),
    day_or_none("due_by", "last day of whoever acts next"),
    day_or_none("submitted_on", "handed in"),
    day_or_none("lead_on", "lead taken"),
    several("awaiting", "material the bank waits for"),
    day_or_none("diligence_on", "due diligence reported"),
    money("approved_amount", "offered"),
    rate("annual_rate", "rate offered, a year"),
    whole("term_months", "term offered, months"),
    rate("ip_share", "part of the loan secured by IP"),
    day_or_none("decided_on", "approved or rejected"),
    words("reason", "why it was rejected"),
    day_or_none("signed_on", "contract signed"),
    words("pledge", "registered pledge; empty before conversion"),
    flag("assets_replaced", "security was replaced once"),
    day_or_none("frozen_on", "frozen by the auditor since"),
    Index("ix_application_enterprise", "enterprise"),
    Index("ix_application_bank", "bank"),
)

match = noun_table(
    "match",
    MatchState,
    words("policy", "policy of the application"),
    words("application"),
    words("enterprise"),
    several("banks", "banks it is shown to, best first"),
    several("offered", "banks that would take it"),
    several("lost", "banks that declined, lapsed or were not chosen"),
    words_or_none("bank", "bank chosen; null before"),
    whole("rounds", "times broadcast"),
    day_or_none("due_by", "last day of whoever acts next"),
    words("outcome", "the bank's decision"),
)
