"""Where one more service would reach most people, one after the other; and where new homes reach most.

The order is computed and explained. Nobody has decided anything by it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from trinnvis.planning.town.arrays import Bools, Floats
from trinnvis.planning.town.network import Network, Way
from trinnvis.planning.town.places import Town
from trinnvis.planning.town.running import Reason, Result
from trinnvis.planning.town.searching import Start, nearest, search
from trinnvis.planning.town.snapping import Snaps
from trinnvis.planning.town.walking import Walk

EVERY_M = 60.0
MOST_TRIED = 150
"""Candidates walked from on the network: those with most people as the crow flies."""


@dataclass(frozen=True)
class Spot:
    """A candidate place. more: residents of the age group it adds to those who reach already and to those the
    spots before it add. within: all of them it reaches. near: the home nearest to it, to tell where it is."""

    at: tuple[float, float]
    near: str
    area: str
    more: float
    within: float


@dataclass(frozen=True)
class Site:
    """A place for new homes. metres: by category what the profile walks to the nearest, None out of reach."""

    at: tuple[float, float]
    near: str
    area: str
    metres: tuple[float | None, ...]

    @property
    def reached(self) -> int:
        return sum(one is not None for one in self.metres)


def best_spots(result: Result, *, category: int, profile: int, ages: int, count: int) -> list[Spot]:
    """Places for one more service of a category, greedily: each adds most when those before it are there.

    Residents counted are those of one age group who do not reach the category today.
    """
    from scipy.spatial import cKDTree

    town, rule = result.town, result.policy.profiles[profile]
    limit, people = rule.limit_m.value, town.homes.residents[:, ages]
    lacking = (result.answers[category].reason[profile] != Reason.REACHED) & (people > 0)
    places = _along(town.network)
    tree = cKDTree(town.homes.xy[lacking])
    weight = people[lacking]
    by_air = np.array(
        [weight[rows].sum() for rows in tree.query_ball_point(_xy(town.network, places), limit)]
    )
    order = np.argsort(-by_air, kind="stable")[:MOST_TRIED]
    tried = places.rows(order[by_air[order] > 0])
    reached = _reach(town, result.home_snaps, tried, Walk(town.network, rule.rule()), limit)
    spots: list[Spot] = []
    left = np.where(lacking, people, 0.0)
    for _ in range(min(count, len(reached))):
        gains = reached @ left
        best = int(np.argmax(gains))
        if gains[best] <= 0:
            break
        xy = _xy(town.network, tried.rows(slice(best, best + 1)))[0]
        near, area = _nearest_home(town, xy)
        spots.append(Spot(xy_pair(xy), near, area, float(gains[best]), float(reached[best] @ people)))
        left[reached[best]] = 0.0
    return spots


def best_sites(result: Result, *, categories: tuple[int, ...], profile: int, count: int) -> list[Site]:
    """Places for new homes that reach most of the categories, and of those the nearest to all of them. No two
    within half the profile's reach of each other."""
    town, rule = result.town, result.policy.profiles[profile]
    limit, walk = rule.limit_m.value, Walk(town.network, rule.rule())
    places = _along(town.network)
    start = Start.of(walk, places)
    metres = np.full((len(categories), len(places.edges)), np.inf)
    for row, category in enumerate(categories):
        metres[row], _ = nearest(search(walk, result.answers[category].snaps, limit), start)
    metres[metres > limit] = np.inf
    within = np.isfinite(metres)
    total = np.where(within, metres, limit).sum(axis=0)
    order = np.lexsort((total, -within.sum(axis=0)))
    xy = _xy(town.network, places)
    sites: list[Site] = []
    for at in order:
        if len(sites) == count or not within[:, at].any():
            break
        if any(np.hypot(*(xy[at] - one.at)) < limit / 2 for one in sites):
            continue
        near, area = _nearest_home(town, xy[at])
        walked = tuple(float(m) if np.isfinite(m) else None for m in metres[:, at])
        sites.append(Site(xy_pair(xy[at]), near, area, walked))
    return sites


def served(result: Result, *, category: int, profile: int, people: Floats) -> list[tuple[int, float]]:
    """Each service of a category by number, with the people [H] who reach that very one, the most first."""
    town, rule = result.town, result.policy.profiles[profile]
    answer = result.answers[category]
    walk, limit = Walk(town.network, rule.rule()), rule.limit_m.value
    reached = _reach(town, result.home_snaps, answer.snaps, walk, limit)
    owners = town.services.owners[answer.entrances]
    rows = [(int(one), float(reached[owners == one].any(axis=0) @ people)) for one in np.unique(owners)]
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def xy_pair(xy: Floats) -> tuple[float, float]:
    return round(float(xy[0]), 1), round(float(xy[1]), 1)


def _along(network: Network) -> Snaps:
    """Places on ways in the open, one every `EVERY_M` metres or one on each shorter way."""
    open_air = np.flatnonzero((network.flags & (Way.STEPS | Way.TUNNEL)) == 0)
    count = np.maximum(1, np.rint(network.lengths[open_air] / EVERY_M)).astype(np.int64)
    edge = np.repeat(open_air, count)
    number = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    at = (number + 0.5) * network.lengths[edge] / np.repeat(count, count)
    return Snaps(edge[:, None], at[:, None], np.zeros((len(edge), 1)))


def _xy(network: Network, places: Snaps) -> Floats:
    on = shapely.line_interpolate_point(network.lines[places.edges[:, 0]], places.at[:, 0])
    return np.asarray(shapely.get_coordinates(on))


def _reach(town: Town, homes: Snaps, entrances: Snaps, walk: Walk, limit: float) -> Bools:
    """[n, H] which homes reach each of n entrances on their own."""
    start = Start.of(walk, homes)
    rows = [
        nearest(search(walk, entrances.rows(slice(at, at + 1)), limit), start)[0] <= limit
        for at in range(len(entrances.edges))
    ]
    return np.array(rows, dtype=bool).reshape(-1, len(town.homes.ids))


def _nearest_home(town: Town, xy: Floats) -> tuple[str, str]:
    at = int(np.argmin(np.hypot(*(town.homes.xy - xy).T)))
    return town.homes.ids[at], town.homes.area_names[town.homes.areas[at]]
