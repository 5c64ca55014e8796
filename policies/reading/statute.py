"""What a law says may be made stricter by a case, never looser.

Which direction is stricter is said in catalogue.toml; where none is, the law's value stands.
"""

from __future__ import annotations

from operator import ge, le

from policies.reading.case import Dated, entry_on
from policies.reading.catalogue import Entry
from policies.reading.pack import SILENT, Said, Unstated

_FITS = {"lower": le, "higher": ge}


def loosened(entry: Entry, law: Dated, case: Dated) -> str:
    """What is looser than what on some day; "" where the case keeps to the law."""
    for day in sorted({start for start, _ in (*law, *case)}):
        allowed, said = entry_on(law, day)[1], entry_on(case, day)[1]
        if not _keeps(entry, allowed, said):
            return f"{_shown(entry, said)} is looser than {_shown(entry, allowed)}"
    return ""


def _keeps(entry: Entry, law: Said, case: Said) -> bool:
    if law == case or case is SILENT:  # no such step at all loosens nothing
        return True
    if isinstance(law, Unstated) or isinstance(case, Unstated):
        return isinstance(law, Unstated)
    fits = _FITS.get(entry.stricter)
    if fits is None:
        return False
    if isinstance(law, tuple) and isinstance(case, tuple):
        return len(law) == len(case) and all(map(fits, case, law))
    return bool(fits(case, law))


def _shown(entry: Entry, said: Said) -> str:
    return said.value if isinstance(said, Unstated) else entry.shown(said)
