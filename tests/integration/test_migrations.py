"""Migrations make exactly the tables that the code declares, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, MetaData, text

from alembic import command
from services.kernel import db, migrations, tables, worlds
from services.kernel.settings import ROOT

SERVICES = ROOT / "services"
METADATA = {"control": worlds.metadata, "world": tables.metadata}


@pytest.fixture(params=migrations.TREES)
def tree(request: pytest.FixtureRequest) -> str:
    """One of the two version trees."""
    name: str = request.param
    return name


@pytest.fixture
def empty(servers: None, tree: str) -> Iterator[Engine]:
    """A database with nothing in it."""
    name = f"{db.server_url().database}_{tree}_m"
    migrations._ensure_database(name)
    yield db.engine(name, as_owner=True)
    db.forget(name)
    with db.engine("postgres", as_owner=True).connect() as connection:
        outside = connection.execution_options(isolation_level="AUTOCOMMIT")
        db.delete(outside, name)


def _differences(bind: Engine, metadata: MetaData) -> list[object]:
    for path in SERVICES.rglob("*.py"):  # tables are declared when they are imported
        if "Table(" in path.read_text("utf-8"):
            import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    with bind.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))


def _downgrade(bind: Engine, tree: str) -> None:
    with bind.connect() as connection:
        made = migrations.config(tree)
        made.attributes["connection"] = connection
        command.downgrade(made, "base")
        connection.commit()


def _left(bind: Engine) -> list[str]:
    statement = text(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        " AND relname NOT LIKE 'alembic%' UNION ALL"
        " SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
    )
    with bind.connect() as connection:
        return list(connection.execute(statement).scalars())


def test_after_the_last_migration_nothing_is_left_to_migrate(empty: Engine, tree: str) -> None:
    migrations.upgrade(empty, tree)

    assert _differences(empty, METADATA[tree]) == []


def test_every_migration_can_be_taken_back_and_made_again(empty: Engine, tree: str) -> None:
    migrations.upgrade(empty, tree)

    _downgrade(empty, tree)
    assert _left(empty) == []
    migrations.upgrade(empty, tree)

    assert _differences(empty, METADATA[tree]) == []


def test_migrating_again_changes_nothing(empty: Engine, tree: str) -> None:
    migrations.upgrade(empty, tree)
    before = _left(empty)

    migrations.upgrade(empty, tree)
    migrations.migrate()

    assert _left(empty) == before
