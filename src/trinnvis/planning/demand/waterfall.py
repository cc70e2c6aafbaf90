"""What each driver adds from the base year on (fossefall), and what they do only together (samspill)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from trinnvis.planning.demand.engine import Amounts, Engine
from trinnvis.planning.demand.schema import Scenario

PEOPLE = "Befolkning"
TOGETHER = "Samspill"


@dataclass(frozen=True)
class Waterfall:
    """start + every bar = end. Bars: the population alone, each driver alone on top of it, and the
    interaction."""

    measure: str
    year: int
    start: float
    bars: tuple[tuple[str, float], ...]
    end: float


Parts = Sequence[tuple[str, Sequence[int]]]
"""Titles with the places of their drivers in the scenario."""


def waterfall(
    engine: Engine, scenario: Scenario, year: int, measure: str = "hours", parts: Parts | None = None
) -> Waterfall:
    """`measure`: "users", "hours", "places" or "nok", summed over the services of the total.

    `parts`: drivers that share a bar; without it each has its own.
    """
    at = year - int(engine.need.years[0])
    in_total = np.array([service.in_total for service in engine.services])

    def at_year(found: Amounts, row: int) -> float:
        return float(getattr(found, measure)[row, in_total].sum())

    def alone(*drivers: int) -> Amounts:
        kept = tuple(scenario.drivers[i] for i in drivers)
        return engine.run(scenario.model_copy(update={"drivers": kept}))

    plain, whole = alone(), engine.run(scenario)
    start, people = at_year(plain, 0), at_year(plain, at)
    bars = [(PEOPLE, people - start)]
    if parts is None:
        parts = [(driver.title, [i]) for i, driver in enumerate(scenario.drivers)]
    bars += [(title, at_year(alone(*drivers), at) - people) for title, drivers in parts]
    end = at_year(whole, at)
    bars.append((TOGETHER, end - start - sum(bar for _, bar in bars)))
    return Waterfall(measure, year, start, tuple(bars), end)


def by_scenario(scenario: Scenario, titles: Mapping[str, str]) -> Parts:
    """One bar for each of the scenarios that `reading.together` joined; their titles by name."""
    found: dict[str, list[int]] = {}
    for at, driver in enumerate(scenario.drivers):
        found.setdefault(driver.code.partition(".")[0], []).append(at)
    return [(titles.get(name, name), places) for name, places in found.items()]
