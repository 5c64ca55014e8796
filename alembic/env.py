"""One environment for both version trees; the caller hands over the connection and the tree."""

from __future__ import annotations

from alembic import context

settings = context.config.attributes
connection = settings["connection"]
context.configure(
    connection=connection,
    target_metadata=settings.get("metadata"),
    transactional_ddl=True,
    compare_type=True,
    compare_server_default=False,
)
with context.begin_transaction():
    context.run_migrations()
