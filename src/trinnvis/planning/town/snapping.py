"""Fastening points to the network: on an edge, not at a node, with the way there (adkomst) counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

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
        if self.outside.stations is None or not len(xy):
            return self._chosen(len(xy), _Legs.none())
        farther = self.outside.stations.query(xy)[0]  # never nearer than the edge itself
        near = self._legs(xy, np.arange(len(xy)), farther + self.rules.spare_m)
        shut = np.zeros(len(xy), dtype=bool)
        shut[near.point[near.crosses & (near.metres <= near.shortest(len(xy)))]] = True
        wide = self._legs(xy, np.flatnonzero(shut), np.full(int(shut.sum()), self.rules.farthest_m))
        return self._chosen(len(xy), near.rows(~near.crosses & ~shut[near.point]), wide.rows(~wide.crosses))

    def _legs(self, xy: Floats, asked: Ints, reach: Floats) -> _Legs:
        """From the points asked about to all segments within reach of each and the longest leg."""
        reach = np.minimum(reach, self.rules.farthest_m)
        segments = self.outside.segments
        row, segment = segments.about(xy[asked], reach)
        place, along = segments.nearest_places(xy[asked[row]], segment)
        metres = np.hypot(*(place - xy[asked[row]]).T)
        near = metres <= reach[row]
        row, place = row[near], place[near]
        crosses = self._crosses(xy[asked], reach, row, place)
        return _Legs(asked[row], segments.line[segment[near]], metres[near], along[near], crosses)

    def _crosses(self, xy: Floats, reach: Floats, row: Ints, place: Floats) -> Bools:
        """Whether the leg from each point to a place goes through a barrier; only near one is it drawn."""
        crosses = np.zeros(len(row), dtype=bool)
        barriers = self.network.barrier_segments
        beside = np.zeros(len(xy), dtype=bool)
        beside[barriers.about(xy, reach)[0]] = True
        drawn = np.flatnonzero(beside[row])
        crosses[drawn] = barriers.crossed(xy[row[drawn]], place[drawn])
        return crosses

    def _chosen(self, count: int, *found: _Legs) -> Snaps:
        """The nearest edges of each point, each by its shortest leg, no more than the rules allow."""
        rules, shape = self.rules, (count, self.rules.most)
        legs = _Legs.joined(found)
        legs = legs.rows(legs.metres <= legs.shortest(count) + rules.spare_m)
        legs = legs.shortest_to_each_edge().nearest_first()
        rank = np.arange(len(legs.point)) - np.searchsorted(legs.point, legs.point)
        legs, rank = legs.rows(rank < rules.most), rank[rank < rules.most]
        edges = np.full(shape, NOWHERE, dtype=np.int64)
        at, metres = np.zeros(shape), np.full(shape, np.inf)
        edges[legs.point, rank], metres[legs.point, rank] = legs.edge, legs.metres
        at[legs.point, rank] = np.minimum(legs.along, self.network.lengths[legs.edge])
        return Snaps(edges, at, metres)


@dataclass(frozen=True, eq=False)
class _Legs:
    """[m] straight from a point to an edge: the metres, where along the edge, whether through a barrier."""

    point: Ints
    edge: Ints
    metres: Floats
    along: Floats
    crosses: Bools

    @staticmethod
    def none() -> _Legs:
        none = np.empty(0, dtype=np.int64)
        return _Legs(none, none, np.empty(0), np.empty(0), np.empty(0, dtype=bool))

    @staticmethod
    def joined(found: Sequence[_Legs]) -> _Legs:
        return _Legs(*(np.concatenate([getattr(legs, row.name) for legs in found]) for row in fields(_Legs)))

    def rows(self, chosen: Ints | Bools) -> _Legs:
        return _Legs(*(getattr(self, row.name)[chosen] for row in fields(self)))

    def shortest(self, count: int) -> Floats:
        """[m] metres of the shortest leg from the same point, of so many points."""
        shortest = np.full(count, np.inf)
        np.minimum.at(shortest, self.point, self.metres)
        return np.asarray(shortest[self.point])

    def shortest_to_each_edge(self) -> _Legs:
        """Without those longer than another from the same point to the same edge."""
        if not len(self.point):
            return self
        pair = self.point * (self.edge.max() + 1) + self.edge
        order = np.argsort(pair, kind="stable")
        begins = np.flatnonzero(np.diff(pair[order], prepend=-1))
        shortest = np.minimum.reduceat(self.metres[order], begins)
        times = np.diff(begins, append=len(order))
        return self.rows(order[self.metres[order] == np.repeat(shortest, times)])

    def nearest_first(self) -> _Legs:
        """Point by point; of equal legs to an edge the first along it."""
        legs = self.rows(np.lexsort((self.along, self.edge, self.metres, self.point)))
        new = np.diff(legs.point, prepend=-1) | np.diff(legs.edge, prepend=-1)
        return legs.rows(new != 0)
