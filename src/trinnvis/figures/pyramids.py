"""The population pyramid: now as bars, then and later as outlines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .layout import (
    BROKEN,
    FLAT,
    SIZE,
    category_axis,
    grid,
    legend,
    number,
    option,
    table_of,
    tooltip,
    value_axis,
)
from .palette import DASHES, INK, NO_PATTERN, QUIET, colour, fill
from .shapes import (
    About,
    Figure,
    FigureError,
    NativeChart,
    NativeSeries,
    Number,
    Series,
    Unit,
    matched,
    plain,
)
from .text_width import width_of

OUTLINES = ("neutral-text-default", "rogn-base-default", "eng-text-default")


@dataclass(frozen=True)
class Population:
    """Persons on each side at one time, youngest first. `when` is "2026"."""

    when: str
    left: tuple[Number | None, ...]
    right: tuple[Number | None, ...]


def pyramid(
    about: About,
    *,
    category: str,
    ages: Sequence[str | int],
    left: str,
    right: str,
    now: Population,
    others: Sequence[Population] = (),
    unit: Unit,
) -> Figure:
    """`left` and `right` name the sides (men and women); `others` are drawn as outlines around `now`."""
    if len(others) > len(OUTLINES):
        raise FigureError(f"{about.key}: at most {len(OUTLINES)} outlines can be told apart")
    every = [now, *others]
    sides = [
        (Series(f"{left} {each.when}", each.left), Series(f"{right} {each.when}", each.right))
        for each in every
    ]
    labels = matched(about.key, ages, *(series for pair in sides for series in pair), unsigned=True)
    most = max(float(v) for pair in sides for each in pair for v in each.values if v is not None)
    table = table_of(
        category, labels, [(each.name, unit, each.values) for pair in sides for each in pair]
    )  # fmt: skip
    bars = ("fjord-border-default", "korn-border-subtle")
    series: list[dict[str, Any]] = [
        {"type": "bar", "name": each.name, "data": _signed(each, negative=side == 0), "stack": "now",
         "barCategoryGap": "12%", "itemStyle": fill(side, bars[side])}
        for side, each in enumerate(sides[0])
    ]  # fmt: skip
    for index, pair in enumerate(sides[1:]):
        series += [
            {"type": "line", "name": every[index + 1].when, "data": _signed(each, negative=side == 0),
             "step": "middle", "symbol": "none", "z": 5,
             "lineStyle": {"color": colour(OUTLINES[index]), "width": 2.5, "type": DASHES[1 - index % 2]},
             "itemStyle": {"color": colour(OUTLINES[index]), "decal": NO_PATTERN}}
            for side, each in enumerate(pair)
        ]  # fmt: skip
    outlines = [{"name": each.when, "icon": FLAT if i % 2 else BROKEN} for i, each in enumerate(others)]
    key, top = legend([*(each.name for each in sides[0]), *outlines])
    room = round(max(width_of(label, SIZE) for label in labels)) + 14
    height = max(400, top + 70 + 17 * len(labels))
    drawn = option(
        about,
        legend=key,
        tooltip=tooltip(table),
        grid=grid(top + 10, room, 16),
        xAxis=value_axis(
            unit, name=False, min=-most, max=most, splitNumber=6,
        ) | {"axisLabel": {"color": colour(QUIET), "fontSize": SIZE, "formatter": number(unit, absolute=True),
                           "showMinLabel": False, "showMaxLabel": False},
             "name": unit.name, "nameLocation": "middle", "nameGap": 34,
             "nameTextStyle": {"color": colour(QUIET), "fontSize": SIZE}},
        yAxis=category_axis(labels, axisLine={"onZero": False, "lineStyle": {"color": colour(INK)}},
                            axisLabel={"color": colour(QUIET), "fontSize": 13,
                                       "interval": _interval(len(labels))}),
        series=series,
    )  # fmt: skip
    native = NativeChart(
        tuple(
            NativeSeries(each.name, column=1 + side, colour=bars[side]) for side, each in enumerate(sides[0])
        )
        + tuple(
            NativeSeries(each.name, column=3 + 2 * i + side, colour=OUTLINES[i])
            for i, pair in enumerate(sides[1:])
            for side, each in enumerate(pair)
        ),
        unit.name,
        horizontal=True,
    )
    return Figure(about, drawn, table, (native,), height=height)


def _signed(series: Series, *, negative: bool) -> list[float | int | None]:
    return [None if v is None else -v if negative else v for v in plain(series.values)]


def _interval(count: int) -> int:
    """How many ages to leave unnamed between two that are named."""
    return 0 if count <= 24 else 4 if count <= 60 else 9
