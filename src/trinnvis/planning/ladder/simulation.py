"""A municipality simulated under scenarios: what the command, pages and files all read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from trinnvis.planning.demand.levels import Level, hours_level, levels
from trinnvis.planning.demand.notes import hours_notes, level_notes, own_notes
from trinnvis.planning.demand.own import OwnUse
from trinnvis.planning.demand.schema import Basis
from trinnvis.planning.ladder.cohort import Expected, solve
from trinnvis.planning.ladder.interventions import LadderScenario
from trinnvis.planning.ladder.layers import Intervals, intervals
from trinnvis.planning.ladder.places import Queue, rates_of, simulate
from trinnvis.planning.ladder.running import Job, job_of
from trinnvis.planning.ladder.tallies import Tally, digest
from trinnvis.planning.ladder.world import World, world_of
from trinnvis.planning.population.axes import Floats, Ints, Variant
from trinnvis.planning.population.municipalities import find

AS_TODAY: Final = "as-today"

Runner = Callable[[Job, int], Tally]
"""Runs so many draws of a job: on threads here, or on a cluster."""


@dataclass(frozen=True)
class Result:
    """One scenario: expected values, intervals of all three layers, and the draws."""

    scenario: LadderScenario
    world: World
    expected: Expected
    intervals: Intervals
    tally: Tally
    queues: dict[int, Queue]

    @property
    def digest(self) -> str:
        return digest(self.tally)

    @property
    def stocks(self) -> Ints:
        """[draw, year, step], persons on 31 December."""
        return self._at_times[:, :: self.world.per_year]

    @property
    def months(self) -> Ints | None:
        """[draw, year from the first, month, step], persons as each month ends; None with yearly steps."""
        per_year = self.world.per_year
        if per_year == 1:
            return None
        held = self._at_times[:, 1:]
        return held.reshape(len(held), -1, per_year, held.shape[-1])

    @property
    def _at_times(self) -> Ints:
        """[draw, time, step]: bands and groups together."""
        held = self.tally.stocks.sum(axis=2, dtype=np.int64)
        return np.asarray(held.reshape(*held.shape[:2], len(self.world.groups), -1).sum(axis=2))

    @property
    def years_on_step(self) -> Floats:
        """Mean years from coming to a step to leaving it, as if the period were typical: [step]."""
        flows = self.expected.flows
        leaving = flows.sum(axis=(0, 2)) - np.einsum("tss->s", flows[..., : flows.shape[1]])
        years = (self.expected.totals[:-1] + self.expected.totals[1:]).sum(axis=0) / 2.0
        found: Floats = years / np.maximum(leaving, 1e-9)
        return found


@dataclass(frozen=True)
class Simulation:
    """results: the base scenario first. capacity: places by step, where they were given. own: the own counts
    of recipients it rests on, None for the public ones. notes: what a reader must be told of its figures."""

    world: World
    basis: Basis
    level: Mapping[str, Level]
    draws: int
    seed: int
    capacity: Mapping[int, int]
    results: tuple[Result, ...]
    own: OwnUse | None = None
    notes: tuple[str, ...] = ()

    def difference(self, result: Result) -> Ints:
        """Persons on each step more than in the base scenario, draw by draw with the same random numbers:
        [draw, year, step]."""
        return np.asarray(result.stocks - self.results[0].stocks)


def simulation(
    municipality: str,
    basis: Basis,
    chosen: Sequence[LadderScenario],
    runner: Runner,
    *,
    years: int,
    draws: int,
    seed: int = 1,
    base: int | None = None,
    variant: Variant = Variant.MAIN,
    capacity: Mapping[int, int] | None = None,
    imports: Path | None = None,
    groups: Sequence[str] = (),
    per_year: int = 1,
    own: OwnUse | None = None,
) -> Simulation:
    """Every scenario on the same people, the same table and the same random numbers.

    groups: dimensions to divide people by. per_year: 1, or 12 for months. own: the municipality's own counts
    of recipients; another municipality's are not used, and that is noted.

    Raises:
        Trouble: an unknown municipality, years or draws that do not go, or a scenario that does not fit.
    """
    one = find(municipality)
    mine = own if own and own.municipality == one.code else None
    plain = world_of(
        one.code, basis, years=years, base=base, variant=variant, imports=imports, groups=groups,
        per_year=per_year, own=mine,
    )  # fmt: skip
    start = int(plain.years[0])
    level = levels(one.code, start, mine)
    worlds = [(scenario, plain.with_interventions(scenario.interventions)) for scenario in chosen]
    results = []
    for scenario, world in worlds:
        job = job_of(world, seed)
        expected = solve(world)
        queues = {
            step: simulate(
                rates_of(world, expected, step),
                places,
                round(float(expected.totals[0, world.steps.index(step)])),
                draws,
                job.key,
            )
            for step, places in (capacity or {}).items()
        }
        wide = intervals(plain, basis, level, scenario.interventions, expected)
        results.append(Result(scenario, world, expected, wide, runner(job, draws), queues))
    notes = (
        *own_notes(one, own, start, basis),
        *level_notes(one, level, basis, mine),
        *hours_notes(*hours_level(one.code, start, mine)[1:]),
        *plain.notes,
    )
    return Simulation(plain, basis, level, draws, seed, dict(capacity or {}), tuple(results), mine, notes)
