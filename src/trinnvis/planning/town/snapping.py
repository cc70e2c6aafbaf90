"""Fastening points to the network: on an edge, not at a node, with the way there (adkomst) counted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from trinnvis.planning.town.arrays import Bools, Floats, Ints
from trinnvis.planning.town.network import Network, Way

NOWHERE = -1


@dataclass(frozen=True)
class SnapRules:
    """farthest_m: longest access leg. spare_m: how much longer another edge's leg may be than the nearest's.
    most: edges a point may start on."""

    farthest_m: float
    spare_m: float
    most: int


@dataclass(frozen=True, eq=False)
class Snaps:
    """Where points meet the network: [n, k] candidates, nearest first; `edges` is NOWHERE past the last.

    at: metres along the edge. legs: metres from the point to the edge, infinite where there is none.
    """

    edges: Ints
    at: Floats
    legs: Floats

    @property
    def connected(self) -> Bools:
        return np.asarray(self.edges[:, 0] != NOWHERE)

    def rows(self, chosen: slice | Ints) -> Snaps:
        return Snaps(self.edges[chosen], self.at[chosen], self.legs[chosen])


class Snapper:
    """The edges of a network one can step out on: not steps, not tunnels."""

    def __init__(self, network: Network, rules: SnapRules, only: Ints | None = None) -> None:
        self.network, self.rules = network, rules
        outside = (network.flags & (Way.STEPS | Way.TUNNEL)) == 0
        if only is not None:
            chosen = np.zeros(len(outside), dtype=bool)
            chosen[only] = True
            outside &= chosen
        self.edges = np.flatnonzero(outside)
        self.tree = shapely.STRtree(network.lines[self.edges])

    def snap(self, xy: Floats) -> Snaps:
        """Points [n, 2] on their nearest edges, and on others hardly further away.

        A leg never crosses a barrier; where the nearest would, all edges within reach are tried.
        """
        points = shapely.points(xy)
        point, edge, leg = self._nearest(points)
        crosses = self._crosses(points, point, self.network.lines[edge])
        nearest = np.full(len(xy), np.inf)
        np.minimum.at(nearest, point[~crosses], leg[~crosses])
        reach = np.minimum(nearest + self.rules.spare_m, self.rules.farthest_m)
        retry = np.zeros(len(xy), dtype=bool)
        retry[point[crosses]] = True
        reach[retry] = self.rules.farthest_m
        near = np.flatnonzero(np.isfinite(nearest) | retry)
        return self._candidates(points, near, reach, retry)

    def _nearest(self, points: NDArray[np.object_]) -> tuple[Ints, Ints, Floats]:
        if not len(self.edges):
            return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0)
        (point, at), leg = self.tree.query_nearest(
            points, max_distance=self.rules.farthest_m, return_distance=True, all_matches=False
        )
        return point, self.edges[at], leg

    def _candidates(self, points: NDArray[np.object_], near: Ints, reach: Floats, retried: Bools) -> Snaps:
        shape = (len(points), self.rules.most)
        edges = np.full(shape, NOWHERE, dtype=np.int64)
        at, legs = np.zeros(shape), np.full(shape, np.inf)
        if not len(near):
            return Snaps(edges, at, legs)
        row, found = self.tree.query(points[near], predicate="dwithin", distance=reach[near])
        point, edge = near[row], self.edges[found]
        leg = shapely.distance(points[point], self.network.lines[edge])
        along = shapely.line_locate_point(self.network.lines[edge], points[point])
        crosses = self._crosses(points, point, self.network.lines[edge])
        leg[crosses], along[crosses] = self._another_way(points, point[crosses], edge[crosses])
        keep = leg <= self.rules.farthest_m
        point, edge, leg, along = point[keep], edge[keep], leg[keep], along[keep]
        order = np.lexsort((edge, leg, point))
        point, edge, leg, along = point[order], edge[order], leg[order], along[order]
        first = np.searchsorted(point, point)
        rank = np.arange(len(point)) - first
        near_enough = leg <= leg[first] + self.rules.spare_m
        use = (rank < self.rules.most) & (near_enough | ~retried[point])
        point, edge, leg, along, rank = point[use], edge[use], leg[use], along[use], rank[use]
        edges[point, rank], legs[point, rank] = edge, leg
        at[point, rank] = np.clip(along, 0, self.network.lengths[edge])
        return Snaps(edges, at, legs)

    def _another_way(self, points: NDArray[np.object_], point: Ints, edge: Ints) -> tuple[Floats, Floats]:
        """For pairs whose shortest leg meets a barrier: the shortest leg to a segment of the edge that meets
        none, and where on the edge; infinite when there is none."""
        leg, along = np.full(len(point), np.inf), np.zeros(len(point))
        if not len(point):
            return leg, along
        net = self.network
        count = net.first_point[edge + 1] - net.first_point[edge] - 1
        pair = np.repeat(np.arange(len(edge)), count)
        begin = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        begin += np.repeat(net.first_point[edge], count)
        ends = np.stack((net.points[begin], net.points[begin + 1]), axis=1)
        segments = shapely.linestrings(ends)
        metres = shapely.distance(points[point[pair]], segments)
        near = np.flatnonzero(metres <= self.rules.farthest_m)
        near = near[~self._crosses(points, point[pair[near]], segments[near])]
        near = near[np.argsort(-metres[near], kind="stable")]  # of equal pairs the last, the shortest, stays
        length = np.hypot(*(ends[:, 1] - ends[:, 0]).T)
        before = np.cumsum(length) - length
        before -= before[np.repeat(np.cumsum(count) - count, count)]
        on_segment = shapely.line_locate_point(segments[near], points[point[pair[near]]])
        leg[pair[near]], along[pair[near]] = metres[near], before[near] + on_segment
        return leg, along

    def _crosses(self, points: NDArray[np.object_], point: Ints, lines: NDArray[np.object_]) -> Bools:
        """Whether the leg from each point to each line goes through a barrier."""
        crosses = np.zeros(len(point), dtype=bool)
        if len(self.network.first_barrier) > 1 and len(point):
            legs = shapely.shortest_line(points[point], lines)
            crosses[self.network.barrier_tree.query(legs, predicate="crosses")[0]] = True
        return crosses
