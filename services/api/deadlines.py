"""Deadlines as they are told: what runs, since when, until when, whose, and what happens then."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, Field
from sqlalchemy import Connection, text

from policies.reading.catalogue import CATALOGUE
from services.api import sight
from services.api.caller import Visit
from services.kernel.i18n import label
from services.kernel.registry import Registry
from workflows.lifecycle.deadlines import calendar_assumed
from workflows.lifecycle.roles import ORGANISATION_OF

Nature = Literal["LAPSE", "DUTY", "DATE"]

_COLUMNS = (
    "w.stream, w.kind, w.due_on, w.command, w.parked, w.nature, w.since, w.last_day, w.roles,"
    " w.organisation, w.rule"
)
_ORDER = "ORDER BY w.last_day, w.stream, w.kind LIMIT :limit"
_OF_STREAM = text(
    f"SELECT {_COLUMNS} FROM timer w WHERE w.stream = :stream"
    " ORDER BY coalesce(w.last_day, w.due_on), w.kind"
)


class RoleNamed(BaseModel):
    """A role and what it is called."""

    role: str = Field(examples=["BK-M"])
    label: str


class DeadlineTold(BaseModel):
    """Something a row waits for until a day."""

    noun: str
    id: str
    deadline: str = Field(examples=["claim_review"])
    label: str
    nature: Nature = Field(
        description="LAPSE: the platform acts when the last day is over; DUTY: it is told as missed"
        " and stays owed; DATE: something falls due, which no rest day moves"
    )
    since: date | None
    until: date = Field(description="The last day; of a DATE the day itself")
    calendar_assumed: bool = Field(description="A calendar not published yet gave the last day")
    days_left: int = Field(description="Natural days to the last day, negative when it is over")
    late: bool = Field(description="A duty whose last day is over")
    then: str | None = Field(description="Trigger the platform gives then; null for a duty")
    then_label: str
    then_on: date | None = Field(description="The day on which that happens; null once it has")
    who: list[RoleNamed] = Field(description="Whose it is to act until then")
    organisation: str = Field(description="Of which organisation; empty: of any")
    rule: str = Field(
        description="The parameter or clause that says how long", examples=["review_wd"]
    )
    rule_label: str
    parked: bool = Field(description="The platform tried and was refused; a person must look")


def owed(connection: Connection, visit: Visit, nature: Nature, limit: int) -> list[DeadlineTold]:
    """Deadlines of that nature that are the visitor's to act on, soonest first."""
    actor = visit.actor
    where = "w.nature = :nature AND :role = ANY(string_to_array(w.roles, ','))"
    if ORGANISATION_OF.get(actor.role) is not None:
        seen = sight.streams(visit.registry, actor, "w.stream")
        where += f" AND w.organisation IN (:org, '') AND (w.organisation = :org OR {seen})"
    values = {
        "nature": nature, "role": actor.role.value, "org": actor.organisation, "limit": limit,
    }  # fmt: skip
    statement = text(f"SELECT {_COLUMNS} FROM timer w WHERE {where} {_ORDER}")
    found = connection.execute(statement, values)
    return [told(row, visit, _today(connection)) for row in found.all()]


def of_row(connection: Connection, visit: Visit, stream: str) -> list[DeadlineTold]:
    """Everything a row waits for until a day, soonest first."""
    today = _today(connection)
    return [told(row, visit, today) for row in connection.execute(_OF_STREAM, {"stream": stream})]


def told(row: Any, visit: Visit, today: date) -> DeadlineTold:
    """A row of the timer table in words."""
    noun, _, ident = row.stream.partition("/")
    until = row.last_day or row.due_on
    duty = row.nature == "DUTY"
    then = None if duty else _trigger(visit.registry, noun, row.command)
    named = f"deadline.{row.kind}" if row.nature else f"trigger.{noun}.{then}"
    return DeadlineTold(
        noun=noun,
        id=ident,
        deadline=row.kind,
        label=label(named, visit.lang),
        nature=row.nature or "DATE",
        since=row.since,
        until=until,
        calendar_assumed=calendar_assumed("last_day", row.last_day),
        days_left=(until - today).days,
        late=duty and until < today,
        then=then,
        then_label=label(f"trigger.{noun}.{then or 'miss_deadline'}", visit.lang),
        then_on=row.due_on,
        who=[named_role(code, visit.lang) for code in (row.roles or "").split(",") if code],
        organisation=row.organisation or "",
        rule=row.rule or "",
        rule_label=_rule(row.rule or "", visit.lang),
        parked=row.parked,
    )


def named_role(code: str, lang: str) -> RoleNamed:
    """A role with its name."""
    return RoleNamed(role=code, label=label(f"role.{code}", lang))


def _rule(rule: str, lang: str) -> str:
    return CATALOGUE[rule].names[lang] if rule in CATALOGUE else rule


def _trigger(registry: Registry, noun: str, command: str) -> str | None:
    kind, known = registry.commands.get(command), registry.nouns.get(noun)
    return known.lifecycle.commands.get(kind) if kind and known else None


def _today(connection: Connection) -> date:
    day: date = connection.execute(text("SELECT business_date FROM clock")).scalar_one()
    return day
