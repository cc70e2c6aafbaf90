"""The table keeps today's use at every age, and says which cell it cannot reach."""

import numpy as np
import pytest
from planning.ladder.small import LUNNER, basis, level, place

from trinnvis.planning.demand.forecast import forecast
from trinnvis.planning.demand.reading import library
from trinnvis.planning.ladder.calibrating import scaled
from trinnvis.planning.ladder.cohort import solve
from trinnvis.planning.ladder.prior import Prior, shipped_prior
from trinnvis.planning.ladder.table import (
    Table,
    calibrated,
    check_rows,
    error,
    survivals,
    table_for,
    use_by_step,
)
from trinnvis.planning.ladder.world import world
from trinnvis.trouble import Trouble


@pytest.fixture(scope="module")
def lunner() -> Table:
    return table_for(basis(), level(), 2025, 25)


def test_the_error_is_under_a_millionth(lunner: Table) -> None:
    assert error(lunner) < 1e-6


def test_everybody_is_somewhere_a_year_later(lunner: Table) -> None:
    assert lunner.moves.sum(axis=-1) == pytest.approx(1.0, abs=1e-12)
    assert lunner.moves.min() >= 0


def test_deaths_are_those_of_the_life_table(lunner: Table) -> None:
    dying = np.einsum("axs,eaxs->eax", lunner.shares, lunner.moves[..., -1])
    assert dying == pytest.approx(1.0 - lunner.survival, abs=1e-8)


@pytest.mark.parametrize("year", [1, 13, 25])
def test_constant_rates_times_population_in_every_year(year: int) -> None:
    """Expected users by step are the demand forecast's at constant rates, without being told them."""
    expected = solve(place(LUNNER, 25), chance=False).totals[year]
    found = forecast(LUNNER, ["constant"], library(), base=2025)
    users = found.constant.amounts.users[year].sum(axis=(1, 2))
    by_service = dict(zip((service.code for service in basis().services), users, strict=True))
    _, home, health, short, housing, long_term = expected
    assert home + health + housing == pytest.approx(by_service["home_care"], rel=1e-6)
    assert (short, housing, long_term) == pytest.approx(
        (by_service["short_term"], by_service["housing_24h"], by_service["long_term"]), rel=1e-6
    )


def test_a_wrong_prior_reaches_the_same_stocks() -> None:
    prior = shipped_prior()
    wrong = Prior.model_validate(
        prior.model_dump(by_alias=True)
        | {"moves": [m.model_dump(by_alias=True) | {"value": m.value * 0.5} for m in prior.moves]}
    )
    steps, shares = use_by_step(basis(), level())
    table = calibrated(steps, shares, *survivals(2025, 25), prior=wrong)
    assert error(table) < 1e-6
    one = place(LUNNER, 25)
    persons = one.start.sum(axis=-1)
    still = np.repeat(persons[None], 26, axis=0)
    mine = world(one.municipality, one.years, still, table)
    other = world(one.municipality, one.years, still, table_for(basis(), level(), 2025, 25))
    assert solve(mine, chance=False).totals[25] == pytest.approx(
        solve(other, chance=False).totals[25], rel=1e-6
    )


def test_a_target_nobody_can_reach_is_named() -> None:
    flows = np.zeros((106, 2, 2, 3))
    flows[..., 0, 0] = 0.9
    flows[..., 1, 1] = 0.1
    flows[..., 0, 2] = 0.01
    rows = np.broadcast_to([0.9, 0.1], (106, 2, 2)).copy()
    columns = np.broadcast_to([0.89, 0.1, 0.01], (106, 2, 3)).copy()
    columns[80, 1] = [0.5, 0.49, 0.01]
    with pytest.raises(Trouble, match="80 år, menn, trinn 6"):
        scaled(flows, rows, columns, ["ingen tjeneste", "trinn 6", "døde"])
    flows[..., 1, 1] = 0.0
    with pytest.raises(Trouble, match="ingen overgang fører dit"):
        scaled(flows, rows, columns, ["ingen tjeneste", "trinn 6", "døde"])


def test_targets_that_do_not_sum_alike_are_told() -> None:
    with pytest.raises(Trouble, match="går ikke opp i antall personer"):
        scaled(np.ones((1, 2, 2)), np.array([[0.5, 0.5]]), np.array([[0.5, 0.6]]))


def test_rows_that_do_not_sum_to_one_are_told(lunner: Table) -> None:
    moves = lunner.moves.copy()
    moves[0, 80, 1, 2, 2] += 0.1
    with pytest.raises(Trouble, match="alder 80, kjønn 1, fra tilstand 2"):
        check_rows(moves)
    moves[0, 80, 1, 2, 2] = -0.2
    with pytest.raises(Trouble, match="negativ"):
        check_rows(moves)


def test_persons_of_other_ages_are_refused(lunner: Table) -> None:
    one = place(LUNNER, 25)
    with pytest.raises(Trouble, match="110 aldre"):
        world(one.municipality, one.years, np.ones((26, 110, 2)), lunner)
    with pytest.raises(Trouble, match="ingen innbyggere"):
        world(one.municipality, one.years, np.zeros((26, 106, 2)), lunner)
