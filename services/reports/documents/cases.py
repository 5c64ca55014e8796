"""docs/cases.md: every case with its parameters, values, grades, clauses, sources and gaps."""

from __future__ import annotations

from collections import Counter
from datetime import date

from policies.mechanisms import running
from policies.reading.case import Stated, Variant
from policies.reading.catalogue import CATALOGUE, STAGES
from policies.reading.loader import Pack, load
from policies.reading.loader import cases as known_cases
from policies.reading.pack import Grade
from services.reports.clauses import value_text
from services.reports.documents.markdown import both, document, pair, table
from services.reports.documents.side_by_side import side_by_side

_HEADING = """# 案例 · Cases

Every figure of a case with its source and grade. **seed**: stated in the published case;
**public**: read in another public source; **assumed**: a default of this platform, shown as an
assumption wherever the value shows. The files: [`policies/cases`](../policies/cases).

每一个数字都有出处和等级。**seed**：案例原文所载；**public**：其他公开来源所载；**assumed**：平台默认值，
凡显示该值处均注明为假设。"""


_LAYERS = """## 各层所说 · What the layers say

What a case does not say itself, the layers it extends say for it, from the day the case came into
force: [`policies/layers`](../policies/layers)."""


def cases() -> dict[str, str]:
    """Path below docs/ -> text."""
    packs = sorted((load(case) for case in known_cases()), key=lambda p: (p.file.number, p.case))
    told = (_case(pack) for pack in packs)
    return {"cases.md": document(_HEADING, _overview(packs), side_by_side(), _layers(packs), *told)}


def _layers(packs: list[Pack]) -> str:
    """What the layers say, each once; a value stands as some case that extends the layer has it."""
    said: dict[str, dict[str, Stated]] = {}
    for one in (one for pack in packs for one in pack.stated.values() if not one.own):
        said.setdefault(one.citation.layer, {}).setdefault(one.name, one)
    parts = [
        f"### {both(f'layer.{layer}')} (`{layer}`)\n\n"
        + table(_HEAD, [_parameter(ones[name]) for name in CATALOGUE if name in ones])
        for layer, ones in sorted(said.items())
    ]
    return "\n\n".join((_LAYERS, *parts))


def _overview(packs: list[Pack]) -> str:
    rows = [
        (
            f"[`{pack.case}`](#{pack.case})",
            pair(pack.title["zh"], pack.title["en"]),
            str(len(pack.names())),
            *(str(_graded(pack, grade)) for grade in Grade),
            str(len(pack.gaps)),
        )
        for pack in packs
    ]
    head = (
        "案例",
        "名称 · title",
        "形式 · forms",
        *(grade.value for grade in Grade),
        "空白 · absent",
    )
    return table(head, rows)


def _graded(pack: Pack, grade: Grade) -> int:
    return sum(one.citation.grade is grade for one in pack.stated.values())


def _case(pack: Pack) -> str:
    issuer = pack.file.issuer
    parts = [
        f"## {pack.case}",
        f"**{pair(pack.title['zh'], pack.title['en'])}**  \n{pair(issuer['zh'], issuer['en'])}  \n"
        f"`{pack.case}@{pack.fingerprint}`, {pack.file.kind}",
        "### 机制 · Mechanisms",
        table(("角色 · part", "函数 · function", "规则 · rule"), _mechanisms(pack)),
        _variants(pack),
        *_stages(pack),
        _extended(pack),
        "### 案例未说明之处 · What the case leaves open",
        table(("空白 · gap", "所用默认参数 · parameters", "出处 · where to look"), _gaps(pack)),
        _siblings(pack),
        "### 来源 · Sources",
        table(
            ("", "级别 · grade", "标题 · title", "文件 · document", "地址 · url"), _sources(pack)
        ),
    ]
    return "\n\n".join(part for part in parts if part)


def _mechanisms(pack: Pack) -> list[tuple[str, ...]]:
    return [
        (both(f"policy.part.{role}"), f"`{name}`", both(f"policy.mechanism.{name}"))
        for role, name in running(pack.mechanisms).items()
    ]


def _variants(pack: Pack) -> str:
    """The forms a case comes in, with what each states otherwise; "" for a case of one form."""
    if not pack.variants:
        return ""
    rows = [_variant(pack, one) for one in pack.variants.values()]
    option = f"`--{pack.file.variants.option}`"
    lead = f"以 {option} 选择；未列出的参数同本案例。Chosen by {option}; all else as the case says."
    head = ("形式 · form", "名称 · name", "自有参数 · what it states itself")
    return f"### 形式 · Forms\n\n{lead}\n\n{table(head, rows)}"


def _variant(pack: Pack, one: Variant) -> tuple[str, ...]:
    lines = [
        f"`{name}`: {both(f'policy.mechanism.{name}')}" for name in running(one.mechanisms).values()
    ]
    if one.joins:
        lines.append(f"分担同 · shares as `{one.joins}`")
    lines += [_own(stated) for stated in one.stated.values()]
    return f"`{pack.case}:{one.ident}`", pair(one.names["zh"], one.names["en"]), "\n".join(lines)


def _own(stated: Stated) -> str:
    """A parameter of a form in one line: name, value, grade, source."""
    names = CATALOGUE[stated.name].names
    value = _values(stated).replace("\n", "; ")
    return f"{pair(names['zh'], names['en'])} {value} ({_grade(stated)}, {stated.source})"


def _stages(pack: Pack) -> list[str]:
    found = []
    for stage in STAGES:
        own = {name for name, one in pack.stated.items() if one.own}
        names = [n for n, e in CATALOGUE.items() if e.stage == stage.key and n in own]
        if names:
            title = f"### {pair(stage.names['zh'], stage.names['en'])}"
            rows = [_parameter(pack.stated[name]) for name in names]
            found.append(f"{title}\n\n{table(_HEAD, rows)}")
    return found


def _extended(pack: Pack) -> str:
    """How many parameters each layer says for the case."""
    counts = Counter(one.citation.layer for one in pack.stated.values() if not one.own)
    told = ", ".join(f"{both(f'layer.{layer}')} {count}" for layer, count in counts.items())
    return f"### {both('policy.folded')}\n\n{told}" if told else ""


_HEAD = ("参数 · parameter", "值 · value", "等级", "来源、条款 · source, clause", "说明 · note")


def _parameter(stated: Stated) -> tuple[str, ...]:
    names = CATALOGUE[stated.name].names
    return (
        f"{pair(names['zh'], names['en'])}\n`{stated.name}`",
        _values(stated),
        _grade(stated),
        f"{stated.source}: {stated.citation.clause}",
        pair(stated.note_zh, stated.note),
    )


def _grade(stated: Stated) -> str:
    """An assumption stands out."""
    grade = stated.citation.grade
    return f"**{grade.value}**" if grade is Grade.ASSUMED else grade.value


def _values(stated: Stated) -> str:
    several = len(stated.values) > 1
    lines = []
    for start, _ in stated.values:
        parameter = stated.on(start)
        value = pair(value_text(parameter, "zh"), value_text(parameter, "en"))
        lines.append(
            f"{start.isoformat()}: {value}{_elsewhere(stated, start)}" if several else value
        )
    if stated.qualifier:
        lines.append(f"{both(f'policy.qualifier.{stated.qualifier}')} ({stated.as_of})")
    return "\n".join(lines)


def _elsewhere(stated: Stated, start: date) -> str:
    """Where an earlier value comes from, if another document states it."""
    if start not in stated.earlier:
        return ""
    told = stated.earlier[start]
    return f" ({told.citation.grade.value}, {told.source}: {told.citation.clause})"


def _gaps(pack: Pack) -> list[tuple[str, ...]]:
    return [
        (
            pair(gap.names["zh"], gap.names["en"]),
            ", ".join(f"`{name}`" for name in gap.parameters),
            gap.document,
        )
        for gap in pack.gaps
    ]


def _siblings(pack: Pack) -> str:
    lines = [f"- {pair(s.names['zh'], s.names['en'])} ({s.source})" for s in pack.siblings]
    return "### 相关产品 · Related products\n\n" + "\n".join(lines) if lines else ""


def _sources(pack: Pack) -> list[tuple[str, ...]]:
    return [
        (s.key, s.grade, s.title, s.document, f"<{s.address}>" if s.address else s.url)
        for s in pack.sources.values()
    ]
