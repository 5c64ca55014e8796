"""`zhidai doctor`: what counts as well, what as worrying, what as broken, and what to do."""

from __future__ import annotations

from datetime import date
from importlib.metadata import version
from pathlib import Path

import pytest

from services.kernel.heartbeat import SILENT_AFTER, Beat
from services.kernel.i18n import catalogue
from services.kernel.settings import Settings
from services.reports.checkup import running
from services.reports.checkup.all import findings
from services.reports.checkup.finding import Diagnosis
from services.reports.checkup.machine import compare, disk
from services.reports.vitals import Vitals


def world(**changed: object) -> Vitals:
    day = date(2025, 8, 14)
    calm: dict[str, object] = {
        "world": "w1", "open": 0, "oldest": 0.0, "held": 0, "parked": 0, "parked_timers": 0,
        "failed_acts": 0,
        "business_date": day, "target_date": day, "day_close": 0.01,
    }  # fmt: skip
    return Vitals(**{**calm, **changed})  # type: ignore[arg-type]  # fields of any type


def beat(age: float, kind: str = "worker") -> Beat:
    return Beat(kind, "host", 1, age)


def test_a_process_is_alive_until_half_a_minute_without_a_beat() -> None:
    assert beat(SILENT_AFTER).alive
    assert not beat(SILENT_AFTER + 0.1).alive


def test_one_living_worker_is_enough_and_a_silent_one_fails() -> None:
    both = [beat(100.0), beat(3.0)]

    assert running._process("worker", both).says == "alive"
    assert running._process("worker", [beat(100.0)]) == Diagnosis(
        "worker", "fail", "silent", {"age": 100}
    )
    assert running._process("beat", both).says == "none"


def test_a_delivery_may_wait_a_minute() -> None:
    waiting = running._oldest([world(), world(world="w2", open=1, oldest=60.0)])
    late = running._oldest([world(open=3, oldest=60.5)])

    assert (waiting.status, waiting.values["world"]) == ("ok", "w2")
    assert (late.status, late.values["open"]) == ("fail", 3)
    assert running._oldest([]).says == "none"


def test_parked_work_fails_and_a_world_behind_its_day_warns() -> None:
    parked = running._parked([world(), world(world="w2", parked=1, parked_timers=2, failed_acts=3)])
    behind = running._clocks([world(target_date=date(2025, 8, 15))])

    assert (parked.status, parked.values) == ("fail", {"worlds": "w2 6", "first": "w2"})
    assert behind.status == "warn"
    assert "2025-08-14 → 2025-08-15" in str(behind.values["worlds"])
    assert running._clocks([world()]).status == "ok"


def test_packages_are_compared_with_the_lock_line_by_line() -> None:
    here = version("pytest")
    lines = [f"pytest=={here} \\", "    --hash=sha256:00", "pytest==0.1 ; os_name == 'posix'",
             "no-such-package==1", "no-such-other==1 ; sys_platform == 'win32'"]  # fmt: skip

    wrong, missing = compare(lines)

    assert wrong == [f"pytest {here} != 0.1"]
    assert missing == ["no-such-package"]


@pytest.mark.parametrize(
    ("free", "status"),
    [(199_999_999, "fail"), (200_000_000, "warn"), (1_999_999_999, "warn"), (2_000_000_000, "ok")],
)
def test_little_disk_space_warns_and_less_fails(
    monkeypatch: pytest.MonkeyPatch, free: int, status: str
) -> None:
    usage = type("Usage", (), {"free": free})()
    monkeypatch.setattr("services.reports.checkup.machine.shutil.disk_usage", lambda _: usage)

    assert disk(Settings())[0].status == status


def test_without_a_platform_nothing_fails_and_the_servers_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = findings(Settings(data=tmp_path, database_url="", redis_url=""))

    assert {one.check: one.status for one in found if one.status != "ok"} == {
        "postgres": "warn",
        "redis": "warn",
    }


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_whatever_is_not_well_says_what_to_do(lang: str) -> None:
    said = catalogue(lang)
    fixes = [key for key in said if key.startswith("doctor.") and key.endswith(".fix")]

    assert len(fixes) > 20
    assert [key for key in fixes if key.removesuffix(".fix") not in said] == []
    assert Diagnosis("beat", "fail", "none").fix(lang) == said["doctor.beat.none.fix"]
    assert Diagnosis("beat", "ok", "alive", {"age": 1, "number": 1}).fix(lang) == ""
