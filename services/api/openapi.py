"""`python -m services.api.openapi > docs/openapi.json`: the API's specification as a file."""

from __future__ import annotations

import json
import sys
from importlib import import_module

from services.api.app import build, specification


def document() -> str:
    """The specification as it is kept in docs/."""
    # Late and by name: the wiring stands above the API and is no part of it.
    registry = import_module("services.wiring").registry()
    return json.dumps(specification(build(registry)), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    sys.stdout.write(document())
