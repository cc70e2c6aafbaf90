"""The nearest service of a kind, from everywhere at once: one bounded search from all its entrances."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from trinnvis.planning.town.arrays import Floats, Ints
from trinnvis.planning.town.snapping import NOWHERE, Snaps
from trinnvis.planning.town.walking import HARDLY_M, Walk

NO_SERVICE = -1


@dataclass(frozen=True, eq=False)
class Field:
    """Distance [N] from each junction to the nearest entrance, and which it is (or NO_SERVICE)."""

    walk: Walk
    entrances: Snaps
    distance: Floats
    entrance: Ints


@dataclass(frozen=True, eq=False)
class Start:
    """Points to be asked about under one rule: metres to both ends of the edges they are on."""

    snaps: Snaps
    to_start: Floats
    to_end: Floats

    @staticmethod
    def of(walk: Walk, snaps: Snaps) -> Start:
        return Start(snaps, *walk.to_ends(snaps))


def search(walk: Walk, entrances: Snaps, limit: float) -> Field:
    """Each entrance becomes a vertex of its own, tied to both ends of the edges it is on."""
    n, count = len(walk.network.nodes), len(entrances.edges)
    if not count or not len(walk.network.ends):
        return Field(walk, entrances, np.full(n, np.inf), np.full(n, NO_SERVICE))
    to_start, to_end = walk.to_ends(entrances)
    cost = np.concatenate((to_start, to_end), axis=1) + np.tile(entrances.legs, 2)
    edge = np.where(entrances.edges == NOWHERE, 0, entrances.edges)
    node = np.concatenate((walk.network.ends[edge, 0], walk.network.ends[edge, 1]), axis=1)
    use = np.isfinite(cost)
    matrix = walk.matrix
    begins = matrix.indptr[-1] + np.cumsum(use.sum(axis=1))
    whole = csr_array(
        (
            np.concatenate((matrix.data, np.maximum(cost[use], HARDLY_M))),
            np.concatenate((matrix.indices, node[use].astype(np.int32))),
            np.concatenate((matrix.indptr, begins.astype(np.int32))),
        ),
        shape=(n + count, n + count),
    )
    distance, _, source = dijkstra(
        whole,
        directed=True,
        indices=np.arange(n, n + count),
        min_only=True,
        limit=limit,
        return_predecessors=True,
    )
    found = source[:n]
    return Field(walk, entrances, distance[:n], np.where(found >= n, found - n, NO_SERVICE))


def nearest(field: Field, start: Start) -> tuple[Floats, Ints]:
    """[n] metres to the nearest entrance and which it is; infinite and NO_SERVICE where none was found.

    The way through the edge's ends, or straight along the edge when the entrance is on the same one.
    """
    count = len(start.snaps.edges)
    if not len(field.walk.network.ends):
        return np.full(count, np.inf), np.full(count, NO_SERVICE)
    ends = field.walk.network.ends[np.where(start.snaps.edges == NOWHERE, 0, start.snaps.edges)]
    both = np.stack((start.to_start, start.to_end), axis=2) + field.distance[ends]
    way = np.argmin(both, axis=2)
    through = np.take_along_axis(both, way[..., None], axis=2)[..., 0] + start.snaps.legs
    which = np.argmin(through, axis=1)
    row = np.arange(len(which))
    distance = through[row, which]
    entrance = field.entrance[ends[row, which, way[row, which]]]
    point, other, along = _on_the_same_edge(field, start.snaps)
    closer = np.argsort(-along, kind="stable")
    closer = closer[along[closer] < distance[point[closer]]]
    distance[point[closer]], entrance[point[closer]] = along[closer], other[closer]
    entrance[~np.isfinite(distance)] = NO_SERVICE
    return distance, entrance


def _on_the_same_edge(field: Field, snaps: Snaps) -> tuple[Ints, Ints, Floats]:
    """Pairs of point and entrance that meet the network on one edge, with the metres between them."""
    entrance, column = np.nonzero(field.entrances.edges != NOWHERE)
    edge = field.entrances.edges[entrance, column]
    order = np.argsort(edge, kind="stable")
    entrance, column, edge = entrance[order], column[order], edge[order]
    shared = np.zeros(len(field.walk.network.ends), dtype=bool)
    shared[edge] = True
    point, candidate = np.nonzero(shared[snaps.edges] & (snaps.edges != NOWHERE))
    asked = snaps.edges[point, candidate]
    low = np.searchsorted(edge, asked, side="left")
    times = np.searchsorted(edge, asked, side="right") - low
    offset = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    pair = np.repeat(low, times) + offset
    point, candidate = np.repeat(point, times), np.repeat(candidate, times)
    there, there_column = entrance[pair], column[pair]
    metres = (
        field.walk.between(edge[pair], snaps.at[point, candidate], field.entrances.at[there, there_column])
        + snaps.legs[point, candidate]
        + field.entrances.legs[there, there_column]
    )
    return point, there, metres
