"""80 % intervals in three layers kept apart: the population, the parameters and chance.

On the log scale, for the expected stock E on a step:
  population   how far off projections of the age bands have been, the bands moving together
  parameters   the level's own error, its straying since, and each multiplier's range
  chance       the exact variance of the cohort solver, over E squared
The first two are measured as for the demand forecast. The upper end is the 90th percentile (P90).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from trinnvis.planning.demand.history import Z
from trinnvis.planning.demand.levels import Level
from trinnvis.planning.demand.people import widths as population_widths
from trinnvis.planning.demand.schema import Basis
from trinnvis.planning.demand.uncertainty import widths
from trinnvis.planning.ladder.cohort import Expected, solve
from trinnvis.planning.ladder.interventions import Intervention, at_end
from trinnvis.planning.ladder.tallies import BAND_STARTS
from trinnvis.planning.ladder.world import World
from trinnvis.planning.population.axes import Floats
from trinnvis.planning.population.shipped import figures

LAYERS: Final = ("population", "parameters", "chance")
TINY: Final = 1e-12


@dataclass(frozen=True)
class Intervals:
    """middle, low, high: [year, step]. shares: [layer, year, step], each layer's part of the variance."""

    middle: Floats
    low: Floats
    high: Floats
    shares: Floats


def intervals(
    base: World,
    basis: Basis,
    level: Mapping[str, Level],
    interventions: Sequence[Intervention],
    expected: Expected,
) -> Intervals:
    """For a scenario whose `expected` has its covariance. `base` is the world without interventions."""
    middle = expected.totals
    safe = np.maximum(middle, TINY)
    known = figures().last_year
    inhabitants = float(base.start.sum())
    reach = population_widths(inhabitants, base.years, known)
    by_band = np.add.reduceat(expected.stock.sum(axis=2), BAND_STARTS, axis=1)
    population = (np.einsum("tbs,tb->ts", by_band, reach) / safe) ** 2
    parameters = Z**2 * _level_variance(base, basis, level)
    down, up = _swings(base, interventions, middle)
    chance = (Z * expected.deviation() / safe) ** 2
    same = population + parameters + chance
    low, high = np.sqrt(same + (down / safe) ** 2), np.sqrt(same + (up / safe) ** 2)
    parts = np.array([population, parameters + ((down / safe) ** 2 + (up / safe) ** 2) / 2.0, chance])
    return Intervals(
        middle, middle * np.exp(-low), middle * np.exp(high), parts / np.maximum(parts.sum(axis=0), TINY)
    )


def _level_variance(base: World, basis: Basis, level: Mapping[str, Level]) -> Floats:
    """Variance on the log scale of the use of each step, by the services on it: [year, step]; none for 0."""
    codes = tuple(service.code for service in basis.services)
    wide = widths(codes, base.years, dict(level), np.zeros((len(base.years), 1)))
    by_service = wide.level + wide.straying
    found = np.zeros((len(base.years), len(base.steps)))
    for at, step in enumerate(base.steps[1:], start=1):
        on = [s for s, service in enumerate(basis.services) if any(p.step == step for p in service.steps)]
        found[:, at] = by_service[:, on].mean(axis=1)
    return found


def _swings(base: World, interventions: Sequence[Intervention], middle: Floats) -> tuple[Floats, Floats]:
    """How far down and up the multipliers' ranges take each stock: independent 80 % intervals."""
    down, up = np.zeros_like(middle), np.zeros_like(middle)
    for at, each in enumerate(interventions):
        if each.multiplier.low == each.multiplier.high:
            continue
        ends = [
            solve(base.with_interventions(at_end(interventions, at, end)), chance=False).totals - middle
            for end in ("low", "high")
        ]
        down += np.minimum(np.minimum(*ends), 0.0) ** 2
        up += np.maximum(np.maximum(*ends), 0.0) ** 2
    return np.sqrt(down), np.sqrt(up)
