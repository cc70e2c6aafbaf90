"""Ways added to and taken from a network, with the memory of which base edge each part came from."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import shapely

from trinnvis.planning.town.arrays import Floats, Ints
from trinnvis.planning.town.building import windows
from trinnvis.planning.town.network import Network, Way, line_points
from trinnvis.planning.town.places import EdgeEdits
from trinnvis.planning.town.plans import AddEdge, EdgeChange, MoveEdge, RemoveEdge
from trinnvis.planning.town.snapping import NOWHERE
from trinnvis.trouble import Trouble

AT_THE_END_M = 0.01
"""A place this near an edge's end is the junction there."""


@dataclass
class _Edge:
    points: Floats
    stations: Floats
    heights: Floats
    spans: Floats
    flags: int
    ends: tuple[int, int]
    part: int
    offset: float
    line: shapely.LineString


class EdgeTable:
    """A network's edges one by one. Rows keep their number; None is a row taken away or cut up."""

    def __init__(self, network: Network, edits: EdgeEdits | None) -> None:
        self.network = network
        self.base = edits.base if edits else network
        count = len(network.ends)
        parts = edits.parts if edits else np.arange(count)
        offset = edits.offset if edits else np.zeros(count)
        cut_points = np.split(network.points, network.first_point[1:-1])
        rows = [
            np.split(row, network.first_station[1:-1])
            for row in (network.stations, network.heights, network.spans)
        ]
        self.nodes = list(network.nodes)
        self.edges: list[_Edge | None] = [
            _Edge(cut_points[e], rows[0][e], rows[1][e], rows[2][e], int(network.flags[e]),
                  (int(network.ends[e, 0]), int(network.ends[e, 1])), int(parts[e]), float(offset[e]),
                  network.lines[e])
            for e in range(count)
        ]  # fmt: skip

    def change(self, change: EdgeChange, *, join_m: float, window_m: float) -> None:
        """
        Raises:
            Trouble: no way near the place, or a new way that meets none.
        """
        if isinstance(change, RemoveEdge | MoveEdge):
            edge, metres, _ = self._nearest(np.array(change.at))
            if metres > join_m:
                raise Trouble(
                    f"Det er {metres:.0f} meter fra {_said(change.at)} til nærmeste veg.",
                    f"Pek på vegen, høyst {join_m:.0f} meter unna.",
                )
            self.edges[edge] = None
        if isinstance(change, AddEdge | MoveEdge):
            self._add(change, join_m, window_m)

    def result(self) -> tuple[Network, EdgeEdits]:
        """The network as it has become."""
        kept = [edge for edge in self.edges if edge is not None]
        points, first_point = line_points([edge.points for edge in kept])
        _, first_station = line_points([edge.stations[:, None] for edge in kept])

        def row(name: str) -> Floats:
            return np.concatenate([getattr(edge, name) for edge in kept]) if kept else np.empty(0)

        network = replace(
            self.network,
            nodes=np.array(self.nodes),
            ends=np.array([edge.ends for edge in kept], dtype=np.int64).reshape(-1, 2),
            points=points,
            first_point=first_point,
            flags=np.array([edge.flags for edge in kept], dtype=np.uint8),
            stations=row("stations"),
            first_station=first_station,
            heights=row("heights"),
            spans=row("spans"),
        )
        parts = np.array([edge.part for edge in kept], dtype=np.int64)
        offset = np.array([edge.offset for edge in kept])
        return network, EdgeEdits(self.base, parts, offset, np.flatnonzero(parts == NOWHERE))

    def _add(self, change: AddEdge | MoveEdge, join_m: float, window_m: float) -> None:
        line = np.array(change.line, dtype=np.float64)
        if change.heights and len(change.heights) != len(line):
            raise Trouble(
                f"Den nye vegen har {len(line)} punkter og {len(change.heights)} høyder.",
                "Oppgi én høyde for hvert punkt, eller ingen.",
            )
        heights = np.array(change.heights) if change.heights else np.full(len(line), np.nan)
        joints = [self._joint(line[0], join_m), self._joint(line[-1], join_m)]
        if joints == [None, None]:
            raise Trouble(
                f"Den nye vegen fra {_said(change.line[0])} til {_said(change.line[-1])} møter ingen veg.",
                f"La minst én ende ligge høyst {join_m:.0f} meter fra en veg.",
            )
        ends = []
        for at, joint in zip((0, -1), joints, strict=True):
            if joint is None:
                self.nodes.append(line[at].copy())
                ends.append(len(self.nodes) - 1)
                continue
            node, height = joint
            place = self.nodes[node]
            if np.hypot(*(place - line[at])) > AT_THE_END_M:
                line = np.vstack((place, line) if at == 0 else (line, place))
                heights = np.append(height, heights) if at == 0 else np.append(heights, height)
            elif np.isnan(heights[at]):
                heights[at] = height
            ends.append(node)
        flags = (
            (Way.STEPS if change.steps else Way(0))
            | (Way.BRIDGE if change.bridge else Way(0))
            | (Way.TUNNEL if change.tunnel else Way(0))
        )
        first = np.array([0, len(line)], dtype=np.int64)
        stations, _, at_stations, spans = windows(line, first, _filled(line, heights), window_m)
        self.edges.append(
            _Edge(
                line,
                stations,
                at_stations,
                spans,
                int(flags),
                (ends[0], ends[1]),
                NOWHERE,
                0.0,
                shapely.LineString(line),
            )
        )

    def _joint(self, place: Floats, join_m: float) -> tuple[int, float] | None:
        """The junction a new way's end is joined to, made when it is not there, and its height."""
        if all(edge is None for edge in self.edges):
            return None
        number, metres, at = self._nearest(place)
        if metres > join_m:
            return None
        edge = self._row(number)
        if at < AT_THE_END_M:
            return edge.ends[0], float(edge.heights[0])
        if at > edge.stations[-1] - AT_THE_END_M:
            return edge.ends[1], float(edge.heights[-1])
        return self._cut(number, at)

    def _cut(self, number: int, at: float) -> tuple[int, float]:
        edge = self._row(number)
        along = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(edge.points, axis=0).T))))
        place = np.array([np.interp(at, along, edge.points[:, 0]), np.interp(at, along, edge.points[:, 1])])
        height = float(np.interp(at, edge.stations, edge.heights))
        window = int(np.searchsorted(edge.stations, at, side="right")) - 1
        before, after = along < at, along > at
        low, high = edge.stations < at, edge.stations > at
        node = len(self.nodes)
        self.nodes.append(place)
        self.edges[number] = None
        self.edges.append(
            _Edge(
                np.vstack((edge.points[before], place)), np.append(edge.stations[low], at),
                np.append(edge.heights[low], height), np.append(edge.spans[low], 0.0),
                edge.flags, (edge.ends[0], node), edge.part, edge.offset,
                shapely.LineString(np.vstack((edge.points[before], place))),
            )
        )  # fmt: skip
        self.edges.append(
            _Edge(
                np.vstack((place, edge.points[after])), np.append(0.0, edge.stations[high] - at),
                np.append(height, edge.heights[high]), np.append(edge.spans[window], edge.spans[high]),
                edge.flags, (node, edge.ends[1]), edge.part, edge.offset + at,
                shapely.LineString(np.vstack((place, edge.points[after]))),
            )
        )  # fmt: skip
        return node, height

    def _nearest(self, place: Floats) -> tuple[int, float, float]:
        """The row nearest to a place, the metres to it, and where along it."""
        rows: Ints = np.array([at for at, edge in enumerate(self.edges) if edge is not None])
        lines = np.array([edge.line for edge in self.edges if edge is not None], dtype=object)
        point = shapely.Point(*place)
        metres = shapely.distance(lines, point)
        nearest = int(np.argmin(metres))
        return (
            int(rows[nearest]),
            float(metres[nearest]),
            float(shapely.line_locate_point(lines[nearest], point)),
        )

    def _row(self, number: int) -> _Edge:
        edge = self.edges[number]
        if edge is None:
            raise LookupError(f"edge {number} is gone")
        return edge


def _filled(line: Floats, heights: Floats) -> Floats:
    """Heights between those known, by distance; the nearest known beyond them."""
    known = np.isfinite(heights)
    if not known.any():
        return heights
    along = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))))
    return np.asarray(np.interp(along, along[known], heights[known]))


def _said(place: tuple[float, float]) -> str:
    return f"({place[0]:.0f}, {place[1]:.0f})"
