"""What unit tests of commands share: the language that one sets does not outlive it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.kernel.settings import settings


@pytest.fixture
def own_language(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Chinese, whatever a command line sets for itself, and again afterwards."""
    monkeypatch.setenv("ZHIDAI_LANG", "zh")
    settings.cache_clear()
    yield
    settings.cache_clear()
