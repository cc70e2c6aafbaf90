"""The nearest service of a kind, from everywhere at once: one bounded search from all its entrances."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

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
    """Points to be asked about under one rule, with the ways out of each: [2k, n] metres from the point to an
    end of an edge it is on, and which junction that is."""

    snaps: Snaps
    metres: Floats
    node: Ints

    @staticmethod
    def of(walk: Walk, snaps: Snaps) -> Start:
        metres, node = _ways_out(walk, snaps)
        return Start(snaps, np.ascontiguousarray(metres.T), np.ascontiguousarray(node.T))


def _ways_out(walk: Walk, snaps: Snaps) -> tuple[Floats, Ints]:
    """[n, 2k] metres to the start and the end of each edge in turn, the way to the network counted, and the
    junctions there."""
    if not len(walk.network.ends):
        return np.full((len(snaps.edges), 1), np.inf), np.zeros((len(snaps.edges), 1), dtype=np.int64)
    metres = np.stack(walk.to_ends(snaps), axis=2) + snaps.legs[..., None]
    node = walk.network.ends[np.where(snaps.edges == NOWHERE, 0, snaps.edges)]
    ways = (len(node), 2 * node.shape[1])
    return metres.reshape(ways), node.reshape(ways)


def search(walk: Walk, entrances: Snaps, limit: float) -> Field:
    """Each entrance becomes a vertex of its own, tied to both ends of the edges it is on."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    n, count = len(walk.network.nodes), len(entrances.edges)
    if not count or not len(walk.network.ends):
        return Field(walk, entrances, np.full(n, np.inf), np.full(n, NO_SERVICE))
    cost, node = _ways_out(walk, entrances)
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
    metres = start.metres + field.distance[start.node]
    door = np.argmin(metres, axis=0)
    home = np.arange(count)
    distance, entrance = metres[door, home], field.entrance[start.node[door, home]]
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
