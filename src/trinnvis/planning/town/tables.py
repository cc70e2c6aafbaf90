"""A town added up: who reaches what by age, flat and with slope, what is lost to what, and by distance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

import numpy as np

from trinnvis.planning.town.arrays import Bools, Floats
from trinnvis.planning.town.places import NO_AREA, Homes
from trinnvis.planning.town.running import Reason, Result

EVERYWHERE = "Hele området"
ELSEWHERE = "Ellers"
"""Homes with no area named, where others have one."""
ALL_AGES = "alle"
LOST_TO = (
    Reason.SLOPE, Reason.STEPS, Reason.MISSING_LINK, Reason.NOT_CONNECTED, Reason.DISTANCE, Reason.NO_SERVICE
)  # fmt: skip
"""With those who reach, these are all."""


@dataclass(frozen=True)
class Count:
    """How many of how many: residents of one age group, and dwellings (None for an age group)."""

    residents: float
    of_residents: float
    dwellings: float | None = None
    of_dwellings: float | None = None

    @property
    def share(self) -> float | None:
        """Of the residents, 0 to 1; None when nobody lives there."""
        return self.residents / self.of_residents if self.of_residents else None


@dataclass(frozen=True)
class ReachRow:
    """One area, category, profile and age group. lost: residents by what stands in the way; lost_dwellings:
    dwellings, for all ages only."""

    area: str
    category: str
    profile: str
    ages: str
    reach: Count
    flat: Count
    lost: dict[Reason, float]
    lost_dwellings: dict[Reason, float] = field(default_factory=dict)


@dataclass(frozen=True)
class AllRow:
    """Residents with at least so many of the categories within reach."""

    area: str
    profile: str
    ages: str
    least: int
    reach: Count


@dataclass(frozen=True)
class BandRow:
    """Residents whose nearest service is within `metres` on foot, on the flat: 0-300, 0-500, …"""

    area: str
    category: str
    ages: str
    metres: float
    reach: Count


def area_names(*towns: Homes) -> list[str]:
    """The areas to tell of: everywhere, and the named ones when they are several, with the rest."""
    used = {homes.area_names[at] for homes in towns for at in np.unique(homes.areas)}
    named = [name for name in dict.fromkeys(chain(*(homes.area_names for homes in towns))) if name in used]
    if len(named) < 2:
        return [EVERYWHERE]
    return [EVERYWHERE, *(name for name in named if name), *([ELSEWHERE] if NO_AREA in named else [])]


def in_area(homes: Homes, name: str) -> Bools:
    """[H] whether a home is in an area of `area_names`."""
    if name == EVERYWHERE:
        return np.ones(len(homes.ids), dtype=bool)
    named = np.array([held == (NO_AREA if name == ELSEWHERE else name) for held in homes.area_names])
    return named[homes.areas] if len(named) else np.zeros(len(homes.ids), dtype=bool)


class _Counting:
    """Sums over chosen homes, area by area and age group by age group."""

    def __init__(self, result: Result) -> None:
        homes, policy = result.town.homes, result.policy
        self.residents = np.column_stack((homes.residents, homes.residents.sum(axis=1)))
        self.dwellings = homes.dwellings
        self.ages = (*(group.code for group in policy.age_groups), ALL_AGES)
        self.areas = [(name, in_area(homes, name)) for name in area_names(homes)]

    def sums(self, inside: Bools, chosen: Bools) -> tuple[Floats, float]:
        here = inside & chosen
        return here @ self.residents, float(here @ self.dwellings)

    def counts(self, inside: Bools, chosen: Bools) -> list[Count]:
        residents, dwellings = self.sums(inside, chosen)
        of_residents, of_dwellings = self.sums(inside, inside)
        return [
            Count(
                float(residents[at]),
                float(of_residents[at]),
                *((dwellings, of_dwellings) if ages == ALL_AGES else ()),
            )
            for at, ages in enumerate(self.ages)
        ]


def reach_rows(result: Result) -> Iterator[ReachRow]:
    """Category × profile × age group, on the flat and with slope side by side."""
    counting, policy = _Counting(result), result.policy
    for area, inside in counting.areas:
        for category, answer in zip(policy.categories, result.answers, strict=True):
            for at, profile in enumerate(policy.profiles):
                reason = answer.reason[at]
                reach = counting.counts(inside, reason == Reason.REACHED)
                flat = counting.counts(inside, answer.flat <= profile.limit_m.value)
                lost = {why: counting.sums(inside, reason == why) for why in LOST_TO}
                for number, ages in enumerate(counting.ages):
                    yield ReachRow(
                        area,
                        category.code,
                        profile.code,
                        ages,
                        reach[number],
                        flat[number],
                        {why: float(people[number]) for why, (people, _) in lost.items()},
                        {why: homes for why, (_, homes) in lost.items()} if ages == ALL_AGES else {},
                    )


def all_rows(result: Result) -> Iterator[AllRow]:
    """Residents with at least one, two, … and all categories within reach."""
    counting, policy = _Counting(result), result.policy
    reached = result.reached().sum(axis=0)
    for area, inside in counting.areas:
        for at, profile in enumerate(policy.profiles):
            for least in range(1, len(policy.categories) + 1):
                counts = counting.counts(inside, reached[at] >= least)
                for ages, count in zip(counting.ages, counts, strict=True):
                    yield AllRow(area, profile.code, ages, least, count)


def band_rows(result: Result) -> Iterator[BandRow]:
    """Cumulative distances, as planners in Hadeland know them."""
    counting, policy = _Counting(result), result.policy
    for area, inside in counting.areas:
        for category, answer in zip(policy.categories, result.answers, strict=True):
            for metres in policy.bands_m:
                counts = counting.counts(inside, answer.flat <= metres)
                for ages, count in zip(counting.ages, counts, strict=True):
                    yield BandRow(area, category.code, ages, metres, count)


@dataclass(frozen=True)
class QualityRow:
    """A point whose leg to the network a planner ought to look at, or that has none."""

    what: str
    id: str
    metres: float | None


def quality_rows(result: Result, *, homes: bool = True) -> list[QualityRow]:
    """Homes (unless left out) and entrances with long legs or none, the worst first."""
    limit = result.policy.snapping.show_over_m.value
    services, rows = result.town.services, []
    legs = [("bolig", name, leg) for name, leg in zip(
        result.town.homes.ids, result.home_snaps.legs[:, 0].tolist(), strict=True) if homes]  # fmt: skip
    for answer in result.answers:
        names = [services.ids[owner] for owner in services.owners[answer.entrances]]
        legs += [("tilbud", n, m) for n, m in zip(names, answer.snaps.legs[:, 0].tolist(), strict=True)]
    for what, name, metres in sorted(legs, key=lambda row: -row[2]):
        if metres > limit:
            rows.append(QualityRow(what, name, metres if np.isfinite(metres) else None))
    return rows
