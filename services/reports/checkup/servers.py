"""The two servers: there, new enough, with the rights and the migrations the platform needs."""

from __future__ import annotations

import re

from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from services.kernel import db, migrations, pool, worlds
from services.kernel.logins import logins, user
from services.kernel.settings import Settings
from services.reports.checkup.finding import Diagnosis

OLDEST_POSTGRES = 15
OLDEST_REDIS = (6, 2)
LIMIT_SECONDS = 3

_RIGHTS = text(
    "SELECT bool_and(NOT rolsuper AND rolcreatedb = (rolname = current_user)) FROM pg_roles"
    " WHERE rolname IN (current_user, :app)"
)
_NO_ROLE = re.compile('role ".+" does not exist')
_VERSION = text("SELECT version_num FROM alembic_version")


def postgres(settings: Settings) -> list[Diagnosis]:
    """Reachable, 15 or later; the owner makes databases, neither role may more than it must."""
    if not settings.database_url:
        return [Diagnosis("postgres", "warn", "none")]
    try:
        with db.engine("postgres", as_owner=True).connect() as connection:
            major = connection.execute(text("SHOW server_version_num")).scalar_one()
            rights = connection.execute(_RIGHTS, {"app": user(logins(settings).app)}).scalar_one()
    except DBAPIError as error:
        said = "roles" if _NO_ROLE.search(str(error.orig)) else "away"
        said = "full" if pool.full(error) else said
        return [Diagnosis("postgres", "fail", said, {"error": _cause(error)})]
    values = {"version": int(major) // 10_000, "oldest": OLDEST_POSTGRES}
    if values["version"] < OLDEST_POSTGRES:
        return [Diagnosis("postgres", "fail", "old", values)]
    if not rights:
        return [Diagnosis("postgres", "fail", "rights", values)]
    return [Diagnosis("postgres", "ok", "fine", values)]


def versions(settings: Settings) -> list[Diagnosis]:
    """The control database and every world are at the newest migration."""
    if not settings.database_url:
        return []
    try:
        behind = _behind()
    except DBAPIError:
        return [Diagnosis("migrations", "fail", "unread")]
    if behind:
        return [Diagnosis("migrations", "fail", "behind", {"databases": ", ".join(behind)})]
    return [Diagnosis("migrations", "ok", "fine")]


def redis(settings: Settings) -> list[Diagnosis]:
    """Reachable and 6.2 or later. Redis is the doorbell: without it work waits for the sweeper."""
    if not settings.redis_url:
        return [Diagnosis("redis", "warn", "none")]
    try:
        with Redis.from_url(
            settings.redis_url, socket_timeout=LIMIT_SECONDS, socket_connect_timeout=LIMIT_SECONDS
        ) as client:
            found = str(client.info("server")["redis_version"])
    except RedisError as error:
        return [Diagnosis("redis", "fail", "away", {"error": type(error).__name__})]
    values = {"version": found, "oldest": ".".join(map(str, OLDEST_REDIS))}
    numbers = tuple(int(part) for part in re.findall(r"[0-9]+", found)[:2])
    return [Diagnosis("redis", "ok" if numbers >= OLDEST_REDIS else "fail", "fine", values)]


def _behind() -> list[str]:
    names = [(db.server_url().database or "", "control")]
    names += [(world.database, "world") for world in worlds.listing()]
    return [name for name, tree in names if _version(name) != migrations.head(tree)]


def _version(database: str) -> str | None:
    with db.engine(database, as_owner=True).connect() as connection:
        return _number(connection)


def _number(connection: Connection) -> str | None:
    found: str | None = connection.execute(_VERSION).scalar_one_or_none()
    return found


def _cause(error: DBAPIError) -> str:
    """The driver's first line, which names host and reason; never the URL with its password."""
    told = str(error.orig).strip().splitlines() or [type(error).__name__]
    return told[0][:200]
