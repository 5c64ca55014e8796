"""Settings from the environment (`ZHIDAI_*`); nothing but language.py reads it beside them."""

from __future__ import annotations

import os
import sys
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
ROOT = Path(__file__).resolve().parent.parent.parent
"""The checkout; or what the installed packages lie in."""
CHECKED_OUT = (ROOT / "pyproject.toml").is_file()


def data_folder() -> Path:
    """`.zhidai` in a checkout; of an installed package the user's own data directory."""
    if CHECKED_OUT:
        return ROOT / ".zhidai"
    if sys.platform == "darwin":
        return Path("~/Library/Application Support/zhidai").expanduser()
    told = os.environ.get("XDG_DATA_HOME", "")
    home = Path(told) if Path(told).is_absolute() else Path("~/.local/share").expanduser()
    return home / "zhidai"


class Settings(BaseSettings):
    """What a deployment may set. Without the two URLs `zhidai up` starts embedded servers."""

    model_config = SettingsConfigDict(env_prefix="ZHIDAI_", env_file=None)

    database_url: str = Field(default="", repr=False)
    """postgresql://...: the control database; worlds are its sisters `<name>_w_<world>`.

    Its login is the application's own, or one that may make roles: then `zhidai migrate` makes
    `<name>_app` and `<name>_owner`, and everything else logs in as these.
    """
    database_password: str = Field(default="", repr=False)
    """Password for database_url where it has none in it: any characters, quoted in no URL."""
    owner_url: str = Field(default="", repr=False)
    """Login of the owner of the databases, where database_url is the application's own."""
    connections: int = 64
    """Most connections the application may have open on the server, all processes together."""
    redis_url: str = ""
    """redis://... or unix:///path?db=0: the broker."""
    data: Path = Field(default_factory=data_folder)
    """Folder of the embedded servers, logs and the platform's lock."""
    anchors: Path | None = None
    """Folder of the signed seals of days, best on another machine's disk; default: in `data`."""
    anchor_key: str = Field(default="", repr=False)
    """Key they are signed with; without one a key is made and kept in `data`."""
    host: str = "127.0.0.1"
    port: int = 8765
    """Port of the web app; 0 takes a free one."""
    worlds_each: int = 20
    """Most worlds one user may make; the operator may make any number."""
    metrics_token: str = Field(default="", repr=False)
    """Bearer token for /metrics, which otherwise asks for a user's name and password."""
    web_processes: int = 1
    """Processes of the web app; each answers on its own core."""
    workers: int = 2
    """Celery child processes."""
    sweep_seconds: float = 5.0
    """How often beat looks for deliveries that nobody was told of."""
    main_starts_on: date = date(2025, 5, 26)
    """Business date of the world `main` when it is made: the first day of the Jiangsu story."""
    deployed: bool = False
    """True where workers, beat and web run as services: commands use them and start none."""
    log: Literal["auto", "json", "text"] = "auto"
    """How logs are written; auto: readable lines in a terminal, else JSON."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    lang: Literal["zh", "en"] = "zh"
    """Language of the command line."""
    shared: Path = ROOT.parent / "shared"
    """Folder of the shared test data (loan books, golden cases)."""

    @property
    def at_home(self) -> bool:
        """A demo that only this machine reaches: whoever sits at it is its operator."""
        return not self.deployed and self.host in LOOPBACK


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
