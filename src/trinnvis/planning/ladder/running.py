"""Running draws: in blocks, on threads, interrupted and taken up again. The answer never depends on how."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from itertools import pairwise
from typing import Final, Literal, Protocol

import numpy as np

from trinnvis.planning.ladder.store import Store
from trinnvis.planning.ladder.tallies import Tally, counted, joined
from trinnvis.planning.ladder.thresholds import Cells, Int32s, Rules, cells_of, fingerprint, rules_of
from trinnvis.planning.ladder.world import World
from trinnvis.planning.population.axes import AGES
from trinnvis.trouble import Trouble

BLOCK: Final = 25
"""Draws counted and kept together; an interruption loses at most the blocks under way."""

QUIET: Final = 30
"""Seconds without a finished block before the workers are asked whether they are there."""

MOST_DRAWS: Final = 1_000_000

Backend = Literal["auto", "numba", "numpy"]
BACKENDS: Final[tuple[Backend, ...]] = ("auto", "numba", "numpy")


class Kernel(Protocol):
    """One of the two: whole cells through one draw."""

    def __call__(
        self,
        rules: Rules,
        cells: Cells,
        first: int,
        last: int,
        draw: int,
        key: tuple[int, int],
        flows: Int32s,
    ) -> Int32s: ...


@dataclass(frozen=True)
class Job:
    """A municipality ready to simulate. key: (seed, municipality code)."""

    rules: Rules
    cells: Cells
    key: tuple[int, int]

    @property
    def name(self) -> str:
        """What its stored blocks are known by: changes with anything the counts depend on."""
        return f"{self.key[1]:04d}-{self.key[0]}-{fingerprint(self.rules, self.cells)[:24]}"


Task = tuple[Job, int, int]
"""A job's draws from the first up to the last."""


def job_of(world: World, seed: int) -> Job:
    """
    Raises:
        Trouble: a seed that does not fit in 32 bits.
    """
    if not 0 <= seed < 1 << 32:
        raise Trouble(f"Frøet {seed} kan ikke brukes.", "Velg et helt tall fra 0 til 4 294 967 295.")
    whole = world.whole()
    return Job(rules_of(whole), cells_of(whole), (seed, int(world.municipality.code)))


def backend_named(name: str) -> Backend:
    """
    Raises:
        Trouble: there is none of that name.
    """
    for known in BACKENDS:
        if name == known:
            return known
    raise Trouble(f"«{name}» kan ikke regne.", f"Velg {', '.join(BACKENDS)}.")


@lru_cache(maxsize=4)
def kernel(backend: Backend = "auto") -> Kernel:
    """The compiled kernel where numba is installed, else NumPy's; both count the same.

    Raises:
        Trouble: numba is asked for and is not installed.
    """
    installed = find_spec("numba") is not None
    if backend == "numba" and not installed:
        raise Trouble("numba er ikke installert.", "Installer trinnvis[fast], eller bruk --backend numpy.")
    if backend == "numpy" or not installed:
        from trinnvis.planning.ladder import kernel_numpy

        return kernel_numpy.simulate
    from trinnvis.planning.ladder import kernel_numba

    return kernel_numba.simulate


def one_draw(job: Job, draw: int, run: Kernel, pieces: int = 1) -> tuple[Int32s, Int32s]:
    """One draw, cut in so many pieces of people: changes and arrivals, summed."""
    steps, length = job.rules.steps, job.rules.length
    flows = np.zeros((length, AGES, 2, steps, steps + 2), np.int32)
    arrived = np.zeros((length + 1, AGES, 2, steps), np.int32)
    for first, last in _cuts(job, pieces):
        arrived += run(job.rules, job.cells, first, last, draw, job.key, flows)
    return flows, arrived


def one_draw_on(pool: Executor, pieces: int, job: Job, draw: int, run: Kernel) -> tuple[Int32s, Int32s]:
    """As `one_draw`, the pieces at the same time: for one large draw rather than many small ones."""
    steps, length = job.rules.steps, job.rules.length

    def piece(first: int, last: int) -> tuple[Int32s, Int32s]:
        flows = np.zeros((length, AGES, 2, steps, steps + 2), np.int32)
        return flows, run(job.rules, job.cells, first, last, draw, job.key, flows)

    found = list(pool.map(lambda cut: piece(*cut), _cuts(job, pieces)))
    return (
        np.sum([flows for flows, _ in found], axis=0, dtype=np.int32),
        np.sum([arrived for _, arrived in found], axis=0, dtype=np.int32),
    )


def _cuts(job: Job, pieces: int) -> list[tuple[int, int]]:
    """Cells in so many pieces with about as many people in each."""
    inner = np.searchsorted(np.cumsum(job.cells.count), np.linspace(0, job.cells.persons, pieces + 1)[1:-1])
    return list(pairwise([0, *map(int, inner), len(job.cells)]))


def block(job: Job, first: int, last: int, backend: Backend = "auto", pieces: int = 1) -> Tally:
    """Draws first to last − 1."""
    run = kernel(backend)
    stocks, moves = [], []
    all_flows: np.ndarray | int = 0
    all_arrived: np.ndarray | int = 0
    for draw in range(first, last):
        flows, arrived = one_draw(job, draw, run, pieces)
        stock, moved = counted(flows, arrived, job.rules.per_year)
        stocks.append(stock)
        moves.append(moved)
        all_flows = all_flows + flows.astype(np.int64)
        all_arrived = all_arrived + arrived.astype(np.int64)
    return Tally(first, np.array(stocks), np.array(moves), np.asarray(all_flows), np.asarray(all_arrived))


def blocks(draws: int, size: int = BLOCK) -> list[tuple[int, int]]:
    """
    Raises:
        Trouble: no draws, or too many.
    """
    if not 1 <= draws <= MOST_DRAWS:
        raise Trouble(
            f"{draws} trekninger går ikke.", f"Velg fra 1 til {MOST_DRAWS:,} trekninger.".replace(",", " ")
        )
    return [(first, min(first + size, draws)) for first in range(0, draws, size)]


@dataclass(frozen=True)
class Workers:
    """Who does the work: threads of this process, or a cluster's. slots: tasks under way at a time. check is
    asked when nothing has been finished for a while, and raises Trouble where nobody is left."""

    pool: Executor
    slots: int
    check: Callable[[], None] = lambda: None


@contextmanager
def threads(number: int) -> Iterator[Workers]:
    """
    Raises:
        Trouble: fewer than one.
    """
    if number < 1:
        raise Trouble(f"Det går ikke med {number} tråder.", "Velg minst 1.")
    with ThreadPoolExecutor(number) as pool:
        yield Workers(pool, number)


def run(
    job: Job,
    draws: int,
    workers: Workers,
    *,
    backend: Backend = "auto",
    store: Store | None = None,
    done: Callable[[int], None] = lambda draws: None,
    size: int = BLOCK,
) -> Tally:
    """All draws of a job. `done` is told how many draws each finished block held; `store` keeps the blocks.

    Raises:
        Trouble: no draws, or numba asked for and not installed.
        KeyboardInterrupt: the blocks finished until then are kept.
    """
    tasks = [(job, first, last) for first, last in blocks(draws, size)]
    return joined([tally for _, tally in run_tasks(tasks, workers, backend=backend, store=store, done=done)])


def run_tasks(
    tasks: Iterable[Task],
    workers: Workers,
    *,
    backend: Backend = "auto",
    store: Store | None = None,
    done: Callable[[int], None] = lambda draws: None,
) -> Iterator[tuple[Job, Tally]]:
    """Blocks of any jobs as they are finished, never more under way than there are workers to do them."""
    kernel(backend)
    waiting = iter(tasks)
    under_way: dict[Future[Tally], Job] = {}
    try:
        while True:
            for job, first, last in waiting:
                held = store.read(job.name, first, last) if store else None
                if held is not None:
                    done(held.draws)
                    yield job, held
                    continue
                under_way[workers.pool.submit(block, job, first, last, backend)] = job
                if len(under_way) >= workers.slots:
                    break
            if not under_way:
                return
            finished, _ = wait(under_way, QUIET, return_when=FIRST_COMPLETED)
            if not finished:
                workers.check()
            for each in finished:
                job, tally = under_way.pop(each), each.result()
                if store:
                    store.keep(job.name, tally)
                done(tally.draws)
                yield job, tally
    finally:
        for each in under_way:
            each.cancel()
