"""Net migration by age (nettoflytting): what is left when survivors are taken from those who are there.

For each year, age and municipality the residual is persons(x+1, t+1) − persons(x, t) · survival(x, t). It
holds migration and, at high ages, how local mortality differs from the nation's. The yearly rate by age is

    nation's rate + the size class's deviation + own deviation at 60+ + own deviation in the age group

Shrinking is empirical Bayes: own weight = exposure / (exposure + k), k = variance of one person-year /
variance between municipalities, both estimated from the same years. A small municipality leans on its peers,
Oslo on itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trinnvis.planning.population.axes import AGES, Floats, Ints
from trinnvis.planning.population.mortality import survival_in
from trinnvis.planning.population.sexes import share_of_women, split
from trinnvis.planning.population.shipped import Figures
from trinnvis.planning.population.sizes import SIZES, size_class

WINDOW: Final = 10
"""Years looked back on."""

GROUPS: Final = (
    *((0, 4), (5, 15), (16, 18), (19, 21), (22, 25), (26, 30), (31, 39), (40, 49), (50, 59)),
    *((60, 66), (67, 74), (75, 79), (80, 84), (85, 89), (90, AGES - 1)),
)
OLD: Final = (60, AGES - 1)
LEAST_YEARS: Final = 4
"""With fewer years the variance within a municipality is from theory: deaths, and MOVES a person-year."""
MOVES: Final = 0.02
LARGE: Final = 60_000
"""Larger municipalities say nothing about how much small ones vary."""
FIRST_LIFE_YEAR: Final = 2000


@dataclass(frozen=True)
class Residuals:
    """[year, municipality, age], at the start of each year. Without figures the exposure is zero."""

    left: Floats
    exposure: Floats
    deaths_variance: Floats


def rates(data: Figures, base: int) -> Floats:
    """Yearly net migration rate of those aged x, as share of all aged x: [municipality, age]."""
    found = residuals(data, range(max(base - WINDOW, int(data.years[0])), base))
    common = found.left.sum(axis=(0, 1)) / np.maximum(found.exposure.sum(axis=(0, 1)), 1.0)
    deviating = Residuals(found.left - common * found.exposure, found.exposure, found.deaths_variance)
    inhabitants = np.nansum(data.persons[data.at(base)], axis=-1)
    sizes, small = size_class(inhabitants), inhabitants < LARGE
    own = np.zeros_like(found.left[0])
    old = _in_group(deviating, OLD)
    peers = _peers(old, sizes)
    own_when_old = _shrunk(old, peers, small) - peers
    for first, last in GROUPS:
        group = _in_group(deviating, (first, last))
        centre = _peers(group, sizes) + (own_when_old if first >= OLD[0] else 0.0)
        own[:, first : last + 1] = _shrunk(group, centre, small)[:, None]
    rate: Floats = _nation(data, base) + own
    return rate


def residuals(data: Figures, years: range) -> Residuals:
    """What national mortality does not explain, per year, municipality and age."""
    parts = []
    for year in years:
        before, after = data.persons[data.at(year)], data.persons[data.at(year + 1)]
        known = data.comparable(year)[:, None]
        before, after = np.where(known, before, 0.0), np.where(known, after, 0.0)
        left, variance = _left(
            before, after, share_of_women(data, year, local=False), survival_in(data, year)
        )
        parts.append((left, before, variance))
    left, exposure, variance = (np.array(part) for part in zip(*parts, strict=True))
    return Residuals(left, exposure, variance)


def _left(before: Floats, after: Floats, women: Floats, survival: Floats) -> tuple[Floats, Floats]:
    """Residual by age a year earlier (105 is counted with 104), and the binomial variance of deaths."""
    by_sex = split(before, women)
    survivors = (by_sex * survival).sum(axis=-1)
    left = np.zeros_like(before)
    left[:, : AGES - 1] = after[:, 1:] - survivors[:, : AGES - 1]
    left[:, AGES - 2] -= survivors[:, AGES - 1]
    return left, (by_sex * survival * (1.0 - survival)).sum(axis=-1)


def _nation(data: Figures, base: int) -> Floats:
    """The nation's rate in a middling year of the window, so that no single year of flight decides: [age].

    Its figures reach further back than the municipalities'.
    """
    yearly = []
    for year in range(max(base - WINDOW, FIRST_LIFE_YEAR), base):
        at = year - int(data.nation_years[0])
        women = share_of_women(data, year, local=False)
        left, _ = _left(data.nation[at][None], data.nation[at + 1][None], women, survival_in(data, year))
        yearly.append(left[0] / data.nation[at])
    rate: Floats = np.median(yearly, axis=0)
    return rate


def _in_group(found: Residuals, ages: tuple[int, int]) -> Residuals:
    """Summed over an age group: [year, municipality]."""
    cut = slice(ages[0], ages[1] + 1)
    return Residuals(
        found.left[..., cut].sum(axis=-1),
        found.exposure[..., cut].sum(axis=-1),
        found.deaths_variance[..., cut].sum(axis=-1),
    )


def _peers(group: Residuals, sizes: Ints) -> Floats:
    """The rate of all municipalities of the same size together: [municipality]."""
    left, exposure = group.left.sum(axis=0), group.exposure.sum(axis=0)
    n = len(SIZES)
    together: Floats = np.bincount(sizes, left, n) / np.maximum(np.bincount(sizes, exposure, n), 1.0)
    return together[sizes]


def _shrunk(group: Residuals, centre: Floats, small: NDArray[np.bool_]) -> Floats:
    """Own rate drawn towards `centre`: [municipality]."""
    exposure = group.exposure.sum(axis=0)
    own = _share(group.left.sum(axis=0), exposure)
    seen = small & (exposure > 0)
    years = len(group.left)
    if years >= LEAST_YEARS:
        yearly = _share(group.left, group.exposure)
        within = (group.exposure * (yearly - own) ** 2).sum(axis=0) / (years - 1)
        noise = float(np.median(within[seen])) * 1.1  # the median of a chi-square is below its mean
    else:
        noise = float(np.median(_share(group.deaths_variance.sum(axis=0), exposure)[seen])) + MOVES
    weight = np.minimum(exposure, 2.0 * np.median(exposure))[seen]
    excess = ((own - centre) ** 2)[seen] - noise / exposure[seen]
    between = max(float((weight * excess).sum() / weight.sum()), 0.0)
    trust = exposure * between / (exposure * between + noise)
    result: Floats = centre + trust * np.where(exposure > 0, own - centre, 0.0)
    return result


def _share(part: Floats, whole: Floats) -> Floats:
    """part / whole, zero where there is nobody."""
    share: Floats = np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
    return share
