"""Where enterprises are kept."""

from __future__ import annotations

from sqlalchemy import Index

from services.kernel.columns import day_or_none, money, noun_table, several, whole, words
from workflows.enterprise.states import EnterpriseState

enterprise = noun_table(
    "enterprise",
    EnterpriseState,
    words("policy", "policy the firm was registered under"),
    words("name"),
    words("region", "place of registration"),
    words("credit_code", "unified social credit code; empty when boarded"),
    words("industry", "which size thresholds apply"),
    words("size_class", "LARGE, MEDIUM, SMALL, MICRO"),
    whole("staff", "heads"),
    money("revenue", "last year's revenue"),
    whole("ip_rights", "own IP rights in force"),
    words("signatory", "who may sign"),
    several("consent_scope", "data the consent covers"),
    day_or_none("consent_until", "last day of the data consent"),
    whole("supplement_rounds", "times sent back"),
    day_or_none("due_by", "last day of whoever acts next"),
    day_or_none("enrolled_on", "entered the library"),
    day_or_none("valid_until", "last day in the library"),
    words("stopped_for", "cause of a suspension"),
    day_or_none("blacklisted_until", "last day of a bar"),
    several("generated", "facts made up for a boarded firm"),
    Index("ix_enterprise_credit_code", "credit_code"),
)
