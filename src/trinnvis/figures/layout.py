"""The parts every option shares: ground, axes, legend with room for it, and texts for the tooltip."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from trinnvis import formats

from .palette import FAINT, GROUND, INK, NO_PATTERN, QUIET, RULE, colour
from .shapes import WIDTH, About, Number, Series, Table, Unit
from .text_width import width_of

FONT = "Inter, system-ui, sans-serif"
SIZE = 14
BETWEEN = 12
LINE = 16 + BETWEEN  # the height of a row in the legend
# The samples of lines without points.
FLAT = "path://M0,5L24,5L24,9L0,9Z"
BROKEN = "path://M0,5L9,5L9,9L0,9ZM15,5L24,5L24,9L15,9Z"
AXIS_NAME = 26
LONGER = 3  # how many times the shortest step between labels a step may be that marks both ends

Json = dict[str, Any]


def option(about: About, **parts: Any) -> Json:
    """The ground of an option: type, colours, words for screen readers, no movement."""
    return {
        "aria": {
            "enabled": True,
            "label": {"description": about.alt},
            "decal": {"show": True, "decals": [NO_PATTERN]},
        },
        "animation": False,
        "textStyle": {"fontFamily": FONT, "fontSize": SIZE, "color": colour(INK)},
        **parts,
    }


def number(unit: Unit, *, absolute: bool = False) -> Json:
    """A number format for axes that both the server's and the browser's drawing know (`figures.js`)."""
    return {"$number": {"decimals": unit.decimals, "absolute": absolute}}


def value_axis(unit: Unit, *, side: str = "left", name: bool = True, **more: Any) -> Json:
    """An axis of values; its unit stands over it."""
    align = {"left": "left", "right": "right"}.get(side, "center")
    axis: Json = {
        "type": "value",
        "axisLabel": {
            "color": colour(QUIET),
            "fontSize": SIZE,
            "formatter": number(unit),
            "hideOverlap": True,
        },
        "axisLine": {"show": False},
        "axisTick": {"show": False},
        "splitNumber": 4,
        "splitLine": {"lineStyle": {"color": colour(FAINT), "width": 1}},
    }
    if name:
        axis |= {
            "name": unit.name,
            "nameGap": 14,
            "nameTextStyle": {"color": colour(QUIET), "fontSize": SIZE, "align": align},
        }
    return axis | more


def beside(unit: Unit, values: Iterable[Number | None]) -> int:
    """Room for the widest mark of an axis; the last mark may be half as large again as the largest value."""
    known = [float(value) for value in values if value is not None]
    ends = (min(known), max(known))
    widest = max(
        width_of(formats.number(end * over, unit.decimals), SIZE) for end in ends for over in (1, 1.5)
    )
    return round(widest) + 18


def spaced(labels: Sequence[str], width: int = WIDTH - 80) -> list[str]:
    """The labels there is room for along a horizontal axis, counted back from the last; "" for the rest.

    Both ends are marked where a step not much longer does it: 2025, 2030 … 2050 rather than 2026, 2028 ….
    """
    widest = max(width_of(label, SIZE) for label in labels) + 14
    needed = max(1, -(-round(widest * len(labels)) // width))
    steps = range(needed, LONGER * needed + 1)
    every = next((step for step in steps if (len(labels) - 1) % step == 0), needed)
    return [label if (len(labels) - 1 - i) % every == 0 else "" for i, label in enumerate(labels)]


def category_axis(labels: Sequence[str], name: str = "", **more: Any) -> Json:
    return {
        "type": "category",
        "data": list(labels),
        "name": name,
        "nameLocation": "middle",
        "nameGap": 34,
        "nameTextStyle": {"color": colour(QUIET), "fontSize": SIZE},
        "axisLabel": {"color": colour(QUIET), "fontSize": SIZE, "interval": 0},
        "axisLine": {"lineStyle": {"color": colour(QUIET)}},
        "axisTick": {"show": False},
        **more,
    }


def legend(names: Sequence[str | Mapping[str, Any]], key: int = 24) -> tuple[Json, int]:
    """The legend from the top left, and how high it is when its rows are broken to the width.

    `key` is the width of each sample.
    """
    rows, used = 1, 0.0
    for each in names:
        name = each if isinstance(each, str) else str(each["name"])
        needs = key + 6 + width_of(name, SIZE) + BETWEEN
        if used and used + needs > WIDTH:
            rows, used = rows + 1, 0.0
        used += needs
    return (
        {
            "data": list(names),
            "left": 0,
            "top": 0,
            "width": WIDTH,
            "padding": 0,
            "itemGap": BETWEEN,
            "itemWidth": key,
            "itemHeight": 14,
            "textStyle": {"color": colour(INK), "fontSize": SIZE},
            "selectedMode": False,
        },
        rows * LINE + 8,
    )


def tooltip(table: Table, trigger: str = "axis") -> Json:
    """A tooltip that reads out the table's row, in text (an HTML tooltip breaks the security policy)."""
    return {
        "trigger": trigger,
        "renderMode": "richText",
        "confine": True,
        "formatter": {"$texts": {"rows": row_texts(table)}},
        "backgroundColor": colour(GROUND),
        "borderColor": colour(RULE),
        "textStyle": {"color": colour(INK), "fontSize": SIZE},
    }


def row_texts(table: Table) -> list[str]:
    """ "2030\nMedian: 4,5" for each row."""
    found = []
    for row in table.rows:
        first, *rest = zip(table.headings, row, table.units, strict=True)
        lines = [str(first[1])]
        for heading, cell, unit in rest:
            shown = cell if isinstance(cell, str) else (unit.text(cell) if unit else str(cell))
            lines.append(f"{heading}: {shown}")
        found.append("\n".join(lines))
    return found


def grid(top: int, left: int, right: int, **more: Any) -> Json:
    return {"top": top, "left": left, "right": right, "bottom": 54, "outerBoundsMode": "none", **more}


def every_value(series: Iterable[Series]) -> Iterator[Number | None]:
    return chain.from_iterable(each.values for each in series)


def table_of(
    category: str, labels: Sequence[str], columns: Sequence[tuple[str, Unit, Sequence[Number | None]]]
) -> Table:
    """A table with one row for each category and one column for each series."""
    return Table(
        headings=(category, *(name for name, _, _ in columns)),
        rows=tuple(
            (label, *(values[i] for _, _, values in columns)) for i, label in enumerate(labels)
        ),
        units=(None, *(unit for _, unit, _ in columns)),
    )  # fmt: skip
