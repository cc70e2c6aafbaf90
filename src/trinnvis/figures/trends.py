"""Figures over time: lines, and a fan of what may come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .layout import (
    AXIS_NAME,
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
from .palette import DASHES, GROUND, INK, MARKERS, NO_PATTERN, colour, roles
from .shapes import (
    About,
    Figure,
    FigureError,
    NativeChart,
    NativeSeries,
    Series,
    Unit,
    matched,
    plain,
)  # fmt: skip

EXCEL_DASHES = ("solid", "dash", "round_dot", "dash_dot")
MOST_MARKED = 16  # with more categories only every few points carry a marker


def lines(
    about: About,
    *,
    category: str,
    categories: Sequence[str | int],
    series: Sequence[Series],
    unit: Unit,
    from_zero: bool = True,
) -> Figure:
    """Lines, each with its own marker and stroke. The axis starts at zero unless `from_zero` is False."""
    labels = matched(about.key, categories, *series)
    colours = roles(len(series))
    key, top = legend([each.name for each in series], key=34)
    table = table_of(category, labels, [(each.name, unit, each.values) for each in series])
    drawn = option(
        about,
        legend=key,
        tooltip=tooltip(table),
        grid=grid(top + AXIS_NAME, beside(unit, every_value(series)), 24),
        xAxis=category_axis(spaced(labels), category, boundaryGap=False),
        yAxis=value_axis(unit, scale=not from_zero),
        series=[_line(each, i, colours[i], len(labels)) for i, each in enumerate(series)],
    )
    return Figure(about, drawn, table, (_native(series, colours, unit),))


def fan(
    about: About,
    *,
    category: str,
    categories: Sequence[str | int],
    median: Series,
    low: Series,
    high: Series,
    interval: str,
    unit: Unit,
    observed: Series | None = None,
    scenarios: Sequence[Series] = (),
) -> Figure:
    """A median in its interval (`interval` says which: "80 %-intervall"), what was observed, scenarios."""
    shown = [*([observed] if observed else []), median, *scenarios]
    labels = matched(about.key, categories, *shown, low, high)
    _check_interval(about, labels, low, median, high)
    band, middle = "fjord-border-subtle", "fjord-base-default"
    # Scenarios leave out the median's own colour, marker and stroke.
    others = roles(len(scenarios) + 1)[1:] if len(scenarios) < 4 else roles(len(scenarios))
    key, top = legend([*(each.name for each in shown), {"name": interval, "icon": "rect"}], key=34)
    series: list[dict[str, Any]] = [
        {"type": "line", "name": low.name, "data": plain(low.values), "stack": "interval", "symbol": "none",
         "lineStyle": {"opacity": 0}, "silent": True},
        {"type": "line", "name": interval, "data": _differences(low, high), "stack": "interval",
         "symbol": "none", "lineStyle": {"opacity": 0}, "silent": True, "itemStyle": {"color": colour(band)},
         "areaStyle": {"color": colour(band), "opacity": 0.55}},
    ]  # fmt: skip
    if observed:
        series.append(
            _line(observed, 3, "neutral-text-default", len(labels))
            | {"lineStyle": {"color": colour(INK), "width": 2.5, "type": "solid"}}
        )
    series.append(_line(median, 0, middle, len(labels)) | {"z": 6})
    series += [_line(each, i + 1, others[i], len(labels)) for i, each in enumerate(scenarios)]
    columns = [*shown, low, high]
    table = table_of(category, labels, [(each.name, unit, each.values) for each in columns])
    drawn = option(
        about,
        legend=key,
        tooltip=tooltip(table),
        grid=grid(top + AXIS_NAME, beside(unit, every_value(columns)), 24),
        xAxis=category_axis(spaced(labels), category, boundaryGap=False),
        yAxis=value_axis(unit),
        series=series,
    )
    excel = (*(["neutral-text-default"] if observed else []), middle, *others[: len(scenarios)], band, band)
    return Figure(about, drawn, table, (_native(columns, excel, unit),))


def _check_interval(about: About, labels: Sequence[str], low: Series, middle: Series, high: Series) -> None:
    for label, below, value, above in zip(labels, low.values, middle.values, high.values, strict=True):
        if (below is None) != (above is None):
            raise FigureError(f"{about.key}: the interval in {label} has one end only")
        if below is not None and above is not None:
            if below > above:
                raise FigureError(f"{about.key}: the interval in {label} ends before it begins")
            if below < 0:
                raise FigureError(f"{about.key}: the interval in {label} goes below zero")
            if value is not None and not below <= value <= above:
                raise FigureError(f"{about.key}: {middle.name!r} lies outside its interval in {label}")


def _differences(low: Series, high: Series) -> list[float | int | None]:
    return plain(
        [
            None if a is None or b is None else float(b) - float(a)
            for a, b in zip(low.values, high.values, strict=True)
        ]
    )  # fmt: skip


def _line(series: Series, index: int, role: str, count: int) -> dict[str, Any]:
    known = [i for i, value in enumerate(series.values) if value is not None]
    every = max(1, round(count / MOST_MARKED))
    marked = {i for i in known if (i - known[0]) % every == 0} | {known[-1]}
    data = [
        value if i in marked else {"value": value, "symbol": "none"}
        for i, value in enumerate(plain(series.values))
    ]
    return {
        "type": "line",
        "name": series.name,
        "data": data,
        "symbol": MARKERS[index % len(MARKERS)],
        "symbolSize": 9,
        "showAllSymbol": True,
        "lineStyle": {"color": colour(role), "width": 2.5, "type": DASHES[index % len(DASHES)]},
        "itemStyle": {
            "color": colour(role), "borderColor": colour(GROUND), "borderWidth": 1.5, "decal": NO_PATTERN,
        },
    }  # fmt: skip


def _native(series: Sequence[Series], colours: Sequence[str], unit: Unit) -> NativeChart:
    return NativeChart(
        tuple(
            NativeSeries(each.name, column=1 + i, kind="line", colour=colours[i],
                         dash=EXCEL_DASHES[i % len(EXCEL_DASHES)])
            for i, each in enumerate(series)
        ),
        unit.name,
    )  # fmt: skip
