"""An application meets banks: shown to the best few, offered, one chosen, or nobody took it.

LOST is what happens to a bank, not to the match: such banks stand in `lost`.
"""
# ruff: noqa: E501 - the table is read from left to right

from __future__ import annotations

from typing import Any

from workflows.bank.guards import agreement_signed
from workflows.filing.guards import breaker_not_tripped
from workflows.lifecycle.deadlines import lapse
from workflows.lifecycle.machine import ALONE, NEW, Lifecycle, Row, commands_of, events_of, staying
from workflows.lifecycle.roles import Role
from workflows.match import events, records
from workflows.match.decide import DECIDE
from workflows.match.events import (
    MatchAssigned,
    MatchBankSelected,
    MatchClosed,
    MatchDeclined,
    MatchExpired,
    MatchInterestExpressed,
    MatchLeadLapsed,
    MatchLeadTaken,
    MatchOpened,
    MatchReBroadcast,
    MatchReopened,
    MatchWithdrawn,
)
from workflows.match.evolve import EVOLVE
from workflows.match.guards import (
    bank_below_quota,
    bank_invited,
    bank_offered,
    banks_named,
    reason_given,
    rounds_left,
    window_over,
)
from workflows.match.records import ExpireMatch, LapseLead, Match, RebroadcastMatch
from workflows.match.states import MatchState

(OPEN, OFFERED, SELECTED, CLOSED, EXPIRED, WITHDRAWN) = MatchState
NOT_CLOSED = (OPEN, OFFERED, SELECTED, EXPIRED)
ENT, BK_M, IPA, SYS = Role.ENT, Role.BK_M, Role.IPA, Role.SYS
MAY_OFFER = (bank_invited, agreement_signed, bank_below_quota, breaker_not_tripped)

# fmt: off
ROWS = (
    #   trigger              from              to          who    unless / only if               event                    two?
    Row("open",              NEW,              OPEN,       SYS,   (),                            MatchOpened,             ALONE),
    Row("assign",            NEW,              SELECTED,   SYS,   (),                            MatchAssigned,           ALONE),
    Row("express_interest",  (OPEN, OFFERED),  OFFERED,    BK_M,  MAY_OFFER,                     MatchInterestExpressed,  ALONE),
    *staying("decline",      (OPEN, OFFERED),              BK_M,  (bank_invited, reason_given),  MatchDeclined,           ALONE),
    Row("rebroadcast",       OPEN,             OPEN,       SYS,   (window_over, rounds_left),    MatchReBroadcast,        ALONE),
    Row("expire",            (OPEN, OFFERED),  EXPIRED,    SYS,   (window_over,),                MatchExpired,            ALONE),
    Row("reopen",            EXPIRED,          OPEN,       IPA,   (banks_named,),                MatchReopened,           ALONE),
    Row("select_bank",       OFFERED,          SELECTED,   ENT,   (bank_offered,),               MatchBankSelected,       ALONE),
    Row("note_lead",         SELECTED,         SELECTED,   SYS,   (),                            MatchLeadTaken,          ALONE),
    Row("lapse_lead",        SELECTED,         OPEN,       SYS,   (window_over,),                MatchLeadLapsed,         ALONE),
    Row("close",             SELECTED,         CLOSED,     SYS,   (),                            MatchClosed,             ALONE),
    Row("withdraw",          NOT_CLOSED,       WITHDRAWN,  SYS,   (),                            MatchWithdrawn,          ALONE),
)


def _show_again(row: Match, event: MatchOpened | MatchReBroadcast) -> Any:
    """Once more while rounds are left, else over (ZD-3.5)."""
    return RebroadcastMatch(row.id) if event.again else ExpireMatch(row.id)


SHOWN, SHOWN_LAST = (MatchOpened, MatchReBroadcast), (MatchReopened, MatchLeadLapsed)
CHOSEN = (MatchAssigned, MatchBankSelected)

DEADLINES = (
    #     name         begins with             last day   rule                    whose  in         then          or ends with
    lapse("answer",    SHOWN,                  "due_by",  "matching_response_wd", BK_M,  OPEN,      _show_again),
    lapse("any_bank",  SHOWN_LAST,             "due_by",  "matching_response_wd", BK_M,  OPEN,      ExpireMatch),
    lapse("choice",    MatchInterestExpressed, "due_by",  "bank_selection_wd",    ENT,   OFFERED,   ExpireMatch),
    lapse("lead",      CHOSEN,                 "due_by",  "lead_taking_wd",       BK_M,  SELECTED,  LapseLead,    ends=MatchLeadTaken),
)
# fmt: on

MATCH = Lifecycle(
    noun="match",
    record=Match,
    states=MatchState,
    final=(CLOSED, EXPIRED, WITHDRAWN),
    rows=ROWS,
    commands=commands_of(records),
    events=events_of(events),
    decide=DECIDE,
    evolve=EVOLVE,
    deadlines=DEADLINES,
)
