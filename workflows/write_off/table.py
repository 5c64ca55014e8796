"""The write-off (核销) of a loan: a ground and its papers, a committee, an approver, the allowance.

Writing off is bookkeeping after pursuit has failed, not a way to end pursuit: the claim stays on
file. Beside each question stands its rule: a parameter, or a clause of clauses.py with its grade.
"""
# ruff: noqa: E501 - the table is read from left to right

from __future__ import annotations

from workflows.lifecycle.deadlines import duty
from workflows.lifecycle.machine import ALONE, NEW, Lifecycle, Row, alone, commands_of, events_of
from workflows.lifecycle.roles import Role
from workflows.write_off import events, guards, records
from workflows.write_off.decide import DECIDE
from workflows.write_off.evolve import EVOLVE
from workflows.write_off.states import WriteOffState

PROPOSED, REVIEWED, RETURNED, APPROVED, BOOKED, CONCLUDED = WriteOffState
BK_A, BK_C, BK_R, SYS = Role.BK_A, Role.BK_C, Role.BK_R, Role.SYS

ANOTHER = alone(guards.proposer_keeps_out)  # APART (ZD-2.4), assumed

# fmt: off
TO_PROPOSE = (
    guards.ground_recognised,    # GROUNDS (财金〔2017〕90号, ZD-3.13), public
    guards.class_is_loss,        # GROUNDS (财金〔2017〕90号, ZD-3.13), public
    guards.enforcement_ended,    # GROUNDS (财金〔2017〕90号, ZD-3.13), public
    guards.small_enough,         # write_off_small_limit
    guards.pursued_long_enough,  # write_off_pursuit_months
    guards.pursuit_on_record,    # PAPERS (财金〔2017〕90号, ZD-3.13), public
    guards.papers_complete,      # PAPERS (财金〔2017〕90号, ZD-3.13), public
)
TO_REVIEW = (
    guards.reviewed_together,    # write_off_members
)
TO_RETURN = (
    guards.reason_given,         # REASONS (ZD-3.0.1), assumed
)
TO_CONCLUDE = (
    guards.finding_given,        # RESPONSIBILITY (财金〔2017〕90号, ZD-3.13), public
)

ROWS = (
    #    trigger                from                  to         who           only if      event                               two?
    Row("propose",              (NEW, RETURNED),      PROPOSED,  BK_R,         TO_PROPOSE,  events.WriteOffProposed,            ALONE),
    Row("review",               PROPOSED,             REVIEWED,  BK_C,         TO_REVIEW,   events.WriteOffReviewed,            ANOTHER),
    Row("return_proposal",      (PROPOSED, REVIEWED), RETURNED,  (BK_A, BK_C), TO_RETURN,   events.WriteOffReturned,            ALONE),
    Row("approve",              REVIEWED,             APPROVED,  BK_A,         (),          events.WriteOffApproved,            ANOTHER),
    Row("book",                 APPROVED,             BOOKED,    SYS,          (),          events.WriteOffBooked,              ALONE),
    Row("find_responsibility",  BOOKED,               CONCLUDED, BK_A,         TO_CONCLUDE, events.WriteOffResponsibilityFound, ALONE),
)
DEADLINES = (
    #     name              begins with            last day     rule                     whose in
    duty("responsibility",  events.WriteOffBooked, "answer_by", "responsibility_months", BK_A, BOOKED),
)
# fmt: on

WRITE_OFF = Lifecycle(
    noun="write_off",
    record=records.WriteOff,
    states=WriteOffState,
    final=(CONCLUDED,),
    rows=ROWS,
    commands=commands_of(records),
    events=events_of(events),
    decide=DECIDE,
    evolve=EVOLVE,
    deadlines=DEADLINES,
)
