"""A case as tables in the terminal, grouped by the stages of a loan's life.

Takes packs as they are; what they say is policies/cases, the words are in services/locale.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from policies.mechanisms import running
from policies.reading.case import Stated
from policies.reading.catalogue import CATALOGUE, STAGES, Entry
from policies.reading.loader import Pack
from policies.reading.pack import Grade, Unstated
from services.cli.cells import grade_text
from services.comparison.differences import Difference
from services.kernel.i18n import label, text


def print_cases(console: Console, packs: Sequence[Pack], lang: str) -> None:
    """One line a case."""
    table = _table(lang, "case", "title", "issuer", "fingerprint", "parameters", "assumptions")
    for pack in packs:
        table.add_row(
            pack.case,
            pack.title[lang],
            pack.file.issuer[lang],
            pack.fingerprint,
            str(len(pack.stated)),
            str(len(_assumed(pack))),
        )
    console.print(table)


def print_pack(console: Console, pack: Pack, lang: str, *, every: bool = False) -> None:
    """The case's own words by stage, then gaps, mechanisms, siblings and sources.

    What its layers say for it is counted; every: told in full, as are all assumptions.
    """
    console.print(f"[bold]{escape(pack.title[lang])}[/]  {pack.case}@{pack.fingerprint}")
    console.print(escape(pack.file.issuer[lang]))
    if pack.variants:
        forms = ", ".join(f"{pack.case}:{name}" for name in pack.variants)
        console.print(f"{_word('forms', lang)}: {forms}")
    console.print(_assumed_count(pack, lang))
    print_stages(console, pack, lang, own=True)
    console.print(_layers(pack, lang))
    if every:
        print_stages(console, pack, lang, own=False)
        console.print(_assumptions(pack, lang))
    console.print(_gaps(pack, lang))
    console.print(_mechanisms(pack, lang))
    for sibling in pack.siblings:
        words = f"{sibling.names[lang]} [{sibling.source}]"
        console.print(f"{_word('sibling', lang)}: {escape(words)}")
    console.print(_sources(pack, lang))


def print_stages(
    console: Console, pack: Pack, lang: str, *, own: bool | None = None, only: str = ""
) -> None:
    """A table a stage: of the case's own words, of those of its layers, or (None) of both."""
    said = {name for name, one in pack.stated.items() if own is None or one.own is own}
    for stage in STAGES if not only else [one for one in STAGES if one.key == only]:
        names = [n for n, e in CATALOGUE.items() if e.stage == stage.key and n in said]
        if names:
            console.print(_parameters(pack, names, stage.names[lang], lang=lang))


def _layers(pack: Pack, lang: str) -> Table:
    """How much each layer says for the case, and how much of it is assumed."""
    table = _table(lang, "layer", "parameters", "assumptions", title=_word("folded", lang))
    said: dict[str, list[Stated]] = {}
    for one in pack.stated.values():
        if not one.own:
            said.setdefault(one.citation.layer, []).append(one)
    for layer, ones in said.items():
        assumed = sum(one.citation.grade is Grade.ASSUMED for one in ones)
        table.add_row(label(f"layer.{layer}", lang), str(len(ones)), str(assumed))
    return table


def print_differences(
    console: Console, idents: tuple[str, str], rows: Sequence[Difference], *, lang: str
) -> None:
    """A line a parameter: both values, each with its grade; a dash where one states nothing."""
    if not rows:
        console.print(_word("no_difference", lang))
        return
    table = Table(title=" — ".join(idents), title_justify="left", title_style="bold", expand=True)
    for column in (_word("parameter", lang), *idents):
        table.add_column(column, overflow="fold")
    for row in rows:
        entry = CATALOGUE[row.name]
        name = f"{entry.names[lang]}\n[dim]{row.name}[/]"
        table.add_row(name, *(_side(entry, side, lang) for side in (row.one, row.other)))
    console.print(table)


def _side(entry: Entry, stated: Stated | None, lang: str) -> str:
    if stated is None:
        return "—"
    value = escape(_values(entry, stated, lang))
    return f"{value}\n{grade_text(stated.citation, lang)} {escape(stated.citation.clause)}"


def _word(key: str, lang: str) -> str:
    return text(f"policy.{key}", lang=lang)


def _table(lang: str, *columns: str, title: str = "") -> Table:
    table = Table(title=title or None, title_justify="left", title_style="bold", expand=True)
    for column in columns:
        table.add_column(_word(column, lang), overflow="fold")
    return table


def _parameters(pack: Pack, names: Iterable[str], title: str, *, lang: str) -> Table:
    table = _table(lang, "parameter", "value", "clause", "note", title=title)
    for name in names:
        entry, stated = CATALOGUE[name], pack.stated[name]
        unit, grade = text(f"policy.unit.{entry.unit}", lang=lang), stated.citation
        table.add_row(
            f"{entry.names[lang]}\n[dim]{name}[/]",
            f"{escape(_values(entry, stated, lang))}\n[dim]{unit}[/]",
            f"{grade_text(grade, lang)} {escape(f'{stated.source} {stated.citation.clause}')}",
            escape(stated.note_zh if lang == "zh" else stated.note),
        )
    return table


def _values(entry: Entry, stated: Stated, lang: str) -> str:
    """The value; with its days where there are several, with its qualifier if published."""
    shown = [(start, _shown(entry, value, lang)) for start, value in stated.values]
    if len(shown) > 1:
        return "\n".join(f"{start.isoformat()}: {value}" for start, value in shown)
    if stated.qualifier:
        qualifier = text(f"policy.qualifier.{stated.qualifier}", lang=lang)
        return f"{shown[0][1]} ({qualifier}; {text(f'policy.as_of.{stated.as_of}', lang=lang)})"
    return shown[0][1]


def _shown(entry: Entry, value: Any, lang: str) -> str:
    if isinstance(value, Unstated):
        return _word(value.value, lang)
    if isinstance(value, bool):
        return _word("yes" if value else "no", lang)
    if entry.unit == "codes":
        return "\n".join(_code(part, lang) for part in value)
    if entry.unit == "choice":
        return f"{_code(value, lang)} ({value})"
    return entry.shown(value)


def _code(code: str, lang: str) -> str:
    """The words of a code; a code nobody worded stands as it is."""
    words = text(f"policy.code.{code}", lang=lang)
    return code if words == f"policy.code.{code}" else words


def _assumed(pack: Pack) -> list[Stated]:
    return [one for one in pack.stated.values() if one.citation.grade is Grade.ASSUMED]


def _assumed_count(pack: Pack, lang: str) -> str:
    return text("policy.assumptions_in_force", {"count": len(_assumed(pack))}, lang=lang)


def _assumptions(pack: Pack, lang: str) -> Table:
    table = _table(lang, "parameter", "value", "clause", title=_assumed_count(pack, lang))
    for one in _assumed(pack):
        entry = CATALOGUE[one.name]
        clause = escape(f"{one.source} {one.citation.clause}")
        value = escape(_values(entry, one, lang))
        table.add_row(f"{entry.names[lang]}\n[dim]{one.name}[/]", value, clause)
    return table


def _gaps(pack: Pack, lang: str) -> Table:
    table = _table(lang, "gap", "parameters", "document", title=_word("absent", lang))
    for gap in pack.gaps:
        names = "\n".join(CATALOGUE[name].names[lang] for name in gap.parameters)
        table.add_row(escape(gap.names[lang]), names, escape(gap.document))
    return table


def _mechanisms(pack: Pack, lang: str) -> Table:
    table = _table(lang, "role", "function", "rule", title=_word("mechanisms", lang))
    for role, name in running(pack.mechanisms).items():
        meaning = text(f"policy.mechanism.{name}", lang=lang)
        table.add_row(text(f"policy.part.{role}", lang=lang), name, meaning)
    return table


def _sources(pack: Pack, lang: str) -> Table:
    table = _table(lang, "key", "source_grade", "source", "url", title=_word("sources", lang))
    for source in pack.sources.values():
        title = f"{source.title}\n{source.document}" if source.document else source.title
        table.add_row(source.key, source.grade, escape(title), escape(source.url))
    return table
