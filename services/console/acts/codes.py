"""Which codes a field of a command may hold: the catalogue's choices and the lists of rules."""

from __future__ import annotations

from collections.abc import Mapping

from policies.reading.catalogue import CATALOGUE
from workflows.application.reject_reasons import RejectReason
from workflows.asset.methods import Method
from workflows.claim.records import REJECT_CODES
from workflows.enterprise.size_class import Industry
from workflows.lending.overdue import CLASSES
from workflows.lending.terms import COUNTINGS, METHODS
from workflows.pledge.grounds import WAIVABLE, Ground
from workflows.write_off.records import GROUNDS, PAPERS

# Field -> the parameter whose choices it takes.
# fmt: off
_OF_PARAMETER: Mapping[str, str] = {
    "purposes":      "purposes",
    "purpose":       "purposes",
    "ip_type":       "ip_types",
    "evidence":      "claim_evidence",
    "negative_hits": "negative_list",
    "interest_settlement": "interest_settlement",
}
_OF_COMMAND: Mapping[tuple[str, str], str] = {
    ("SubmitApplication", "documents"): "application_documents",
    ("FilePledge", "documents"):        "pledge_documents",
    ("CorrectPledge", "documents"):     "pledge_documents",
}
_LISTS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("RejectClaim", "reason"):             REJECT_CODES,
    ("RejectCredit", "reason"):            tuple(RejectReason.__members__),
    ("DraftProduct", "repayment_method"):    METHODS,
    ("ReviseProduct", "repayment_method"):   METHODS,
    ("DraftProduct", "interest_counting"):   COUNTINGS,
    ("ReviseProduct", "interest_counting"):  COUNTINGS,
    ("DowngradeLoan", "classification"):   tuple(CLASSES),
    ("RegisterEnterprise", "industry"):    tuple(Industry.__members__),
    ("ConsentDisposition", "proceeds"):    ("PREPAY", "DEPOSIT"),
    ("TransferIp", "proceeds"):            ("PREPAY", "DEPOSIT"),
    ("AppraiseIp", "method"):              tuple(Method.__members__),
    ("ReappraiseIp", "method"):            tuple(Method.__members__),
    ("ValueIpInternally", "method"):       tuple(Method.__members__),
    ("RegisterPledge", "grounds"):         tuple(Ground.__members__),
    ("RegisterPledge", "insisted"):        tuple(one.name for one in WAIVABLE),
    ("ProposeWriteOff", "ground"):         GROUNDS,
    ("ProposeWriteOff", "papers"):         PAPERS,
    ("RefusePledge", "ground"):            tuple(Ground.__members__),
    ("RevokePledge", "ground"):            tuple(Ground.__members__),
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
