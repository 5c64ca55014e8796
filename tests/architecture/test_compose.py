"""docker-compose.yml and Dockerfile agree with the settings, commands and routes of the code.

There is no container engine where this runs: tests/integration/test_processes.py starts the same
commands as plain processes.
"""

from __future__ import annotations

import asyncio
import re
from importlib.util import find_spec
from urllib.parse import urlsplit

import httpx
import pytest

from services.cli.main import COMMANDS
from services.embedded.programs import application
from services.kernel.settings import ROOT, Settings
from services.web.app import app
from tests.compose import FILE, NotSet, filled, ours, services, variables

FIELDS = {f"ZHIDAI_{name.upper()}" for name in Settings.model_fields}
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
LONG_RUNNING = ("web", "worker", "beat")


def commands() -> list[tuple[str, list[str]]]:
    """Every command line of ours: what services run and how their health is asked."""
    run = [(name, one["command"]) for name, one in ours().items()]
    asked = [
        (f"{name} health", one["healthcheck"]["test"][1:])
        for name, one in ours().items()
        if "healthcheck" in one
    ]
    return run + asked


async def answer(path: str) -> httpx.Response:
    """What the web app answers there."""
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        return await client.get(path)


def test_every_variable_of_ours_is_a_setting() -> None:
    set_here = {name for one in ours().values() for name in one["environment"]}
    asked_for = set(variables())

    strange = {name for name in set_here | asked_for if name.startswith("ZHIDAI_")} - FIELDS

    assert strange == set()


def test_the_values_set_are_read_as_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ours()["web"]["environment"].items():
        monkeypatch.setenv(name, filled(value, {"POSTGRES_PASSWORD": "x"}))

    read = Settings()

    assert read.deployed
    assert read.log == "json"
    assert urlsplit(read.database_url).hostname in services()
    assert urlsplit(read.redis_url).hostname in services()


@pytest.mark.parametrize(("name", "words"), commands())
def test_every_command_exists(name: str, words: list[str]) -> None:
    if words[0] == "zhidai":
        assert words[1] in COMMANDS
    elif "-m" in words:
        module = words[words.index("-m") + 1]
        target = words[words.index("-A") + 1] if "-A" in words else words[3].partition(":")[0]
        assert find_spec(module) is not None
        assert find_spec(target) is not None
    else:
        assert words[:2] == ["python", "-c"]


@pytest.mark.parametrize("name", LONG_RUNNING)
def test_a_container_runs_what_zhidai_up_runs(name: str) -> None:
    here = Settings(workers=2, host="0.0.0.0", data=ROOT, port=8765)
    program = next(each for each in application(here, 8765) if each.name == name)
    container = [filled(str(word), {}) for word in ours()[name]["command"]]

    assert container[0] == "python"
    assert [_plain(w) for w in container[1:]] == [_plain(w) for w in program.argv[1:]]
    assert program.environment.items() <= ours()[name]["environment"].items()
    assert _seconds(ours()[name].get("stop_grace_period", "10s")) >= program.grace_seconds


def _plain(word: str) -> str:
    return "beat-schedule" if word.endswith("/beat-schedule") else word


def _seconds(text: str) -> int:
    return int(text.removesuffix("s"))


def test_health_is_asked_without_remote_control() -> None:
    asked = {name: " ".join(ours()[name]["healthcheck"]["test"]) for name in LONG_RUNNING}

    assert asked["worker"] == "CMD zhidai healthy worker"
    assert asked["beat"] == "CMD zhidai healthy beat"
    url = re.search(r'"(http://127\.0\.0\.1:(\d+)(/\w+))"', asked["web"])
    assert url
    assert url[2] == ours()["web"]["environment"]["ZHIDAI_PORT"]
    assert asyncio.run(answer(url[3])).json().keys() == {"status", "checks"}


def test_what_a_health_check_tries_takes_less_than_its_limit() -> None:
    for name, one in services().items():
        if check := one.get("healthcheck"):
            assert _seconds(check["timeout"]) <= _seconds(check["interval"]), name


@pytest.mark.parametrize("name", LONG_RUNNING)
def test_nothing_of_ours_starts_before_the_migrations_are_done(name: str) -> None:
    waits = {other: how["condition"] for other, how in ours()[name]["depends_on"].items()}

    assert waits == {
        "postgres": "service_healthy",
        "redis": "service_healthy",
        "migrate": "service_completed_successfully",
    }
    assert ours()["migrate"]["command"] == ["zhidai", "migrate"]
    assert ours()["migrate"]["restart"] == "no"


def test_there_is_no_password_but_the_one_given() -> None:
    said = variables()["POSTGRES_PASSWORD"]

    with pytest.raises(NotSet, match="Set POSTGRES_PASSWORD"):
        filled(services()["postgres"]["environment"]["POSTGRES_PASSWORD"], {})
    assert said.startswith("?")
    secrets = {
        value
        for one in services().values()
        for name, value in one.get("environment", {}).items()
        if "PASSWORD" in name
    }
    assert all(value.startswith("${POSTGRES_PASSWORD:?") for value in secrets)
    assert len(secrets) == 1


def test_the_demo_has_a_file_with_a_password_and_is_off_otherwise() -> None:
    lines = (ROOT / "demo.env").read_text("utf-8").splitlines()
    given = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))

    assert filled(services()["postgres"]["environment"]["POSTGRES_PASSWORD"], given)
    assert set(given) <= set(variables())
    assert services()["demo"]["profiles"] == ["demo"]
    assert [name for name, one in services().items() if "profiles" in one] == ["demo"]


def test_only_the_web_app_listens_outside_and_on_loopback_unless_asked() -> None:
    published = {name: one["ports"] for name, one in services().items() if "ports" in one}

    assert set(published) == {"web"}
    assert [filled(port, {}) for port in published["web"]] == ["127.0.0.1:8765:8765"]


def test_everything_of_ours_runs_bare() -> None:
    for name, one in ours().items():
        assert one["read_only"], name
        assert one["cap_drop"] == ["ALL"], name
        assert "no-new-privileges:true" in one["security_opt"], name
        assert "user" not in one, name
        assert one["deploy"]["resources"]["limits"]["memory"], name


def test_the_servers_are_new_enough_and_keep_their_data() -> None:
    image, _, version = services()["postgres"]["image"].partition(":")

    assert image == "postgres"
    assert int(version) >= 16
    # From 18 on the image's volume lies one folder higher than before.
    assert services()["postgres"]["volumes"] == ["postgres:/var/lib/postgresql"]
    assert int(services()["redis"]["image"].split(":")[1].split("-")[0]) >= 7


def test_the_image_is_locked_bare_and_not_run_by_root() -> None:
    built, _, final = DOCKERFILE.rpartition("\nFROM ")

    assert set(re.findall(r"FROM (\S+)", DOCKERFILE)) == {"python:3.12-slim"}
    assert "--require-hashes -r requirements.lock" in built
    assert "--no-deps --no-build-isolation" in built
    assert "hatchling" in built.rpartition("uninstall")[2]
    assert "pip uninstall -y pip" in final
    assert re.search(r"^USER (\d+)", final, re.M)
    assert "USER 0" not in final


def test_the_image_holds_what_it_copies_and_nothing_else() -> None:
    copied = set(re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.M))
    wanted = {word for line in copied for word in line.split()}
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    let_in = {line[1:] for line in ignored if line.startswith("!")}

    assert ignored[1] == "*"
    assert let_in == wanted
    assert all((ROOT / one).exists() for one in wanted)


def test_no_address_of_this_machine_stands_in_the_files() -> None:
    text = FILE.read_text("utf-8") + DOCKERFILE

    assert "/home/" not in text
    assert "/root" not in text
    assert "index-url" not in text
