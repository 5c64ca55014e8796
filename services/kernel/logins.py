"""Who logs in to PostgreSQL: the application, the owner of its databases, and who sets both up.

Two roles a platform, named after its control database, so that two platforms on one server share
nothing. Reads the settings only; roles.py makes the roles.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, unquote, urlsplit

from services.kernel.settings import Settings


@dataclass(frozen=True, slots=True)
class Logins:
    """URLs of the control database. `setup` is None where the roles are made by somebody else.

    app: reads and writes rows, adds to history; owner: makes, forks and migrates databases.
    """

    app: str
    owner: str
    setup: str | None


def logins(settings: Settings) -> Logins:
    """The logins that ZHIDAI_DATABASE_URL stands for.

    It may be the application's own login, or that of somebody who may make roles: then the two
    roles' passwords are derived from its password, and stand nowhere.
    """
    given = urlsplit(settings.database_url)
    app, owner = role(settings.database_url, "app"), role(settings.database_url, "owner")
    secret = unquote(given.password or "") or settings.database_password
    name = unquote(given.username or "")
    return Logins(
        app=_as(given, app, secret),
        owner=settings.owner_url or _as(given, owner, secret),
        setup=None if name in (app, owner) else _with(given, name, secret),
    )


def role(url: str, kind: str) -> str:
    """Name of the platform's role of that kind: `<control database>_app` or `_owner`."""
    return f"{urlsplit(url).path.lstrip('/')}_{kind}"


def user(url: str) -> str:
    """The role a URL logs in as, "" without one."""
    return unquote(urlsplit(url).username or "")


def at(url: str, database: str) -> str:
    """The URL of another database of the same server."""
    return urlsplit(url)._replace(path=f"/{database}").geturl()


def password(url: str) -> str:
    """The password in a URL, "" without one."""
    return unquote(urlsplit(url).password or "")


def _as(given: SplitResult, name: str, secret: str) -> str:
    """The URL with that role's login; its own password where the URL is of that role already."""
    if unquote(given.username or "") == name:
        return _with(given, name, secret)
    own = hmac.digest(secret.encode(), name.encode(), hashlib.sha256).hex() if secret else ""
    return _with(given, name, own)


def _with(given: SplitResult, name: str, secret: str) -> str:
    host = given.netloc.rpartition("@")[2]
    word = f":{quote(secret, safe='')}" if secret else ""
    login = f"{quote(name, safe='')}{word}@" if name else ""
    return given._replace(netloc=login + host).geturl()
