"""Figures of bars: parts on top of each other, and places against what is built."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .layout import (
    AXIS_NAME,
    FLAT,
    beside,
    category_axis,
    every_value,
    grid,
    legend,
    option,
    spaced,
    table_of,
    tooltip,
    value_axis,
)  # fmt: skip
from .palette import colour, fill, roles
from .shapes import HEIGHT, About, Figure, NativeChart, NativeSeries, Series, Unit, matched, plain


def stacked_bars(
    about: About, *, category: str, categories: Sequence[str | int], series: Sequence[Series], unit: Unit
) -> Figure:
    """Parts on top of each other, the first at the bottom: need for each step of the ladder over years."""
    labels = matched(about.key, categories, *series, unsigned=True)
    colours = roles(len(series))
    key, top = legend([each.name for each in series])
    table = table_of(category, labels, [(each.name, unit, each.values) for each in series])
    sums = [sum(float(each.values[i] or 0) for each in series) for i in range(len(labels))]
    drawn = option(
        about,
        legend=key,
        tooltip=tooltip(table),
        grid=grid(top + AXIS_NAME, beside(unit, sums), 8),
        xAxis=category_axis(spaced(labels), category),
        yAxis=value_axis(unit),
        series=[
            {"type": "bar", "stack": "all", "name": each.name, "data": plain(each.values), "barMaxWidth": 56,
             "barCategoryGap": "28%", "itemStyle": fill(i, colours[i])}
            for i, each in enumerate(series)
        ],
    )  # fmt: skip
    native = NativeChart(
        tuple(NativeSeries(each.name, column=1 + i, colour=colours[i]) for i, each in enumerate(series)),
        unit.name,
        stacked=True,
    )
    return Figure(about, drawn, table, (native,), height=HEIGHT + max(0, top - 32))


def places_against_capacity(
    about: About,
    *,
    category: str,
    categories: Sequence[str | int],
    need: Series,
    capacity: Series,
    unit: Unit,
    high: Series | None = None,
) -> Figure:
    """Bars of places needed, a mark where one plans for (P90), and the built capacity as a line in steps."""
    every = [need, *([high] if high else []), capacity]
    labels = matched(about.key, categories, *every, unsigned=True)
    key, top = legend([need.name, *({"name": each.name, "icon": FLAT} for each in every[1:])])
    bar, mark, built = "fjord-border-subtle", "fjord-text-default", "rogn-base-default"
    series: list[dict[str, Any]] = [
        {"type": "bar", "name": need.name, "data": plain(need.values), "barMaxWidth": 40,
         "barCategoryGap": "35%", "itemStyle": fill(0, bar)},
    ]  # fmt: skip
    if high:
        series.append(
            {"type": "scatter", "name": high.name, "data": plain(high.values), "symbol": "rect",
             "symbolSize": [26, 4], "itemStyle": {"color": colour(mark)}, "z": 4}
        )  # fmt: skip
    series.append(
        {"type": "line", "name": capacity.name, "data": plain(capacity.values), "step": "middle",
         "symbol": "none", "lineStyle": {"color": colour(built), "width": 3}, "z": 5,
         "itemStyle": {"color": colour(built)}}
    )  # fmt: skip
    table = table_of(category, labels, [(each.name, unit, each.values) for each in every])
    drawn = option(
        about,
        legend=key,
        tooltip=tooltip(table),
        grid=grid(top + AXIS_NAME, beside(unit, every_value(every)), 8),
        xAxis=category_axis(spaced(labels), category),
        yAxis=value_axis(unit),
        series=series,
    )
    native = NativeChart(
        (
            NativeSeries(need.name, column=1, colour=bar),
            *([NativeSeries(high.name, column=2, kind="line", colour=mark, dash="dash")] if high else []),
            NativeSeries(capacity.name, column=len(every), kind="line", colour=built),
        ),
        unit.name,
    )  # fmt: skip
    return Figure(about, drawn, table, (native,))
