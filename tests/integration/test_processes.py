"""The processes of docker-compose.yml, started as Compose would, play the story from outside.

PostgreSQL and Redis are those of ZHIDAI_DATABASE_URL and ZHIDAI_REDIS_URL where both are set, else
embedded ones that know nothing of the platform's programs.
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg
import pytest

from services.embedded.platform import started
from services.embedded.ports import reserved_port
from services.embedded.programs import servers_only
from services.embedded.readiness import web_answers
from services.kernel.settings import ROOT, Settings
from tests.compose import filled, ours
from tests.outside import drop_platform, environment, sister

SECONDS = 90
GIVEN = {"POSTGRES_PASSWORD": "not-asked-for-here", "ZHIDAI_LANG": "en"}


@dataclass
class Deployment:
    """Compose in small: commands and environment from the file, addresses from here."""

    addresses: dict[str, str]
    folder: Path
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def command(self, words: list[Any]) -> list[str]:
        """A command line of the file, with this interpreter and this machine's folders."""
        said = [self.here(filled(str(word), GIVEN)) for word in words]
        if said[0] == "zhidai":
            return [sys.executable, "-c", "from services.cli.main import main; main()", *said[1:]]
        return [sys.executable, *said[1:]] if said[0] == "python" else said

    def here(self, word: str) -> str:
        port = self.addresses["ZHIDAI_PORT"]
        word = word.replace("/tmp/", f"{self.folder}/").replace("0.0.0.0", "127.0.0.1")
        return port if word == "8765" else word.replace(":8765/", f":{port}/")

    def environment(self, service: str) -> dict[str, str]:
        given = ours()[service]["environment"]
        inherited = {name: v for name, v in os.environ.items() if not name.startswith("ZHIDAI_")}
        set_here = {name: filled(str(value), GIVEN) for name, value in given.items()}
        ours_here = {"PYTHONPATH": str(ROOT), "ZHIDAI_DATA": str(self.folder / "data")}
        return {**inherited, **set_here, **ours_here, **self.addresses}

    def start(self, service: str) -> None:
        with (self.folder / f"{service}.log").open("wb") as log:
            self.running[service] = subprocess.Popen(
                self.command(ours()[service]["command"]),
                env=self.environment(service), cwd=self.folder,
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip

    def run(self, service: str, words: list[Any]) -> subprocess.CompletedProcess[str]:
        """What `docker compose run` or a health check would do."""
        return subprocess.run(
            self.command(words), env=self.environment(service), cwd=self.folder,
            capture_output=True, text=True, timeout=SECONDS, check=False,
        )  # fmt: skip

    def healthy(self, service: str) -> bool:
        return self.run(service, ours()[service]["healthcheck"]["test"][1:]).returncode == 0

    def lines(self, service: str) -> list[dict[str, Any]]:
        """The structured lines of a service's log."""
        text = (self.folder / f"{service}.log").read_text("utf-8")
        return [json.loads(line) for line in text.splitlines() if line.startswith("{")]

    def stop(self) -> dict[str, int]:
        """SIGTERM to all, as `docker compose stop`; the exit codes."""
        for process in self.running.values():
            process.send_signal(signal.SIGTERM)
        return {name: process.wait(SECONDS) for name, process in self.running.items()}


@contextmanager
def servers(data: Path) -> Iterator[tuple[str, str]]:
    """URLs of a control database nobody else has, and of Redis; the databases are dropped after."""
    named = Settings()
    if not (named.database_url and named.redis_url):
        alone = Settings(data=data, port=0, database_url="", redis_url="")
        with started(alone, say=print, programs=servers_only, prepare=lambda _: None) as platform:
            yield platform.database_url, platform.redis_url
        return
    ours = sister(f"zhidai_test_{uuid.uuid4().hex[:8]}")
    with environment(ours):
        try:
            yield ours["ZHIDAI_DATABASE_URL"], named.redis_url
        finally:
            drop_platform()


@pytest.fixture
def deployment(data_folder: Path) -> Iterator[Deployment]:
    """Migrated, with web, worker and beat up and healthy; stopped and gone afterwards."""
    folder = data_folder.parent
    with servers(data_folder) as (database_url, redis_url), reserved_port("127.0.0.1", 0) as port:
        addresses = {
            "ZHIDAI_DATABASE_URL": database_url,
            "ZHIDAI_REDIS_URL": redis_url,
            "ZHIDAI_HOST": "127.0.0.1",
            "ZHIDAI_PORT": str(port),
            "ZHIDAI_METRICS_TOKEN": SCRAPE,
        }
        made = Deployment(addresses, folder)
        migrated = made.run("migrate", ours()["migrate"]["command"])
        assert migrated.returncode == 0, migrated.stderr
        try:
            for service in ("web", "worker", "beat"):
                made.start(service)
            until(lambda: web_answers("127.0.0.1", int(addresses["ZHIDAI_PORT"])))
            for service in made.running:
                until(lambda service=service: made.healthy(service))  # type: ignore[misc]
            yield made
        finally:
            made.stop()


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.2)


def get(port: str, path: str, headers: dict[str, str] | None = None) -> tuple[int, str, str]:
    """Status, request id and body."""
    line = http.client.HTTPConnection("127.0.0.1", int(port), timeout=10)
    try:
        line.request("GET", path, headers=headers or {})
        answer = line.getresponse()
        body = answer.read().decode("utf-8")
        return answer.status, answer.getheader("X-Request-Id") or "", body
    finally:
        line.close()


def signed_in(deployment: Deployment, port: str) -> str:
    """The cookie of an auditor who signs in by name and password."""
    made = deployment.run("web", ["zhidai", "users", "add", "aud-9", "AUD", "JS-AUD", "--json"])
    password = json.loads(made.stdout)[0]["password"]
    line = http.client.HTTPConnection("127.0.0.1", int(port), timeout=10)
    try:
        body = urlencode({"name": "aud-9", "password": password, "back": "/"})
        line.request("POST", "/sign-in", body=body)
        answer = line.getresponse()
        assert answer.status == 303, answer.read()
        return (answer.getheader("Set-Cookie") or "").partition(";")[0]
    finally:
        line.close()


def figure(metrics: str, line: str) -> float:
    return float(next(one for one in metrics.splitlines() if one.startswith(line)).split()[-1])


def test_the_deployed_processes_play_the_story_and_tell_of_it(deployment: Deployment) -> None:
    port = deployment.addresses["ZHIDAI_PORT"]

    played = deployment.run("demo", [*ours()["demo"]["command"], "--json"])
    doctor = deployment.run("web", ["zhidai", "doctor", "--json"])
    outside = get(port, "/?world=jiangsu-default-1")
    signed = {"Cookie": signed_in(deployment, port), "X-Request-Id": "from-the-caller"}
    status, ident, page = get(port, "/loans?world=jiangsu-default-1", signed)
    scrape = {"Authorization": f"Bearer {SCRAPE}"}
    until(lambda: figure(get(port, "/metrics", scrape)[2], SCRIPT_DONE) > 0)
    metrics = get(port, "/metrics", scrape)[2]

    assert played.returncode == 0, played.stderr
    told = json.loads(played.stdout)
    assert (told["result"]["loan_state"], told["result"]["claim_state"]) == (
        "WRITTEN_OFF",
        "SETTLED",
    )
    assert doctor.returncode == 0, doctor.stdout + doctor.stderr
    assert {one["status"] for one in json.loads(doctor.stdout)} <= {"ok", "warn"}
    assert outside[0] == 200
    assert 'name="password"' in outside[2]  # deployed, nobody takes a seat without a password
    assert "SZD-0001" not in outside[2]
    assert (status, ident) == (200, "from-the-caller")
    assert "SZD-0001" in page
    assert web_answers("127.0.0.1", int(port))
    assert figure(metrics, 'zhidai_deliveries_open{world="jiangsu-default-1"}') == 0
    assert figure(metrics, 'zhidai_deliveries_parked{world="jiangsu-default-1"}') == 0
    assert figure(metrics, 'zhidai_day_close_seconds{world="jiangsu-default-1"}') > 0
    assert {"worker", "beat", "web"} == {
        kind for kind in ("worker", "beat", "web") if f'kind="{kind}"' in metrics
    }
    codes = deployment.stop()
    assert codes == {"web": -signal.SIGTERM, "worker": 0, "beat": 0}  # uvicorn passes it on
    logs_tell_of_it(deployment)


SCRAPE = "scrape-of-the-tests"
SCRIPT_DONE = 'zhidai_commands_total{channel="script",outcome="done"}'


def logs_tell_of_it(deployment: Deployment) -> None:
    """Every line is found again by world, command, event, delivery and request."""
    worker, web = deployment.lines("worker"), deployment.lines("web")
    acts = [one for one in worker if one["event"] == "act"]
    handled = [one for one in worker if one["event"] == "deliveries handled"]
    asked = [one for one in web if one.get("request_id") == "from-the-caller"]

    assert {one["world"] for one in acts + handled} == {"jiangsu-default-1"}
    assert {"DisburseLoan", "PayClaim"} <= {one["command"] for one in acts}
    assert all(one["events"] >= 1 for one in acts)
    assert all(one["deliveries"] and one["correlations"] for one in handled)
    assert {one["correlation"] for one in acts} & {
        c for one in handled for c in one["correlations"]
    }
    assert [(one["path"], one["status"], one["world"]) for one in asked] == [
        ("/loans", 200, "jiangsu-default-1")
    ]


def test_a_killed_worker_falls_silent_and_only_its_own_check_fails(
    deployment: Deployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    deployment.running["worker"].kill()
    deployment.running["worker"].wait(SECONDS)
    age_all_beats(deployment.addresses["ZHIDAI_DATABASE_URL"])

    until(lambda: deployment.healthy("beat"))

    assert not deployment.healthy("worker")
    assert deployment.healthy("web")
    doctor = deployment.run("web", ["zhidai", "doctor", "--json"])
    assert doctor.returncode == 1
    failing = [one["check"] for one in json.loads(doctor.stdout) if one["status"] == "fail"]
    assert failing == ["worker"]
    del deployment.running["worker"]


def age_all_beats(database_url: str) -> None:
    """Half a minute passes for every sign of life given so far."""
    with psycopg.connect(database_url) as connection:
        connection.execute("UPDATE heartbeat SET beat_at = beat_at - interval '31 seconds'")
