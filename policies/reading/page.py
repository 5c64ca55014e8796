"""Look into a TOML table and complain in a sentence that names the file and the place.

Knows nothing of cases; what must stand where is case_file.py.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from policies.reading.pack import WrongPack


@dataclass(frozen=True, slots=True)
class Page:
    """One table of a case file. `about` says which: "source S2", "tier_1_ceiling"."""

    file: str
    about: str
    table: Mapping[str, Any]

    def wrong(self, fault: str) -> WrongPack:
        """The complaint: `jiangsu.toml, tier_1_ceiling: clause is empty`."""
        return WrongPack(f"{self.file}, {self.about}: {fault}")

    def only(self, known: str) -> None:
        """Refuse keys outside the list, as a misspelt one would be ignored in silence."""
        strange = sorted(set(self.table) - set(known.split()))
        if strange:
            raise self.wrong(f"unknown key {', '.join(strange)}")

    def take(self, key: str) -> Any:
        """What stands under the key; it must stand there."""
        if key not in self.table:
            raise self.wrong(f"{key} is missing")
        return self.table[key]

    def words(self, key: str) -> str:
        """Text, which may be empty."""
        value = self.take(key)
        if not isinstance(value, str):
            raise self.wrong(f"{key} is no text")
        return value

    def told(self, key: str) -> str:
        """Text, "" where the key is absent."""
        return self.words(key) if key in self.table else ""

    def filled(self, key: str) -> str:
        """Text that says something."""
        value = self.words(key)
        if not value.strip():
            raise self.wrong(f"{key} is empty")
        return value

    def one_of(self, key: str, known: Collection[str]) -> str:
        """Text out of a closed list."""
        value = self.words(key)
        if value not in known:
            raise self.wrong(f"{key} {value!r} is none of {', '.join(known)}")
        return value

    def both(self) -> dict[str, str]:
        """The Chinese and the English text, by language."""
        return {lang: self.filled(lang) for lang in ("zh", "en")}

    def day(self, key: str) -> date:
        """A day written as text."""
        try:
            return date.fromisoformat(self.words(key))
        except ValueError:
            raise self.wrong(f"{self.table[key]!r} is no day such as 2023-08-01") from None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, which may be empty."""
        value = self.take(key)
        if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
            raise self.wrong(f"{key} is no list of texts")
        return tuple(value)

    def inner(self, key: str) -> Page:
        """The table under a key."""
        value = self.take(key)
        if not isinstance(value, dict):
            raise self.wrong(f"{key} is no table")
        return Page(self.file, f"{self.about} {key}", value)

    def pages(self, key: str, about: str) -> tuple[Page, ...]:
        """The tables of a list, none where the key is absent; each is `about` what it holds."""
        values = self.table.get(key, [])
        if not isinstance(values, list) or not all(isinstance(one, dict) for one in values):
            raise self.wrong(f"{key} is no list of tables")
        return tuple(Page(self.file, about, value) for value in values)

    def tables(self, key: str) -> dict[str, Page]:
        """The tables of a table by name, none where the key is absent."""
        values = self.table.get(key, {})
        if not isinstance(values, dict) or not all(isinstance(v, dict) for v in values.values()):
            raise self.wrong(f"{key} is no table of tables")
        return {name: Page(self.file, name, value) for name, value in values.items()}

    def flag(self, key: str) -> bool:
        """true or false; false where the key is absent."""
        value = self.table.get(key, False)
        if not isinstance(value, bool):
            raise self.wrong(f"{key} is neither true nor false")
        return value
