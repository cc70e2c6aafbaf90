"""Two measures of the same groups, such as the kroner and hours of each pathway: one panel or two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from .layout import (
    AXIS_NAME,
    Json,
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
from .palette import GROUND, MARKERS, NO_PATTERN, colour, fill, roles
from .shapes import (
    About,
    Figure,
    FigureError,
    NativeChart,
    NativeSeries,
    Number,
    Series,
    Table,
    Unit,
    matched,
    plain,
)  # fmt: skip

PANEL = 170
BETWEEN_PANELS = 58


@dataclass(frozen=True)
class Group:
    """One group with two measures for each category."""

    name: str
    bars: tuple[Number | None, ...]
    line: tuple[Number | None, ...]


@dataclass(frozen=True)
class Measures:
    """What both figures share, once the groups are seen to fit the categories."""

    labels: tuple[str, ...]
    bars: tuple[Series, ...]
    lines: tuple[Series, ...]
    colours: tuple[str, ...]
    table: Table

    def natives(self) -> tuple[tuple[NativeSeries, ...], tuple[NativeSeries, ...]]:
        """Bars and lines for Excel: the table's columns after the first."""
        columns = [
            NativeSeries(
                self.table.full_headings[1 + i],
                column=1 + i,
                colour=self.colours[i % len(self.bars)],
                kind="bar" if i < len(self.bars) else "line",
            )
            for i in range(2 * len(self.bars))
        ]
        return tuple(columns[: len(self.bars)]), tuple(columns[len(self.bars) :])


def bars_and_line(
    about: About,
    *,
    category: str,
    categories: Sequence[str | int],
    groups: Sequence[Group],
    bar_unit: Unit,
    line_unit: Unit,
) -> Figure:
    """Bars against the left axis and a line against the right one, for each group."""
    found = _measures(about, category, categories, groups, bar_unit, line_unit)
    key, top = legend([group.name for group in groups])
    left, right = beside(bar_unit, every_value(found.bars)), beside(line_unit, every_value(found.lines))
    drawn = option(
        about,
        legend=key,
        tooltip=tooltip(found.table),
        grid=grid(top + AXIS_NAME, left, right),
        xAxis=category_axis(spaced(found.labels), category),
        yAxis=[
            value_axis(bar_unit),
            value_axis(line_unit, side="right", alignTicks=True, splitLine={"show": False}),
        ],
        series=[*_bars(found), *_lines(found, yAxisIndex=1)],
    )
    bars, lines = found.natives()
    native = NativeChart(
        bars + tuple(replace(each, second_axis=True) for each in lines), bar_unit.name, line_unit.name
    )
    return Figure(about, drawn, found.table, (native,))


def two_panels(
    about: About,
    *,
    category: str,
    categories: Sequence[str | int],
    groups: Sequence[Group],
    bar_unit: Unit,
    line_unit: Unit,
) -> Figure:
    """The same as `bars_and_line` in two panels over one another, with one axis each."""
    found = _measures(about, category, categories, groups, bar_unit, line_unit)
    key, top = legend([group.name for group in groups])
    left = max(beside(bar_unit, every_value(found.bars)), beside(line_unit, every_value(found.lines)))
    tops = (top + AXIS_NAME, top + AXIS_NAME + PANEL + BETWEEN_PANELS)
    drawn = option(
        about,
        legend=key,
        tooltip=tooltip(found.table),
        axisPointer={"link": [{"xAxisIndex": "all"}]},
        grid=[grid(each, left, 8, height=PANEL, bottom="auto") for each in tops],
        xAxis=[
            category_axis(found.labels, gridIndex=0, axisLabel={"show": False}),
            category_axis(spaced(found.labels), category, gridIndex=1),
        ],
        yAxis=[value_axis(bar_unit, gridIndex=0), value_axis(line_unit, gridIndex=1)],
        series=[*_bars(found), *_lines(found, xAxisIndex=1, yAxisIndex=1)],
    )
    bars, lines = found.natives()
    native = (NativeChart(bars, bar_unit.name), NativeChart(lines, line_unit.name))
    return Figure(about, drawn, found.table, native, height=tops[1] + PANEL + 62)


def _measures(
    about: About, category: str, categories: Sequence[str | int], groups: Sequence[Group],
    bar_unit: Unit, line_unit: Unit,
) -> Measures:  # fmt: skip
    if not groups:
        raise FigureError(f"{about.key}: there is no group")
    bars = tuple(Series(group.name, group.bars) for group in groups)
    lines = tuple(Series(group.name, group.line) for group in groups)
    matched(about.key, categories, *lines)
    labels = matched(about.key, categories, *bars)
    suffixes_differ = bar_unit.suffix and line_unit.suffix and bar_unit.suffix != line_unit.suffix
    columns = [
        (each.name if suffixes_differ else f"{each.name}: {unit.name}", unit, each.values)
        for series, unit in ((bars, bar_unit), (lines, line_unit))
        for each in series
    ]
    return Measures(labels, bars, lines, roles(len(groups)), table_of(category, labels, columns))


def _bars(found: Measures) -> list[Json]:
    return [
        {"type": "bar", "name": each.name, "data": plain(each.values), "barMaxWidth": 34, "barGap": "0%",
         "itemStyle": fill(i, found.colours[i])}
        for i, each in enumerate(found.bars)
    ]  # fmt: skip


def _lines(found: Measures, **axes: Any) -> list[Json]:
    """Lines with a marker each, edged with the page's colour so that they are seen on top of bars."""
    return [
        {"type": "line", "name": each.name, "data": plain(each.values), "z": 6, **axes,
         "symbol": MARKERS[i % len(MARKERS)], "symbolSize": 10, "showAllSymbol": True,
         "lineStyle": {"color": colour(found.colours[i]), "width": 2.5},
         "itemStyle": {"color": colour(found.colours[i]), "borderColor": colour(GROUND), "borderWidth": 1.5,
                       "decal": NO_PATTERN}}
        for i, each in enumerate(found.lines)
    ]  # fmt: skip
