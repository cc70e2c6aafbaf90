"""What one import holds: any of a network, homes, services and people by squares."""

from __future__ import annotations

from dataclasses import dataclass

from trinnvis.planning.town.arrays import Floats
from trinnvis.planning.town.network import Network, Origin
from trinnvis.planning.town.places import Homes, Services


@dataclass(frozen=True, eq=False)
class Grid:
    """People by squares (befolkning på rutenett). cells: [C, 4] west, south, east, north. persons: [C]."""

    cells: Floats
    persons: Floats
    age_shares: Floats
    ages_from: str
    origins: tuple[Origin, ...] = ()


@dataclass(frozen=True, eq=False)
class Dataset:
    """One import, in one coordinate system: ours, but for squares, which keep the one they are square in."""

    crs: int
    network: Network | None = None
    homes: Homes | None = None
    services: Services | None = None
    grid: Grid | None = None
