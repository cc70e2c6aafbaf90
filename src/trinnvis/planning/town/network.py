"""One version of the walking network (gangnett): frozen, whole, in metres."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntFlag
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

from trinnvis.planning.town.arrays import Bytes, Floats, Ints
from trinnvis.planning.town.segments import Segments

if TYPE_CHECKING:
    from scipy.spatial import cKDTree

GAP_M = 1.0
"""Between edges laid end to end, so that a place on one is never taken for a place on the next."""


class Way(IntFlag):
    """What a way is besides open ground (bakken)."""

    STEPS = 1
    BRIDGE = 2
    TUNNEL = 4


@dataclass(frozen=True)
class Origin:
    """Where data comes from (kilde), and what its licence asks us to say."""

    title: str
    licence: str
    attribution: str
    imported_on: str = ""
    sha256: str = ""


@dataclass(frozen=True, eq=False)
class Network:
    """Edges between junctions, each a polyline cut at stations into windows of even slope.

    nodes: [N, 2] metres in `crs`. ends: [E, 2] nodes. points: [P, 2], those of edge e are
    `first_point[e]:first_point[e + 1]`. flags: [E] of `Way`. stations: [S] metres from the edge's start, the
    first 0 and the last its length. heights: [S] metres, NaN where unknown. spans: [S] length of the
    window that begins there before any plan cut it. barriers: [B, 2] points, grouped by `first_barrier`.
    """

    crs: int
    nodes: Floats
    ends: Ints
    points: Floats
    first_point: Ints
    flags: Bytes
    stations: Floats
    first_station: Ints
    heights: Floats
    spans: Floats
    barriers: Floats = field(default_factory=lambda: np.empty((0, 2)))
    first_barrier: Ints = field(default_factory=lambda: np.zeros(1, dtype=np.int64))
    origins: tuple[Origin, ...] = ()

    @cached_property
    def version(self) -> str:
        """A fingerprint: equal for equal networks, whoever delivered them."""
        digest = hashlib.sha256(str(self.crs).encode())
        for row in (self.nodes, self.ends, self.points, self.first_point, self.flags, self.stations,
                    self.heights, self.spans, self.barriers, self.first_barrier):  # fmt: skip
            digest.update(np.ascontiguousarray(row).tobytes())
        return digest.hexdigest()[:16]

    @cached_property
    def lengths(self) -> Floats:
        """[E] metres."""
        return self.stations[self.first_station[1:] - 1]

    @cached_property
    def begins(self) -> Floats:
        """[E] where each edge begins when all are laid end to end with a gap between."""
        return np.concatenate(([0.0], np.cumsum(self.lengths + GAP_M)[:-1]))

    @cached_property
    def station_places(self) -> Floats:
        """[S] the stations on that same long line."""
        return self.stations + np.repeat(self.begins, np.diff(self.first_station))

    @cached_property
    def links(self) -> Links:
        """Its junctions, as whoever walks from one to the next along any edge meets them."""
        return Links.of(self.ends)

    @cached_property
    def grades(self) -> Floats:
        """[S] rise per metre of the window that begins at a station; 0 where heights are unknown."""
        run = np.diff(self.stations, append=0.0)
        rise = np.diff(self.heights, append=np.nan)
        with np.errstate(divide="ignore", invalid="ignore"):
            grade = np.where(run > 0, rise / run, 0.0)
        grade[self.first_station[1:] - 1] = 0.0
        return np.nan_to_num(grade, nan=0.0)

    @cached_property
    def lines(self) -> NDArray[np.object_]:
        """[E] shapely lines."""
        owner = np.repeat(np.arange(len(self.ends)), np.diff(self.first_point))
        return np.asarray(shapely.linestrings(self.points, indices=owner))

    @cached_property
    def outside(self) -> Outside:
        """The edges one can step out on, not steps and not tunnels."""
        return Outside.of(self, np.flatnonzero((self.flags & (Way.STEPS | Way.TUNNEL)) == 0))

    @cached_property
    def segments(self) -> Segments:
        """Of the edges."""
        return Segments.of(self.points, self.first_point)

    @cached_property
    def barrier_segments(self) -> Segments:
        """What nobody walks straight across: rivers, railways, motorways."""
        return Segments.of(self.barriers, self.first_barrier)

    @property
    def has_heights(self) -> bool:
        return bool(np.isfinite(self.heights).any())

    def place(self, edges: Ints, at: Floats) -> Floats:
        """Where points on edges are on the long line."""
        return np.asarray(self.begins[edges] + at)


@dataclass(frozen=True, eq=False)
class Links:
    """From junction to junction, both ways, in the order of a sparse matrix: `start` and `stop` [L].

    edge: the edges between the pairs; those of pair l begin at `begins[l]`, so that parallel ones stand
    together. Loops lead nowhere and are left out.
    """

    start: Ints
    stop: Ints
    begins: Ints
    edge: Ints

    @staticmethod
    def of(ends: Ints) -> Links:
        leads = np.flatnonzero(ends[:, 0] != ends[:, 1])
        start, stop = np.concatenate((ends[leads], ends[leads, ::-1])).T
        order = np.lexsort((stop, start))
        start, stop = start[order], stop[order]
        begins = np.flatnonzero(np.diff(start, prepend=-1) | np.diff(stop, prepend=-1))
        return Links(start[begins], stop[begins], begins, np.tile(leads, 2)[order])


@dataclass(frozen=True, eq=False)
class Outside:
    """Some edges of a network, to be found by place: by their segments, and by their stations, of which
    every point on them has one within half a window."""

    edges: Ints
    segments: Segments
    stations: cKDTree | None

    @staticmethod
    def of(network: Network, edges: Ints) -> Outside:
        from scipy.spatial import cKDTree

        first, last = network.first_station[edges], network.first_station[edges + 1]
        chosen = np.repeat(first - np.cumsum(last - first) + (last - first), last - first)
        chosen = chosen + np.arange(len(chosen))
        lines = np.repeat(network.lines[edges], last - first)
        places = shapely.line_interpolate_point(lines, network.stations[chosen])
        tree = cKDTree(shapely.get_coordinates(places)) if len(chosen) else None
        return Outside(edges, network.segments.on(edges), tree)


def line_points(lines: Sequence[Floats]) -> tuple[Floats, Ints]:
    """Lines as one row of points and where each begins."""
    first = np.concatenate(([0], np.cumsum([len(line) for line in lines]))).astype(np.int64)
    return (np.concatenate(lines) if lines else np.empty((0, 2))), first
