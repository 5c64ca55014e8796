"""What a platform of one's own gets before its programs start: databases, `main`, demo users."""

from __future__ import annotations

from importlib import import_module

from services.kernel.settings import Settings


def prepare(settings: Settings) -> None:
    """Migrate, make the world `main` and the demo users where they are missing."""
    # Late: who attaches to a platform that runs need not load the ORM.
    import_module("services.kernel.migrations").migrate()
    import_module("services.kernel.worlds").ensure_main(settings.main_starts_on)
    import_module("services.sandbox.demo_users").ensure(settings.data)
