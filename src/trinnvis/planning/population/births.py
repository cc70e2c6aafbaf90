"""Births (fødsler): newborn on 1 January per woman of childbearing age a year earlier.

A municipality's own level is drawn towards the nation's.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from trinnvis.planning.population.axes import AGES, Floats
from trinnvis.planning.population.sexes import share_of_women
from trinnvis.planning.population.shipped import Figures

WINDOW: Final = 5
PRIOR_CHILDREN: Final = 150.0
"""How many expected children the national level weighs against the municipality's own."""

MEAN_AGE: Final = 31.0
SPREAD: Final = 5.2
"""Mean age of mothers at birth, and its standard deviation, years (SSB tabell 07872: 31.6 in 2023)."""


def schedule() -> Floats:
    """Relative number of births by the mother's age, summing to one: [age]. Nobody under 15 or over 49."""
    ages = np.arange(AGES) + 0.5
    shape = np.where((ages > 15) & (ages < 50), np.exp(-0.5 * ((ages - MEAN_AGE) / SPREAD) ** 2), 0.0)
    result: Floats = shape / shape.sum()
    return result


def mothers(women: Floats) -> Floats:
    """Women weighted by the schedule: […, age] → […]."""
    total: Floats = women @ schedule()
    return total


def newborn_per_mother(data: Figures, base: int) -> Floats:
    """Aged 0 on 1 January per weighted woman a year earlier, mean of the last years: [municipality]."""
    children = np.zeros(len(data.codes))
    weighted = np.zeros(len(data.codes))
    for year in range(max(base - WINDOW, int(data.years[0])), base):
        before, after = data.persons[data.at(year)], data.persons[data.at(year + 1)]
        known = data.comparable(year)
        women = np.where(known[:, None], before, 0.0) * share_of_women(data, year, local=False)
        children += np.where(known, after[:, 0], 0.0)
        weighted += mothers(women)
    nation = children.sum() / weighted.sum()
    ratio: Floats = (children + PRIOR_CHILDREN) / (weighted + PRIOR_CHILDREN / nation)
    return ratio
