"""The town there is: the newest network, homes and people imported, and the newest services of each kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely

from trinnvis.planning.town.arrays import Bools, Floats, Ints
from trinnvis.planning.town.importing.crs import to_own
from trinnvis.planning.town.importing.dataset import Dataset, Grid
from trinnvis.planning.town.network import Network, Way
from trinnvis.planning.town.places import NO_AREA, NO_SERVICES, Homes, Services, Town
from trinnvis.trouble import Trouble

MOST_IN_A_CELL = 12
"""Places the people of a square are put at when no addresses are known."""


def compose(datasets: Sequence[Dataset], groups: int) -> tuple[Town, list[str]]:
    """The town of all imports, oldest first, and notes on how its people were placed.

    Raises:
        Trouble: no network, or nobody to walk on it.
    """
    networks = [held.network for held in datasets if held.network is not None]
    if not networks:
        raise Trouble(
            "Det er ikke hentet inn noe gangnett.", "Bruk trinnvis town import med en fil fra NVDB eller OSM."
        )
    network = networks[-1]
    homes, grid = _newest(datasets, network.crs)
    notes: list[str] = []
    if grid is not None and (homes is None or not homes.residents.any()):
        homes, notes = _peopled(grid, homes, network)
    if homes is None or not len(homes.ids):
        raise Trouble(
            "Det er ikke hentet inn boliger eller befolkning.",
            "Bruk trinnvis town import med adresser fra Matrikkelen eller befolkning på rutenett fra SSB.",
        )
    if homes.residents.shape[1] != groups:
        raise Trouble(
            "Boligene er hentet inn med andre aldersgrupper enn innstillingene har.", "Importer dem på nytt."
        )
    return Town(network, homes, _services(datasets, network.crs)), notes


def _newest(datasets: Sequence[Dataset], crs: int) -> tuple[Homes | None, Grid | None]:
    homes: Homes | None = None
    grid: Grid | None = None
    for held in datasets:
        if held.homes is not None:
            homes = replace(held.homes, xy=_moved(held.homes.xy, held.crs, crs))
        if held.grid is not None:
            corners = _moved(held.grid.cells.reshape(-1, 2), held.crs, crs)
            grid = replace(held.grid, cells=corners.reshape(-1, 4))
    return homes, grid


def _services(datasets: Sequence[Dataset], crs: int) -> Services:
    """Of each category those of the newest import that has any."""
    newest: dict[str, Services] = {}
    for held in datasets:
        if held.services is not None and len(held.services.ids):
            moved = replace(held.services, entrances=_moved(held.services.entrances, held.crs, crs))
            newest |= dict.fromkeys(held.services.categories, moved)
    total = NO_SERVICES
    for category, held_services in newest.items():
        total = joined(total, only(held_services, category))
    return total


def only(services: Services, category: str) -> Services:
    """Those of one category."""
    chosen = [i for i, code in enumerate(services.categories) if code == category]
    number = np.full(len(services.ids), -1)
    number[chosen] = np.arange(len(chosen))
    stay = number[services.owners] >= 0
    return Services(
        tuple(services.ids[i] for i in chosen),
        tuple(services.names[i] for i in chosen),
        (category,) * len(chosen),
        services.entrances[stay],
        number[services.owners[stay]],
        services.origins,
    )


def joined(one: Services, other: Services) -> Services:
    """Both."""
    return Services(
        one.ids + other.ids,
        one.names + other.names,
        one.categories + other.categories,
        np.concatenate((one.entrances, other.entrances)),
        np.concatenate((one.owners, other.owners + len(one.ids))),
        tuple(dict.fromkeys((*one.origins, *other.origins))),
    )


def _moved(points: Floats, system: int, own: int) -> Floats:
    return points if system == own or not len(points) else to_own(points, system, own, "Importen")[0]


def _cell_of(grid: Grid, xy: Floats) -> Ints:
    """[n] the square each point is in, -1 outside all."""
    tree = shapely.STRtree(shapely.box(*grid.cells.T))
    point, cell = tree.query(shapely.points(xy), predicate="intersects")
    found = np.full(len(xy), -1, dtype=np.int64)
    found[point[::-1]] = cell[::-1]
    return found


def _peopled(grid: Grid, homes: Homes | None, network: Network) -> tuple[Homes, list[str]]:
    """People of each square on the homes in it, by dwellings; where there are none, spread on its ways."""
    known = homes or Homes((), np.empty((0, 2)), (), np.empty(0, np.int64), np.empty(0), np.empty((0, 0)))
    cell = _cell_of(grid, known.xy)
    weight = np.where(known.dwellings > 0, known.dwellings, 1.0)
    inside = cell >= 0
    per_cell = np.bincount(cell[inside], weights=weight[inside], minlength=len(grid.persons))
    persons = np.zeros(len(known.ids))
    persons[inside] = grid.persons[cell[inside]] * weight[inside] / per_cell[cell[inside]]
    xy, empty_cell = _along_ways(grid, network, per_cell == 0)
    count = np.bincount(empty_cell, minlength=len(grid.persons))
    beside = grid.persons[empty_cell] / count[empty_cell]
    everyone = np.concatenate((persons, beside))
    names = known.area_names if NO_AREA in known.area_names else (*known.area_names, NO_AREA)
    placed = Homes(
        (*known.ids, *(f"rute {number}/{at}" for at, number in enumerate(empty_cell))),
        np.concatenate((known.xy, xy)),
        names,
        np.concatenate((known.areas, np.full(len(xy), names.index(NO_AREA)))),
        np.concatenate((known.dwellings, np.zeros(len(xy)))),
        everyone[:, None] * grid.age_shares,
        tuple(dict.fromkeys((*known.origins, *grid.origins))),
    )
    lost = float(grid.persons[(per_cell == 0) & (count == 0)].sum())
    notes = [grid.ages_from]
    if persons.any():
        notes.append(
            f"{persons.sum():.0f} innbyggere er fordelt fra ruter til adressene i dem, etter boliger."
        )
    if len(xy):
        notes.append(
            f"{beside.sum():.0f} innbyggere bor i ruter uten adresser og er satt jevnt langs vegene i ruta "
            f"({len(xy)} steder, uten adkomst)."
        )
    if lost:
        notes.append(f"{lost:.0f} innbyggere bor i ruter uten gangveg i nettet og er ikke med.")
    return placed, notes


def _along_ways(grid: Grid, network: Network, wanted: Bools) -> tuple[Floats, Ints]:
    """Places [n, 2] on ways in the open in the squares wanted, and the square [n] each is in."""
    edge = np.repeat(np.arange(len(network.ends)), np.diff(network.first_station))
    open_air = (network.flags[edge] & (Way.STEPS | Way.TUNNEL)) == 0
    places = np.flatnonzero(open_air & (network.stations > 0))
    xy = shapely.get_coordinates(
        shapely.line_interpolate_point(network.lines[edge[places]], network.stations[places])
    )
    cell = _cell_of(grid, xy)
    order = np.flatnonzero((cell >= 0) & wanted[cell])
    order = order[np.argsort(cell[order], kind="stable")]
    count = np.bincount(cell[order], minlength=len(grid.persons))
    rank = np.arange(len(order)) - np.repeat(np.cumsum(count) - count, count)
    stride = np.maximum(1, -(-count // MOST_IN_A_CELL))
    order = order[rank % stride[cell[order]] == 0]
    return xy[order], cell[order]
