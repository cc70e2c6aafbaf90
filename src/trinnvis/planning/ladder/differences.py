"""What a scenario changes, with an 80 % interval, and what the uncertainty of the change comes from.

The layers are those of `layers`, of the difference itself:
  population   the change follows the population's size, and is as far off as it is
  parameters   the change follows the level, and each multiplier may be as low or high as its range
  chance       the spread of the difference between draws with the same random numbers in both
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from trinnvis.planning.demand.history import Z
from trinnvis.planning.ladder.cohort import solve
from trinnvis.planning.ladder.interventions import at_end
from trinnvis.planning.ladder.layers import TINY
from trinnvis.planning.ladder.simulation import Result, Simulation
from trinnvis.planning.population.axes import Floats


@dataclass(frozen=True)
class Difference:
    """Persons on each step more than in the first scenario. middle, low, high: [year, step].
    shares: [layer, year, step], each layer's part of the variance; nought where nothing differs."""

    middle: Floats
    low: Floats
    high: Floats
    shares: Floats


def difference(found: Simulation, result: Result) -> Difference:
    """`result` against the first of the simulation."""
    base = found.results[0]
    middle = result.expected.totals - base.expected.totals
    log_width = np.log(np.maximum(base.intervals.high, TINY) / np.maximum(base.intervals.middle, TINY))
    population, level = (log_width**2 * base.intervals.shares[layer] * middle**2 for layer in (0, 1))
    down, up = _swings(found, result)
    chance = (Z * found.difference(result).std(axis=0)) ** 2
    same = population + level + chance
    parts = np.array([population, level + (down**2 + up**2) / 2.0, chance])
    total = parts.sum(axis=0)
    return Difference(
        middle,
        middle - np.sqrt(same + down**2),
        middle + np.sqrt(same + up**2),
        np.divide(parts, total, out=np.zeros_like(parts), where=total > TINY),
    )


def _swings(found: Simulation, result: Result) -> tuple[Floats, Floats]:
    """How far down and up the multipliers' ranges take the stocks: independent 80 % intervals."""
    middle, chosen = result.expected.totals, result.scenario.interventions
    down, up = np.zeros_like(middle), np.zeros_like(middle)
    for at, each in enumerate(chosen):
        if each.multiplier.low == each.multiplier.high:
            continue
        ends = [
            solve(found.world.with_interventions(at_end(chosen, at, end)), chance=False).totals - middle
            for end in ("low", "high")
        ]
        down += np.minimum(np.minimum(*ends), 0.0) ** 2
        up += np.maximum(np.maximum(*ends), 0.0) ** 2
    return np.sqrt(down), np.sqrt(up)
