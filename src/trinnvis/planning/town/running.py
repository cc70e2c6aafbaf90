"""A whole town at once: every home, every kind of errand, every way of walking, and why not.

What has been computed is kept by what it depends on, so that moving one service costs one category.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from enum import IntEnum
from threading import Lock
from typing import TypeVar

import numpy as np

from trinnvis.planning.town import chunks
from trinnvis.planning.town.arrays import Bools, Bytes, Floats, Ints
from trinnvis.planning.town.places import Town
from trinnvis.planning.town.policy import Category, Profile, TownPolicy
from trinnvis.planning.town.searching import NO_SERVICE, Start, nearest, search
from trinnvis.planning.town.snapping import Snaps
from trinnvis.planning.town.snapping_plans import snap_town
from trinnvis.planning.town.walking import FLAT, Rule, Walk

MOST_KEPT = 400
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
        self._kept: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = Lock()

    def run(self, town: Town) -> Result:
        """Who reaches what. Many homes are answered in parts."""
        if len(town.homes.ids) > chunks.AT_ONCE:
            return chunks.joined(town, [self._run(part) for part in chunks.parts(town)])
        return self._run(town)

    def _run(self, town: Town) -> Result:
        rules = self.policy.snapping.rules()
        homes = self._keep(
            ("homes", _network(town), town.homes.place_print),
            lambda: snap_town(town, town.homes.xy, rules),
        )
        answers = tuple(self._answer(town, homes, category) for category in self.policy.categories)
        return Result(town, self.policy, answers, homes)

    def _answer(self, town: Town, homes: Snaps, category: Category) -> Answer:
        chosen = town.services.entrances_of(category.code)
        xy = town.services.entrances[chosen]
        places = hashlib.sha256(xy.tobytes()).hexdigest()
        key = ("answer", _network(town), town.homes.place_print, places)
        found = self._keep(key, lambda: self._ask(town, homes, chosen, places))
        service = np.full(found.service.shape, NO_SERVICE, dtype=np.int64)
        known = found.service != NO_SERVICE
        service[known] = town.services.owners[chosen][found.service[known]]
        return replace(found, service=service, entrances=chosen)

    def _ask(self, town: Town, homes: Snaps, chosen: Ints, places: str) -> Answer:
        """As `Answer`, with the number of the entrance among those chosen for the service. places: a
        fingerprint of where those are."""
        entrances = self._keep(
            ("entrances", _network(town), places),
            lambda: snap_town(town, town.services.entrances[chosen], self.policy.snapping.rules()),
        )

        def within(rule: Rule, limit: float) -> tuple[Floats, Ints]:
            walk = self._keep(("walk", _network(town), rule), lambda: Walk(town.network, rule))
            field = self._keep(
                ("field", _network(town), rule, limit, places), lambda: search(walk, entrances, limit)
            )
            start = self._keep(
                ("start", _network(town), rule, town.homes.place_print), lambda: Start.of(walk, homes)
            )
            return nearest(field, start)

        flat, _ = within(ON_FOOT, self.policy.farthest_m)
        straight = self._straight(town, chosen, flat)
        reach: dict[Rule, float] = {}
        for profile in self.policy.profiles:  # those who walk alike are searched for once
            reach[profile.rule()] = max(profile.limit_m.value, reach.get(profile.rule(), 0.0))
        found = {rule: within(rule, limit) for rule, limit in reach.items()}
        parts = [
            self._profile(within, homes, len(chosen), flat, straight, profile, *found[profile.rule()])
            for profile in self.policy.profiles
        ]
        metres, service, reason = (np.stack(rows) for rows in zip(*parts, strict=True))
        return Answer(metres, service, reason, flat, chosen, entrances)

    def _profile(
        self, within: Callable[[Rule, float], tuple[Floats, Ints]], homes: Snaps, entrances: int,
        flat: Floats, straight: Floats, profile: Profile, metres: Floats, service: Ints,
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
            without_steps, _ = within(profile.flat_rule(), limit)
            reason[would & (without_steps > limit)] = Reason.STEPS
        reason[~homes.connected] = Reason.NOT_CONNECTED
        if not entrances:
            reason[:] = Reason.NO_SERVICE
        reason[~beyond] = Reason.REACHED
        return metres, service, reason

    def _straight(self, town: Town, chosen: Ints, flat: Floats) -> Floats:
        """[H] metres as the crow flies to the nearest entrance, of homes some cannot walk there from."""
        from scipy.spatial import cKDTree

        limits = [profile.limit_m.value for profile in self.policy.profiles]
        metres = np.full(len(flat), np.inf)
        asked = np.flatnonzero(flat > min(limits))
        if len(chosen) and len(asked):
            tree = cKDTree(town.services.entrances[chosen], leafsize=64)
            metres[asked], _ = tree.query(town.homes.xy[asked], distance_upper_bound=max(limits))
        return metres

    def _keep(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """What is kept under a key, made if it is not; the longest unused gives way."""
        with self._lock:
            held = self._kept.get(key)
            if held is not None:
                self._kept.move_to_end(key)
                return held  # type: ignore[return-value]
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return made


def _network(town: Town) -> tuple[str, str]:
    """The network by its fingerprint, and the one it grew from: both decide where points are fastened."""
    return town.network.version, town.edits.base.version if town.edits else ""
