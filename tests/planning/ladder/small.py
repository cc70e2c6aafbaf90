"""A made-up place of a few thousand, with a table whose answers can be worked out."""

from dataclasses import replace
from functools import lru_cache

import numpy as np

from trinnvis.planning.demand.levels import levels
from trinnvis.planning.demand.reading import library
from trinnvis.planning.demand.schema import Basis
from trinnvis.planning.ladder.interventions import Intervention
from trinnvis.planning.ladder.running import Backend, Job, job_of, run, threads
from trinnvis.planning.ladder.tallies import Tally
from trinnvis.planning.ladder.world import World, world_of

LUNNER = "3234"
HURDAL = "3242"


@lru_cache(maxsize=1)
def basis() -> Basis:
    return library().basis


@lru_cache(maxsize=4)
def place(code: str = HURDAL, years: int = 12) -> World:
    """Hurdal has some 3,000 inhabitants."""
    return world_of(code, basis(), years=years, base=2025)


def job(world: World | None = None, seed: int = 1) -> Job:
    return job_of(world or place(), seed)


def ran(of: Job, draws: int, *, on: int = 1, backend: Backend = "auto", size: int = 25) -> Tally:
    with threads(on) as workers:
        return run(of, draws, workers, backend=backend, size=size)


def intervention(**changes: object) -> Intervention:
    """Fewer from home care to long-term places from 2030."""
    said: dict[str, object] = {
        "code": "t",
        "title": "Tiltak",
        "from_steps": [6, 7],
        "to_steps": [11],
        "multiplier": {
            "value": 0.5, "unit": "ganger", "low": 0.3, "high": 0.8, "source": "test", "status": "eksempel",
        },
        "profile": {"kind": "linear", "start": 2030, "full": 2033},
    }  # fmt: skip
    return Intervention.model_validate(said | changes)


def still(world: World) -> World:
    """Nobody comes or leaves."""
    return replace(world, arrivals=np.zeros_like(world.arrivals), leaving=np.zeros_like(world.leaving))


def level(code: str = LUNNER):  # type: ignore[no-untyped-def]
    return levels(code, 2025)
