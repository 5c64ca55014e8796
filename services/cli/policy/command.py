"""`zhidai policy`: which cases there are, and all that one case says, with source and grade.

Reads policies/ only; needs no running platform.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any

import typer
from rich.console import Console

from policies.mechanisms import running
from policies.reading.case import Stated
from policies.reading.catalogue import CATALOGUE, STAGES
from policies.reading.loader import Pack, UnknownCase, WrongPack, cases, load
from policies.reading.pack import Grade, UnknownVariant
from policies.reading.variants import form_pack
from services.cli.policy.clause import show_clause
from services.cli.policy.prove import implies, prove
from services.cli.policy.tables import print_cases, print_differences, print_pack, print_stages
from services.cli.rules import print_hint
from services.comparison.answer import plain
from services.comparison.differences import difference_data, differences
from services.comparison.which import case_named
from services.kernel.i18n import text
from services.kernel.language import language
from services.kernel.problems import Unusable

AsJson = Annotated[bool, typer.Option("--json", help="数据单独输出 · data alone on stdout")]

app = typer.Typer(no_args_is_help=True, help="案例及其参数 · the cases and their parameters")


@app.command("list")
def list_cases(*, as_json: AsJson = False) -> None:
    """各案例 · every case."""
    packs = [_load(case) for case in cases()]
    if as_json:
        _print_json([_head(pack) for pack in packs])
    else:
        print_cases(Console(), packs, language())


@app.command("show")
def show(
    case: str,
    *,
    every: Annotated[bool, typer.Option("--all", help="各层所说也列出 · the layers too")] = False,
    stage: Annotated[str, typer.Option(help="只看一个环节，如 claim · one stage only")] = "",
    as_json: AsJson = False,
) -> None:
    """一案或其一种形式的参数、出处、假设与空白 · all that a case, or a form of it, says."""
    pack = _load(case)
    known = [one.key for one in STAGES]
    if stage and stage not in known:
        between = text("replay.comma")
        raise Unusable("policy.unknown_stage", {"stage": stage, "known": between.join(known)})
    if as_json:
        _print_json(data(pack))
    elif stage:
        print_stages(Console(), pack, language(), only=stage)
    else:
        print_pack(Console(), pack, language(), every=every)
        print_hint((one.citation.clause for one in pack.stated.values()), language())


@app.command("diff")
def diff(
    one: str,
    other: str,
    *,
    every: Annotated[bool, typer.Option("--all", help="相同的也列出 · the same ones too")] = False,
    as_json: AsJson = False,
) -> None:
    """两案（或其形式）逐项对照，缺省只列不同 · two cases or forms side by side."""
    found = differences(_load(one), _load(other), every=every)
    if as_json:
        rows = [difference_data(row) for row in found]
        _print_json({"one": one, "other": other, "parameters": rows})
    else:
        print_differences(Console(), (one, other), found, lang=language())


app.command("clause")(show_clause)
app.command("prove")(prove)
app.command("implies")(implies)


def data(pack: Pack) -> dict[str, Any]:
    """A pack as plain data. Amounts are yuan as text, rates and shares fractions as text."""
    return {
        **_head(pack),
        "mechanisms": running(pack.mechanisms),
        "parameters": [_parameter(pack.stated[name]) for name in CATALOGUE if name in pack.stated],
        "assumptions": [
            name for name, one in pack.stated.items() if one.citation.grade is Grade.ASSUMED
        ],
        "absent": [
            {**gap.names, "parameters": list(gap.parameters), "document": gap.document}
            for gap in pack.gaps
        ],
        "siblings": [{**one.names, "source": one.source} for one in pack.siblings],
        "sources": [
            {"key": s.key, "title": s.title, "document": s.document, "url": s.url, "grade": s.grade}
            for s in pack.sources.values()
        ],
    }


def _head(pack: Pack) -> dict[str, Any]:
    return {
        "case": pack.case,
        "fingerprint": pack.fingerprint,
        "title": dict(pack.title),
        "issuer": dict(pack.file.issuer),
        "kind": pack.file.kind,
        "in_force_from": pack.stated["in_force_from"].values[0][1],
        "variants": list(pack.variants),
    }


def _parameter(stated: Stated) -> dict[str, Any]:
    entry = CATALOGUE[stated.name]
    figure: Mapping[str, str] = (
        {"qualifier": stated.qualifier, "as_of": stated.as_of} if stated.qualifier else {}
    )
    return {
        "name": stated.name,
        "label": dict(entry.names),
        "stage": entry.stage,
        "unit": stated.unit,
        "values": [{"from": d.isoformat(), "value": plain(v)} for d, v in stated.values],
        "grade": stated.citation.grade.value,
        "layer": stated.citation.layer,
        "source": stated.source,
        "clause": stated.citation.clause,
        "note": {"zh": stated.note_zh, "en": stated.note},
        "reader": entry.reader,
        **figure,
    }


def _load(case: str) -> Pack:
    case = case_named(case)
    try:
        return form_pack(case)
    except UnknownCase:
        known = {"case": case, "cases": ", ".join(cases())}
        raise Unusable("policy.unknown_case", known) from None
    except UnknownVariant:
        name = case.partition(":")[0]
        choices = ", ".join(load(name).variants) or "—"
        raise Unusable("policy.unknown_variant", {"case": name, "choices": choices}) from None
    except WrongPack as wrong:
        raise Unusable("policy.wrong_pack", {"fault": wrong}) from wrong


def _print_json(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))
