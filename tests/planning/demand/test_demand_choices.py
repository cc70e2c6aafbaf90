"""A planner's choices: every assumption with what is possible, kept as plain values, computed together."""

import json

import numpy as np
import pytest

from trinnvis.planning.demand.adjusting import adjusted_basis, adjusted_library, of_basis, of_scenario
from trinnvis.planning.demand.choices import Choices, computed, main_outcome, without_unknown
from trinnvis.planning.demand.forecast import Forecast, forecast
from trinnvis.planning.demand.means import available_staff, built_by_step, built_places, person_years
from trinnvis.planning.demand.reading import Library
from trinnvis.planning.demand.sums import hours_by_step, nok_by_service, places_on, steps_with_places
from trinnvis.planning.demand.waterfall import by_scenario, waterfall
from trinnvis.trouble import Trouble

MANY = Choices(
    "3234",
    2022,
    2045,
    ("trend", "dreining", "healthy-ageing"),
    {"trend.hjemmetjenester-80.yearly": -0.01},
    {"long_term.occupancy": 0.9, "work_year": 1600.0},
    {11: 40.0},
    150.0,
)


@pytest.fixture(scope="module")
def many(held: Library) -> Forecast:
    return computed(MANY, held)


def test_choices_come_back_from_json() -> None:
    assert Choices.from_json(json.loads(json.dumps(MANY.as_json()))) == MANY


def test_every_assumption_lies_within_what_is_possible_for_it(held: Library) -> None:
    every = [one for scenario in held.scenarios.values() for one in of_scenario(scenario)]
    every += list(of_basis(held.basis))
    assert len({one.key for one in every}) == len(every) > 25
    for one in every:
        assert one.least <= one.assumption.low <= one.assumption.value <= one.assumption.high <= one.most


def test_the_ends_of_what_is_possible_are_possible_and_beyond_is_not(held: Library) -> None:
    for one in of_basis(held.basis):
        for value in (one.least, one.most):
            adjusted_basis(held.basis, {one.key: value})
        with pytest.raises(Trouble, match="må ligge mellom"):
            adjusted_basis(held.basis, {one.key: one.most * 1.01 + 0.01})


@pytest.mark.parametrize(
    "values",
    [{"nei.a.b": 1.0}, {"trend.nei.yearly": 0.0}, {"trend.hjemmetjenester-80.code": 1.0}, {"x": 1.0}],
)
def test_an_assumption_that_does_not_exist_is_refused(held: Library, values: dict[str, float]) -> None:
    with pytest.raises(Trouble):
        adjusted_library(held, values, {})


def test_constant_rates_come_first_and_all_together_last(many: Forecast) -> None:
    names = [outcome.scenario.name for outcome in many.outcomes]
    assert names == ["constant", *MANY.scenarios, "+".join(MANY.scenarios)]
    assert main_outcome(many) is many.outcomes[-1]
    assert main_outcome(many).growth["hours"].middle[-1] < many.constant.growth["hours"].middle[-1]


def test_of_scenarios_that_stand_apart_the_first_chosen_is_the_main_one(held: Library) -> None:
    apart = forecast("3234", ["constant", "trend", "dreining"], held)
    assert main_outcome(apart).scenario.name == "trend"
    assert main_outcome(forecast("3234", ["constant"], held)).scenario.name == "constant"


def test_the_sums_are_those_of_the_total(many: Forecast) -> None:
    main = main_outcome(many)
    np.testing.assert_allclose(hours_by_step(main).sum(axis=1), main.total("hours").middle)
    np.testing.assert_allclose(nok_by_service(main).sum(axis=1), main.total("nok").middle)
    places = [places_on(main, at) for at in steps_with_places(main)]
    np.testing.assert_allclose(sum(each.middle for each in places), main.total("places").middle)
    assert all((each.high > each.middle).all() for each in places)


def test_a_lower_occupancy_asks_for_more_places(held: Library, many: Forecast) -> None:
    usual = computed(Choices("3234", 2022, 2045, MANY.scenarios, MANY.values), held)
    at = many.steps.index(11)
    more = places_on(main_outcome(many), at).middle / places_on(main_outcome(usual), at).middle
    np.testing.assert_allclose(more, 0.97 / 0.9)


def test_staff_follows_those_of_working_age(many: Forecast) -> None:
    stated, usual = available_staff(many, 150.0), available_staff(many, None)
    people = many.people.persons[0][:, 18:67].sum(axis=(1, 2))
    np.testing.assert_allclose(stated.available, 150.0 * people / people[0])
    assert usual.available[0] == pytest.approx(person_years(many, many.constant)[0])
    assert stated.stated and not usual.stated
    assert stated.nurses == (2022, 36.16)


def test_built_places_are_known_for_lunner_with_their_source() -> None:
    assert built_by_step("3234") == {9: 16, 10: 36, 11: 32}
    assert all(row.source and row.status == "må kontrolleres" for row in built_places("3234"))
    assert built_by_step("0301") == {}


def test_bars_shared_by_a_scenario_add_up_too(many: Forecast) -> None:
    scenario = main_outcome(many).scenario
    titles = {outcome.scenario.name: outcome.scenario.title for outcome in many.outcomes}
    parts = by_scenario(scenario, titles)
    assert [title for title, _ in parts] == [titles[name] for name in MANY.scenarios]
    found = waterfall(many.engine, scenario, 2040, parts=parts)
    assert found.start + sum(bar for _, bar in found.bars) == pytest.approx(found.end)


def test_what_the_library_no_longer_knows_is_left_out_and_named(held: Library) -> None:
    old = Choices("3234", scenarios=("trend", "borte"), values={"trend.x.y": 1.0}, basis={"z": 1.0})
    kept, lost = without_unknown(old, held)
    assert kept == Choices("3234", scenarios=("trend",)) and lost == ("borte", "trend.x.y", "z")
    assert without_unknown(MANY, held) == (MANY, ())
