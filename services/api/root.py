"""Where the API lies."""

from __future__ import annotations

ROOT = "/api/v1"
