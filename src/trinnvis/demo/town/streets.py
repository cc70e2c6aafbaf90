"""The invented streets: a bent lattice in each settlement, roads between them, and farm roads."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import numpy as np
from scipy.sparse.csgraph import connected_components

from trinnvis.demo.town.layout import Layout, Settlement
from trinnvis.planning.town.arrays import Floats
from trinnvis.planning.town.network import Way

Node = tuple[int, int]  # column, row
MOST_TRIES = 6


@dataclass(frozen=True)
class Street:
    """A line [n, 2] and its heights [n]. settlement: "" outside all. built: houses stand along it."""

    line: Floats
    heights: Floats
    flags: Way
    settlement: str
    built: bool


def town_streets(plan: Layout, rng: Random) -> list[Street]:
    """All of them, settlement by settlement and row by row, then what lies between."""
    streets: list[Street] = []
    ends: dict[tuple[str, int], Floats] = {}
    for one in plan.settlements:
        places = _lattice(one, plan, rng)
        ends[one.name, 0] = places[0, one.main]
        ends[one.name, 1] = places[one.columns - 1, one.main]
        streets += _streets_of(one, places, plan, rng)
    return streets + _country_roads(ends, plan, rng)


def railway(one: Settlement, plan: Layout) -> Floats:
    """The line nobody walks across, between the main street and the row to its right."""
    gap = plan.rest["spacing"]
    along = np.arange(-one.columns, one.columns + 1) * gap["along"] / 2
    row = (one.main - 0.5 - (one.rows - 1) / 2) * gap["across"]
    return one.on_the_map(np.stack((along, np.full(len(along), row)), axis=1))


def row_offset(one: Settlement, plan: Layout) -> float:
    """Metres across from the middle of the lattice to the main street."""
    return float((one.main - (one.rows - 1) / 2) * plan.rest["spacing"]["across"])


def _lattice(one: Settlement, plan: Layout, rng: Random) -> dict[Node, Floats]:
    gap = plan.rest["spacing"]
    nodes = [(column, row) for row in range(one.rows) for column in range(one.columns)]
    own = np.array(
        [
            ((column - (one.columns - 1) / 2) * gap["along"] + rng.uniform(-16, 16),
             (row - (one.rows - 1) / 2) * gap["across"] + rng.uniform(-7, 7))
            for column, row in nodes
        ]
    )  # fmt: skip
    return dict(zip(nodes, one.on_the_map(own), strict=True))


def _streets_of(one: Settlement, places: dict[Node, Floats], plan: Layout, rng: Random) -> list[Street]:
    kept = plan.rest["kept"]
    built: list[tuple[Node, Node]] = []
    left: list[tuple[Node, Node]] = []
    for row in range(one.rows):
        for column in range(one.columns - 1):
            use = row == one.main or rng.random() < kept["along"]
            (built if use else left).append(((column, row), (column + 1, row)))
    for column in range(one.columns):
        for row in range(one.rows - 1):
            pair = ((column, row), (column, row + 1))
            if row == one.main - 1:  # the railway: crossed at the crossings and nowhere else
                if column in one.crossings:
                    built.append(pair)
                continue
            (built if rng.random() < kept["across"] else left).append(pair)
    built, left = _in_one_piece(built, left, places)
    streets = [_street(places[a], places[b], Way(0), one.name, True, plan, rng) for a, b in built]
    for a, b in left:
        if rng.random() < kept["paths"]:
            path = _street(places[a], places[b], Way(0), one.name, False, plan, rng)
            grade = abs(path.heights[-1] - path.heights[0]) / np.hypot(*(places[b] - places[a]))
            steep = Way.STEPS if grade > kept["steps_over"] else Way(0)
            streets.append(Street(path.line, path.heights, steep, one.name, False))
    return streets


def _in_one_piece(
    built: list[tuple[Node, Node]], left: list[tuple[Node, Node]], places: dict[Node, Floats]
) -> tuple[list[tuple[Node, Node]], list[tuple[Node, Node]]]:
    """Streets are added until one can get everywhere."""
    number = {node: at for at, node in enumerate(places)}
    built, rest = list(built), []
    matrix = np.zeros((len(number), len(number)), dtype=bool)
    for a, b in built:
        matrix[number[a], number[b]] = True
    for a, b in left:
        _, part = connected_components(matrix, directed=False)
        if part[number[a]] == part[number[b]]:
            rest.append((a, b))
            continue
        matrix[number[a], number[b]] = True
        built.append((a, b))
    return built, rest


def _street(
    start: Floats, end: Floats, flags: Way, settlement: str, built: bool, plan: Layout, rng: Random
) -> Street:
    """A gentle arc from place to place."""
    side = np.array([start[1] - end[1], end[0] - start[0]]) * rng.uniform(-0.05, 0.05)
    at = np.linspace(0, 1, 5)[:, None]
    line = start * (1 - at) + end * at + side * 4 * at * (1 - at)
    return Street(line, plan.height(line), flags, settlement, built)


def _country_roads(ends: dict[tuple[str, int], Floats], plan: Layout, rng: Random) -> list[Street]:
    farms = plan.rest["farms"]
    starts: list[Floats] = []
    roads = []
    for (one, end), (other, other_end) in plan.rest["roads"]:
        line = _wandering(ends[one, end], ends[other, other_end], farms["step"], rng)
        roads.append(line)
        starts += list(line[4:-4:6])
    rng.shuffle(starts)
    wanted = len(roads) + farms["roads"]
    for start in starts * MOST_TRIES:
        angle = rng.uniform(0, 2 * np.pi)
        reach = farms["length"] * rng.uniform(0.5, 1.5)
        end = start + reach * np.array([np.cos(angle), np.sin(angle)])
        road = _wandering(start, end, farms["step"], rng)
        if len(roads) < wanted and not _meets_a_settlement(road, plan):
            roads.append(road)
    return [Street(line, plan.height(line), Way(0), "", True) for line in roads]


def _meets_a_settlement(road: Floats, plan: Layout) -> bool:
    """Whether a farm road would run through somebody's street."""
    gap = plan.rest["spacing"]
    return any(
        np.hypot(*(road - (one.east, one.north)).T).min() < one.columns * gap["along"] / 2 + gap["across"]
        for one in plan.settlements
    )


def _wandering(start: Floats, end: Floats, step: float, rng: Random) -> Floats:
    """A road that keeps to its ends and wanders between them."""
    metres = float(np.hypot(*(end - start)))
    count = max(8, round(metres / step))
    at = np.linspace(0, 1, count + 1)
    side = np.array([start[1] - end[1], end[0] - start[0]]) / metres
    bend = np.zeros(count + 1)
    for wave in (1, 2, 3, 5):
        bend += rng.uniform(-0.035, 0.035) * metres / wave * np.sin(wave * np.pi * at)
    return np.asarray(start + at[:, None] * (end - start) + bend[:, None] * side)
