"""Three solvers, one table: means and variances against the closed form, and persons that do not vanish."""

import numpy as np
import pytest
from planning.ladder.small import intervention, job, place, ran, still

from trinnvis.planning.ladder.cohort import solve
from trinnvis.planning.ladder.counting import count
from trinnvis.planning.ladder.interventions import scenarios

DRAWS = 300


def test_means_and_variances_of_the_microsimulation() -> None:
    expected = solve(place().whole())
    stocks = ran(job(), DRAWS, on=2).stocks.sum(axis=2)
    wide = expected.deviation()[1:]
    z = (stocks.mean(axis=0) - expected.totals)[1:] / (wide / np.sqrt(DRAWS))
    assert np.sqrt((z**2).mean()) < 1.4
    assert abs(z).max() < 5
    assert (stocks.var(axis=0)[1:] / wide**2).mean() == pytest.approx(1.0, abs=0.12)


def test_means_and_variances_of_the_counting_solver() -> None:
    whole = place().whole()
    expected = solve(whole)
    stocks = np.array([count(whole, draw, 1) for draw in range(80)]).sum(axis=2)
    z = (stocks.mean(axis=0) - expected.totals)[1:] / (expected.deviation()[1:] / np.sqrt(80))
    assert abs(z).max() < 5
    assert (stocks.var(axis=0)[1:] / expected.deviation()[1:] ** 2).mean() == pytest.approx(1, abs=0.25)
    assert np.array_equal(count(whole, 3, 1), count(whole, 3, 1))


def test_persons_are_conserved() -> None:
    world = place().whole()
    tally = ran(job(), 4)
    stocks = tally.stocks.sum(axis=(2, 3))
    gone = tally.moves[..., -2:].sum(axis=(2, 3))
    come = world.arrivals[1:].sum(axis=(1, 2))
    assert np.array_equal(stocks[:, 1:], stocks[:, :-1] - gone + come.astype(int))
    expected = solve(world)
    assert expected.totals[1:].sum(axis=1) == pytest.approx(
        expected.totals[:-1].sum(axis=1) - expected.flows[..., -2:].sum(axis=(1, 2)) + come
    )


def test_a_closed_place_only_dies() -> None:
    stocks = solve(still(place())).totals.sum(axis=1)
    assert (np.diff(stocks) < 0).all()


def test_the_expected_totals_of_the_covariance_shrink_to_nought_for_everybody() -> None:
    """With nobody dying, coming or leaving the number of all is certain, so its variance is nought."""
    world = still(place())
    alive = world.moves.copy()
    alive[..., :-1] /= alive[..., :-1].sum(axis=-1, keepdims=True)
    alive[..., -1] = 0.0
    from dataclasses import replace

    covariance = solve(replace(world, moves=alive)).covariance
    assert covariance is not None
    assert covariance.sum(axis=(1, 2)) == pytest.approx(0.0, abs=1e-6)


def test_no_difference_before_an_intervention_starts() -> None:
    changed = place().with_interventions([intervention()])
    plain, other = ran(job(), 20), ran(job(changed), 20)
    until = 2030 - 2025 + 1
    assert np.array_equal(plain.stocks[:, :until], other.stocks[:, :until])
    assert not np.array_equal(plain.stocks[:, until:], other.stocks[:, until:])
    assert np.array_equal(
        solve(place(), chance=False).stock[:until], solve(changed, chance=False).stock[:until]
    )


def test_an_intervention_that_does_nothing_changes_nothing() -> None:
    none = {"value": 1, "unit": "ganger", "low": 1, "high": 1, "source": "test", "status": "eksempel"}
    same = place().with_interventions([intervention(multiplier=none)])
    assert np.array_equal(ran(job(), 5).stocks, ran(job(same), 5).stocks)


@pytest.mark.parametrize("name", ["reablement", "proactive"])
def test_common_random_numbers_take_six_times_off_the_variance_of_a_difference(name: str) -> None:
    """Years with services, all steps together: the draws apart, and the same in both."""
    changed = place().with_interventions(scenarios()[name].interventions)
    plain, other, apart = (
        ran(of, 100, on=2).stocks[..., 1:].sum(axis=(1, 2, 3)).astype(float)
        for of in (job(), job(changed), job(changed, seed=2))
    )
    assert (other - plain).mean() < 0
    assert (apart - plain).var() / (other - plain).var() > 6
