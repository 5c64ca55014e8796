"""How long the registry has, by type of right and channel of the filing. ZD-3.3.3."""

from __future__ import annotations

from datetime import date

from workflows.lifecycle.clauses import PLEDGE_FILING, refuse
from workflows.lifecycle.deadlines import days_from, working_days_from
from workflows.lifecycle.machine import Situation
from workflows.lifecycle.refusals import Refusal
from workflows.pledge.facts import Rights
from workflows.pledge.records import FilePledge, Pledge

ONLINE, PAPER = "ONLINE", "PAPER"
MARKS, COPYRIGHT = ("TRADEMARK", "GI"), "COPYRIGHT"


def channel_known(s: Situation[Pledge, FilePledge]) -> Refusal | None:
    """A filing is made online or on paper (ZD-3.3.3)."""
    if s.act.channel in (ONLINE, PAPER):
        return None
    return refuse(
        s, "channel_unknown", PLEDGE_FILING, actual=s.act.channel, threshold=(ONLINE, PAPER)
    )


def decided_by(s: Situation[Pledge], channel: str) -> date:
    """The last day of the registry; of several types of right the longest counts."""
    return max(
        (_of_kind(s, right.kind, channel) for right in s.fact(Rights).each),
        default=working_days_from(s, "pledge_registration_wd"),
    )


def _of_kind(s: Situation[Pledge], kind: str, channel: str) -> date:
    if kind in MARKS:
        return working_days_from(s, "registration_trademark_wd")
    if kind == COPYRIGHT:
        return days_from(s, "registration_copyright_days")
    online = channel == ONLINE
    return working_days_from(
        s, "registration_patent_online_wd" if online else "pledge_registration_wd"
    )
