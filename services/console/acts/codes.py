"""Which codes a field of a command may hold: the catalogue's choices and the lists of rules."""

from __future__ import annotations

from collections.abc import Mapping

from policies.reading.catalogue import CATALOGUE
from workflows.claim.records import REJECT_CODES
from workflows.lending.overdue import CLASSES

# Field -> the parameter whose choices it takes.
# fmt: off
_OF_PARAMETER: Mapping[str, str] = {
    "purposes":      "purposes",
    "purpose":       "purposes",
    "ip_type":       "ip_types",
    "evidence":      "claim_evidence",
    "negative_hits": "negative_list",
    "method":        "valuation_methods",
}
_OF_COMMAND: Mapping[tuple[str, str], str] = {
    ("SubmitApplication", "documents"): "application_documents",
    ("FilePledge", "documents"):        "pledge_documents",
    ("CorrectPledge", "documents"):     "pledge_documents",
}
_LISTS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("RejectClaim", "reason"):             REJECT_CODES,
    ("DowngradeLoan", "classification"):   tuple(CLASSES),
}
# fmt: on


def choices(command: str, field: str) -> tuple[str, ...]:
    """The codes of that field; empty where it holds free text."""
    if (command, field) in _LISTS:
        return _LISTS[(command, field)]
    if command == "GrantDataConsent" and field == "purpose":
        return ()
    parameter = _OF_COMMAND.get((command, field)) or _OF_PARAMETER.get(field)
    return CATALOGUE[parameter].choices if parameter else ()
