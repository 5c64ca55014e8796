"""Where incidents of security are kept."""

from __future__ import annotations

from sqlalchemy import Index

from services.kernel.columns import noun_table
from workflows.incident.records import Incident
from workflows.incident.states import IncidentState

incident = noun_table(
    "incident",
    Incident,
    IncidentState,
    {
        "policy": "policy of the row it was about",
        "stream": "the row it was about: <noun>/<id>",
        "act": "trigger that was tried",
        "code": "of the refusal",
        "against": "whom or what the refusal names",
        "users": "the maker first, who was refused last",
        "roles": "theirs, in the same order",
        "organisations": "theirs, in the same order",
    },
    Index("ix_incident_stream", "stream"),
)
