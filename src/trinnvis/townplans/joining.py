"""A town joined to the two ladders: dwellings by housing step and walking class, and low steps' offers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from trinnvis.planning.town.arrays import Floats
from trinnvis.planning.town.ranking import Site, Spot, best_sites, best_spots, served
from trinnvis.planning.town.running import Reason
from trinnvis.townplans.viewing import Part, Seen

SPOTS, SITES = 4, 5


@dataclass(frozen=True)
class StepRow:
    """A step of the housing ladder: dwellings by walking class, those out of reach last."""

    step: int
    dwellings: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.dwellings)


@dataclass(frozen=True)
class Joined:
    """rows: by step. found: dwellings of the register whose address is a home of the town."""

    rows: tuple[StepRow, ...]
    found: int
    of: int


@dataclass(frozen=True)
class Offer:
    """An offer on a low step. within: people it is for who reach this very one."""

    name: str
    category: str
    within: float


@dataclass(frozen=True)
class LowSteps:
    """Offers one by one, and for each of their kinds how many of those they are for reach at least one."""

    offers: tuple[Offer, ...]
    reach: tuple[tuple[str, Part], ...]
    people: float


def by_step(seen: Seen, register: Mapping[str, Mapping[int, int]]) -> Joined:
    """`register`: as `people.queries.housing_steps`. Homes and dwellings meet by their address."""
    classes = seen.found.homes(seen.look.category)
    count = len(seen.found.policy.profiles) + 1
    held: dict[int, list[int]] = {}
    matched = 0
    for at, name in enumerate(seen.found.town.homes.ids):
        for step, dwellings in register.get(name, {}).items():
            held.setdefault(step, [0] * count)[int(classes[at])] += dwellings
            matched += dwellings
    rows = tuple(StepRow(step, tuple(held[step])) for step in sorted(held))
    return Joined(rows, matched, sum(sum(one.values()) for one in register.values()))


def spots(seen: Seen) -> list[Spot]:
    """Where one more of the chosen errand reaches most of the age group, one step after the other."""
    look = seen.look
    return best_spots(
        seen.found.after, category=look.category, profile=look.profile, ages=look.ages, count=SPOTS
    )


def sites(seen: Seen) -> list[Site]:
    """Where new homes have most of the daily errands near."""
    return best_sites(seen.found.after, categories=seen.daily, profile=seen.look.profile, count=SITES)


def low_steps(seen: Seen) -> LowSteps:
    """Whether those the low steps' offers are for, get there on foot."""
    policy, held = seen.found.policy, seen.found.after
    codes = [group.code for group in policy.age_groups]
    people: Floats = held.town.homes.residents[:, [codes.index(one) for one in policy.low_steps.ages]].sum(
        axis=1
    )
    offers: list[Offer] = []
    reach = []
    for number in seen.numbers(policy.low_steps.categories):
        category = policy.categories[number]
        names = held.town.services
        offers += [
            Offer(names.names[one] or names.ids[one], category.title, within)
            for one, within in served(held, category=number, profile=seen.look.profile, people=people)
        ]
        reached = held.answers[number].reason[seen.look.profile] == Reason.REACHED
        reach.append((category.title, Part(float(people @ reached), float(np.sum(people)))))
    return LowSteps(tuple(offers), tuple(reach), float(np.sum(people)))
