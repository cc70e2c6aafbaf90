"""Who receives what, drawn so that the counts by age are the published ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from trinnvis.demo.figures import CareGroup, Figures
from trinnvis.demo.population import Population

HOME_CARE, STAFFED_HOUSING, LONG_TERM = "home_care", "housing_24h", "long_term"
STAFFED_STEP, INSTITUTION_STEP = 5, 6  # of Lunner's housing ladder
WEEKS_A_YEAR = 52
QUARTERS = 4
LARGEST_DRAW = 6.0  # keeps everybody's hours within a week's
# Besides home care, the share of its receivers aged 67 and older (examples)
BESIDES = (("safety_alarm", 0.45), ("day_activity", 0.12), ("meals", 0.2), ("medicine_dispenser", 0.15))
OLD = 67
ALONE_WEIGHT = 2.0


@dataclass(frozen=True)
class Receiver:
    """Someone who receives services. `person` is the place in the register, `group` the main service group of
    the figures; residents of staffed housing are among the home care receivers, as in the statistics.
    Hours are of home care a week, in quarters; zero for other groups."""

    person: int
    group: str
    besides: tuple[str, ...] = ()
    hours_per_week: Decimal = Decimal(0)
    in_staffed_housing: bool = False


def choose_receivers(population: Population, figures: Figures, rng: Random) -> tuple[Receiver, ...]:
    """The receivers in the order of the register; each person at most once."""
    everybody = range(len(population.ages))
    steps = [population.dwelling_of(person).housing_step for person in everybody]
    staffed = {person for person in everybody if steps[person] == STAFFED_STEP}
    chosen = {person: LONG_TERM for person in everybody if steps[person] == INSTITUTION_STEP}
    chosen |= dict.fromkeys(staffed, HOME_CARE)
    chosen |= population.receives
    lives_alone = _alone(population)
    for row in figures.care:
        if row.group in (LONG_TERM, STAFFED_HOUSING):
            continue
        have = sum(group == row.group and _within(population.ages[p], row) for p, group in chosen.items())
        free = [
            person
            for person in everybody
            if person not in chosen
            and person not in population.in_cast
            and _within(population.ages[person], row)
        ]
        for person in _weighted(free, row, population, lives_alone, rng)[: row.persons - have]:
            chosen[person] = row.group
    at_home = sorted(person for person, group in chosen.items() if group == HOME_CARE)
    hours = _hours(at_home, staffed, figures.home_care_hours_per_year, rng)
    return tuple(
        Receiver(
            person=person,
            group=group,
            besides=_besides(population.ages[person], group, person in staffed, rng),
            hours_per_week=hours.get(person, Decimal(0)),
            in_staffed_housing=person in staffed,
        )
        for person, group in sorted(chosen.items())
    )


def _within(age: int, row: CareGroup) -> bool:
    return row.age_from <= age <= row.age_to


def _alone(population: Population) -> set[int]:
    sizes = Counter(person.household for person in population.register.people)
    return {i for i, person in enumerate(population.register.people) if sizes[person.household] == 1}


def _weighted(
    free: Iterable[int], row: CareGroup, population: Population, alone: set[int], rng: Random
) -> list[int]:
    """In random order, leaning towards the oldest and those who live alone."""

    def key(person: int) -> float:
        weight = 1 + (population.ages[person] - row.age_from) * (row.age_from >= OLD)
        return float(rng.random() ** (1 / (weight * (ALONE_WEIGHT if person in alone else 1))))

    return sorted(free, key=key, reverse=True)


def _hours(people: list[int], staffed: set[int], hours_a_year: int, rng: Random) -> dict[int, Decimal]:
    """Skewed hours a week, most getting little, that add up to the year's published hours."""
    draws = [
        min(rng.lognormvariate(0, 1), LARGEST_DRAW) * (4 if person in staffed else 1) for person in people
    ]
    quarters = round(hours_a_year / WEEKS_A_YEAR * QUARTERS)
    spare = quarters - len(people)  # everybody gets a quarter of an hour at least
    exact = [draw / sum(draws) * spare for draw in draws]
    given = [1 + int(value) for value in exact]
    for place in sorted(range(len(people)), key=lambda i: exact[i] % 1, reverse=True)[
        : quarters - sum(given)
    ]:
        given[place] += 1
    return {person: Decimal(n) / QUARTERS for person, n in zip(people, given, strict=True)}


def _besides(age: int, group: str, staffed: bool, rng: Random) -> tuple[str, ...]:
    if group != HOME_CARE or staffed or age < OLD:
        return ()
    return tuple(service for service, share in BESIDES if rng.random() < share)
