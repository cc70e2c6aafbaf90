"""What a metre costs whom: slope, steps, and the limit where nobody with a walking frame gets further.

An errand goes there and back, so every cost is the same both ways, and services can be searched from.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from trinnvis.planning.town.arrays import Floats, Ints
from trinnvis.planning.town.network import Network, Way
from trinnvis.planning.town.snapping import NOWHERE, Snaps

HARDLY_M = 1e-6
"""Less than this is no distance: scipy takes a stored 0 for no edge, and cut windows add up with rounding."""


@dataclass(frozen=True)
class Tobler:
    """Walking pace there and back against the flat: mean of exp(k (|s + o| - o)) for slopes s and -s."""

    steepness: float
    offset: float

    def times(self, grade: Floats) -> Floats:
        """[n] multiplier of metres, never below 1."""
        both = np.abs(np.stack((grade + self.offset, grade - self.offset))) - self.offset
        pace = np.exp(self.steepness * both).mean(axis=0)
        return np.asarray(np.maximum(1.0, pace))


@dataclass(frozen=True)
class Table:
    """Multipliers at some slopes, straight lines between, the last one beyond."""

    grades: tuple[float, ...]
    multipliers: tuple[float, ...]

    def times(self, grade: Floats) -> Floats:
        return np.asarray(np.interp(np.abs(grade), self.grades, self.multipliers))


FLAT = Table((0.0,), (1.0,))


@dataclass(frozen=True)
class Rule:
    """How somebody walks. steepest: no window steeper than this when longer than `steepest_over_m`."""

    slope: Tobler | Table
    steps: bool
    steepest: float | None = None
    steepest_over_m: float = 0.0


class Walk:
    """A network as one rule sees it."""

    def __init__(self, network: Network, rule: Rule) -> None:
        self.network, self.rule = network, rule
        run = np.diff(network.stations, append=0.0)
        run[network.first_station[1:] - 1] = 0.0
        closed = np.zeros(len(run), dtype=bool)
        if rule.steepest is not None:
            closed = (np.abs(network.grades) > rule.steepest) & (network.spans > rule.steepest_over_m)
        if not rule.steps:
            closed |= np.repeat((network.flags & Way.STEPS) > 0, np.diff(network.first_station))
        self._cost = _running_sum(run * rule.slope.times(network.grades))
        self._closed = _running_sum(np.where(closed, run, 0.0))

    @cached_property
    def matrix(self) -> Any:
        """Junction to junction, [N, N]; of parallel edges the cheapest, none that is closed."""
        from scipy.sparse import csr_array

        first, last = self.network.first_station[:-1], self.network.first_station[1:] - 1
        cost = np.maximum(self._cost[last] - self._cost[first], HARDLY_M)
        open_ = self._closed[last] - self._closed[first] < HARDLY_M
        n, links = len(self.network.nodes), self.network.links
        if not len(links.edge):
            return csr_array((n, n))
        price = np.minimum.reduceat(np.where(open_, cost, np.inf)[links.edge], links.begins)
        passable = np.isfinite(price)
        start, stop = links.start[passable], links.stop[passable]
        begins = np.searchsorted(start, np.arange(n + 1))
        return csr_array((price[passable], stop.astype(np.int32), begins.astype(np.int32)), shape=(n, n))

    def to_ends(self, snaps: Snaps) -> tuple[Floats, Floats]:
        """[n, k] from where a point meets the network to both ends of the edge, infinite where closed."""
        if not len(self.network.ends):
            return np.full(snaps.edges.shape, np.inf), np.full(snaps.edges.shape, np.inf)
        edges = np.where(snaps.edges == NOWHERE, 0, snaps.edges)
        place = self.network.place(edges, snaps.at)
        first, last = self.network.first_station[edges], self.network.first_station[edges + 1] - 1
        cost, closed = self._at(place)
        start = np.where(closed - self._closed[first] < HARDLY_M, cost - self._cost[first], np.inf)
        end = np.where(self._closed[last] - closed < HARDLY_M, self._cost[last] - cost, np.inf)
        nowhere = snaps.edges == NOWHERE
        start[nowhere] = end[nowhere] = np.inf
        return start, end

    def between(self, edges: Ints, one: Floats, other: Floats) -> Floats:
        """[n] from place to place on the same edge, infinite where something between is closed."""
        a, closed_a = self._at(self.network.place(edges, one))
        b, closed_b = self._at(self.network.place(edges, other))
        return np.where(np.abs(closed_a - closed_b) < HARDLY_M, np.abs(a - b), np.inf)

    def _at(self, place: Floats) -> tuple[Floats, Floats]:
        """Cost and closed metres from the first station of all to places on the long line."""
        stations = self.network.station_places
        before = np.clip(np.searchsorted(stations, place, side="right") - 1, 0, len(stations) - 2)
        span = stations[before + 1] - stations[before]
        share = np.minimum((place - stations[before]) / np.where(span > 0, span, 1.0), 1.0)
        cost, closed = self._cost, self._closed
        return (
            cost[before] + share * (cost[before + 1] - cost[before]),
            closed[before] + share * (closed[before + 1] - closed[before]),
        )


def _running_sum(window: Floats) -> Floats:
    return np.concatenate(([0.0], np.cumsum(window[:-1])))
