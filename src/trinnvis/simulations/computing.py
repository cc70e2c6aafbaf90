"""An order computed with what this installation has: its basis, its imported population, its kept blocks."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings

from trinnvis import __version__
from trinnvis.planning.ladder import running
from trinnvis.planning.ladder.interventions import LadderScenario, scenarios
from trinnvis.planning.ladder.simulation import AS_TODAY, simulation
from trinnvis.planning.ladder.store import Store
from trinnvis.planning.ladder.tallies import Tally
from trinnvis.planning.ladder.world import world_of
from trinnvis.scenarios.computing import chosen_use, library_here
from trinnvis.simulations.document import document
from trinnvis.simulations.rules import Order, key_of
from trinnvis.trouble import Trouble

Told = Callable[[int, int], None]
"""Told how many draws are done so far, and how many of them were kept from before."""


def imports() -> Path:
    return Path(settings.DATA) / "imports" / "population"


def key_here(order: Order) -> str:
    """The order's key with this version and what it would be computed on here.

    Raises:
        Trouble: one of the installation's own files cannot be used.
    """
    made = hashlib.sha256(library_here().basis.model_dump_json().encode())
    made.update(scenarios()[AS_TODAY].model_dump_json().encode())
    for path in sorted(imports().rglob("*")) if imports().is_dir() else ():
        if path.is_file():
            made.update(path.name.encode())
            made.update(path.read_bytes())
    return key_of(order, __version__, made.hexdigest())


def misfit(order: Order) -> tuple[LadderScenario, int, Trouble] | None:
    """The first intervention the table cannot bear, with its scenario and place there; None when all fit.

    Raises:
        Trouble: the municipality or its years cannot be simulated at all.
    """
    world = world_of(
        order.municipality, library_here().basis, years=order.years, base=order.base, imports=imports(),
        own=chosen_use(order.municipality, order.own),
    )  # fmt: skip
    for scenario in order.chosen:
        for upto in range(1, len(scenario.interventions) + 1):
            try:
                world.with_interventions(scenario.interventions[:upto])
            except Trouble as trouble:
                return scenario, upto - 1, trouble
    return None


def compute(order: Order, folder: Path, tell: Told) -> dict[str, Any]:
    """The whole simulation; `folder` keeps its blocks until `forget`.

    Raises:
        Trouble: it cannot be computed. And whatever `tell` raises; the blocks finished until then are kept.
    """
    basis = library_here().basis
    store = _Counting(folder)
    done = 0

    def progress(draws: int) -> None:
        nonlocal done
        done += draws
        tell(done, store.found)

    with running.threads(1) as workers:

        def runner(job: running.Job, draws: int) -> Tally:
            return running.run(job, draws, workers, store=store, done=progress)

        found = simulation(
            order.municipality,
            basis,
            [scenarios()[AS_TODAY], *order.chosen],
            runner,
            years=order.years,
            draws=order.draws,
            seed=order.seed,
            base=order.base,
            capacity=order.places,
            imports=imports(),
            own=chosen_use(order.municipality, order.own),
        )
    return document(found, basis)


def folder_of(key: str) -> Path:
    """Where the blocks of a run are kept while it is not finished."""
    return Path(settings.DATA) / "simulations" / f"run-{key[:24]}"


def forget(folder: Path) -> None:
    """Remove the blocks of a run that is done."""
    shutil.rmtree(folder, ignore_errors=True)


class _Counting(Store):
    """A store that knows how many draws it has given back."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.found = 0

    def read(self, job: str, first: int, last: int) -> Tally | None:
        held = super().read(job, first, last)
        self.found += held.draws if held else 0
        return held
