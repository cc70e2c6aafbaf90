"""Fastening points to the network: on an edge, not at a node, with the way there (adkomst) counted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from trinnvis.planning.town.arrays import Bools, Floats, Ints
from trinnvis.planning.town.network import Network, Outside

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
    """The edges of a network one can step out on, or some of them."""

    def __init__(self, network: Network, rules: SnapRules, only: Ints | None = None) -> None:
        self.network, self.rules = network, rules
        self.outside = network.outside
        if only is not None:
            self.outside = Outside.of(network, np.intersect1d(self.outside.edges, only))

    def snap(self, xy: Floats) -> Snaps:
        """Points [n, 2] on their nearest edges, and on others hardly further away.

        A leg never crosses a barrier; where the nearest would, all edges within reach are tried.
        """
        points, rules = shapely.points(xy), self.rules
        if self.outside.stations is None or not len(xy):
            return self._chosen(len(xy), *_no_pairs())
        farther = self.outside.stations.query(xy)[0]  # never nearer than the edge itself
        point, edge, leg = self._pairs(points, np.arange(len(xy)), farther + rules.spare_m)
        first = _first_of_each(point, leg)
        crosses = self._crosses(points, point[first], edge[first], leg[first])
        shut = np.zeros(len(xy), dtype=bool)
        shut[point[first[crosses]]] = True
        nearest = np.full(len(xy), np.inf)
        nearest[point[first]] = leg[first]
        free = ~shut[point] & (leg <= nearest[point] + rules.spare_m)
        wide = self._pairs(points, np.flatnonzero(shut), np.full(int(shut.sum()), rules.farthest_m))
        point, edge = np.concatenate((point[free], wide[0])), np.concatenate((edge[free], wide[1]))
        leg = np.concatenate((leg[free], wide[2]))
        crosses = self._crosses(points, point, edge, leg)
        along = np.full(len(point), np.nan)
        leg[crosses], along[crosses] = self._another_way(points, point[crosses], edge[crosses])
        keep = leg <= rules.farthest_m
        return self._chosen(len(xy), points[point[keep]], point[keep], edge[keep], leg[keep], along[keep])

    def _pairs(self, points: NDArray[np.object_], asked: Ints, reach: Floats) -> tuple[Ints, Ints, Floats]:
        """Points and edges within reach of each other and the longest leg, with the metres between them."""
        reach = np.minimum(reach, self.rules.farthest_m)
        xy = shapely.get_coordinates(points[asked])
        boxes = shapely.box(*(xy - reach[:, None]).T, *(xy + reach[:, None]).T)
        row, found = self.outside.tree.query(boxes)
        edge = self.outside.edges[found]
        leg = shapely.distance(points[asked[row]], self.network.lines[edge])
        near = leg <= reach[row]
        return asked[row[near]], edge[near], leg[near]

    def _chosen(
        self, count: int, points: NDArray[np.object_], point: Ints, edge: Ints, leg: Floats, along: Floats
    ) -> Snaps:
        """The nearest edges of each point, no more than the rules allow. along: where known, else NaN."""
        rules, shape = self.rules, (count, self.rules.most)
        edges = np.full(shape, NOWHERE, dtype=np.int64)
        at, legs = np.zeros(shape), np.full(shape, np.inf)
        order = np.lexsort((edge, leg, point))
        points, point, edge, leg, along = points[order], point[order], edge[order], leg[order], along[order]
        first = np.searchsorted(point, point)
        rank = np.arange(len(point)) - first
        use = (rank < rules.most) & (leg <= leg[first] + rules.spare_m)
        points, point, edge, leg = points[use], point[use], edge[use], leg[use]
        along, rank = along[use], rank[use]
        unknown = np.isnan(along)
        along[unknown] = shapely.line_locate_point(self.network.lines[edge[unknown]], points[unknown])
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
        near = near[~self._meets_barrier(points[point[pair[near]]], segments[near])]
        near = near[np.argsort(-metres[near], kind="stable")]  # of equal pairs the last, the shortest, stays
        length = np.hypot(*(ends[:, 1] - ends[:, 0]).T)
        before = np.cumsum(length) - length
        before -= before[np.repeat(np.cumsum(count) - count, count)]
        on_segment = shapely.line_locate_point(segments[near], points[point[pair[near]]])
        leg[pair[near]], along[pair[near]] = metres[near], before[near] + on_segment
        return leg, along

    def _crosses(self, points: NDArray[np.object_], point: Ints, edge: Ints, leg: Floats) -> Bools:
        """Whether the leg from each point to each edge goes through a barrier; only near one is it drawn."""
        crosses = np.zeros(len(point), dtype=bool)
        if len(self.network.first_barrier) > 1 and len(point):
            longest = np.zeros(len(points))
            np.maximum.at(longest, point, leg)
            asked = np.unique(point)
            beside = self.network.barrier_tree.query(
                points[asked], predicate="dwithin", distance=longest[asked]
            )
            near = np.zeros(len(points), dtype=bool)
            near[asked[beside[0]]] = True
            pairs = np.flatnonzero(near[point])
            crosses[pairs] = self._meets_barrier(points[point[pairs]], self.network.lines[edge[pairs]])
        return crosses

    def _meets_barrier(self, points: NDArray[np.object_], lines: NDArray[np.object_]) -> Bools:
        """[n] whether the shortest leg from a point to its line goes through a barrier."""
        meets = np.zeros(len(points), dtype=bool)
        if len(points):
            legs = shapely.shortest_line(points, lines)
            meets[self.network.barrier_tree.query(legs, predicate="crosses")[0]] = True
        return meets


def _first_of_each(point: Ints, leg: Floats) -> Ints:
    """The number of the pair with the shortest leg, for each point that has one."""
    order = np.lexsort((leg, point))
    sorted_points = point[order]
    return np.asarray(order[np.flatnonzero(np.diff(sorted_points, prepend=-1))])


def _no_pairs() -> tuple[NDArray[np.object_], Ints, Ints, Floats, Floats]:
    none = np.empty(0, dtype=np.int64)
    return np.empty(0, dtype=object), none, none, np.empty(0), np.empty(0)
