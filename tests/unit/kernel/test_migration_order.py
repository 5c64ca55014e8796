"""The migrations of each tree stand in one line: no two follow the same one."""

from __future__ import annotations

import pytest
from alembic.script import ScriptDirectory

from services.kernel import migrations


@pytest.mark.parametrize("tree", ["control", "world"])
def test_each_tree_has_one_head(tree: str) -> None:
    assert len(ScriptDirectory.from_config(migrations.config(tree)).get_heads()) == 1
