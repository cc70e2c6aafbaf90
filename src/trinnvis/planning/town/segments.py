"""Lines as straight segments: the nearest place on each, and the ones a straight leg goes through."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely

from trinnvis.planning.town.arrays import Bools, Floats, Ints


@dataclass(frozen=True, eq=False)
class Segments:
    """begin, end: [G, 2] metres. line: [G] the number of the line a segment is part of, rising."""

    begin: Floats
    end: Floats
    line: Ints

    @staticmethod
    def of(points: Floats, first: Ints) -> Segments:
        """Of lines [L] whose points [P, 2] are `first[l]:first[l + 1]`, two or more each."""
        begins = np.delete(np.arange(len(points)), first[1:] - 1)
        line = np.repeat(np.arange(len(first) - 1), np.diff(first) - 1)
        return Segments(points[begins], points[begins + 1], line)

    def on(self, lines: Ints) -> Segments:
        """Those of some of the lines, which keep their number."""
        chosen = np.isin(self.line, lines)
        return Segments(self.begin[chosen], self.end[chosen], self.line[chosen])

    @cached_property
    def tree(self) -> shapely.STRtree:
        return shapely.STRtree(shapely.linestrings(np.stack((self.begin, self.end), axis=1)))

    @cached_property
    def before(self) -> Floats:
        """[G] metres along the line to where the segment begins. Right only where the line is whole."""
        length = np.hypot(*(self.end - self.begin).T)
        total = np.cumsum(length) - length
        return np.asarray(total - total[np.searchsorted(self.line, self.line)])

    def about(self, xy: Floats, reach: Floats) -> tuple[Ints, Ints]:
        """Points [n, 2] and segments whose boxes are within reach [n] of each other, as pairs."""
        return self._boxes_meet(xy - reach[:, None], xy + reach[:, None])

    def nearest_places(self, xy: Floats, segments: Ints) -> tuple[Floats, Floats]:
        """[n, 2] the place on each segment nearest to its point, and [n] metres along the line to it."""
        begin, end = self.begin[segments], self.end[segments]
        way = end - begin
        square = np.einsum("ij,ij->i", way, way)
        share = np.einsum("ij,ij->i", xy - begin, way) / np.where(square > 0, square, 1.0)
        share = np.clip(share, 0.0, 1.0)
        place = begin + share[:, None] * way
        whole = share == 1.0  # the very end, so that the next segment is met at the same place
        place[whole] = end[whole]
        return place, self.before[segments] + share * np.sqrt(square)

    def crossed(self, start: Floats, stop: Floats) -> Bools:
        """[n] whether the straight leg from start to stop goes through a segment, not only up to it."""
        leg, segment = self._boxes_meet(start, stop)
        a, b, p, q = self.begin[segment], self.end[segment], start[leg], stop[leg]
        through = (_side(a, b, p) * _side(a, b, q) < 0) & (_side(p, q, a) * _side(p, q, b) <= 0)
        crossed = np.zeros(len(start), dtype=bool)
        crossed[leg[through]] = True
        return crossed

    def _boxes_meet(self, one: Floats, other: Floats) -> tuple[Ints, Ints]:
        """Boxes from corner to corner [n, 2] and the segments whose own boxes they meet, as pairs."""
        row, segment = self.tree.query(shapely.linestrings(np.stack((one, other), axis=1)))
        return row, segment


def _side(begin: Floats, end: Floats, place: Floats) -> Floats:
    """[n] -1 or 1 by the side of a line a place is on, 0 on it."""
    way, there = (end - begin).T, (place - begin).T
    return np.asarray(np.sign(way[0] * there[1] - way[1] * there[0]))
