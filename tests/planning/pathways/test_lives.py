"""The persona as many: exact chances of the ladder model, and what each pathway takes when lives differ."""

from datetime import date
from importlib.resources import files

import numpy as np
import pytest

from trinnvis.planning.demand.reading import library
from trinnvis.planning.pathways.comparing import Comparison, compare
from trinnvis.planning.pathways.living import QUANTILES, Spread, spreads
from trinnvis.planning.pathways.pricing import PriceList
from trinnvis.planning.pathways.reading import persona
from trinnvis.planning.population.axes import MALE
from trinnvis.policy.loading import load_folder

ON = date(2026, 11, 25)


@pytest.fixture(scope="module")
def compared() -> dict[str, Comparison]:
    policy = load_folder(str(files("trinnvis.policy").joinpath("lunner")))
    prices = PriceList.at(policy, ON)
    return {code: compare(persona(code, policy), prices) for code in ("johs", "ada")}


@pytest.fixture(scope="module")
def johs(compared: dict[str, Comparison]) -> tuple[Spread, ...]:
    return spreads(compared["johs"], library().basis)


def test_everybody_dies_once_and_nobody_comes_back(johs: tuple[Spread, ...]) -> None:
    for each in johs:
        assert each.lives.deaths.sum() == pytest.approx(1)
        assert each.lives.alive[0] == 1
        gone = np.cumsum(each.lives.deaths.sum(axis=1))[:-1]
        assert each.lives.alive[1:] == pytest.approx(1 - gone)


def test_the_chance_of_living_on_is_the_ladder_models_own(johs: tuple[Spread, ...]) -> None:
    """One year from no services: the row of the calibrated table, nothing more."""
    from trinnvis.planning.demand.levels import base_years, levels
    from trinnvis.planning.ladder.table import table_for

    base = base_years("3234")[-1]
    table = table_for(library().basis, levels("3234", base), base, 105 - 70)
    row = table.moves[0, 70, MALE, table.steps.index(0)]
    lives = johs[1].lives
    assert lives.by_step[1] == pytest.approx(row[:-1])
    assert lives.deaths[0].sum() == pytest.approx(row[-1])


def test_quantiles_rise_and_hold_the_story_between_them(
    johs: tuple[Spread, ...], compared: dict[str, Comparison]
) -> None:
    for each, priced in zip(johs, compared["johs"].priced, strict=True):
        assert len(each.as_told) == len(QUANTILES)
        for values in (each.as_told, each.modelled):
            assert list(values) == sorted(values)
        assert each.as_told[0] < float(priced.nok) < each.as_told[-1]


def test_moves_of_the_reactive_scenario_bring_more_to_an_institution(johs: tuple[Spread, ...]) -> None:
    chances = [each.lives.ever_in_institution for each in johs]
    assert chances[0] < chances[1] < chances[2]


def test_a_story_that_stops_before_death_takes_what_it_says_for_those_who_live(
    compared: dict[str, Comparison],
) -> None:
    for each, priced in zip(spreads(compared["ada"], library().basis), compared["ada"].priced, strict=True):
        assert each.as_told[-1] == pytest.approx(float(priced.nok))
        assert each.mean_as_told < float(priced.nok)
