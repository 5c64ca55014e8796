"""Seals outside the database: signed lines in a file a world, beyond the reach of whoever owns it.

A line names a day and the head of its seal, and carries the signature of the line before, so that
none can be taken out of the middle. Where the files lie and under which key, the settings say.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import json
import os
import secrets
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import Engine

from services.kernel import seals
from services.kernel.settings import Settings, settings

_KEY_BYTES = 32

log = structlog.get_logger("zhidai.anchors")


@dataclass(slots=True)
class Anchors:
    """Days with position and head of their seals; forged: numbers of lines that do not hold."""

    heads: dict[date, tuple[int, bytes]] = field(default_factory=dict)
    forged: list[int] = field(default_factory=list)


def anchor(bind: Engine) -> None:
    """Write down the seals of a world that are not in its file yet; never stops the world."""
    path = place(bind.url.database or "", settings())
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with open(descriptor, "ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            last = _last(path)
            with bind.connect() as connection:
                fresh = seals.listing(connection, after=_day(last))
            file.write("".join(_lines(fresh, last.get("mac", ""))).encode())
    except OSError as error:
        log.warning("the day is sealed but not anchored", file=str(path), error=error.strerror)


def forget(database: str) -> None:
    """A world is gone: another of its name begins anew."""
    place(database, settings()).unlink(missing_ok=True)


def read(database: str) -> Anchors:
    """What was anchored of a world, each line held against its signature."""
    found, before, key = Anchors(), "", _key(settings())
    for number, line in enumerate(_told(place(database, settings())), 1):
        mac = str(line.pop("mac", ""))
        if line.get("before") != before or not hmac.compare_digest(mac, _mac(key, line)):
            found.forged.append(number)
        else:
            day = date.fromisoformat(line["day"])
            found.heads[day] = (line["upto"], bytes.fromhex(line["head"]))
        before = mac
    return found


def place(database: str, given: Settings) -> Path:
    """The file of a world."""
    return (given.anchors or given.data / "anchors") / f"{database}.jsonl"


def _lines(fresh: list[seals.Seal], before: str) -> list[str]:
    key, written = _key(settings()), []
    for one in fresh:
        said = {"day": one.day.isoformat(), "upto": one.upto, "head": one.head.hex()}
        line = {**said, "before": before}
        before = _mac(key, line)
        written.append(json.dumps({**line, "mac": before}) + "\n")
    return written


def _told(path: Path) -> list[dict[str, Any]]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except FileNotFoundError:
        return []
    return [_parsed(line) for line in lines]


def _parsed(line: str) -> dict[str, Any]:
    try:
        parsed = json.loads(line)
    except ValueError:
        return {}
    return parsed if isinstance(parsed, dict) else {}


def _last(path: Path) -> dict[str, Any]:
    told = _told(path)
    return told[-1] if told else {}


def _day(line: dict[str, Any]) -> date:
    return date.fromisoformat(line["day"]) if "day" in line else date.min


def _mac(key: bytes, line: dict[str, Any]) -> str:
    return hmac.digest(key, json.dumps(line, sort_keys=True).encode(), hashlib.sha256).hex()


def _key(given: Settings) -> bytes:
    """The key of the setting, else one kept in the data folder, which only its maker can read."""
    if given.anchor_key:
        return given.anchor_key.encode()
    path = given.data / "anchor.key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with open(descriptor, "wb") as file:
        file.write(secrets.token_hex(_KEY_BYTES).encode())
    return path.read_bytes()
