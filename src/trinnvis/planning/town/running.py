"""A whole town at once: every home, every kind of errand, every way of walking, and why not.

What has been computed is kept by what it depends on, so that moving one service costs one category.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TypeVar

import numpy as np
from scipy.spatial import cKDTree

from trinnvis.planning.town.arrays import Bools, Bytes, Floats, Ints
from trinnvis.planning.town.places import Town
from trinnvis.planning.town.policy import Category, Profile, TownPolicy
from trinnvis.planning.town.searching import NO_SERVICE, Start, nearest, search
from trinnvis.planning.town.snapping import Snaps
from trinnvis.planning.town.snapping_plans import snap_town
from trinnvis.planning.town.walking import FLAT, Rule, Walk

MOST_KEPT = 2000
ON_FOOT = Rule(FLAT, steps=True)

Kept = TypeVar("Kept")


class Reason(IntEnum):
    """Whether a home reaches a service, and if not, what stands in the way."""

    REACHED = 0
    DISTANCE = 1
    SLOPE = 2
    STEPS = 3
    MISSING_LINK = 4
    NOT_CONNECTED = 5
    NO_SERVICE = 6


@dataclass(frozen=True, eq=False)
class Answer:
    """One category: metres [P, H] as each profile counts them, infinite past its limit; the service [P, H];
    the `Reason` [P, H]; metres on the flat [H] with steps allowed, infinite past the longest distance asked.
    The entrances it has, by number in `Services`, and where they meet the network.
    """

    metres: Floats
    service: Ints
    reason: Bytes
    flat: Floats
    entrances: Ints
    snaps: Snaps


@dataclass(frozen=True, eq=False)
class Result:
    """A town answered, category by category in the policy's order."""

    town: Town
    policy: TownPolicy
    answers: tuple[Answer, ...]
    home_snaps: Snaps

    def reached(self) -> Bools:
        """[C, P, H]."""
        return np.stack([answer.reason == Reason.REACHED for answer in self.answers])


class Runner:
    """Answers towns under one policy, and remembers."""

    def __init__(self, policy: TownPolicy) -> None:
        self.policy = policy
        self._kept: dict[Hashable, object] = {}

    def run(self, town: Town) -> Result:
        """Who reaches what."""
        rules = self.policy.snapping.rules()
        homes = self._keep(
            ("homes", town.network.version, town.homes.place_print),
            lambda: snap_town(town, town.homes.xy, rules),
        )
        answers = tuple(self._answer(town, homes, category) for category in self.policy.categories)
        return Result(town, self.policy, answers, homes)

    def _answer(self, town: Town, homes: Snaps, category: Category) -> Answer:
        chosen = town.services.entrances_of(category.code)
        xy = town.services.entrances[chosen]
        key = ("answer", town.network.version, town.homes.place_print, xy.tobytes())
        found = self._keep(key, lambda: self._ask(town, homes, chosen))
        service = np.full(found.service.shape, NO_SERVICE, dtype=np.int64)
        known = found.service != NO_SERVICE
        service[known] = town.services.owners[chosen][found.service[known]]
        return replace(found, service=service, entrances=chosen)

    def _ask(self, town: Town, homes: Snaps, chosen: Ints) -> Answer:
        """As `Answer`, with the number of the entrance among those chosen for the service."""
        entrances = snap_town(town, town.services.entrances[chosen], self.policy.snapping.rules())
        flat, _ = self._nearest(town, ON_FOOT, homes, entrances, self.policy.farthest_m)
        straight = self._straight(town, chosen)
        reach: dict[Rule, float] = {}
        for profile in self.policy.profiles:  # those who walk alike are searched for once
            reach[profile.rule()] = max(profile.limit_m.value, reach.get(profile.rule(), 0.0))
        found = {rule: self._nearest(town, rule, homes, entrances, limit) for rule, limit in reach.items()}
        parts = [
            self._profile(town, homes, entrances, flat, straight, profile, *found[profile.rule()])
            for profile in self.policy.profiles
        ]
        metres, service, reason = (np.stack(rows) for rows in zip(*parts, strict=True))
        return Answer(metres, service, reason, flat, chosen, entrances)

    def _profile(
        self, town: Town, homes: Snaps, entrances: Snaps, flat: Floats, straight: Floats, profile: Profile,
        metres: Floats, service: Ints,
    ) -> tuple[Floats, Ints, Bytes]:  # fmt: skip
        limit = profile.limit_m.value
        beyond = metres > limit
        metres, service = np.where(beyond, np.inf, metres), np.where(beyond, NO_SERVICE, service)
        reason = np.full(len(metres), Reason.DISTANCE, dtype=np.uint8)
        near_by_air = straight * self.policy.network.detour.value <= limit
        reason[near_by_air] = Reason.MISSING_LINK
        would = flat <= limit
        reason[would] = Reason.SLOPE
        if not profile.steps and (would & beyond).any():
            without_steps, _ = self._nearest(town, profile.flat_rule(), homes, entrances, limit)
            reason[would & (without_steps > limit)] = Reason.STEPS
        reason[~homes.connected] = Reason.NOT_CONNECTED
        if not len(entrances.edges):
            reason[:] = Reason.NO_SERVICE
        reason[~beyond] = Reason.REACHED
        return metres, service, reason

    def _nearest(
        self, town: Town, rule: Rule, homes: Snaps, entrances: Snaps, limit: float
    ) -> tuple[Floats, Ints]:
        version = town.network.version
        walk = self._keep(("walk", version, rule), lambda: Walk(town.network, rule))
        start = self._keep(("start", version, rule, town.homes.place_print), lambda: Start.of(walk, homes))
        return nearest(search(walk, entrances, limit), start)

    def _straight(self, town: Town, chosen: Ints) -> Floats:
        """[H] metres as the crow flies to the nearest entrance."""
        if not len(chosen):
            return np.full(len(town.homes.xy), np.inf)
        reach = max(profile.limit_m.value for profile in self.policy.profiles)
        metres, _ = cKDTree(town.services.entrances[chosen]).query(town.homes.xy, distance_upper_bound=reach)
        return np.asarray(metres)

    def _keep(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        if key not in self._kept:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[key] = make()
        return self._kept[key]  # type: ignore[return-value]
