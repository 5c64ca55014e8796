"""A refused pair is noted although nothing else happens; auditors read it. ZD-2.3."""

from __future__ import annotations

from workflows.incident import events, records
from workflows.incident.decide import DECIDE
from workflows.incident.evolve import EVOLVE
from workflows.incident.states import IncidentState
from workflows.lifecycle.machine import ALONE, NEW, Lifecycle, Row, commands_of, events_of
from workflows.lifecycle.roles import Role

(NOTED,) = IncidentState

# fmt: off
ROWS = (
    #   trigger               from  to      who        only if  event                        two?
    Row("note_pair_refused",  NEW,  NOTED,  Role.SYS,  (),      events.SecurityPairRefused,  ALONE),
)
# fmt: on

INCIDENT = Lifecycle(
    noun="incident",
    record=records.Incident,
    states=IncidentState,
    final=(NOTED,),
    rows=ROWS,
    commands=commands_of(records),
    events=events_of(events),
    decide=DECIDE,
    evolve=EVOLVE,
)
