"""The town that is measured: the walking network of Oslo east, with hills, homes and services drawn on it."""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import shapely

from trinnvis.planning.town.arrays import Floats
from trinnvis.planning.town.importing.making import Context, from_osm
from trinnvis.planning.town.importing.report import Report
from trinnvis.planning.town.network import Network
from trinnvis.planning.town.places import Homes, Services, Town
from trinnvis.planning.town.shipped import shipped_policy

OSLO_EAST = Path(__file__).resolve().parent.parent / "tests" / "data" / "town" / "oslo-east.osm.pbf"
SERVICES = 560
FIRST_DAY = date(2026, 1, 1)


@cache
def oslo_east(*, hills: bool = True) -> Network:
    """The network of the file; the hills are drawn, for the file has no heights."""
    context = Context(shipped_policy(), FIRST_DAY, None, np.empty(0), "")
    network = from_osm(OSLO_EAST, context, Report()).network
    assert network is not None
    if not hills:
        return network
    x, y = station_places(network).T
    return replace(network, heights=40 * np.sin(x / 300) + 30 * np.cos(y / 250))


def station_places(network: Network) -> Floats:
    """[S, 2] the places of a network's stations."""
    edge = np.repeat(np.arange(len(network.ends)), np.diff(network.first_station))
    return shapely.get_coordinates(shapely.line_interpolate_point(network.lines[edge], network.stations))


def drawn_town(network: Network, count: int, *, services: int = SERVICES, seed: int = 20261122) -> Town:
    """So many homes a stone's throw from the ways, four residents each, and services of all ten kinds."""
    rng = np.random.default_rng(seed)
    codes = [category.code for category in shipped_policy().categories]
    on_ways = station_places(network)

    def near(how_many: int, metres: float) -> Floats:
        return on_ways[rng.integers(len(on_ways), size=how_many)] + rng.normal(0, metres, (how_many, 2))

    homes = Homes(
        tuple(map(str, range(count))), near(count, 12), ("",), np.zeros(count, dtype=np.int64),
        np.ones(count), np.ones((count, 4)),
    )  # fmt: skip
    kinds = tuple(codes[at % len(codes)] for at in range(services))
    names = tuple(f"s{at}" for at in range(services))
    return Town(network, homes, Services(names, names, kinds, near(services, 8), np.arange(services)))
