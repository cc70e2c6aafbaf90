"""Lines that share no node numbers, joined where they meet (topologi)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import shapely

from trinnvis.planning.town.arrays import Floats, Ints
from trinnvis.planning.town.building import RawLines
from trinnvis.planning.town.importing.report import Report
from trinnvis.planning.town.network import line_points

SAME_PLACE_M = 0.01
SAME_LEVEL_M = 1.0
"""Ways further apart in height pass over one another."""


def noded(
    lines: Sequence[Floats], heights: Sequence[Floats], flags: Sequence[int], join_m: float, report: Report
) -> RawLines:
    """Lines [n, 2] with heights (NaN where unknown), joined at equal points, near ends, and ends on lines."""
    points, first = line_points(lines)
    z = np.concatenate(heights) if heights else np.empty(0)
    keys = _same_place(points, z)
    keys, near = _near_ends(points, z, keys, first, join_m)
    lines, heights, rows, touched = _ends_on_lines(points, z, keys, first, join_m)
    if near:
        report.repaired.append(f"{near} vegender koblet til en annen vegende inntil {join_m:g} meter unna")
    if touched:
        report.repaired.append(f"{touched} vegender koblet midt på en annen veg")
    points, first = line_points(lines)
    return RawLines(
        points,
        first,
        np.concatenate(rows) if rows else np.empty(0, dtype=np.int64),
        np.array(flags, dtype=np.uint8),
        np.concatenate(heights) if heights else np.empty(0),
    )


def _same_place(points: Floats, z: Floats) -> Ints:
    """[P] a number for each place: equal to the centimetre and on the same level."""
    grid = np.rint(points / SAME_PLACE_M).astype(np.int64)
    level = np.nan_to_num(z, nan=0.0)
    order = np.lexsort((level, grid[:, 1], grid[:, 0]))
    new = np.ones(len(order), dtype=bool)
    new[1:] = (np.diff(grid[order], axis=0) != 0).any(axis=1) | (np.diff(level[order]) > SAME_LEVEL_M)
    keys = np.empty(len(order), dtype=np.int64)
    keys[order] = np.cumsum(new) - 1
    return keys


def _near_ends(points: Floats, z: Floats, keys: Ints, first: Ints, join_m: float) -> tuple[Ints, int]:
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components
    from scipy.spatial import cKDTree

    ends = np.concatenate((first[:-1], first[1:] - 1))
    if not len(ends):
        return keys, 0
    pairs = cKDTree(points[ends]).query_pairs(join_m, output_type="ndarray")
    one, other = ends[pairs[:, 0]], ends[pairs[:, 1]]
    level = ~(np.abs(z[one] - z[other]) > SAME_LEVEL_M)
    meet = level & (keys[one] != keys[other])
    one, other = keys[one[meet]], keys[other[meet]]
    n = int(keys.max()) + 1
    _, group = connected_components(
        coo_array((np.ones(len(one)), (one, other)), shape=(n, n)), directed=False
    )
    return group[keys].astype(np.int64), len(np.unique(np.minimum(one, other)))


def _ends_on_lines(
    points: Floats, z: Floats, keys: Ints, first: Ints, join_m: float
) -> tuple[list[Floats], list[Floats], list[Ints], int]:
    """Lines, heights and keys with a point put in where another line's loose end touches."""
    count = np.bincount(keys)
    ends = np.concatenate((first[:-1], first[1:] - 1))
    owner = np.tile(np.arange(len(first) - 1), 2)
    loose = count[keys[ends]] == 1
    ends, owner = ends[loose], owner[loose]
    rows = [slice(a, b) for a, b in pairwise(first.tolist())]
    shapes = shapely.linestrings(points, indices=np.repeat(np.arange(len(rows)), np.diff(first)))
    put: dict[int, list[tuple[float, int]]] = defaultdict(list)
    end, line = shapely.STRtree(shapes).query(
        shapely.points(points[ends]), predicate="dwithin", distance=join_m
    )
    other = owner[end] != line
    for number, on in zip(ends[end[other]].tolist(), line[other].tolist(), strict=True):
        at = float(shapely.line_locate_point(shapes[on], shapely.Point(points[number])))
        put[on].append((at, number))
    lines, heights, all_keys, touched = [], [], [], 0
    for number, row in enumerate(rows):
        xy, level, key = points[row], z[row], keys[row]
        along = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))))
        for at, end_number in sorted(put.get(number, ()), reverse=True):
            height = float(np.interp(at, along, level))
            if abs(height - z[end_number]) > SAME_LEVEL_M:
                continue
            spot = int(np.searchsorted(along, at))
            place = [np.interp(at, along, xy[:, 0]), np.interp(at, along, xy[:, 1])]
            xy, level = np.insert(xy, spot, place, axis=0), np.insert(level, spot, height)
            key, along = np.insert(key, spot, keys[end_number]), np.insert(along, spot, at)
            touched += 1
        lines.append(xy)
        heights.append(level)
        all_keys.append(key)
    return lines, heights, all_keys, touched
