"""What all tests share: a data folder that PostgreSQL's user can enter, gone afterwards."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def data_folder() -> Iterator[Path]:
    """A fresh folder with a name that needs quoting everywhere, too long for a socket in it."""
    # Not tmp_path: pytest's folder has mode 700, which sends root's data elsewhere.
    base = Path(tempfile.mkdtemp(prefix="zhidai-test-"))
    base.chmod(0o755)
    folder = base / "知贷 data ;one #two %d 'three'" / ("long" * 25)
    folder.mkdir(parents=True)
    yield folder
    shutil.rmtree(base)
