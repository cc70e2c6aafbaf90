"""Women and men where only their sum is published: shares known in 2020-21, aged along each cohort.

The odds of being a woman change along a cohort only by the two survivals: odds(x+1, t+1) = odds(x, t) · s_f /
s_m.
"""

from __future__ import annotations

import numpy as np

from trinnvis.planning.population.axes import AGES, FEMALE, MALE, Floats
from trinnvis.planning.population.mortality import survival_in
from trinnvis.planning.population.shipped import Figures

GIRLS = 0.4866
"""Share of girls among the newborn: 105.5 boys to 100 girls."""

PRIOR_PERSONS = 30.0
"""How many persons the national share weighs against a municipality's own, per year of age."""


def share_of_women(data: Figures, year: int, *, local: bool) -> Floats:
    """Share of women by age on 1 January of a year: [municipality, age] if `local`, else [1, age] of the
    nation.

    The year's nearest published split is aged forwards or backwards with the life tables of the years
    between.
    """
    nearest = int(np.clip(year, data.sex_years[0], data.sex_years[-1]))
    at = nearest - int(data.sex_years[0])
    women, both = data.women[at], data.both_sexes[at]
    nation = women.sum(axis=0) / both.sum(axis=0)
    shares = (women + PRIOR_PERSONS * nation) / (both + PRIOR_PERSONS) if local else nation[None, :]
    odds = shares / (1.0 - shares)
    newborn = GIRLS / (1.0 - GIRLS)
    while nearest < year:
        ratio = _ratio(data, nearest)
        odds = np.concatenate([np.full((len(odds), 1), newborn), (odds * ratio)[:, : AGES - 1]], axis=1)
        nearest += 1
    while nearest > year:
        nearest -= 1
        ratio = _ratio(data, nearest)
        odds = np.concatenate([odds[:, 1:] / ratio[: AGES - 1], odds[:, -1:]], axis=1)
    share: Floats = odds / (1.0 + odds)
    return share


def split(persons: Floats, share: Floats) -> Floats:
    """[…, age] with both sexes → [..., age, sex]."""
    divided: Floats = np.stack([persons * share, persons * (1.0 - share)], axis=-1)
    return divided


def _ratio(data: Figures, year: int) -> Floats:
    """Survival of women over that of men in a year: [age]."""
    survival = survival_in(data, year)
    ratio: Floats = survival[:, FEMALE] / survival[:, MALE]
    return ratio
