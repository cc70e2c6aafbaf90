"""80 % intervals in three layers: the population, the parameters and chance. Closed form: no random numbers.

On the log scale, for expected users U at h years ahead:
  population   how far off projections of the age band have been (population/intervals), bands moving together
  parameters   the level's own error, its straying since (history.drift), and each assumption's low-high range
  chance       counting: variance 1 / U
Layers are independent, so their variances add. A half width is Z standard deviations. Hours per user are
what the scenario says they are: an interval for hours or kroner is given that standard.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trinnvis.planning.demand.engine import Amounts, Engine
from trinnvis.planning.demand.factors import assumptions
from trinnvis.planning.demand.history import Z, drift
from trinnvis.planning.demand.levels import Level
from trinnvis.planning.demand.schema import Scenario
from trinnvis.planning.demand.shipped import panel
from trinnvis.planning.population.axes import Floats, Ints

FEWEST: Final = 0.5
"""Under half a person chance is not scaled further."""

TINY: Final = 1e-12

Swings = tuple[tuple[Amounts, Amounts], ...]
"""For each assumption the whole result at its low and at its high."""


@dataclass(frozen=True)
class Widths:
    """What is the same for every scenario. reach: [year, band], half widths of the population layer.

    level: [service], error of the level; straying: [year, service], since the base year: variances, log
    scale.
    """

    reach: Floats
    level: Floats
    straying: Floats


@dataclass(frozen=True)
class Interval:
    """A sum with its 80 % interval: [year]. shares: each layer's part of the variance, [layer, year]."""

    middle: Floats
    low: Floats
    high: Floats
    shares: Floats


LAYERS: Final = ("population", "parameters", "chance")


def widths(services: tuple[str, ...], years: Ints, level: dict[str, Level], reach: Floats) -> Widths:
    """From the panel's past up to the base year (the first of `years`), nothing later."""
    base = int(years[0])
    ahead = (years - base).astype(np.float64)
    by_service = [drift(s if s in panel().measures else "long_term", base).variance(ahead) for s in services]
    errors = np.array([level[service].spread ** 2 for service in services])
    return Widths(reach, errors, np.stack(by_service, axis=1))


def swings(engine: Engine, scenario: Scenario) -> Swings:
    """Run the scenario again with each assumption at its low and at its high."""
    runs: list[tuple[Amounts, Amounts]] = []
    for driver in scenario.drivers:
        for name, held in assumptions(driver).items():
            if held.low < held.high:
                low, high = ({(driver.code, name): value} for value in (held.low, held.high))
                runs.append((engine.run(scenario, low), engine.run(scenario, high)))
    return tuple(runs)


def users_interval(amounts: Amounts, swing: Swings, widths: Widths) -> tuple[Floats, Floats]:
    """Low and high users in every cell: [year, service, step, band]."""
    users = amounts.users
    down, up = _swing(users, [(low.users, high.users) for low, high in swing])
    parameters = (widths.level + widths.straying)[:, :, None, None]
    same = Z**2 * (parameters + 1.0 / np.maximum(users, FEWEST)) + (widths.reach**2)[:, None, None, :]
    safe = np.maximum(users, TINY)
    low, high = np.sqrt(same + (down / safe) ** 2), np.sqrt(same + (up / safe) ** 2)
    return users * np.exp(-low), users * np.exp(high)


def sum_interval(
    amounts: Amounts,
    swing: Swings,
    widths: Widths,
    measure: str,
    cells: NDArray[np.bool_],
    *,
    growth: bool = False,
) -> Interval:
    """The sum of a measure ("users", "hours", "places", "nok") over some cells.

    cells: [service, step, band], true for those in the sum. growth: over the base year instead, where the
    level's own error cancels; all `nan` when the base is nought.
    """
    total = np.where(cells, getattr(amounts, measure), 0.0)
    sums = total.sum(axis=(1, 2, 3))
    safe = np.maximum(sums, TINY)
    by_service = total.sum(axis=(2, 3))
    users = np.maximum(np.where(cells, amounts.users, 0.0).sum(axis=(2, 3)), FEWEST)
    population = ((total.sum(axis=(1, 2)) * widths.reach).sum(axis=1) / safe) ** 2
    variance = widths.straying + (0.0 if growth else widths.level)
    strayed = Z**2 * (by_service**2 * variance).sum(axis=1) / safe**2
    chance = Z**2 * (by_service**2 / users).sum(axis=1) / safe**2
    runs = [
        tuple(np.where(cells, getattr(run, measure), 0.0).sum(axis=(1, 2, 3)) for run in pair)
        for pair in swing
    ]
    down, up = (part / safe for part in _swing(sums, runs))
    same = population + strayed + chance
    if growth:
        same[0] = down[0] = up[0] = 0.0
    middle = sums / sums[0] if growth and sums[0] > 0 else sums if not growth else np.full(len(sums), np.nan)
    layers = np.array([population, strayed + (down**2 + up**2) / 2.0, chance])
    return Interval(
        middle,
        middle * np.exp(-np.sqrt(same + down**2)),
        middle * np.exp(np.sqrt(same + up**2)),
        layers / np.maximum(layers.sum(axis=0), TINY),
    )


def _swing(middle: Floats, runs: list[tuple[Floats, ...]]) -> tuple[Floats, Floats]:
    """How far down and up the assumptions' ranges take it, each range an independent 80 % interval."""
    down, up = np.zeros_like(middle), np.zeros_like(middle)
    for low, high in runs:
        down += np.minimum(np.minimum(low, high) - middle, 0.0) ** 2
        up += np.maximum(np.maximum(low, high) - middle, 0.0) ** 2
    return np.sqrt(down), np.sqrt(up)
