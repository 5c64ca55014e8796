"""Which user runs PostgreSQL, which refuses root, and which folders that user can reach."""

from __future__ import annotations

import hashlib
import os
import pwd
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from services.kernel.problems import Problem

UNPRIVILEGED = ("postgres", "nobody")
"""Tried in this order when root starts the platform."""


@dataclass(frozen=True, slots=True)
class Account:
    """A user of this machine other than root."""

    name: str
    uid: int
    gid: int


def server_account(data: Path) -> Account | None:
    """Who runs PostgreSQL: None is the caller, for everybody but root.

    Data that exists already stays with its owner. Raises Problem where root finds nobody.
    """
    if os.geteuid() != 0:
        return None
    for cluster in (data / "postgres", _shelter(data) / "postgres"):
        if cluster.exists() and _ours(cluster.parent):
            owner = cluster.stat()
            return Account(f"uid {owner.st_uid}", owner.st_uid, owner.st_gid)
    for name in UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise Problem("platform.no_account", {"names": ", ".join(UNPRIVILEGED)})


def run_as(account: Account | None, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end as that user, in the root folder, output captured."""
    if account is None:
        return subprocess.run(command, capture_output=True, text=True, cwd="/", check=False)
    return subprocess.run(
        command, capture_output=True, text=True, cwd="/", check=False,
        user=account.uid, group=account.gid, extra_groups=[],
    )  # fmt: skip


def reaches(account: Account | None, folder: Path) -> bool:
    """Whether that user can enter the folder."""
    if account is None:
        return True
    return run_as(account, "/bin/sh", "-c", 'cd "$0"', str(folder)).returncode == 0


def sheltered(place: Path) -> Path:
    """A folder of root's outside every home, in the stead of one that the user cannot reach.

    Raises Problem when somebody else made a folder of that name.
    """
    folder = _shelter(place)
    try:
        folder.mkdir(mode=0o711)
        folder.chmod(0o711)
    except FileExistsError:
        if not _ours(folder):
            raise Problem("platform.not_ours", {"folder": folder}) from None
    return folder


def _shelter(place: Path) -> Path:
    mark = hashlib.sha256(os.fsencode(place)).hexdigest()[:12]
    return Path("/var/tmp") / f"zhidai-{os.geteuid()}-{mark}"  # noqa: S108  # held to be ours: _ours


def _ours(folder: Path) -> bool:
    """Whether only we can have put something into it: /var/tmp is open to everybody."""
    found = folder.lstat()
    mine = stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid()
    return mine and not found.st_mode & 0o022
