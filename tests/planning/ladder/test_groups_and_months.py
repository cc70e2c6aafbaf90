"""Groups and months divide the same people: the users on each step are as without them."""

import numpy as np
import pytest
from planning.ladder.small import HURDAL, basis, intervention, job, place, ran

from trinnvis.planning.ladder.cohort import Expected, solve
from trinnvis.planning.ladder.counting import count
from trinnvis.planning.ladder.groups import groups_of
from trinnvis.planning.ladder.places import rates_of
from trinnvis.planning.ladder.simulation import Result
from trinnvis.planning.ladder.tallies import digest
from trinnvis.planning.ladder.world import World, world_of
from trinnvis.trouble import Trouble

YEARS = 6


def divided(*groups: str, per_year: int = 1) -> World:
    return world_of(HURDAL, basis(), years=YEARS, base=2025, groups=groups, per_year=per_year)


@pytest.fixture(scope="module")
def plain() -> Expected:
    return solve(place(HURDAL, YEARS))


@pytest.fixture(scope="module")
def months() -> World:
    return divided(per_year=12)


def test_groups_sum_to_the_same_users(plain: Expected) -> None:
    found = solve(divided("household", "housing"))
    assert found.totals == pytest.approx(plain.totals, rel=1e-6)
    assert found.by_group.sum(axis=1) == pytest.approx(plain.totals, rel=1e-6)
    assert found.flows[..., -2].sum(axis=1) == pytest.approx(plain.flows[..., -2].sum(axis=1), rel=1e-6)


def test_a_group_has_its_share_at_every_age_and_more_of_it_where_odds_are_higher() -> None:
    world, (household,) = divided("household"), groups_of(["household"]).dimensions
    by_state = world.shares.reshape(106, 2, 2, -1)
    assert by_state[:, :, 1].sum(axis=-1) == pytest.approx(household.share.by_age(), abs=1e-9)
    alone = by_state[85, 0, 1] / by_state[85, 0].sum(axis=0)
    for step, odds in household.odds.value.items():
        at = world.steps.index(step)
        ratio = alone[at] / (1 - alone[at]) * (1 - alone[0]) / alone[0]
        assert ratio == pytest.approx(odds, rel=1e-6)


def test_the_three_solvers_agree_on_groups() -> None:
    world = divided("household").whole()
    expected, draws = solve(world), 120
    micro = ran(job(world), draws, on=2).stocks.sum(axis=2)
    counts = np.array([count(world, draw, 1) for draw in range(40)]).sum(axis=2)
    by_step = micro.reshape(draws, YEARS + 1, 2, -1).sum(axis=2)
    z = (by_step.mean(axis=0) - expected.totals)[1:] / (expected.deviation()[1:] / np.sqrt(draws))
    assert abs(z).max() < 5
    each = expected.by_group.reshape(YEARS + 1, -1)
    for found, number in ((micro, draws), (counts, 40)):
        wide = np.sqrt(np.maximum(each, 1.0) / number)
        assert (abs(found.mean(axis=0) - each) / wide).max() < 5


@pytest.mark.parametrize("world", [("household", 1), ("months", 12)], ids=["groups", "months"])
def test_numpy_and_numba_count_the_same(world: tuple[str, int], months: World) -> None:
    pytest.importorskip("numba")
    of = job(months if world[1] == 12 else divided(world[0]))
    answers = {digest(ran(of, 2, on=2, backend=each)) for each in ("numpy", "numba")}  # type: ignore[arg-type]
    assert len(answers) == 1


def test_better_housing_moves_people_off_the_steps() -> None:
    """Moves to fit housing three times as often, and nothing else changed."""
    world = divided("housing")
    to_fit = intervention(
        from_steps=[0, 6, 7], to_steps=[], groups=["unfit"], to_group="fit",
        multiplier={"value": 3, "unit": "x", "low": 3, "high": 3, "source": "t", "status": "eksempel"},
        profile={"start": 2026, "full": 2027},
    )  # fmt: skip
    before, after = solve(world, chance=False), solve(world.with_interventions([to_fit]), chance=False)
    assert after.by_group[-1, 0].sum() > before.by_group[-1, 0].sum() + 10
    assert after.totals[-1, 1:].sum() < before.totals[-1, 1:].sum()
    assert np.array_equal(after.by_group[0], before.by_group[0])


def test_an_intervention_for_one_group_leaves_the_others() -> None:
    world = divided("household")
    alone = world.with_interventions([intervention(groups=["alone"], profile={"start": 2026, "full": 2027})])
    changed = np.abs(alone.moves - world.moves).max(axis=(0, 1, 2)).sum(axis=-1).reshape(2, -1).sum(axis=1)
    assert changed[0] == 0 < changed[1]


def test_groups_that_are_not_there_are_told() -> None:
    with pytest.raises(Trouble, match="ingen grupper «houshold»") as told:
        divided("houshold")
    assert "household" in str(told.value.remedy)
    with pytest.raises(Trouble, match="ikke delt etter «alone»"):
        divided("housing").with_interventions([intervention(groups=["alone"])])
    with pytest.raises(Trouble, match="ikke delt etter «alone»"):
        place().with_interventions([intervention(groups=["alone"])])


def test_twelve_months_are_a_year(months: World, plain: Expected) -> None:
    found = solve(months)
    assert found.totals == pytest.approx(plain.totals, rel=1e-6)
    assert found.flows[..., -2].sum(axis=1) == pytest.approx(plain.flows[..., -2].sum(axis=1), rel=1e-6)
    assert (found.flows[:, 2, 5] > 0).all()


def test_means_and_variances_of_monthly_draws(months: World) -> None:
    whole, draws = months.whole(), 60
    expected = solve(whole)
    tally = ran(job(months), draws, on=2)
    stocks = tally.stocks.sum(axis=2)[:, ::12]
    z = (stocks.mean(axis=0) - expected.totals)[1:] / (expected.deviation()[1:] / np.sqrt(draws))
    assert abs(z).max() < 5
    assert (stocks.var(axis=0)[1:] / expected.deviation()[1:] ** 2).mean() == pytest.approx(1, abs=0.3)


def test_nobody_is_a_year_older_or_comes_before_the_year_ends(months: World) -> None:
    whole = months.whole()
    come = whole.arrivals.sum(axis=(1, 2))
    assert not np.delete(come, np.arange(12, len(come), 12)).any()
    tally = ran(job(months), 2)
    everybody = tally.stocks.sum(axis=(2, 3))
    gone = tally.moves[..., -2:].sum(axis=(2, 3))
    assert np.array_equal(everybody[:, 1:], everybody[:, :-1] - gone + come[1:].astype(int))


def test_admissions_to_places_are_those_of_the_year(months: World) -> None:
    expected = solve(months, chance=False)
    wanted = rates_of(months, expected, 11)
    between = (expected.totals[1:, 5] + expected.totals[:-1, 5]) / 2
    growth = np.diff(expected.totals[:, 5])
    assert wanted.admissions - wanted.leaving * between == pytest.approx(growth, abs=0.02)


def test_a_year_is_not_divided_otherwise() -> None:
    with pytest.raises(Trouble, match="ikke deles i 4"):
        divided(per_year=4)


def test_the_draws_are_read_by_month(months: World, plain: Expected) -> None:
    result = Result(None, months, plain, None, ran(job(months), 3), {})  # type: ignore[arg-type]
    by_month = result.months
    assert by_month is not None
    assert by_month.shape == (3, YEARS, 12, 6)
    assert np.array_equal(by_month[:, :, -1], result.stocks[:, 1:])
