"""Figures of what makes a difference: a waterfall of drivers, and a tornado of assumptions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

from .layout import (
    AXIS_NAME,
    SIZE,
    beside,
    category_axis,
    grid,
    legend,
    option,
    tooltip,
    value_axis,
)
from .palette import INK, QUIET, colour, fill
from .shapes import (
    WIDTH,
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
    measured,
    say,
)  # fmt: skip
from .text_width import width_of

TOTAL, UP, DOWN = "fjord-base-default", "rogn-base-default", "eng-border-default"


@dataclass(frozen=True)
class Drivers:
    """The words of a waterfall: the first and last bar, and what goes up and down."""

    start: str
    end: str
    increase: str
    decrease: str
    column: str  # the heading over the drivers' names: "Hva som driver"
    effect: str  # the heading over the values: "Endring"


def waterfall(
    about: About, *, start: Number, drivers: Series, names: Sequence[str], words: Drivers, unit: Unit
) -> Figure:
    """From `start` by each driver's effect (the interaction is a driver too) to the sum at the end."""
    labels = matched(
        about.key, [words.start, *names, words.end], Series(words.effect, [0, *drivers.values, 0])
    )
    measured([start], f"{about.key}: the start")
    if any(value is None for value in drivers.values):
        raise FigureError(f"{about.key}: a driver has no value")
    effects = [float(value) for value in drivers.values if value is not None]
    levels = list(accumulate([float(start), *effects]))
    spans = [(0.0, levels[0]), *pairwise(levels), (0.0, levels[-1])]
    shown: list[Number] = [start, *(v for v in drivers.values if v is not None), levels[-1]]
    kinds = ["total", *("up" if e >= 0 else "down" for e in effects), "total"]
    table = Table((words.column, words.effect), tuple(zip(labels, shown, strict=True)), (None, unit))
    parts = [_bar_parts(a, b) for a, b in spans]
    texts = [unit.text(v, sign=kind != "total") for v, kind in zip(shown, kinds, strict=True)]
    series: list[dict[str, Any]] = [
        {"type": "bar", "name": "base", "stack": "all", "data": [p[0] for p in parts], "silent": True,
         "itemStyle": {"color": "none", "borderWidth": 0}},
    ]  # fmt: skip
    legend_names = (
        ("total", words.effect, TOTAL),
        ("up", words.increase, UP),
        ("down", words.decrease, DOWN),
    )
    for index, (kind, name, role) in enumerate(legend_names):
        series += [
            {"type": "bar", "name": name, "stack": "all", "barMaxWidth": 64, "itemStyle": fill(index, role),
             "data": [part[side] if k == kind and (part[side] or side == 1) else None
                      for part, k in zip(parts, kinds, strict=True)]}
            for side in (1, 2)
        ]  # fmt: skip
    series.append(
        {"type": "scatter", "name": "labels", "symbolSize": 0.01, "silent": True,
         "data": [{"value": max(a, b, 0.0), "label": {"formatter": text}}
                  for (a, b), text in zip(spans, texts, strict=True)],
         "label": {"show": True, "position": "top", "distance": 8, "color": colour(INK), "fontSize": SIZE,
                   "fontWeight": 600}}
    )  # fmt: skip
    key, top = legend([words.increase, words.decrease])
    drawn = option(
        about,
        legend=key,
        tooltip=tooltip(table),
        grid=grid(top + AXIS_NAME, beside(unit, levels), 8, bottom=76),
        xAxis=category_axis(labels, axisLabel=_wrapped(len(labels))),
        yAxis=value_axis(unit),
        series=series,
    )
    native = NativeChart(
        (
            NativeSeries(words.start, values=tuple(p[0] for p in parts)),
            *(
                NativeSeries(name, values=tuple(p[1] + p[2] if k == kind else None
                                                for p, k in zip(parts, kinds, strict=True)), colour=role)
                for kind, name, role in legend_names
            ),
        ),
        unit.name, stacked=True,
    )  # fmt: skip
    return Figure(about, drawn, table, (native,), height=430)


@dataclass(frozen=True)
class Assumption:
    """The result with the assumption low and high; the texts say what low and high mean ("12 md.")."""

    name: str
    low_text: str
    low: Number
    high_text: str
    high: Number


@dataclass(frozen=True)
class TornadoWords:
    column: str  # heading over the assumptions
    low: str  # "Lavt anslag"
    high: str  # "Høyt anslag"
    result: str  # heading over the results


def tornado(
    about: About,
    *,
    base: Number,
    assumptions: Sequence[Assumption],
    words: TornadoWords,
    unit: Unit,
    as_given: bool = False,
) -> Figure:
    """What the result becomes when one assumption at a time goes low or high; the widest on top, or the
    first when they are to stand `as_given`.

    Bars are differences from `base`; the table has the results themselves.
    """
    if not assumptions:
        raise FigureError(f"{about.key}: there is no assumption")
    for each in assumptions:
        measured([base, each.low, each.high], f"{about.key}: {each.name}")
        for text in (each.low_text, each.high_text):
            say(text, f"{about.key}: {each.name}: a text")
    ordered = list(reversed(assumptions))
    if not as_given:
        ordered = sorted(assumptions, key=lambda each: abs(float(each.high) - float(each.low)))
    labels = matched(
        about.key, [each.name for each in ordered], Series(words.low, [each.low for each in ordered])
    )
    said = [f"{words.result}, {end}" for end in (words.low, words.high)]
    table = Table(
        (words.column, words.low, said[0], words.high, said[1]),
        tuple((e.name, e.low_text, e.low, e.high_text, e.high) for e in reversed(ordered)),
        (None, None, unit, None, unit),
    )  # fmt: skip
    ends = [
        (words.low, "korn-base-default", [(e.low, e.low_text) for e in ordered]),
        (words.high, "fjord-base-default", [(e.high, e.high_text) for e in ordered]),
    ]
    series = [
        {"type": "bar", "name": name, "barGap": "-100%", "barCategoryGap": "34%", "itemStyle": fill(i, role),
         "label": {"show": True, "color": colour(INK), "fontSize": SIZE},
         "data": [_end(float(value) - float(base), text) for value, text in values]}
        for i, (name, role, values) in enumerate(ends)
    ]  # fmt: skip
    names = round(min(max(width_of(label, SIZE) for label in labels), WIDTH * 0.36)) + 18
    room = round(max(width_of(t, SIZE) for e in ordered for t in (e.low_text, e.high_text))) + 12
    key, top = legend([words.low, words.high])
    drawn = option(
        about,
        legend=key,
        tooltip=tooltip(Table(table.headings, table.rows[::-1], table.units)),
        grid=grid(top + 10, names + room, room),
        xAxis=value_axis(unit, name=False, splitNumber=3)
        | {
            "name": unit.name,
            "nameLocation": "middle",
            "nameGap": 34,
            "nameTextStyle": {"color": colour(QUIET), "fontSize": SIZE},
        },
        yAxis=category_axis(
            labels,
            axisLine={"lineStyle": {"color": colour(INK), "width": 1.5}},
            axisLabel={
                "color": colour(INK), "fontSize": SIZE, "width": names - 8,
                "lineHeight": 17, "overflow": "break",
                "margin": room + 8,
            },
        ),
        series=series,
    )  # fmt: skip
    native = NativeChart(
        tuple(
            NativeSeries(name, values=tuple(float(v) - float(base) for v, _ in reversed(values)), colour=role)
            for name, role, values in ends
        ),
        unit.name, horizontal=True,
    )  # fmt: skip
    return Figure(about, drawn, table, (native,), height=max(260, top + 74 + 46 * len(labels)))


def _end(difference: float, text: str) -> dict[str, Any]:
    return {
        "value": difference,
        "label": {"formatter": text, "position": "left" if difference < 0 else "right"},
    }


def _bar_parts(a: float, b: float) -> tuple[float, float, float]:
    """What is empty below the bar, and the bar's part over and under zero."""
    low, high = sorted((a, b))
    if low >= 0:
        return low, high - low, 0.0
    if high <= 0:
        return high, 0.0, low - high
    return 0.0, high, low


def _wrapped(count: int) -> dict[str, Any]:
    return {
        "color": colour(QUIET), "fontSize": 13, "interval": 0, "overflow": "break", "hideOverlap": False,
        "width": round((WIDTH - 90) / count) - 6, "lineHeight": 16,
    }  # fmt: skip
