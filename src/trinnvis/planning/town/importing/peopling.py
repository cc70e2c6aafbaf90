"""People placed where they likely live: on addresses, or along ways; and ways where nobody is known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from trinnvis.planning.town.arrays import Bools, Floats, Ints
from trinnvis.planning.town.importing.crs import moved
from trinnvis.planning.town.importing.dataset import Grid
from trinnvis.planning.town.network import Network, Way
from trinnvis.planning.town.places import NO_AREA, NO_HOMES, Homes

MOST_IN_A_CELL = 12
"""Places the people of a square are put at when no addresses are known."""


@dataclass(frozen=True, eq=False)
class Squares:
    """A grid, and the coordinate system it is square in."""

    grid: Grid
    crs: int


def _cell_of(squares: Squares, xy: Floats, crs: int) -> Ints:
    """[n] the square each point is in, -1 outside all. Squares are only square in their own system."""
    if not len(xy):
        return np.empty(0, dtype=np.int64)
    own = xy if squares.crs == crs else moved(xy, crs, squares.crs)
    tree = shapely.STRtree(shapely.box(*squares.grid.cells.T))
    point, cell = tree.query(shapely.points(own), predicate="intersects")
    found = np.full(len(xy), -1, dtype=np.int64)
    found[point[::-1]] = cell[::-1]
    return found


def peopled(squares: Squares, homes: Homes | None, network: Network) -> tuple[Homes, list[str]]:
    """People of each square on the homes in it, by dwellings; where there are none, spread on its ways."""
    known, grid = homes or NO_HOMES, squares.grid
    cell = _cell_of(squares, known.xy, network.crs)
    weight = np.where(known.dwellings > 0, known.dwellings, 1.0)
    inside = cell >= 0
    per_cell = np.bincount(cell[inside], weights=weight[inside], minlength=len(grid.persons))
    persons = np.zeros(len(known.ids))
    persons[inside] = grid.persons[cell[inside]] * weight[inside] / per_cell[cell[inside]]
    xy, empty_cell = _along_ways(squares, network, per_cell == 0)
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


def _along_ways(squares: Squares, network: Network, wanted: Bools) -> tuple[Floats, Ints]:
    """Places [n, 2] on ways in the open in the squares wanted, and the square [n] each is in."""
    xy = _stations(network)
    cell = _cell_of(squares, xy, network.crs)
    order = np.flatnonzero((cell >= 0) & wanted[cell])
    order = order[np.argsort(cell[order], kind="stable")]
    count = np.bincount(cell[order], minlength=len(wanted))
    rank = np.arange(len(order)) - np.repeat(np.cumsum(count) - count, count)
    stride = np.maximum(1, -(-count // MOST_IN_A_CELL))
    order = order[rank % stride[cell[order]] == 0]
    return xy[order], cell[order]


def stood_along(network: Network, every_m: float, groups: int) -> tuple[Homes, list[str]]:
    """Where neither addresses nor people are known: a place for so many metres of way, one dwelling each."""
    xy = _stations(network)
    length = float(np.diff(network.stations).clip(0).sum())
    stride = max(1, round(every_m * len(xy) / length)) if length else 1
    xy = xy[::stride]
    note = (
        f"Det er ikke hentet inn adresser eller befolkning. {len(xy)} steder langs gangvegene, omtrent "
        f"{every_m:g} meter mellom, er regnet som én bolig hver: tallene sier hvor stor del av vegnettet som "
        "når tilbudene, ikke hvor mange som bor der."
    )
    count = len(xy)
    homes = Homes(
        tuple(f"veg {at + 1}" for at in range(count)), xy, (NO_AREA,), np.zeros(count, dtype=np.int64),
        np.ones(count), np.zeros((count, groups)), network.origins,
    )  # fmt: skip
    return homes, [note]


def _stations(network: Network) -> Floats:
    """[n, 2] the ends of every slope window on ways in the open."""
    edge = np.repeat(np.arange(len(network.ends)), np.diff(network.first_station))
    open_air = (network.flags[edge] & (Way.STEPS | Way.TUNNEL)) == 0
    places = np.flatnonzero(open_air & (network.stations > 0))
    points = shapely.line_interpolate_point(network.lines[edge[places]], network.stations[places])
    return np.asarray(shapely.get_coordinates(points))
