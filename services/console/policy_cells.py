"""What the forms of the cases say of each parameter, as cells to be read side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from policies.mechanisms import MECHANISMS, running
from policies.reading.case import Gap, Source, Stated
from policies.reading.catalogue import CATALOGUE, Entry
from policies.reading.loader import load
from policies.reading.pack import FORM, OWN, Grade, Parameter, Policy
from policies.reading.variants import Form, policy_of
from policies.reading.variants import forms as all_forms
from services.kernel.i18n import label
from services.reports.clauses import value_text

_ALONE = "bank_alone"
_OF_A_CLAIM = ("workflows.claim", "workflows.fund", "workflows.filing", "policies.mechanisms")

MOST_ITEMS = 3
"""A longer list is counted in the table and told on a click."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One parameter of one form on a day, in one language.

    brief: the value, or how many items it has. whole: "" or all items. later: earlier and later
    values with their first days. own: stated by the form itself, not by its case. look: documents
    in which to look for what the case leaves open. case: whose source it is. layer: which layer
    of it says so.
    """

    name: str
    said: object
    brief: str
    whole: str
    grade: Grade
    source: Source
    clause: str
    note: str
    figure: str
    dated: tuple[tuple[date, str], ...]
    own: bool
    look: str
    case: str
    layer: str

    @property
    def folded(self) -> str:
        """The layer under which the form's page shows it; "" where the case says it itself."""
        return "" if self.layer in (OWN, FORM) else self.layer


@dataclass(frozen=True, slots=True)
class ParameterLine:
    """A parameter across the columns; None where a form states nothing of it."""

    entry: Entry
    cells: tuple[Cell | None, ...]
    applies: tuple[bool, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether two columns say different things, or one says nothing."""
        first, *others = self.cells
        said = first.said if first else None
        return any((other.said if other else None) != said for other in others)

    @property
    def said_itself(self) -> bool:
        """Whether some column says it in its own words, rather than its layers for it."""
        return any(cell is not None and cell.layer in (OWN, FORM) for cell in self.cells)

    def graded(self, grade: str) -> bool:
        """Whether some column's value is of that grade."""
        return any(cell is not None and cell.grade.value == grade for cell in self.cells)


def lines(forms: Sequence[Form], day: date, lang: str) -> list[ParameterLine]:
    """Every parameter that one of the forms states, in the order of the catalogue."""
    told = [cells(form, day, lang) for form in forms]
    runs = [running_in(policy_of(form.ident, day)) for form in forms]
    found = []
    for name, entry in CATALOGUE.items():
        across = tuple(column.get(name) for column in told)
        if any(across):
            could = tuple(applies(entry, names) for names in runs)
            found.append(ParameterLine(entry, across, could))
    return found


def running_in(policy: Policy) -> frozenset[str]:
    """Names of the mechanisms that play a part under a policy."""
    return frozenset(one.__name__ for one in running(policy.mechanisms).values())


def applies(entry: Entry, runs: frozenset[str]) -> bool:
    """Whether a form of those mechanisms could state the parameter at all.

    What only a mechanism reads needs that mechanism; what claims, funds and filings read needs
    somebody who pays beside the bank. A note that one case alone makes is that case's own affair;
    the rest may be said by anybody.
    """
    if entry.reader in ("", "docs"):
        return len(_noted_by().get(entry.name, ())) > 1
    name = entry.reader.rpartition(".")[2]
    if name in MECHANISMS:
        return name in runs
    return _ALONE not in runs or not entry.reader.startswith(_OF_A_CLAIM)


@lru_cache(maxsize=1)
def _noted_by() -> Mapping[str, frozenset[str]]:
    """Which cases state a parameter in their own words, by its name."""
    found: dict[str, set[str]] = {}
    for form in all_forms():
        for name in (*form.pack.stated, *_own(form)):
            found.setdefault(name, set()).add(form.pack.case)
    return {name: frozenset(several) for name, several in found.items()}


def by_stage(found: Sequence[ParameterLine]) -> dict[str, list[ParameterLine]]:
    """The lines of each stage of the loan's life that has any, by the stage's key."""
    staged: dict[str, list[ParameterLine]] = {}
    for line in found:
        staged.setdefault(line.entry.stage, []).append(line)
    return staged


def by_layer(found: Sequence[ParameterLine]) -> dict[str, list[ParameterLine]]:
    """The lines that a case leaves to its layers, by the layer that says them."""
    layered: dict[str, list[ParameterLine]] = {}
    for line in found:
        if not line.said_itself:
            first = next(cell for cell in line.cells if cell)
            layered.setdefault(first.layer, []).append(line)
    return layered


def sources(found: Sequence[ParameterLine]) -> list[Source]:
    """Every source that the lines cite, once; S2 before S13."""
    cited = {cell.source for line in found for cell in line.cells if cell}
    return sorted(cited, key=lambda source: (len(source.key), source.key, source.title))


def cells(form: Form, day: date, lang: str) -> dict[str, Cell]:
    """A form's parameters by name, with the values of that day."""
    parameters = policy_of(form.ident, day).parameters
    return {name: _cell(form, one, lang) for name, one in parameters.items()}


def _cell(form: Form, one: Parameter, lang: str) -> Cell:
    text = value_text(one, lang)
    items = len(one.said) if isinstance(one.said, tuple) else 1
    long = items > MOST_ITEMS
    own = one.name in _own(form)
    return Cell(
        name=one.name,
        said=one.said,
        brief=label("console.policies.items", lang).format(n=items) if long else text,
        whole=text if long else "",
        grade=one.citation.grade,
        source=source_of(one),
        clause=one.citation.clause,
        note=one.note_zh if lang == "zh" else one.note,
        figure=_figure(one, lang),
        dated=_dated(form, one.name, lang),
        own=own,
        look="" if own else "; ".join(gap.document for gap in _gaps(form, one.name)),
        case=one.citation.case,
        layer=one.citation.layer,
    )


def _own(form: Form) -> Mapping[str, Stated]:
    return form.pack.variants[form.variant].stated if form.variant in form.pack.variants else {}


def source_of(one: Parameter) -> Source:
    """The source a parameter cites; titles are unique within a case."""
    sources = load(one.citation.case).sources.values()
    return next(source for source in sources if source.title == one.citation.source)


def _figure(one: Parameter, lang: str) -> str:
    """What a published figure says of itself: about, over, and as of when (ZD-0.3)."""
    if not one.qualifier:
        return ""
    qualifier = label(f"policy.qualifier.{one.qualifier}", lang)
    return f"{qualifier}, {label(f'policy.as_of.{one.as_of}', lang)}"


def _dated(form: Form, name: str, lang: str) -> tuple[tuple[date, str], ...]:
    """All values with their first days, where there are several."""
    stated = {**form.pack.stated, **_own(form)}.get(name)
    if stated is None or len(stated.values) < 2:
        return ()
    return tuple((start, value_text(stated.on(start), lang)) for start, _ in stated.values)


def _gaps(form: Form, name: str) -> Iterator[Gap]:
    return (gap for gap in form.pack.gaps if name in gap.parameters)
