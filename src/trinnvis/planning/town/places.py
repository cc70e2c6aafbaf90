"""Who lives where and what stands where: homes (boliger) and services (tilbud) on one network."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from trinnvis.planning.town.arrays import Bools, Bytes, Floats, Ints
from trinnvis.planning.town.network import Network, Origin

NO_AREA = ""
FAR_OUT = 0.04
"""The share of an area's homes that may lie outside a map of it, on each side."""
BESIDE_M = 60


@dataclass(frozen=True, eq=False)
class Homes:
    """Homes: places [H, 2] to walk from (the access point where there is one), with who lives there.

    areas: [H] number in `area_names` (tettsted). dwellings: [H]. residents: [H, G] per age group.
    """

    ids: tuple[str, ...]
    xy: Floats
    area_names: tuple[str, ...]
    areas: Ints
    dwellings: Floats
    residents: Floats
    origins: tuple[Origin, ...] = ()

    @cached_property
    def place_print(self) -> str:
        """A fingerprint of where the homes are; who lives there does not matter to a distance."""
        return _print(self.xy)

    def inside(self, area: str) -> Bools:
        """[H] the homes of an area by name; "" is all."""
        if not area:
            return np.ones(len(self.ids), dtype=bool)
        if area not in self.area_names:
            return np.zeros(len(self.ids), dtype=bool)
        return np.asarray(self.areas == self.area_names.index(area))

    def frame(self, area: str) -> tuple[float, float, float, float] | None:
        """West, south, east, north of a map of an area, without the few homes far out; "" is everything."""
        xy = self.xy[self.inside(area)]
        if not len(xy):
            return None
        out = FAR_OUT if area else 0.0
        low, high = np.quantile(xy, (out, 1 - out), axis=0)
        west, south = np.floor((low - BESIDE_M) / 10) * 10
        east, north = np.ceil((high + BESIDE_M) / 10) * 10
        return float(west), float(south), float(east), float(north)

    @cached_property
    def version(self) -> str:
        return _print(self.xy, self.areas, self.dwellings, self.residents)


@dataclass(frozen=True, eq=False)
class Services:
    """Services with one or more entrances (innganger).

    categories: [S] code of each. entrances: [M, 2]; owners: [M] the service an entrance belongs to.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    categories: tuple[str, ...]
    entrances: Floats
    owners: Ints
    origins: tuple[Origin, ...] = ()

    @cached_property
    def version(self) -> str:
        names = hashlib.sha256(repr((self.ids, self.categories)).encode()).hexdigest()
        return _print(np.frombuffer(names.encode(), dtype=np.uint8), self.entrances, self.owners)

    def entrances_of(self, category: str) -> Ints:
        """The numbers of the entrances to services of one category."""
        of = np.array([code == category for code in self.categories], dtype=bool)
        return np.flatnonzero(of[self.owners]) if len(self.owners) else np.empty(0, dtype=np.int64)


NO_HOMES = Homes((), np.empty((0, 2)), (), np.empty(0, dtype=np.int64), np.empty(0), np.empty((0, 0)))
NO_SERVICES = Services((), (), (), np.empty((0, 2)), np.empty(0, dtype=np.int64))


@dataclass(frozen=True, eq=False)
class Town:
    """Everything a run needs. `closer_edges`: see `plans`; edges a plan built on the base network."""

    network: Network
    homes: Homes
    services: Services
    edits: EdgeEdits | None = None

    @property
    def crs(self) -> int:
        return self.network.crs

    @property
    def origins(self) -> tuple[Origin, ...]:
        """Every source, once."""
        return tuple(dict.fromkeys((*self.network.origins, *self.homes.origins, *self.services.origins)))


@dataclass(frozen=True, eq=False)
class EdgeEdits:
    """How a plan's network grew from its base, so that nobody is fastened anew without cause.

    parts: [n] base edge of each edge in the plan's network, -1 for a new one. offset: [n] metres from the
    base edge's start to the part's.
    """

    base: Network
    parts: Ints
    offset: Floats
    added: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))


def _print(*rows: Floats | Ints | Bytes) -> str:
    digest = hashlib.sha256()
    for row in rows:
        digest.update(np.ascontiguousarray(row).tobytes())
    return digest.hexdigest()[:16]
