"""Bring the control database, the template and every world to the newest version.

Two processes may call it at once: a session lock on the control database lets one work.
"""

from __future__ import annotations

from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError

from alembic import command
from services.kernel import db, logins, roles, worlds
from services.kernel.settings import ROOT, settings

TREES = ("control", "world")
PACKAGED = Path(__file__).with_name("versions")
MADE_BY_ANOTHER = ("42P04", "23505")  # the same database, created at the same moment


def config(tree: str) -> Config:
    """Alembic's settings for one of the two version trees."""
    made = Config()
    made.set_main_option("script_location", str(scripts()))
    made.set_main_option("version_locations", str(scripts() / tree))
    made.set_main_option("path_separator", "os")
    made.set_main_option("version_table", "alembic_version")
    made.attributes["tree"] = tree
    return made


def migrate() -> None:
    """Create what is missing and upgrade everything. Safe to call at every start."""
    roles.provide(logins.logins(settings()), connections=settings().connections)
    _ensure_database(db.server_url().database or "")
    control = db.engine(as_owner=True)
    with control.connect() as lock:
        lock.execute(text("SELECT pg_advisory_lock(7017)"))
        try:
            upgrade(control, "control")
            with worlds.template_to_oneself(lock):
                _template_upgraded()
            for world in worlds.listing():
                upgrade(db.engine(world.database, as_owner=True), "world")
        finally:
            lock.execute(text("SELECT pg_advisory_unlock(7017)"))


def _template_upgraded() -> None:
    try:
        _ensure_database(worlds.template())
        upgrade(db.engine(worlds.template(), as_owner=True), "world")
    finally:
        db.forget(worlds.template())  # nobody stays connected to what is cloned


def upgrade(bind: Engine, tree: str) -> None:
    """Upgrade one database to its tree's head; nothing is loaded when it is there already."""
    with bind.connect() as connection:
        app = logins.role(settings().database_url, "app")
        if _version(connection) == head(tree) and _open_to(connection, app):
            return
        connection.rollback()
        made = config(tree)
        made.attributes["connection"] = connection
        command.upgrade(made, "head")
        _opened(connection, app)
        connection.commit()


def _open_to(connection: Connection, app: str) -> bool:
    asked = text("SELECT has_table_privilege(:app, 'alembic_version', 'SELECT')")
    found: bool = connection.execute(asked, {"app": app}).scalar_one()
    return found


def _opened(connection: Connection, app: str) -> None:
    """Let the application in, and no further than it must."""
    for statement in roles.closed(connection.engine.url.database or "", app):
        connection.execute(text(statement))
    for statement in roles.granted(app):
        connection.execute(text(statement))


def head(tree: str) -> str:
    """The newest version of a tree."""
    found = ScriptDirectory.from_config(config(tree)).get_current_head()
    return found or ""


def _version(connection: Connection) -> str | None:
    try:
        found: str | None = connection.execute(
            text("SELECT version_num FROM alembic_version")
        ).scalar_one_or_none()
        return found
    except ProgrammingError:
        return None


def _ensure_database(name: str) -> None:
    try:
        with db.engine(name, as_owner=True).connect():
            return
    except OperationalError as error:
        if "does not exist" not in str(error):
            raise
    with db.engine("postgres", as_owner=True).connect() as connection:
        outside = connection.execution_options(isolation_level="AUTOCOMMIT")
        try:
            outside.execute(text(f"CREATE DATABASE \"{name}\" ENCODING 'UTF8' TEMPLATE template0"))
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) not in MADE_BY_ANOTHER:
                raise


def scripts() -> Path:
    """Folder of both version trees: the package's where a wheel carries it, else the checkout's."""
    return PACKAGED if PACKAGED.is_dir() else ROOT / "alembic"
