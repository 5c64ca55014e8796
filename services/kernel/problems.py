"""The root of errors that end in one sentence for a person; the sentence's key is `<key>`."""

from __future__ import annotations

from collections.abc import Mapping

from services.kernel.i18n import text


class Problem(Exception):
    """Something cannot be done now; the command line ends with code 1."""

    exit_code = 1

    def __init__(self, key: str, values: Mapping[str, object] | None = None) -> None:
        super().__init__(key)
        self.key = key
        self.values = dict(values or {})

    def __str__(self) -> str:
        return text(self.key, self.values)


class Unusable(Problem):
    """What was handed in cannot be used; the command line ends with code 2."""

    exit_code = 2
