"""What simulating the whole country will take in hours and memory, from two trials here."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import Final

from trinnvis.planning.demand.schema import Basis
from trinnvis.planning.ladder.running import BLOCK, Backend, Job, block, job_of
from trinnvis.planning.ladder.tallies import BAND_STARTS
from trinnvis.planning.ladder.world import world_of
from trinnvis.planning.population.axes import AGES

SMALL, LARGE = "3234", "3201"
"""Lunner and Bærum: a draw takes so long whatever the people, and so long for each of them."""

TRIED: Final = 3
"""Draws of each trial."""


@dataclass(frozen=True)
class Cost:
    """core_hours: of one core. gathering, worker: megabytes beyond what Python and its libraries take, of the
    process that gathers the answers and of each worker."""

    person_years: float
    core_hours: float
    gathering: float
    worker: float


def estimate(
    basis: Basis,
    municipalities: int,
    persons: float,
    *,
    years: int,
    draws: int,
    base: int,
    backend: Backend = "auto",
    slots: int = 2,
) -> Cost:
    """So many municipalities with so many people, at the speed of this machine just now.

    slots: blocks under way at a time.
    """
    (small, ready, quick), (large, _, slow) = (
        _trial(basis, code, years, base, backend) for code in (SMALL, LARGE)
    )
    per_person = max(slow - quick, 0.0) / (large.cells.persons - small.cells.persons)
    fixed = max(quick - per_person * small.cells.persons, 0.0)
    per_draw = municipalities * fixed + persons * per_person
    held = _megabytes(large)
    answer = draws * (years + 1) * len(BAND_STARTS) * large.rules.steps * 8 / 1e6
    of_one = -(-draws // BLOCK) + 1  # blocks of a municipality wait for its last one
    return Cost(
        persons * years * draws,
        (municipalities * ready + draws * per_draw) / 3600.0,
        2 * answer + (slots + min(of_one, slots)) * held,
        2 * held,
    )


def _trial(basis: Basis, code: str, years: int, base: int, backend: Backend) -> tuple[Job, float, float]:
    """A municipality's job, the seconds to make it ready and those of a draw. The table is not counted: all
    without users of their own share it."""
    world_of(code, basis, years=years, base=base)
    began = perf_counter()
    job = job_of(world_of(code, basis, years=years, base=base), 1)
    ready = perf_counter() - began
    block(job, 0, 1, backend)
    began = perf_counter()
    block(job, 0, TRIED, backend)
    return job, ready, (perf_counter() - began) / TRIED


def _megabytes(job: Job) -> float:
    """A block under way: its thresholds, and its changes by age and sex in a draw and in all."""
    rules = job.rules
    changes = rules.length * AGES * 2 * rules.steps * (rules.steps + 2)
    return (rules.stay.nbytes + rules.go.nbytes + rules.arrive.nbytes + changes * (4 + 8)) / 1e6
