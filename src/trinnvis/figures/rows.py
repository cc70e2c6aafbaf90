"""Figures of lying bars, one row for each of several named things: side by side, or parts and a limit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .layout import SIZE, category_axis, every_value, grid, legend, option, table_of, tooltip, value_axis
from .palette import NO_PATTERN, QUIET, colour, fill, roles
from .shapes import About, Figure, NativeChart, NativeSeries, Series, Unit, matched, plain
from .text_width import width_of

NAMES = 216  # the room for the rows' names, which are broken over lines
LINE = 18
BAR, BETWEEN_ROWS = 18, 16
MARK = "path://M5,0L9,0L9,14L5,14Z"  # the limit's mark in the legend


def rows_of_bars(
    about: About,
    *,
    category: str,
    categories: Sequence[str],
    series: Sequence[Series],
    unit: Unit,
    stacked: bool = False,
    limit: Series | None = None,
) -> Figure:
    """A row for each category, the first on top. `limit`: a mark on each row, such as its budget."""
    every = [*series, *([limit] if limit else [])]
    labels = matched(about.key, categories, *every, unsigned=not stacked)
    colours = roles(len(series))
    key, top = legend(
        [*(each.name for each in series), *([{"name": limit.name, "icon": MARK}] if limit else [])]
    )
    table = table_of(category, labels, [(each.name, unit, each.values) for each in every])
    bars: list[dict[str, Any]] = [
        {"type": "bar", "name": each.name, "data": plain(each.values), "barMaxWidth": BAR, "barGap": "10%",
         "itemStyle": fill(i, colours[i]), **({"stack": "all"} if stacked else {})}
        for i, each in enumerate(series)
    ]  # fmt: skip
    if limit:
        bars.append(
            {"type": "scatter", "name": limit.name, "symbol": "rect", "symbolSize": [4, BAR + 10], "z": 5,
             "data": [[value, i] for i, value in enumerate(plain(limit.values)) if value is not None],
             "itemStyle": {"color": colour("neutral-text-default"), "decal": NO_PATTERN}}
        )  # fmt: skip
    whole: dict[str, Any] = (
        {"max": 100, "interval": 25} if stacked and unit.suffix == "%" and _most(series) <= 101 else {}
    )
    row = max(BAR * (1 if stacked else len(series)), LINE * _most_lines(labels)) + BETWEEN_ROWS
    drawn = option(
        about,
        legend=key,
        tooltip=tooltip(table),
        grid=grid(top + 8, NAMES + 12, _room(unit, every), bottom=44),
        xAxis=value_axis(unit, nameLocation="middle", nameGap=28, **whole) | {"nameTextStyle": _quiet()},
        yAxis=category_axis(labels, inverse=True, axisLabel=_quiet() | _broken()),
        series=bars,
    )
    native = NativeChart(
        tuple(
            NativeSeries(each.name, column=1 + i, colour=(*colours, "neutral-text-default")[i])
            for i, each in enumerate(every)
        ),
        unit.name,
        horizontal=True,
    )
    return Figure(about, drawn, table, (native,), height=top + 60 + row * len(labels))


def _most(series: Sequence[Series]) -> float:
    """The largest sum of a row; parts of a whole may be a little over 100 % by rounding."""
    return max(
        sum(float(value or 0) for value in row) for row in zip(*(s.values for s in series), strict=True)
    )


def _most_lines(labels: Sequence[str]) -> int:
    """Lines the longest name is broken into, counted generously: words do not fill a line."""
    return max(1 + int(width_of(label, SIZE) * 1.15 // NAMES) for label in labels)


def _room(unit: Unit, every: Sequence[Series]) -> int:
    """Half the last mark of the axis stands outside it."""
    largest = max((float(value) for value in every_value(every) if value is not None), default=0)
    return round(width_of(unit.text(largest * 1.5), SIZE) / 2) + 8


def _quiet() -> dict[str, Any]:
    return {"color": colour(QUIET), "fontSize": SIZE}


def _broken() -> dict[str, Any]:
    return {"interval": 0, "overflow": "break", "width": NAMES, "lineHeight": LINE}
