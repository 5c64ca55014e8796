"""`zhidai migrate`: bring the databases of ZHIDAI_DATABASE_URL to the newest version, and end.

`zhidai up` does the same by itself; this is for deployments, before web, workers and beat start.
"""

from __future__ import annotations

from services.cli.voice import say
from services.kernel import migrations, worlds
from services.kernel.i18n import text
from services.kernel.problems import Unusable
from services.kernel.settings import settings


def migrate() -> None:
    """Create what is missing, the world `main` too, and upgrade all. Two at once do no harm."""
    if not settings().database_url:
        raise Unusable("cli.migrate.no_url")
    migrations.migrate()
    worlds.ensure_main(settings().main_starts_on)
    say(text("cli.migrate.done", {"worlds": len(worlds.listing())}))
