"""What a step costs, and what a scenario changes: sums, signs, and where the uncertainty comes from."""

import numpy as np
import pytest
from planning.ladder.small import HURDAL, LUNNER, basis, intervention, place

from trinnvis.planning.demand.choices import Choices, computed
from trinnvis.planning.demand.reading import library
from trinnvis.planning.ladder import running
from trinnvis.planning.ladder.cohort import solve
from trinnvis.planning.ladder.differences import Difference, difference
from trinnvis.planning.ladder.interventions import LadderScenario, scenarios
from trinnvis.planning.ladder.simulation import Simulation, simulation
from trinnvis.planning.ladder.use import MEASURES, use_of


@pytest.mark.parametrize("code", [HURDAL, LUNNER])
def test_the_steps_together_use_what_the_forecast_says(code, tmp_path):
    """Every year: the two models have the same people, rates, hours and prices."""
    world = place(code, 10)
    totals = use_of(basis(), code, 2025, world.steps).totals(solve(world, chance=False))
    found = computed(Choices(code, 2025, 2035), library(), tmp_path).constant
    assert totals["hours"].sum(axis=1) == pytest.approx(found.total("hours").middle, rel=0.002)
    assert totals["nok"].sum(axis=1) == pytest.approx(found.total("nok").middle, rel=0.002)
    years = found.total("work").middle / basis().work_year.value
    assert totals["person_years"].sum(axis=1) == pytest.approx(years, rel=0.002)


def test_no_service_uses_nothing_and_every_step_something():
    use = use_of(basis(), HURDAL, 2025, place().steps)
    for name in MEASURES:
        each = getattr(use, name)
        assert not each[:, 0].any() and (each[85, 1:] > 0).all()


def ran(scenario: LadderScenario, draws: int = 40, code: str = HURDAL) -> tuple[Simulation, Difference]:
    chosen = [scenarios()["as-today"], scenario]
    with running.threads(1) as workers:
        found = simulation(
            code,
            basis(),
            chosen,
            lambda job, n: running.run(job, n, workers),
            years=12,
            draws=draws,
            base=2025,
        )
    return found, difference(found, found.results[1])


def scenario(**changes: object) -> LadderScenario:
    return LadderScenario(
        name="t", title="T", description="T", interventions=(intervention(**changes),)
    )  # fmt: skip


def test_nothing_differs_before_the_start_and_the_interval_holds_the_change():
    found, apart = ran(scenario())
    start = 2030 - 2025
    for part in (apart.middle, apart.low, apart.high):
        assert part[: start + 1] == pytest.approx(0, abs=1e-9)
    assert not apart.shares[:, : start + 1].any()
    assert (apart.low <= apart.middle).all() and (apart.middle <= apart.high).all()
    on_11 = found.world.steps.index(11)
    assert apart.middle[-1, on_11] < 0
    drawn = found.difference(found.results[1])[:, -1, on_11].mean()
    assert drawn == pytest.approx(apart.middle[-1, on_11], abs=3)


def test_the_layers_are_a_whole_where_there_is_a_change():
    _found, apart = ran(scenario())
    assert apart.shares[:, -1].sum(axis=0) == pytest.approx(1)
    assert (apart.shares >= 0).all()


def test_a_wider_range_is_more_uncertainty_of_parameters():
    sure = {"value": 0.5, "unit": "x", "low": 0.5, "high": 0.5, "source": "t", "status": "eksempel"}
    _, narrow = ran(scenario(multiplier=sure))
    _, wide = ran(scenario(multiplier={**sure, "low": 0.1, "high": 0.9}))
    assert (wide.shares[1, -1] > narrow.shares[1, -1]).all()
    assert np.allclose(wide.middle, narrow.middle)
    assert (wide.high - wide.low >= narrow.high - narrow.low).all()


def test_chance_is_a_smaller_part_in_a_larger_municipality():
    _, small = ran(scenario(), draws=60)
    _, large = ran(scenario(), draws=60, code="3201")  # Bærum
    assert (small.shares[2, -1] > large.shares[2, -1]).all()


def test_no_intervention_is_no_difference():
    _, apart = ran(LadderScenario(name="n", title="N", description="N"), draws=3)
    assert not apart.middle.any() and not apart.high.any() and not apart.shares.any()
