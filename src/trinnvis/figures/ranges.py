"""Figures of intervals: a row for each of several named things, its mark and the line of nought."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .layout import SIZE, category_axis, grid, legend, option, table_of, tooltip, value_axis
from .palette import GROUND, INK, NO_PATTERN, QUIET, colour
from .shapes import About, Figure, FigureError, NativeChart, NativeSeries, Series, Unit, matched, plain
from .text_width import width_of

NAMES = 216
ROW = 42
BAND, MARK = "fjord-border-subtle", "fjord-text-default"
WIDE = "path://M0,4L24,4L24,10L0,10Z"


def ranges(
    about: About,
    *,
    category: str,
    categories: Sequence[str],
    middle: Series,
    low: Series,
    high: Series,
    interval: str,
    unit: Unit,
) -> Figure:
    """A row for each category, the first on top; values may be below nought. `interval` says which it is."""
    labels = matched(about.key, categories, middle, low, high)
    ends = list(zip(plain(low.values), plain(middle.values), plain(high.values), strict=True))
    for label, (least, value, most) in zip(labels, ends, strict=True):
        if least is None or value is None or most is None or not least <= value <= most:
            raise FigureError(f"{about.key}: {middle.name!r} is not in its interval for {label}")
    key, top = legend([{"name": middle.name}, {"name": interval, "icon": WIDE}])
    table = table_of(category, labels, [(each.name, unit, each.values) for each in (middle, low, high)])
    bands: list[dict[str, Any]] = [
        {"type": "line", "name": interval, "data": [[least, i], [most, i]], "symbol": "none", "silent": True,
         "lineStyle": {"color": colour(BAND), "width": 14, "cap": "butt"},
         "itemStyle": {"color": colour(BAND)}}
        for i, (least, _value, most) in enumerate(ends)
    ]  # fmt: skip
    bands[0]["markLine"] = {  # under the marks, so that no text is struck through
        "silent": True, "symbol": "none", "label": {"show": False}, "data": [{"xAxis": 0}],
        "lineStyle": {"color": colour(INK), "width": 1.5, "type": "solid"},
    }  # fmt: skip
    marks: dict[str, Any] = {
        "type": "scatter", "name": middle.name, "symbol": "diamond", "symbolSize": 13, "z": 5,
        "data": [
            {"value": [value, i],
             "label": {"show": True, "position": "top", "distance": 3,
                       "formatter": unit.text(value, sign=True)}}
            for i, (_least, value, _most) in enumerate(ends)
        ],
        "label": {
            "color": colour(INK), "fontSize": SIZE, "backgroundColor": colour(GROUND), "padding": [0, 3],
        },
        "itemStyle": {"color": colour(MARK), "decal": NO_PATTERN},
    }  # fmt: skip
    quiet = {"color": colour(QUIET), "fontSize": SIZE}
    edge = max(abs(float(end)) for row in ends for end in row if end is not None)
    drawn = option(
        about,
        legend=key,
        tooltip=tooltip(table, "item"),
        grid=grid(
            top + 14, NAMES + 12, round(width_of(unit.text(edge * 1.5, sign=True), SIZE) / 2) + 8, bottom=48
        ),
        xAxis=value_axis(unit, nameLocation="middle", nameGap=30) | {"nameTextStyle": quiet},
        yAxis=category_axis(
            labels,
            inverse=True,
            axisLine={"show": False, "onZero": False},
            axisLabel=quiet | {"interval": 0, "overflow": "break", "width": NAMES, "lineHeight": 18},
        ),
        series=[*bands, marks],
    )
    native = NativeChart(
        tuple(
            NativeSeries(each.name, column=1 + i, kind="line", colour=role)
            for i, (each, role) in enumerate(((middle, MARK), (low, BAND), (high, BAND)))
        ),
        unit.name,
    )
    return Figure(about, drawn, table, (native,), height=top + 76 + ROW * len(labels))
