"""The six acts a loan turns on, laid out by hand: which facts stand beside the form.

Every other act is shown as its command has it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from services.api.acts import Act
from services.console.acts.fields import Field

ID = "_id"  # the field of a form that holds the new row's id

# Command -> (noun, field): what the person looks at while filling the form in.
# fmt: off
BESIDE: Mapping[str, tuple[tuple[str, str], ...]] = {
    "StartApplication": (("product", "name"), ("product", "annual_rate"), ("product", "amount_cap"),
                         ("product", "max_term_months")),
    "ApproveCredit":    (("application", "enterprise"), ("application", "amount"),
                         ("application", "requested_months"), ("application", "purpose"),
                         ("application", "assets"), ("product", "amount_cap"),
                         ("product", "annual_rate")),
    "DisburseLoan":     (("loan", "enterprise"), ("loan", "approved_amount"),
                         ("loan", "annual_rate"), ("loan", "term_months"), ("loan", "draw_by"),
                         ("pledge", "state"), ("pledge", "certificate"), ("pledge", "debt")),
    "FileLoan":         (("loan", "enterprise"), ("loan", "disbursed"), ("loan", "disbursed_on"),
                         ("loan", "due_on"), ("loan", "ip_share"), ("filing", "file_by")),
    "SubmitClaim":      (("loan", "enterprise"), ("loan", "outstanding"), ("loan", "interest_due"),
                         ("loan", "overdue_since"), ("loan", "classification"),
                         ("filing", "state"), ("claim", "closes_on")),
    "ApproveClaim":     (("loan", "enterprise"), ("loan", "outstanding"),
                         ("loan", "classification"), ("claim", "cut_off"), ("claim", "principal"),
                         ("claim", "fund_share"), ("claim", "evidence"), ("fund", "cash")),
}
# fmt: on


def beside(command: type[Any], rows: Mapping[str, Any]) -> list[tuple[str, str, Any]]:
    """Noun, field and value of what stands beside the form; what is not there is left out."""
    return [
        (noun, name, value)
        for noun, name in BESIDE.get(command.__name__, ())
        if noun in rows and (value := getattr(rows[noun], name, None)) not in (None, "", ())
    ]


def ordered(listed: Sequence[Field]) -> list[Field]:
    """What is fixed last: the reader begins with what they have to write."""
    return sorted(listed, key=lambda field: field.fixed)


# What follows a loan is begun on the loan's own page, under the loan's id.
FOLLOWS = "loan"


def follows(act: Act, loan: str) -> dict[str, str] | None:
    """What the form of an act begun on a loan holds; None for one that no loan is named in."""
    if not act.creates or act.noun.name == FOLLOWS:
        return None
    names = {field.name for field in dataclasses.fields(act.command)}
    return {ID: loan, FOLLOWS: loan} if FOLLOWS in names else None
