"""Where enterprises are kept."""

from __future__ import annotations

from sqlalchemy import Index

from services.kernel.columns import noun_table
from workflows.enterprise.records import Enterprise
from workflows.enterprise.states import EnterpriseState

enterprise = noun_table(
    "enterprise",
    Enterprise,
    EnterpriseState,
    {
        "policy": "policy the firm was registered under",
        "region": "place of registration",
        "credit_code": "unified social credit code; empty when boarded",
        "industry": "which size thresholds apply",
        "size_class": "LARGE, MEDIUM, SMALL, MICRO",
        "staff": "heads",
        "revenue": "last year's revenue, fen",
        "ip_rights": "own IP rights in force",
        "signatory": "who may sign",
        "consent_scope": "data the consent covers",
        "consent_until": "last day of the data consent",
        "supplement_rounds": "times sent back",
        "due_by": "last day of whoever acts next",
        "enrolled_on": "entered the library",
        "valid_until": "last day in the library",
        "stopped_for": "cause of a suspension",
        "blacklisted_until": "last day of a bar",
        "generated": "facts made up for a boarded firm",
    },
    Index("ix_enterprise_credit_code", "credit_code"),
)
