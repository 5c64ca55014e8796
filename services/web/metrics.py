"""What Prometheus scrapes at /metrics: queues, commands, days and signs of life, read when asked.

Everything comes from the databases, since workers and web apps are many processes on many machines
and Prometheus' own multiprocess mode wants one shared folder. No label holds an id of a row.
"""

# ruff: noqa: E501 - the table is read from left to right

from __future__ import annotations

from collections.abc import Iterator
from hmac import compare_digest
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import PlainTextResponse, Response
from fastapi.security import HTTPBasic, HTTPBasicCredentials
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from services.kernel import heartbeat, tally, users
from services.kernel.settings import settings
from services.reports.vitals import Vitals, vitals

router = APIRouter(include_in_schema=False)
_basic = HTTPBasic(auto_error=False)


@router.get("/metrics")
def metrics(
    request: Request, given: Annotated[HTTPBasicCredentials | None, Depends(_basic)]
) -> Response:
    """The text format, with the state of this moment. Names of worlds are not for everybody."""
    if not _may_read(request.headers.get("authorization", ""), given):
        return PlainTextResponse(
            "Sign in, or send ZHIDAI_METRICS_TOKEN as bearer.\n",
            status_code=401,
            headers={"WWW-Authenticate": 'Basic realm="zhidai"'},
        )
    return Response(generate_latest(_registry), media_type=CONTENT_TYPE_LATEST)


def _may_read(header: str, given: HTTPBasicCredentials | None) -> bool:
    token = settings().metrics_token
    if settings().at_home or (token and compare_digest(header, f"Bearer {token}")):
        return True
    return given is not None and users.signed_in(given.username, given.password) is not None


class Platform(Collector):
    """Asks the databases at each scrape; keeps nothing between two."""

    def describe(self) -> Iterator[Metric]:
        """Nothing is asked when the collector is registered."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        """All families. What cannot be read raises: Prometheus then sees that the scrape failed."""
        read, unread = vitals()
        yield from _worlds(read)
        missing = GaugeMetricFamily(
            "zhidai_worlds_unread", "Worlds whose database did not answer this scrape"
        )
        missing.add_metric([], len(unread))
        yield missing
        yield _commands()
        yield _beats()


def _worlds(read: list[Vitals]) -> Iterator[Metric]:
    for name, (told, figure) in PER_WORLD.items():
        family = GaugeMetricFamily(name, told, labels=["world"])
        for one in read:
            value = figure(one)
            if value is not None:
                family.add_metric([one.world], value)
        yield family


def _commands() -> Metric:
    family = CounterMetricFamily(
        "zhidai_commands",
        "Commands by who gave them and how they ended, of all processes",
        labels=["channel", "outcome"],
    )
    for labels, number in tally.totals().items():
        family.add_metric(labels, number)
    return family


def _beats() -> Metric:
    family = GaugeMetricFamily(
        "zhidai_heartbeat_age_seconds",
        "Seconds since a process last gave a sign of life",
        labels=["kind", "host", "pid"],
    )
    for one in heartbeat.beats():
        family.add_metric([one.kind, one.host, str(one.pid)], one.age)
    return family


# fmt: off
PER_WORLD = {
    "zhidai_delivery_oldest_age_seconds": ("Age of the oldest unhandled delivery a worker could handle, 0 for none", lambda v: v.oldest),
    "zhidai_deliveries_open":             ("Deliveries waiting for a worker",                         lambda v: v.open),
    "zhidai_deliveries_held":             ("Deliveries waiting behind a parked one of their stream",   lambda v: v.held),
    "zhidai_deliveries_parked":           ("Deliveries set aside for a person",                        lambda v: v.parked),
    "zhidai_timers_parked":               ("Timers set aside for a person",                            lambda v: v.parked_timers),
    "zhidai_acts_failed":                 ("Scripted acts that failed and halt their script",          lambda v: v.failed_acts),
    "zhidai_days_behind":                 ("Calendar days from the business date to where the world is going", lambda v: v.days_behind),
    "zhidai_day_close_seconds":           ("Time the last business day took until its timers had fired", lambda v: v.day_close),
}
"""Metric -> what it says and its figure of a world; None leaves the world out."""
# fmt: on

_registry = CollectorRegistry(auto_describe=False)
_registry.register(Platform())
