"""The text of a file's bytes: UTF-8, UTF-16 with its mark, or GB18030 where that is beyond doubt.

Says how it was read; knows nothing of lines and columns.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator

from services.boarding.columns import chinese_heading
from services.boarding.findings import Finding, FormErrors

_TOP = 4_000  # characters among which a heading is looked for
_BESIDE_LATIN = re.compile(r"[A-Za-z][\u4e00-\u9fff]|[\u4e00-\u9fff][A-Za-z]")
_MARKS = (
    (codecs.BOM_UTF8, "UTF-8", "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "UTF-32", "utf-32"),
    (codecs.BOM_UTF32_BE, "UTF-32", "utf-32"),
    (codecs.BOM_UTF16_LE, "UTF-16", "utf-16"),
    (codecs.BOM_UTF16_BE, "UTF-16", "utf-16"),
)


def decode(data: bytes) -> tuple[str, tuple[Finding, ...]] | FormErrors:
    """The text and, where it is not UTF-8, a note of its encoding; or why it is no text."""
    if not data.strip():
        return FormErrors((Finding(1, "", "", "empty"),))
    for mark, name, codec in _MARKS:
        if data.startswith(mark):
            return _marked(data, name, codec)
    if b"\0" in data:
        return _binary(data.count(b"\n", 0, data.index(b"\0")) + 1)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _gb18030(data)


def _marked(data: bytes, name: str, codec: str) -> tuple[str, tuple[Finding, ...]] | FormErrors:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        if codec == "utf-8-sig":
            return FormErrors(tuple(_undecodable(data)))
        return FormErrors((Finding(1, "", name, "not_decodable", {"encoding": name}),))
    if "\0" in text:
        return _binary(text.count("\n", 0, text.index("\0")) + 1)
    if not text.strip():
        return FormErrors((Finding(1, "", "", "empty"),))
    return text, () if name == "UTF-8" else (_note(name),)


def _gb18030(data: bytes) -> tuple[str, tuple[Finding, ...]] | FormErrors:
    """Chinese in GB18030: under our Chinese headings, or of common hanzi that touch no Latin.

    The bytes of a Western or other text hardly ever come out so; then it is refused.
    """
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return FormErrors(tuple(_undecodable(data)))
    others = {one for one in set(text) if not one.isascii()}
    common = all(map(_common, others)) and not _BESIDE_LATIN.search(text)
    if all(map(_chinese, others)) and (common or chinese_heading(text[:_TOP])):
        return text, (_note("GB18030"),)
    return FormErrors(tuple(_undecodable(data)))


def _chinese(one: str) -> bool:
    """A hanzi, or a mark or full-width form of Chinese typesetting."""
    if unicodedata.category(one) == "Lo":
        return unicodedata.name(one, "").startswith("CJK UNIFIED IDEOGRAPH")
    return "\u3000" <= one <= "\u303f" or "\uff00" <= one <= "\uffef" or one in "“”‘’—…·％‰￥"


def _common(one: str) -> bool:
    """In GB2312, whose second bytes are never those of an ASCII letter."""
    try:
        return bool(one.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def _undecodable(data: bytes) -> Iterator[Finding]:
    for number, line in enumerate(data.split(b"\n"), start=1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            byte = f"0x{line[error.start]:02x}"
            yield Finding(number, "", byte, "not_utf8", {"byte": byte})


def _binary(line: int) -> FormErrors:
    return FormErrors((Finding(line, "", "", "binary"),))


def _note(name: str) -> Finding:
    return Finding(0, "", name, "encoding", {"encoding": name})
