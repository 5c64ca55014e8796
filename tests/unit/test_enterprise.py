"""An enterprise enters the library, is sent back, expires, is suspended or barred."""

from __future__ import annotations

from datetime import date

from tests.unit.lives import Lives
