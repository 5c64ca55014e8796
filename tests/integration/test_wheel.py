"""The wheel: what it carries, and that it plays the story where no checkout is."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from services.kernel.settings import ROOT

PYTHONS = ("python3.11", "python3.12", "python3.13")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    words = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(words, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site packages")  # with a space, as some homes have
    for part in (folder, *folder.parents[:2]):
        part.chmod(0o755)
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder)
    return folder


def zhidai(site: Path, home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The command of the unpacked wheel, in a folder and a home of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-P", "-c", "from services.cli.main import main; main()", *words],
        cwd=home, env={**kept, "HOME": str(home), "PYTHONPATH": str(site)},
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


def test_the_wheel_carries_migrations_rules_and_rulebook_within_our_packages(
    unpacked: Path,
) -> None:
    tops = {path.name for path in unpacked.iterdir() if not path.name.endswith(".dist-info")}
    assert tops == {"policies", "services", "workflows"}

    def files(folder: Path) -> set[str]:
        found = folder.rglob("*")
        return {
            str(path.relative_to(folder))
            for path in found
            if path.is_file() and "__pycache__" not in path.parts
        }

    assert files(unpacked / "services" / "kernel" / "versions") == files(ROOT / "alembic")
    assert files(unpacked / "services" / "rulebook" / "pages") == files(ROOT / "docs" / "rulebook")
    assert (unpacked / "policies" / "cases" / "jiangsu.toml").is_file()


def test_the_wheel_plays_the_story_outside_the_checkout(unpacked: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o755)

    played = zhidai(unpacked, tmp_path, "play", "jiangsu", "--json")

    assert played.returncode == 0, played.stderr
    assert json.loads(played.stdout)["world"] == "jiangsu-default-1"
    assert str(ROOT) not in played.stdout + played.stderr
    assert (tmp_path / ".local" / "share" / "zhidai").is_dir()
    assert not (unpacked / ".zhidai").exists()
    told = zhidai(unpacked, tmp_path, "policy", "clause", "ZD-1.5.1")
    assert told.returncode == 0, told.stderr


@pytest.mark.slow
@pytest.mark.parametrize("python", PYTHONS)
def test_the_wheel_plays_the_story_in_a_clean_environment(
    wheel: Path, tmp_path: Path, python: str
) -> None:
    found = shutil.which(python)
    usable = [found or "", "-c", "import ensurepip, venv"]
    if not found or subprocess.run(usable, capture_output=True, check=False).returncode:
        pytest.skip(f"no {python} that makes environments")
    tmp_path.chmod(0o755)
    made = tmp_path / "venv"
    subprocess.run([found, "-m", "venv", str(made)], check=True)
    subprocess.run([made / "bin" / "pip", "install", "-q", str(wheel)], check=True)
    bare = {"HOME": str(tmp_path), "PATH": str(made / "bin"), "LANG": "C.UTF-8"}  # no redis-server

    played = subprocess.run(
        [made / "bin" / "zhidai", "play", "jiangsu"], cwd=tmp_path, env=bare,
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip

    assert played.returncode == 0, played.stderr
