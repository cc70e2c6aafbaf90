"""Computed choices held side by side: how much need grows in each, and how they differ year by year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from trinnvis.planning.demand.choices import main_outcome
from trinnvis.planning.demand.forecast import Forecast
from trinnvis.planning.demand.uncertainty import Interval
from trinnvis.planning.population.axes import Floats, Ints


@dataclass(frozen=True)
class Side:
    """One of those compared: its name and its forecast; `main_outcome` is what counts."""

    name: str
    forecast: Forecast

    def growth(self, measure: str) -> Interval:
        """Over its own base year."""
        return main_outcome(self.forecast).total(measure, growth=True)

    def amount(self, measure: str) -> Interval:
        return main_outcome(self.forecast).total(measure)


def common_years(sides: Sequence[Side]) -> Ints:
    """The years every side reaches, oldest first; empty when there is none."""
    first = max(int(side.forecast.years[0]) for side in sides)
    last = min(int(side.forecast.years[-1]) for side in sides)
    return np.arange(first, last + 1)


def in_years(side: Side, measure: str, years: Ints) -> Floats:
    """A measure in the years asked for: [year]."""
    start = side.forecast.at(int(years[0]))
    values: Floats = side.amount(measure).middle[start : start + len(years)]
    return values
