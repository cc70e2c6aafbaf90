"""The town there is: the newest network, homes and people imported, and the newest services of each kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from trinnvis.planning.town.arrays import Floats
from trinnvis.planning.town.importing.crs import moved
from trinnvis.planning.town.importing.dataset import Dataset
from trinnvis.planning.town.importing.making import NEAR_M
from trinnvis.planning.town.importing.peopling import Squares, peopled, stood_along
from trinnvis.planning.town.network import Network, Origin
from trinnvis.planning.town.places import NO_SERVICES, Homes, Services, Town
from trinnvis.planning.town.policy import TownPolicy
from trinnvis.trouble import Trouble


def compose(datasets: Sequence[Dataset], policy: TownPolicy) -> tuple[Town, list[str]]:
    """The town of all imports, oldest first, and notes on how its people were placed.

    Raises:
        Trouble: no network, or homes read with other age groups.
    """
    networks = [held.network for held in datasets if held.network is not None]
    if not networks:
        raise Trouble(
            "Det er ikke hentet inn noe gangnett.", "Hent inn gangnettet først, fra NVDB eller OpenStreetMap."
        )
    network, notes = networks[-1], list[str]()
    homes, squares = _newest(datasets, network, notes)
    services = _services(datasets, network, notes)
    if homes is not None and homes.residents.shape[1] != len(policy.age_groups):
        raise Trouble(
            "Boligene er hentet inn med andre aldersgrupper enn innstillingene har.", "Importer dem på nytt."
        )
    if squares is not None and homes is not None and homes.residents.any():
        notes.append("Befolkningen på rutenett er ikke brukt, for adressene har egne tall for beboere.")
    elif squares is not None:
        homes, placed = peopled(squares, homes, network)
        notes += placed
    elif homes is None:
        homes, placed = stood_along(network, policy.network.place_every_m.value, len(policy.age_groups))
        notes += placed
    return Town(network, homes, services), notes


def _newest(
    datasets: Sequence[Dataset], network: Network, notes: list[str]
) -> tuple[Homes | None, Squares | None]:
    homes: Homes | None = None
    squares: Squares | None = None
    for held in datasets:
        if held.homes is not None and len(held.homes.ids):
            xy = _moved(held.homes.xy, held.crs, network.crs)
            if _beside(xy, network, f"{len(xy)} boliger", held.homes.origins, notes):
                homes = replace(held.homes, xy=xy)
        if held.grid is not None:
            corners = _moved(held.grid.cells.reshape(-1, 2), held.crs, network.crs)
            if _beside(corners, network, f"{len(held.grid.cells)} ruter", held.grid.origins, notes):
                squares = Squares(held.grid, held.crs)
    return homes, squares


def _beside(
    points: Floats, network: Network, what: str, origins: tuple[Origin, ...], notes: list[str]
) -> bool:
    """Whether any of them is by the network; a note when not, for another town's data may lie beside it."""
    low, high = network.points.min(axis=0) - NEAR_M, network.points.max(axis=0) + NEAR_M
    near = bool(((points >= low) & (points <= high)).all(axis=1).any())
    if not near:
        where = ", ".join(origin.title for origin in origins)
        notes.append(f"{what} fra {where} ligger et annet sted enn gangnettet og er ikke med.")
    return near


def _services(datasets: Sequence[Dataset], network: Network, notes: list[str]) -> Services:
    """Of each category those of the newest import that has any."""
    newest: dict[str, Services] = {}
    for held in datasets:
        if held.services is not None and len(held.services.ids):
            xy = _moved(held.services.entrances, held.crs, network.crs)
            if _beside(xy, network, f"{len(held.services.ids)} tilbud", held.services.origins, notes):
                newest |= dict.fromkeys(held.services.categories, replace(held.services, entrances=xy))
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
    return points if system == own or not len(points) else moved(points, system, own)
