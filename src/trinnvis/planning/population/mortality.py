"""Mortality (dødelighet): the national life table, and how fast death probabilities fall at each age.

The level is the life tables of the last three years. The fall by age comes from Norway's own cohorts since
1986 (how many aged x on 1 January are there a year later at x+1; migration is next to nothing at these ages),
because the life tables begin in 2000 and their trend is noisy. Women and men differ by what their life tables
show.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from trinnvis.planning.population.axes import AGES, Floats
from trinnvis.planning.population.shipped import Figures

LEVEL_YEARS = 3
TREND_YEARS = 25
TREND_AGES = np.arange(67, 98)
EVEN_BELOW = 70
FASTEST_FALL = 0.03
SEX_PRIOR_YEARS = 15.0
SEX_AGES = slice(60, 91)
SMOOTH_FROM = 98
SMOOTH_FIT = np.arange(85, SMOOTH_FROM)
LEAST = 1e-7


@dataclass(frozen=True)
class Mortality:
    """Level and trend as known when a projection starts.

    qx: [sex, age 0-106], probability of dying before the next birthday, mean of the last years.
    fall: [sex, age 0-106], yearly fall in log qx.
    """

    qx: Floats
    fall: Floats

    def survival(self, years_ahead: float, speed: float = 1.0) -> Floats:
        """Share of those aged x on 1 January who are alive a year later: [age, sex].

        `years_ahead`: counted from the middle of the level years. `speed`: multiplies the trend.
        """
        return survival_of(self.qx * np.exp(-self.fall * speed * years_ahead))


def survival_of(qx: Floats) -> Floats:
    """From death probabilities [sex, age 0-106] to survival of 1-January ages: [age, sex].

    Those aged x have on average lived half a year past their birthday: half their year is at x, half at x+1.
    """
    survival = 1.0 - (qx[:, :AGES] + qx[:, 1 : AGES + 1]) / 2.0
    survival[:, AGES - 1] = 1.0 - qx[:, AGES - 1]
    return np.clip(survival, 0.0, 1.0).T


def survival_in(data: Figures, year: int) -> Floats:
    """Survival through a past year by its own life table (the nearest one for years without): [age, sex]."""
    at = int(np.clip(year - data.life_years[0], 0, len(data.life_years) - 1))
    return survival_of(smoothed(data.qx[at]))


def estimate(data: Figures, base: int) -> Mortality:
    """Level and trend from what was known on 1 January of `base`."""
    tables = smoothed(data.qx[data.life_years < base])
    level = np.exp(np.log(np.maximum(tables[-LEVEL_YEARS:], LEAST)).mean(axis=0))
    ages = np.arange(AGES + 1)
    fade = np.clip((100 - ages) / 20.0, 0.0, 1.0)
    fall = _fall_by_age(data, base) + _difference_between_sexes(tables)[:, None] * fade
    return Mortality(level, np.maximum(fall, 0.0))


def years_ahead(step: int) -> float:
    """From the middle of the level years to the middle of year `step` (0 is the first) of a projection."""
    return step + (LEVEL_YEARS + 1) / 2.0


def smoothed(qx: Floats) -> Floats:
    """Straight in logit above 98, where a table counts a handful of people. qx: […, age 0-106]."""
    logit = np.log(qx[..., SMOOTH_FIT] / (1.0 - qx[..., SMOOTH_FIT]))
    x = SMOOTH_FIT - SMOOTH_FIT.mean()
    slope = (logit * x).sum(axis=-1, keepdims=True) / (x**2).sum()
    old = np.arange(SMOOTH_FROM, qx.shape[-1])
    line = logit.mean(axis=-1, keepdims=True) + slope * (old - SMOOTH_FIT.mean())
    done = qx.copy()
    done[..., old] = 1.0 / (1.0 + np.exp(-line))
    return done


def _fall_by_age(data: Figures, base: int) -> Floats:
    """Yearly fall in log mortality, a line in age: [age 0-106]."""
    first = max(int(data.nation_years[0]), base - TREND_YEARS)
    years = np.arange(first, base)
    at = years - int(data.nation_years[0])
    before = data.nation[np.ix_(at, TREND_AGES)]
    dying = 1.0 - data.nation[np.ix_(at + 1, TREND_AGES + 1)] / before
    slopes = -_slope(years, np.log(np.maximum(dying, 1e-3)))
    deaths = (before * dying).mean(axis=0)
    line = np.polyfit(TREND_AGES, slopes, 1, w=np.sqrt(np.maximum(deaths, 1.0)))
    return np.clip(np.polyval(line, np.maximum(np.arange(AGES + 1), EVEN_BELOW)), 0.0, FASTEST_FALL)


def _difference_between_sexes(tables: Floats) -> Floats:
    """How much faster than the mean each sex has improved, shrunk towards no difference: [sex]."""
    years = np.arange(len(tables))
    falls = -_slope(years, np.log(np.maximum(tables[:, :, SEX_AGES], LEAST)).mean(axis=-1))
    shrunk: Floats = (falls - falls.mean()) * len(years) / (len(years) + SEX_PRIOR_YEARS)
    return shrunk


def _slope(x: np.ndarray, y: Floats) -> Floats:
    """Least squares slope of each column of y: [time, …] → […]."""
    centred = (x - x.mean()).reshape(-1, *[1] * (y.ndim - 1))
    slope: Floats = (y * centred).sum(axis=0) / (centred**2).sum()
    return slope
