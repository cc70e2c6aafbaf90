"""Trinnvis' own projection: cohorts by age and sex, three variants, every municipality at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from trinnvis.planning.population import births, migration, mortality
from trinnvis.planning.population.axes import AGES, VARIANTS, Floats, Ints, Variant
from trinnvis.planning.population.cohorts import a_year_on
from trinnvis.planning.population.mortality import Mortality
from trinnvis.planning.population.sexes import share_of_women, split
from trinnvis.planning.population.shipped import Figures, figures

LAST_YEAR: Final = 2060
"""No projection goes further: the trends are not meant for it."""


@dataclass(frozen=True)
class Alternative:
    """How a variant departs from the main one.

    mortality_speed multiplies the yearly fall in mortality, births the newborn per woman. migration is added
    to the net migration rate of those aged under 50, in full at 20-35 and by thirds elsewhere.
    """

    mortality_speed: float
    births: float
    migration: float


ALTERNATIVES: Final = {
    Variant.MAIN: Alternative(1.0, 1.0, 0.0),
    Variant.LOW: Alternative(0.35, 0.82, -0.005),
    Variant.HIGH: Alternative(1.65, 1.18, 0.005),
}


@dataclass(frozen=True)
class Rates:
    """What moves a population, estimated from what was known on 1 January of `base`.

    migration: [municipality, age]. newborn_per_mother: [municipality].
    """

    base: int
    mortality: Mortality
    migration: Floats
    newborn_per_mother: Floats


def estimate(data: Figures, base: int) -> Rates:
    """All rates from figures up to 1 January of `base`; nothing later is looked at."""
    return Rates(
        base,
        mortality.estimate(data, base),
        migration.rates(data, base),
        births.newborn_per_mother(data, base),
    )


def project(
    start: Floats, rates: Rates, years: int, variant: Variant = Variant.MAIN, begun: int = 0
) -> Floats:
    """The population each 1 January from the start on: [year 0..years, municipality, age, sex].

    start: [municipality, age, sex], fractional persons allowed. begun: how many years after the base of the
    rates the start is (newer figures, rates of an earlier year).
    """
    how = ALTERNATIVES[variant]
    moving = rates.migration + how.migration * _who_migrates()
    newborn = rates.newborn_per_mother * how.births
    persons = np.empty((years + 1, *start.shape))
    persons[0] = start
    for step in range(years):
        survival = rates.mortality.survival(mortality.years_ahead(begun + step), how.mortality_speed)
        persons[step + 1] = a_year_on(persons[step], survival, moving, newborn)
    return persons


@lru_cache(maxsize=4)
def shipped_rates(base: int) -> Rates:
    """Rates from the figures that come with the package."""
    return estimate(figures(), base)


def start_population(data: Figures, base: int, *, local_sexes: bool = True) -> Floats:
    """Observed population on 1 January by sex: [municipality, age, sex]."""
    return split(data.persons[data.at(base)], share_of_women(data, base, local=local_sexes))


def project_all(to: int) -> tuple[Ints, Floats]:
    """All 357 from the last observed year: years, and [variant, year, municipality, age, sex]."""
    data = figures()
    base = data.last_year
    rates, start = shipped_rates(base), start_population(data, base)
    return np.arange(base, to + 1), np.array([project(start, rates, to - base, v) for v in VARIANTS])


def _who_migrates() -> Floats:
    ages = np.arange(AGES)
    return np.where((ages >= 20) & (ages <= 35), 1.0, np.where(ages < 50, 1.0 / 3.0, 0.0))
