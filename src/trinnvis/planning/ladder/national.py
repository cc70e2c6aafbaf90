"""All of Norway: every municipality's draws, shared out as blocks, summed draw by draw."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from trinnvis.planning.demand.levels import NATIONAL_YEAR
from trinnvis.planning.demand.schema import Basis
from trinnvis.planning.ladder.cohort import solve_many
from trinnvis.planning.ladder.interventions import LadderScenario
from trinnvis.planning.ladder.running import Backend, Task, Workers, blocks, job_of, run_tasks
from trinnvis.planning.ladder.store import Store
from trinnvis.planning.ladder.tallies import Int64s, Tally, digest, joined
from trinnvis.planning.ladder.world import world_of
from trinnvis.planning.population.axes import Floats, Ints
from trinnvis.planning.population.municipalities import municipalities


@dataclass(frozen=True)
class Country:
    """stocks: [draw, year, band, step], persons in all the municipalities. digests: by municipality code."""

    years: Ints
    steps: tuple[int, ...]
    stocks: Int64s
    digests: dict[str, str]

    @property
    def digest(self) -> str:
        """Of all the municipalities' digests, in the order of their codes."""
        lines = "".join(f"{code} {self.digests[code]}\n" for code in sorted(self.digests))
        return hashlib.sha256(lines.encode()).hexdigest()


def simulate(
    codes: Sequence[str],
    basis: Basis,
    scenario: LadderScenario,
    workers: Workers,
    *,
    years: int,
    draws: int,
    base: int,
    seed: int = 1,
    backend: Backend = "auto",
    store: Store | None = None,
    done: Callable[[int], None] = lambda draws: None,
) -> Country:
    """Municipalities are made ready as their turn comes, so that memory does not grow with the country.

    Raises:
        Trouble: a municipality without figures, or draws that do not go.
    """
    wanted = blocks(draws)
    names: dict[str, str] = {}
    steps: list[tuple[int, ...]] = []

    def tasks() -> Iterator[Task]:
        for code in codes:
            world = world_of(code, basis, years=years, base=base)
            job = job_of(world.with_interventions(scenario.interventions), seed)
            names[job.name] = code
            steps[:] = [world.steps]
            yield from ((job, first, last) for first, last in wanted)

    total: Int64s | None = None
    held: dict[str, list[Tally]] = {}
    digests: dict[str, str] = {}
    for job, tally in run_tasks(tasks(), workers, backend=backend, store=store, done=done):
        parts = held.setdefault(job.name, [])
        parts.append(tally)
        if sum(part.draws for part in parts) < draws:
            continue
        whole = joined(held.pop(job.name))
        digests[names[job.name]] = digest(whole)
        stocks = whole.stocks.astype(np.int64)
        total = stocks if total is None else total + stocks
    assert total is not None
    if store:
        for name in names:
            store.forget(name)
    return Country(np.arange(base, base + years + 1), steps[0], total, digests)


def expected_of_all(basis: Basis, *, years: int, base: int = NATIONAL_YEAR) -> Callable[[], Floats]:
    """Made ready once; each call gives every municipality's expected stocks: [municipality, year, step].

    Municipalities without users of their own share a table and are solved together.
    """
    worlds = [world_of(code, basis, years=years, base=base) for code in municipalities()]
    alike: dict[bytes, list[int]] = {}
    for at, world in enumerate(worlds):
        alike.setdefault(world.shares.tobytes(), []).append(at)
    ready = []
    for places in alike.values():
        mine = [worlds[at] for at in places]
        start = np.stack([w.start for w in mine], axis=2)
        kept = 1.0 - np.stack([w.leaving for w in mine], axis=-1)
        arrivals = np.stack([w.arrivals for w in mine], axis=-1)
        moves = np.ascontiguousarray(mine[0].moves[..., : mine[0].shares.shape[-1]])
        ready.append((places, (start, moves, kept, arrivals, mine[0].shares)))

    def solve_all() -> Floats:
        found = np.empty((len(worlds), years + 1, worlds[0].shares.shape[-1]))
        for places, given in ready:
            found[places] = solve_many(*given)
        return found

    return solve_all
