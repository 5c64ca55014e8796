"""What a check says: a verdict, a sentence, and where it is not good, what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from services.kernel.i18n import text

Status = Literal["ok", "warn", "fail"]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One line of `zhidai doctor`.

    says: the sentence is `doctor.<check>.<says>`, the way to mend it `doctor.<check>.<says>.fix`.
    """

    check: str
    status: Status
    says: str
    values: Mapping[str, object] = field(default_factory=dict)

    def sentence(self, lang: str) -> str:
        """What was found."""
        return text(f"doctor.{self.check}.{self.says}", self.values, lang=lang)

    def fix(self, lang: str) -> str:
        """What to do, "" where all is well."""
        if self.status == "ok":
            return ""
        return text(f"doctor.{self.check}.{self.says}.fix", self.values, lang=lang)

    def plain(self, lang: str) -> dict[str, Any]:
        """As `--json` prints it."""
        return {
            "check": self.check,
            "status": self.status,
            "says": self.sentence(lang),
            "fix": self.fix(lang),
        }
