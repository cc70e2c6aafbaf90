"""The ladder model: the same people through the same table by us and by peers, and the cohort solver."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from memory import own_peak, told_by
from registry import AtLeast, Entry, Once, bench, race

if TYPE_CHECKING:
    from trinnvis.planning.ladder.world import World

PERSONS, YEARS, STATES = 1_000_000, 25, 10
TWO = 2
MOST_MB = 100.0
FAR = 5.0
"""So many standard deviations from the expected number is no longer chance in 225 cells."""


@bench("ladder: expected values (no variance), one municipality × 25 years", limit_ms=5)
def cohort_one() -> Iterator[Once]:
    from trinnvis.planning.ladder.cohort import solve

    world = _lunner()
    yield lambda: solve(world, chance=False)


@bench("ladder: expected values and exact variance, one municipality × 25 years")
def cohort_one_with_variance() -> Iterator[Once]:
    from trinnvis.planning.ladder.cohort import solve

    world = _lunner()
    yield lambda: solve(world)


def _lunner() -> "World":
    from trinnvis.planning.demand.reading import library
    from trinnvis.planning.ladder.world import world_of

    return world_of("3234", library().basis, years=YEARS)


@bench(
    "ladder: expected values (no variance), all 357 municipalities × 25 years; a draw of all of Norway stays "
    "under 100 MB",
    limit_ms=500,
)
def cohort_all() -> Iterator[Once]:
    from trinnvis.planning.demand.reading import library
    from trinnvis.planning.ladder.national import expected_of_all

    before, after = told_by("import bench_ladder; bench_ladder.draw_all_of_norway()")
    said = f"{after - before:.0f} MB over {before:.0f} MB with the smallest municipality"
    print(f"  most memory of a draw of everybody in Norway: {said} (promised {MOST_MB:.0f})", file=sys.stderr)
    assert after - before < MOST_MB, said
    yield expected_of_all(library().basis, years=YEARS)


def draw_all_of_norway() -> None:
    """Everybody × 25 years, once. Prints the most memory so far, after the smallest municipality and all."""
    from trinnvis.planning.demand.levels import NATIONAL_YEAR
    from trinnvis.planning.demand.reading import library
    from trinnvis.planning.ladder import national, running
    from trinnvis.planning.ladder.interventions import scenarios
    from trinnvis.planning.population.municipalities import municipalities
    from trinnvis.planning.population.shipped import figures

    basis, held = library().basis, figures()
    smallest = held.codes[int(held.persons[-1].sum(axis=1).argmin())]
    with running.threads(1) as workers:
        for codes in ([smallest], [*municipalities()]):
            found = national.simulate(
                codes, basis, scenarios()["as-today"], workers, years=YEARS, draws=1, base=NATIONAL_YEAR
            )
            print(own_peak())
    assert found.stocks[0, 0].sum() > 0.99 * held.persons[-1].sum()


@race(
    "1 M persons × 25 years × 10 states",
    unit="person-years",
    amount=PERSONS * YEARS,
    peers=("neworder", "vivarium", "pandas", "polars"),
    promises=(
        AtLeast("numba, 2 threads", 300e6),
        AtLeast("NumPy, 2 threads", 60e6),
        AtLeast("numba, 2 threads", 75, beside="neworder"),
        AtLeast("numba, 2 threads", 200, beside="vivarium"),
    ),
)
def ladder(folder: Path) -> Iterator[Entry]:
    """numba runs in blocks of people born the same year."""
    import numpy as np
    from ladder_people import expected_totals, made_up_world, write_people

    from trinnvis.planning.ladder import running
    from trinnvis.planning.ladder.tallies import counted

    world = made_up_world(PERSONS, YEARS, STATES)
    write_people(world, folder / "people.npz")
    job = running.job_of(world, 1)
    mean, deviation = expected_totals(world)

    def on_threads(backend: running.Backend, number: int) -> Once:
        pool = ThreadPoolExecutor(number)
        kernel = running.kernel(backend)

        def once() -> object:
            flows, arrived = running.one_draw_on(pool, number, job, 0, kernel)
            stocks, _ = counted(flows, arrived)
            return stocks[1:].sum(axis=1).tolist()

        return once

    def agree(answers: dict[str, Any]) -> list[str]:
        wrong = []
        for name, answer in answers.items():
            z = np.abs((np.array(answer) - mean) / deviation).max()
            if z > FAR:
                wrong.append(f"{name} is {z:.1f} standard deviations from the expected number")
        ours = {name: answers[name] for name in calls}
        if len({str(answer) for answer in ours.values()}) > 1:
            wrong.append("our own engines do not count the same")
        return wrong

    calls = {
        "numba, 2 threads": on_threads("numba", TWO),
        "numba, 1 thread": on_threads("numba", 1),
        "NumPy, 2 threads": on_threads("numpy", TWO),
        "NumPy, 1 thread": on_threads("numpy", 1),
    }
    yield Entry(calls, agree)
