"""This machine: Python, the installed packages against the lock, the data folder, disk space."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from packaging.markers import Marker

from services.kernel.settings import CHECKED_OUT, ROOT, Settings
from services.reports.checkup.finding import Diagnosis

OLDEST = (3, 11)
NEEDS_BYTES = 200_000_000
"""Less free space than this and PostgreSQL may stop in the middle of a write."""
WANTS_BYTES = 2_000_000_000
_LINE = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[^\s;]+)(\s*;\s*(?P<marker>[^\\]+))?")


def python(_: Settings) -> list[Diagnosis]:
    """3.11 or later."""
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST:
        return [Diagnosis("python", "fail", "old", {"version": found})]
    return [Diagnosis("python", "ok", "fine", {"version": found})]


def packages(settings: Settings) -> list[Diagnosis]:
    """What is installed is what requirements.lock names.

    A line whose marker is for other machines does not count; a deployment's image leaves the build
    backend and the embedded servers out.
    """
    lock = ROOT / "requirements.lock"
    if not CHECKED_OUT:
        return []  # pip saw to it
    if not lock.exists():
        return [Diagnosis("packages", "warn", "no_lock", {"lock": lock})]
    wrong, missing = compare(lock.read_text("utf-8").splitlines())
    if wrong:
        return [Diagnosis("packages", "fail", "other", {"packages": ", ".join(wrong)})]
    if missing and not settings.deployed:
        return [Diagnosis("packages", "fail", "missing", {"packages": ", ".join(missing)})]
    return [Diagnosis("packages", "ok", "fine")]


def compare(lines: Iterable[str]) -> tuple[list[str], list[str]]:
    """Packages of a lock that are installed in another version, and those that are not at all."""
    wrong, missing = [], []
    for line in lines:
        pinned = _LINE.match(line)
        if pinned is None or not _meant(pinned["marker"]):
            continue
        try:
            found = version(pinned["name"])
        except PackageNotFoundError:
            if not pinned["marker"]:
                missing.append(pinned["name"])
            continue
        if found != pinned["version"]:
            wrong.append(f"{pinned['name']} {found} != {pinned['version']}")
    return wrong, missing


def _meant(marker: str | None) -> bool:
    """Whether a line is for this machine; one without a marker is for all."""
    return marker is None or Marker(marker.strip()).evaluate()


def data_folder(settings: Settings) -> list[Diagnosis]:
    """The data folder, or the nearest folder above it that exists, can be written."""
    folder = _existing(settings.data.absolute())
    if os.access(folder, os.W_OK | os.X_OK):
        there = "fine" if folder == settings.data.absolute() else "absent"
        return [Diagnosis("data", "ok", there, {"folder": settings.data})]
    return [Diagnosis("data", "fail", "readonly", {"folder": folder})]


def disk(settings: Settings) -> list[Diagnosis]:
    """Free space where the data folder lies."""
    free = shutil.disk_usage(_existing(settings.data.absolute())).free
    values = {"gigabytes": f"{free / 1e9:.1f}", "folder": settings.data}
    if free < NEEDS_BYTES:
        return [Diagnosis("disk", "fail", "full", values)]
    if free < WANTS_BYTES:
        return [Diagnosis("disk", "warn", "low", values)]
    return [Diagnosis("disk", "ok", "fine", values)]


def _existing(folder: Path) -> Path:
    return next(each for each in (folder, *folder.parents) if each.exists())
