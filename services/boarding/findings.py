"""What boarding has to say about a place in the tape: an error, a refusal or a warning.

A finding is a code with its facts; `report.py` makes the sentence, in Chinese or English.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

SHOWN = 80  # characters of a value that are shown; the rest tells nobody more


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing at one place. `line` is the file's line (header 1; 0 = the file as a whole).

    `value` stands as written in the file; `code` names the sentence `boarding.<code>`, whose
    placeholders are `facts`.
    """

    line: int
    field: str
    value: str
    code: str
    facts: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FormErrors:
    """Why a file is no tape: every finding of form, in the order of lines. Nothing was boarded."""

    errors: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that is well formed but cannot be a loan's life. All reasons, the first one leading."""

    line: int
    loan_id: str
    reasons: tuple[Finding, ...]


def shown(value: str) -> str:
    """A value fit for a screen: 80 characters at most, none of them a control character."""
    cut = value if len(value) <= SHOWN else value[:SHOWN] + "…"
    return cut if cut.isprintable() else "".join(c if c.isprintable() else "�" for c in cut)
