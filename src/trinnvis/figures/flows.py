"""Flows between steps, left to right: where those on a step are some years later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .layout import FONT, SIZE, Json, option, row_texts, tooltip
from .palette import INK, LADDER, colour
from .shapes import (
    WIDTH,
    About,
    Figure,
    FigureError,
    NativeChart,
    NativeSeries,
    Number,
    Table,
    Unit,
    measured,
    say,
)
from .text_width import width_of

LABELS = 210  # the room for what is written on each side, which is broken over lines


@dataclass(frozen=True)
class Flow:
    """So many go from one place in the first column to one in the second."""

    start: str
    end: str
    amount: Number


def flows(
    about: About,
    *,
    start: str,
    end: str,
    flows: Sequence[Flow],
    order: Sequence[str],
    unit: Unit,
) -> Figure:
    """`start` and `end` head the two columns ("2026", "2031"); `order` lists the places from the top down."""
    given = [flow for flow in flows if flow.amount]
    if not given:
        raise FigureError(f"{about.key}: there is no flow")
    places = [say(place, f"{about.key}: a place") for place in order]
    for flow in given:
        measured([flow.amount], f"{about.key}: {flow.start} to {flow.end}")
        if flow.amount < 0:
            raise FigureError(f"{about.key}: the flow from {flow.start} to {flow.end} is below zero")
        for place in (flow.start, flow.end):
            if place not in places:
                raise FigureError(f"{about.key}: {place!r} is not in the order")
    pairs = [(flow.start, flow.end) for flow in given]
    if len(set(pairs)) < len(pairs) or len(set(places)) < len(places):
        raise FigureError(f"{about.key}: a flow or a place is there twice")
    sides = ([p for p in places if any(f.start == p for f in given)],
             [p for p in places if any(f.end == p for f in given)])  # fmt: skip
    said = Table(
        (start, end, unit.name), tuple((f.start, f.end, f.amount) for f in given), (None, None, unit)
    )  # fmt: skip
    amounts = {(f.start, f.end): f.amount for f in given}
    table = Table(
        (f"{start} / {end}", *sides[1]),
        tuple((begin, *(amounts.get((begin, goal)) for goal in sides[1])) for begin in sides[0]),
        (None, *[Unit(unit.name, decimals=unit.decimals)] * len(sides[1])),
    )
    last = max(1, len(places) - 1)
    tones = {place: LADDER[round(i * (len(LADDER) - 1) / last)] for i, place in enumerate(places)}
    nodes: list[Json] = []
    texts: list[str] = []
    for depth, side in enumerate(sides):
        for place in side:
            total = sum(float(f.amount) for f in given if (f.start, f.end)[depth] == place)
            label = _broken(f"{place}  {unit.text(total)}")
            texts.append(label)
            nodes.append(
                {"name": f"{depth}:{place}", "depth": depth, "itemStyle": {"color": colour(tones[place])},
                 "label": {"formatter": label, "position": "left" if depth == 0 else "right"}}
            )  # fmt: skip
    count = len(sides[0])
    room = [
        round(max(width_of(t, SIZE) for text in part for t in text.split("\n"))) + 12
        for part in (texts[:count], texts[count:])
    ]
    height = max(360, 40 + 52 * max(len(side) for side in sides))
    drawn = option(
        about,
        tooltip=tooltip(said, "item")
        | {"formatter": {"$texts": {"edge": row_texts(said), "node": texts, "rows": []}}},
        graphic=[
            _heading(start, {"left": 0}), _heading(end, {"right": 0}),
        ],
        series=[
            {
                "type": "sankey", "left": room[0], "right": room[1], "top": 36, "bottom": 6,
                "nodeWidth": 14, "nodeGap": 14, "layoutIterations": 0, "draggable": False,
                "emphasis": {"focus": "adjacency"},
                "label": {"color": colour(INK), "fontSize": SIZE, "lineHeight": SIZE + 3},
                "lineStyle": {"color": "source", "opacity": 0.38, "curveness": 0.5},
                "data": nodes,
                "links": [
                    {"source": f"0:{f.start}", "target": f"1:{f.end}", "value": float(f.amount)}
                    for f in given
                ],
            }
        ],
    )  # fmt: skip
    native = NativeChart(
        tuple(
            NativeSeries(
                goal,
                column=1 + i,
                colour=tones[goal],
            )
            for i, goal in enumerate(sides[1])
        ),
        unit.name, stacked=True,
    )  # fmt: skip
    return Figure(about, drawn, table, (native,), width=WIDTH, height=height)


def _broken(text: str) -> str:
    """On as many lines as leave the bands room."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and width_of(longer, SIZE) > LABELS:
            lines.append(word)
        else:
            lines[-1] = longer
    return "\n".join(line for line in lines if line)


def _heading(text: str, place: Json) -> Json:
    return {
        "type": "text", "top": 2, **place,
        "style": {"text": text, "fill": colour(INK), "fontWeight": 600, "fontSize": SIZE, "fontFamily": FONT},
    }  # fmt: skip
