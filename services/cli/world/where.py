"""Where a result is to be seen."""

from __future__ import annotations

from services.embedded.platform import Running
from services.kernel.i18n import text


def show_where(running: Running, place: str) -> None:
    """The address at which a result is seen: at once, or after `zhidai up`."""
    key = "cli.look_later" if running.owned else "cli.look"
    print(text(key, {"url": f"{running.url}{place}"}), flush=True)
