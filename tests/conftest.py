"""What all tests share: servers once a session, a world of its own for each test, a data folder.

With ZHIDAI_DATABASE_URL and ZHIDAI_REDIS_URL those servers are used, else embedded ones start.
Either way the control database is this session's own, so that two runs never meet.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from itertools import count
from pathlib import Path
from secrets import token_hex

import hypothesis
import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from services.embedded.platform import started
from services.embedded.programs import servers_only
from services.kernel import db, migrations, users, worlds
from services.kernel.settings import settings
from services.kernel.worlds import World
from tests.outside import drop_platform, environment, sister
from tests.toy import wiring
from tests.toy.stage import Stage

# Properties are about values: how long a busy machine takes to draw them is none of theirs.
hypothesis.settings.register_profile(
    "timeless",
    hypothesis.settings(),
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("timeless")

QUICK = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=64, parallelism=1),))
STARTS_ON = date(2025, 1, 2)
_NUMBER = count(1)


@pytest.fixture
def real_book() -> Path:
    """The book of 20,023 real loans in the shared folder."""
    path = settings().shared / "data" / "sba_loans.csv"
    if not path.exists():
        pytest.skip(f"{path} is not there: set ZHIDAI_SHARED to the folder with the shared data")
    return path


@pytest.fixture(scope="session")
def servers() -> Iterator[None]:
    """PostgreSQL and Redis, migrated, reachable through `settings()`; dropped at the end.

    Passwords of demo users are hashed in little memory: thirty a fixture took seconds.
    """
    with ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setattr(users, "_hasher", lambda: QUICK)
        given = settings()
        if not (given.database_url and given.redis_url):
            stack.enter_context(_embedded())
        stack.enter_context(_own_control_database(f"zk{token_hex(4)}"))
        migrations.migrate()
        yield


@contextmanager
def _embedded() -> Iterator[None]:
    # Not pytest's folder: PostgreSQL does not run as root, and another user must reach it.
    data = Path(tempfile.mkdtemp(prefix="zhidai-tests-", dir="/var/tmp"))
    data.chmod(0o711)
    ours = settings().model_copy(update={"data": data})
    try:
        with started(ours, say=lambda _: None, programs=servers_only, prepare=lambda _: None):
            yield
    finally:
        shutil.rmtree(data, ignore_errors=True)


@contextmanager
def _own_control_database(name: str) -> Iterator[None]:
    with (
        tempfile.TemporaryDirectory(prefix="zhidai-anchors-") as anchors,
        environment({**sister(name), "ZHIDAI_ANCHORS": anchors, "ZHIDAI_ANCHOR_KEY": "tests"}),
    ):
        try:
            yield
        finally:
            drop_platform()


@pytest.fixture
def world(servers: None) -> Iterator[World]:
    """A fresh world at 2 January 2025."""
    made = worlds.create(f"t{next(_NUMBER)}", starts_on=STARTS_ON, owner="fin-1")
    try:
        yield made
    finally:
        worlds.drop(made.name)


@pytest.fixture
def stage(world: World) -> Stage:
    """A world with the toy's tables and one open tally, and hands to act in it."""
    wiring.metadata.create_all(db.engine(world.database, as_owner=True))
    wiring.BROKEN["unlucky"] = True
    made = Stage(world)
    made.open_tally()
    return made


@pytest.fixture
def data_folder() -> Iterator[Path]:
    """A fresh folder with a name that needs quoting everywhere, too long for a socket in it."""
    with _awkward_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def data_folder_of_module() -> Iterator[Path]:
    """Another of its kind, for a platform that the tests of one module share."""
    with _awkward_folder() as folder:
        yield folder


@pytest.fixture(scope="session")
def data_folder_of_session() -> Iterator[Path]:
    """Another of its kind, for what stays up from the first test to the last."""
    with _awkward_folder() as folder:
        yield folder


@contextmanager
def _awkward_folder() -> Iterator[Path]:
    # Not tmp_path: pytest's folder has mode 700, which sends root's data elsewhere.
    base = Path(tempfile.mkdtemp(prefix="zhidai-test-"))
    base.chmod(0o755)
    folder = base / "知贷 data ;one #two %d 'three'" / ("long" * 25)
    folder.mkdir(parents=True)
    yield folder
    shutil.rmtree(base)
