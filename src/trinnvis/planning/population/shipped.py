"""The figures that come with the package: population by age, sex in two years, life tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trinnvis.planning.population.axes import Floats, Ints

DATA = "trinnvis.planning.data"
PER_MILLION = 1e-6


LARGEST_STEP: Final = 0.5
"""Well above what moving has done in a year: the largest in the figures is 27 % (Etnedal, 2025)."""


@dataclass(frozen=True)
class Figures:
    """Observed population on 1 January. `nan` where a figure does not exist (two municipalities in 2005).

    persons: [year, municipality, age], both sexes; nation: [nation_year, age]; women, both_sexes:
    [sex_year, municipality, age]; qx: [life_year, sex, age 0-106], probability of dying before the next
    birthday.
    """

    codes: tuple[str, ...]
    years: Ints
    persons: Floats
    nation_years: Ints
    nation: Floats
    sex_years: Ints
    women: Floats
    both_sexes: Floats
    life_years: Ints
    qx: Floats

    @property
    def last_year(self) -> int:
        return int(self.years[-1])

    def at(self, year: int) -> int:
        """Where a year stands on the axis of `persons`."""
        return int(year - self.years[0])

    def comparable(self, year: int) -> NDArray[np.bool_]:
        """Where this year and the next are of the same area: [municipality].

        Both are known, and the total changes less than moving can explain: a larger step is a border, as
        when Ålesund was divided in 2024 and the years before are shares of the whole.
        """
        before, after = self.persons[self.at(year)], self.persons[self.at(year + 1)]
        step = after.sum(axis=1) / before.sum(axis=1) - 1.0
        same: NDArray[np.bool_] = np.abs(step) < LARGEST_STEP  # false where a figure is missing
        return same


@lru_cache(maxsize=1)
def figures() -> Figures:
    """The shipped figures; read once. Sources: `sources.yaml` beside them."""
    with files(DATA).joinpath("population.npz").open("rb") as file, np.load(file, allow_pickle=False) as held:
        population = dict(held)
    with (
        files(DATA).joinpath("life_tables.npz").open("rb") as file,
        np.load(file, allow_pickle=False) as held,
    ):
        tables = dict(held)
    persons = population["persons"].astype(np.float64)
    persons[persons < 0] = np.nan
    return Figures(
        codes=tuple(map(str, population["codes"])),
        years=population["years"].astype(np.int64),
        persons=persons,
        nation_years=population["nation_years"].astype(np.int64),
        nation=population["nation"].astype(np.float64),
        sex_years=population["sex_years"].astype(np.int64),
        women=population["women"].astype(np.float64),
        both_sexes=population["both_sexes"].astype(np.float64),
        life_years=tables["years"].astype(np.int64),
        qx=tables["qx_millionths"] * PER_MILLION,
    )
