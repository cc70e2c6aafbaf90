"""The whole invented town as one dataset, from the demo's own dwellings and people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

import numpy as np

from trinnvis.demo.housing import OUTSIDE, SCATTERED
from trinnvis.demo.names import street_names
from trinnvis.demo.town.layout import Layout, layout
from trinnvis.demo.town.streets import Street, railway, row_offset, town_streets
from trinnvis.planning.town.arrays import Floats
from trinnvis.planning.town.building import RawLines, build
from trinnvis.planning.town.importing.dataset import Dataset
from trinnvis.planning.town.network import Network, Origin, line_points
from trinnvis.planning.town.places import Homes, Services
from trinnvis.planning.town.policy import TownPolicy

FROM_THE_STREET_M = 11.0
CENTIMETRES = 100


@dataclass(frozen=True)
class Dwelling:
    """A dwelling of the demo: its address, its settlement, and the ages of those who live there."""

    address: str
    settlement: str
    ages: tuple[int, ...]


def invented_town(dwellings: Sequence[Dwelling], policy: TownPolicy, *, seed: int, made_on: date) -> Dataset:
    """The same seed and dwellings give the same town."""
    plan = layout()
    rng = Random(f"{seed}/town")
    about = plan.rest
    origin = Origin(about["title"], about["licence"], about["attribution"], str(made_on))
    streets = town_streets(plan, rng)
    network = _network(streets, plan, policy, origin)
    here = [one for one in dwellings if one.settlement != OUTSIDE]
    return Dataset(
        about["crs"], network, _homes(here, streets, plan, policy, origin, rng), _services(plan, origin)
    )


def _network(streets: list[Street], plan: Layout, policy: TownPolicy, origin: Origin) -> Network:
    points, first = line_points([street.line for street in streets])
    _, keys = np.unique(np.rint(points * CENTIMETRES).astype(np.int64), axis=0, return_inverse=True)
    barriers, first_barrier = line_points([railway(one, plan) for one in plan.settlements])
    raw = RawLines(
        points,
        first,
        keys.reshape(-1).astype(np.int64),
        np.array([street.flags for street in streets], dtype=np.uint8),
        np.concatenate([street.heights for street in streets]),
        barriers,
        first_barrier,
    )
    return build(raw, crs=plan.rest["crs"], window_m=policy.network.window_m.value, origins=(origin,))


def _homes(
    dwellings: list[Dwelling], streets: list[Street], plan: Layout, policy: TownPolicy, origin: Origin,
    rng: Random,
) -> Homes:  # fmt: skip
    areas = (*(one.name for one in plan.settlements), SCATTERED)
    xy = np.zeros((len(dwellings), 2))
    by_area: defaultdict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(dwellings):
        place = _municipal(one.address, plan)
        if place is None:
            by_area[one.settlement].append(at)
        else:
            xy[at] = place + np.array((rng.uniform(-12, 12), rng.uniform(-12, 12)))
    for area, rows in by_area.items():
        rows.sort(key=lambda at: _house(dwellings[at]))
        wanted = "" if area == SCATTERED else area
        lines = [street.line for street in streets if street.built and street.settlement == wanted]
        xy[rows] = _beside(lines, len(rows), rng)
    residents = np.zeros((len(dwellings), len(policy.age_groups)))
    for at, one in enumerate(dwellings):
        for age in one.ages:
            residents[at, policy.age_group(age)] += 1
    return Homes(
        tuple(one.address for one in dwellings),
        np.round(xy, 2),
        areas,
        np.array([areas.index(one.settlement) for one in dwellings], dtype=np.int64),
        np.ones(len(dwellings)),
        residents,
        (origin,),
    )


def _house(dwelling: Dwelling) -> tuple[int, int]:
    """The place of a house in the order of its settlement's streets."""
    street, _, number = dwelling.address.rpartition(" ")
    return street_names(dwelling.settlement).index(street), int(number)


def _municipal(address: str, plan: Layout) -> Floats | None:
    for begins, settlement, along, across in plan.rest["dwellings"]:
        if address.startswith(begins):
            return _place(settlement, along, across, plan)
    return None


def _place(settlement: str, along: float, across: float, plan: Layout) -> Floats:
    one = plan.of(settlement)
    return np.asarray(one.on_the_map(np.array([(along, across + row_offset(one, plan))]))[0])


def _beside(lines: list[Floats], count: int, rng: Random) -> Floats:
    """[count, 2] places evenly along the lines one after the other, by turns on either side."""
    points, first = line_points(lines)
    step = np.hypot(*np.diff(points, axis=0, prepend=points[:1]).T)
    step[first[:-1]] = 0.0
    along = np.cumsum(step)
    at = (np.arange(count) + 0.5) * along[-1] / count
    piece = np.clip(np.searchsorted(along, at, side="left"), 1, len(points) - 1)
    begin, end = points[piece - 1], points[piece]
    share = (at - along[piece - 1]) / np.maximum(along[piece] - along[piece - 1], 1e-9)
    way = (end - begin) / np.maximum(np.hypot(*(end - begin).T), 1e-9)[:, None]
    side = np.where(np.arange(count) % 2, 1, -1) * (FROM_THE_STREET_M + np.array(
        [rng.uniform(-3, 5) for _ in range(count)]
    ))  # fmt: skip
    across = np.stack((-way[:, 1], way[:, 0]), axis=1)
    return np.asarray(begin + share[:, None] * (end - begin) + side[:, None] * across)


def _services(plan: Layout, origin: Origin) -> Services:
    rows = [
        (category, name, _place(settlement, along, across, plan))
        for settlement, held in plan.rest["services"].items()
        for category, name, along, across in held
    ]
    return Services(
        tuple(f"{name} ({category})" for category, name, _ in rows),
        tuple(name for _, name, _ in rows),
        tuple(category for category, *_ in rows),
        np.round(np.array([place for *_, place in rows]), 2),
        np.arange(len(rows), dtype=np.int64),
        (origin,),
    )
