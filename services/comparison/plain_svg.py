"""A chart of pygal as an SVG that stands alone: no script, no style sheet, no random id.

Pages forbid inline styles and scripts (services/web/security.py), so every look is an
attribute. The same figures give the same file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

FONTS = "'Noto Sans CJK SC','Noto Sans SC','PingFang SC','Microsoft YaHei','WenQuanYi Zen Hei',sans-serif"  # noqa: E501
_DROPPED = ("defs", "desc")
_TOOLTIPS = "tooltip-overlay"
_INK, _FAINT, _GRID, _STRIPE = "#1f2937", "#4b5563", "#cbd5e1", "#e2e8f0"
STRIPED = "striped"
"""A `style` of a bar's value that asks for stripes: the one mark that pygal hands on."""


@dataclass(frozen=True, slots=True)
class Series:
    """How a series looks: its colour, and the colour of the writing on it."""

    colour: str
    ink: str = "#ffffff"


def plain(series: Sequence[Series]) -> Callable[[Element], Element]:
    """A filter for pygal's `add_xml_filter` that makes the chart plain."""

    def apply(root: Element) -> Element:
        root.attrib.pop("id", None)
        root.set("font-family", FONTS)
        _prune(root)
        striped = [rect for g in root.iter("g") if g.get("style") == STRIPED for rect in g]
        for element, above in _walk(root, ()):
            _dress(element, above, series)
        if striped:
            _stripe(root, striped)
        return root

    return apply


def _stripe(root: Element, bars: Sequence[Element]) -> None:
    """Lay stripes over some bars, so that they are told apart without colour."""
    size = {"width": "8", "height": "8"}
    way = {"patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    pattern = Element("pattern", {"id": STRIPED, **size, **way})
    pattern.append(Element("rect", {**size, "fill": "#ffffff"}))
    pattern.append(Element("rect", {**size, "width": "4", "fill": _STRIPE}))
    drawn = Element("defs")
    drawn.append(pattern)
    root.insert(0, drawn)
    for bar in bars:
        bar.set("fill", f"url(#{STRIPED})")


def _prune(element: Element) -> None:
    """Take out what pages may not hold or nobody sees."""
    for child in list(element):
        tag = child.tag if isinstance(child.tag, str) else "comment"
        gone = tag in ("comment", *_DROPPED) or _TOOLTIPS in child.get("class", "")
        if gone or (tag == "rect" and "width" not in child.attrib):
            element.remove(child)
        else:
            _prune(child)


def _walk(element: Element, above: tuple[str, ...]) -> Iterator[tuple[Element, tuple[str, ...]]]:
    """Every element with the classes of those above it and its own."""
    classes = (*above, *element.get("class", "").split())
    yield element, classes
    for child in element:
        yield from _walk(child, classes)


def _dress(element: Element, classes: tuple[str, ...], series: Sequence[Series]) -> None:
    for name in ("id", "style"):
        element.attrib.pop(name, None)
    for key, value in _look(element, classes, series).items():
        element.set(key, value)


def _look(
    element: Element, classes: tuple[str, ...], series: Sequence[Series]
) -> Mapping[str, Any]:
    """The attributes of an element by its place in the chart."""
    number = next((int(c[6:]) for c in reversed(classes) if c.startswith("color-")), None)
    look = series[number] if number is not None and number < len(series) else None
    own = element.get("class", "").split()
    if element.tag == "text":
        return _writing(classes, look)
    if "background" in own:
        return {"fill": "#ffffff"}
    if "guide" in own or "axis" in own:
        return {"stroke": _GRID, "fill": "none"} if element.tag == "path" else {}
    if look is None or element.tag not in ("rect", "path", "circle"):
        return {}
    if element.tag == "path" and "nofill" in own:
        return {"fill": "none", "stroke": look.colour, "stroke-width": "2"}
    return {"fill": look.colour, "stroke": "none"}


def _writing(classes: tuple[str, ...], look: Series | None) -> Mapping[str, str]:
    if "title" in classes:
        return {"text-anchor": "middle", "font-size": "18", "fill": _INK}
    if "legends" in classes:
        return {"font-size": "13", "fill": _INK}
    if "text-overlay" in classes:
        ink = look.ink if look else _INK
        return {"text-anchor": "middle", "font-size": "12", "fill": ink}
    anchor = "end" if "y" in classes else "middle"
    return {"text-anchor": anchor, "font-size": "13", "fill": _FAINT}
