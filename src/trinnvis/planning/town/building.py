"""From lines as delivered to a network: cut at junctions, chains joined, slope windows laid out."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from trinnvis.planning.town.arrays import Bytes, Floats, Ints
from trinnvis.planning.town.network import Network, Origin

NONE = -1


@dataclass(frozen=True)
class RawLines:
    """Lines as delivered. keys: [P], equal where two points are the same place on the ground."""

    points: Floats
    first: Ints
    keys: Ints
    flags: Bytes
    heights: Floats
    barriers: Floats = field(default_factory=lambda: np.empty((0, 2)))
    first_barrier: Ints = field(default_factory=lambda: np.zeros(1, dtype=np.int64))


def build(raw: RawLines, *, crs: int, window_m: float, origins: tuple[Origin, ...] = ()) -> Network:
    """The network of some lines; those without length are left out."""
    points, heights, keys, pieces, flags = _cut(raw)
    chains = _chains(keys[pieces], flags)
    order, first_point, edge_flags = _joined(pieces, flags, chains)
    edge_points, edge_heights = points[order], heights[order]
    used, ends = np.unique(
        np.stack((keys[order[first_point[:-1]]], keys[order[first_point[1:] - 1]]), axis=1),
        return_inverse=True,
    )
    nodes = np.empty((len(used), 2))
    ends = ends.reshape(-1, 2).astype(np.int64)
    nodes[ends[:, 0]] = edge_points[first_point[:-1]]
    nodes[ends[:, 1]] = edge_points[first_point[1:] - 1]
    stations, first_station, station_heights, spans = windows(
        edge_points, first_point, edge_heights, window_m
    )
    return Network(
        crs, nodes, ends, edge_points, first_point, edge_flags, stations, first_station, station_heights,
        spans, raw.barriers, raw.first_barrier, origins,
    )  # fmt: skip


def windows(
    points: Floats, first_point: Ints, heights: Floats, window_m: float
) -> tuple[Floats, Ints, Floats, Floats]:
    """Stations, where each edge's begin, their heights and the spans of their windows (see `Network`)."""
    along, lengths = _along(points, first_point)
    count = np.maximum(1, np.rint(lengths / window_m)).astype(np.int64)
    first = np.concatenate(([0], np.cumsum(count + 1)))
    owner = np.repeat(np.arange(len(lengths)), count + 1)
    number = np.arange(first[-1]) - first[owner]
    stations = np.where(number == count[owner], lengths[owner], lengths[owner] * number / count[owner])
    begins = np.concatenate(([0.0], np.cumsum(lengths + 1)[:-1]))
    vertex_place = along + np.repeat(begins, np.diff(first_point))
    at_stations = np.interp(stations + begins[owner], vertex_place, heights)
    spans = (lengths / count)[owner]
    spans[first[1:] - 1] = 0.0
    return stations, first, at_stations, spans


def pieces_in_touch(network: Network) -> Ints:
    """[E] the number of the connected part (øy) each edge belongs to, the longest part first."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    n = len(network.nodes)
    u, v = network.ends.T
    _, part = connected_components(coo_array((np.ones(len(u)), (u, v)), shape=(n, n)), directed=False)
    of_edge = part[u]
    length = np.bincount(of_edge, weights=network.lengths)
    rank = np.empty(len(length), dtype=np.int64)
    rank[np.argsort(-length, kind="stable")] = np.arange(len(length))
    return np.asarray(rank[of_edge])


def _along(points: Floats, first: Ints) -> tuple[Floats, Floats]:
    """[P] metres from the start of the line a point is on, and [L] the lengths."""
    step = np.hypot(*np.diff(points, axis=0, prepend=points[:1]).T)
    step[first[:-1]] = 0.0
    total = np.cumsum(step)
    along = total - np.repeat(total[first[:-1]], np.diff(first))
    return along, along[first[1:] - 1]


def _cut(raw: RawLines) -> tuple[Floats, Floats, Ints, Ints, Bytes]:
    """Points, heights and keys without repeats; pieces [n, 2] of points between junctions; their flags."""
    owner = np.repeat(np.arange(len(raw.first) - 1), np.diff(raw.first))
    same = np.zeros(len(owner), dtype=bool)
    same[1:] = (owner[1:] == owner[:-1]) & (
        (raw.keys[1:] == raw.keys[:-1]) | (raw.points[1:] == raw.points[:-1]).all(axis=1)
    )
    keep = ~same
    owner, points, heights = owner[keep], raw.points[keep], raw.heights[keep]
    _, keys, count = np.unique(raw.keys[keep], return_inverse=True, return_counts=True)
    keys = keys.reshape(-1).astype(np.int64)
    border = np.ones(len(owner) + 1, dtype=bool)
    border[1:-1] = owner[1:] != owner[:-1]
    junction = np.flatnonzero((count[keys] > 1) | border[:-1] | border[1:])
    inside = owner[junction[1:]] == owner[junction[:-1]]
    pieces = np.stack((junction[:-1][inside], junction[1:][inside]), axis=1).astype(np.int64)
    return points, heights, keys, pieces, raw.flags[owner[pieces[:, 0]]]


def _chains(ends: Ints, flags: Bytes) -> list[list[int]]:
    """Pieces in a row with nothing to choose between them. A piece is `2 i`, or `2 i + 1` when turned.

    A side of a piece is numbered `2 i` at its start and `2 i + 1` at its end; `mate` is the side it meets.
    """
    sides = ends.reshape(-1)
    order = np.argsort(sides, kind="stable")
    met = sides[order]
    alone = np.concatenate(([True], met[1:] != met[:-1]))
    start = np.flatnonzero(alone)
    pairs = start[np.diff(np.append(start, len(met))) == 2]
    one, other = order[pairs], order[pairs + 1]
    fit = (one // 2 != other // 2) & (flags[one // 2] == flags[other // 2])
    mate = np.full(len(sides), NONE, dtype=np.int64)
    mate[one[fit]], mate[other[fit]] = other[fit], one[fit]
    mates: list[int] = mate.tolist()
    seen = bytearray(len(ends))
    chains: list[list[int]] = []

    def follow(side: int) -> None:
        chain: list[int] = []
        while side != NONE and not seen[side // 2]:
            seen[side // 2] = 1
            chain.append(side)
            side = mates[side ^ 1]
        chains.append(chain)

    for side in np.flatnonzero(mate == NONE).tolist():
        if not seen[side // 2]:
            follow(side)
    for piece in range(len(ends)):
        if not seen[piece]:  # a ring with no junction: begun anywhere
            follow(2 * piece)
    return chains


def _joined(pieces: Ints, flags: Bytes, chains: list[list[int]]) -> tuple[Ints, Ints, Bytes]:
    """The points of each chain in order, where each begins, and its flags."""
    begin, end = pieces.T.tolist()
    order: list[int] = []
    first = [0]
    for chain in chains:
        for at, side in enumerate(chain):
            piece = side // 2
            row = range(begin[piece], end[piece] + 1)
            if side % 2:
                row = row[::-1]
            order.extend(row[1:] if at else row)
        first.append(len(order))
    return (
        np.array(order, dtype=np.int64),
        np.array(first, dtype=np.int64),
        flags[[chain[0] // 2 for chain in chains]] if chains else flags[:0],
    )
