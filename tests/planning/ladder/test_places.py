"""Queues against the closed form (M/M/c, Erlang C) and against simpy."""

from math import factorial

import numpy as np
import pytest
import simpy
from planning.ladder.small import LUNNER, place

from trinnvis.planning.ladder.cohort import solve
from trinnvis.planning.ladder.places import Rates, rates_of, simulate
from trinnvis.trouble import Trouble

COME, LEAVE, PLACES = 16.0, 0.5, 36


def even(years: int, giving_up: float = 0.0) -> Rates:
    full = np.ones(years)
    return Rates(full * COME, full * LEAVE, full * giving_up)


def waiting_in_mmc(come: float, leave: float, places: int) -> float:
    """Mean number who wait: Erlang C."""
    load = come / leave
    full = load**places / factorial(places) / (1 - load / places)
    wait = full / (sum(load**k / factorial(k) for k in range(places)) + full)
    return wait * load / (places - load)


def test_a_queue_in_balance_is_mmc() -> None:
    found = simulate(even(60), PLACES, 32, 120, (1, 1))
    assert found.waiting[:, 20:].mean() == pytest.approx(waiting_in_mmc(COME, LEAVE, PLACES), rel=0.1)
    assert found.occupied[:, 20:].mean() == pytest.approx(COME / LEAVE, rel=0.02)


def test_a_queue_that_grows_is_simpys() -> None:
    """Five years from empty with too few places, told by another program."""
    chance = np.random.Generator(np.random.PCG64(1))
    waits = []
    for _ in range(60):
        world = simpy.Environment()
        homes = simpy.Resource(world, capacity=20)

        def stay(world: simpy.Environment = world, homes: simpy.Resource = homes):  # type: ignore[no-untyped-def]
            with homes.request() as asked:
                yield asked
                yield world.timeout(chance.exponential(1 / LEAVE))

        def arrive(world: simpy.Environment = world):  # type: ignore[no-untyped-def]
            while True:
                yield world.timeout(chance.exponential(1 / COME))
                world.process(stay())

        world.process(arrive())
        world.run(until=5)
        waits.append(len(homes.queue))
    found = simulate(even(5), 20, 0, 400, (1, 1))
    assert found.at_end[:, -1].mean() == pytest.approx(np.mean(waits), abs=4 * np.std(waits) / np.sqrt(60))


def test_with_patience_as_ill_the_need_is_what_the_table_says() -> None:
    world = place(LUNNER, 12)
    expected = solve(world, chance=False)
    found = simulate(rates_of(world, expected, 11), 40, 42, 300, (1, 3234))
    need = (found.occupied + found.waiting).mean(axis=0)
    between = (expected.totals[1:, 5] + expected.totals[:-1, 5]) / 2
    assert need == pytest.approx(between, rel=0.05)


def test_more_places_shorter_queue() -> None:
    few, many = (simulate(even(10), places, 30, 100, (1, 1)).waiting.mean() for places in (28, 40))
    assert few > many


def test_wrong_steps_and_places_are_told() -> None:
    world = place(LUNNER, 12)
    with pytest.raises(Trouble, match="ikke trinn 3"):
        rates_of(world, solve(world, chance=False), 3)
    with pytest.raises(Trouble, match="minst én plass"):
        simulate(even(2), 0, 0, 10, (1, 1))
