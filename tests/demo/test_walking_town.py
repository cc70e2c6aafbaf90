"""The invented town: the same each time, the demo's own people in it, labelled, and worth walking in."""

from datetime import date

import numpy as np
import pytest

from trinnvis.demo.figures import shipped_figures
from trinnvis.demo.housing import OUTSIDE
from trinnvis.demo.population import draw_population
from trinnvis.demo.town.making import invented_town
from trinnvis.demo.town.step import dwellings_of
from trinnvis.planning.town.building import pieces_in_touch
from trinnvis.planning.town.importing.composing import compose
from trinnvis.planning.town.network import Way
from trinnvis.planning.town.running import Reason, Runner
from trinnvis.planning.town.shipped import shipped_policy
from trinnvis.planning.town.tables import quality_rows

MADE_ON = date(2026, 11, 16)
POLICY = shipped_policy()


@pytest.fixture(scope="module")
def dwellings():
    return dwellings_of(draw_population(shipped_figures(), 1))


@pytest.fixture(scope="module")
def invented(dwellings):
    return invented_town(dwellings, POLICY, seed=1, made_on=MADE_ON)


@pytest.fixture(scope="module")
def result(invented):
    town, _notes = compose([invented], POLICY)
    return Runner(POLICY).run(town)


def test_the_same_seed_gives_the_same_town_and_another_seed_another(dwellings, invented):
    again = invented_town(dwellings, POLICY, seed=1, made_on=MADE_ON)
    other = invented_town(dwellings, POLICY, seed=2, made_on=MADE_ON)
    for one, same in ((invented.network, again.network), (invented.homes, again.homes)):
        assert one.version == same.version
    assert other.network.version != invented.network.version


def test_four_settlements_have_the_people_lunners_have(invented):
    homes = invented.homes
    people = np.bincount(homes.areas, weights=homes.residents.sum(axis=1))
    told = dict(zip(homes.area_names, people.tolist(), strict=True))
    care_centre = sum(
        homes.residents[at].sum() for at, name in enumerate(homes.ids) if "omsorgssenter" in name
    )
    assert care_centre > 0  # those who live there are counted in their settlement
    assert {name: told[name] for name in ("Lunner", "Roa", "Grua", "Harestua")} == {
        "Lunner": 974, "Roa": 978, "Grua": 1623, "Harestua": 2498
    }  # fmt: skip
    assert told["Spredt"] > 3000


def test_every_home_is_a_dwelling_of_the_demo_with_those_who_live_there(dwellings, invented):
    held = dict(zip(invented.homes.ids, invented.homes.residents.sum(axis=1).tolist(), strict=True))
    here = [one for one in dwellings if one.settlement != OUTSIDE]
    assert {one.address: len(one.ages) for one in here} == held
    over_80 = sum(age >= 80 for one in here for age in one.ages)
    assert invented.homes.residents[:, -1].sum() == over_80


def test_there_are_hills_steps_and_a_railway_and_one_gets_everywhere(invented):
    network = invented.network
    assert network.has_heights and (np.abs(network.grades) > 1 / 20).mean() > 0.1
    assert ((network.flags & Way.STEPS) > 0).any()
    assert len(network.first_barrier) - 1 == 4
    assert pieces_in_touch(network).max() == 0


def test_slope_missing_links_and_distance_all_matter(result):
    reasons = {Reason(int(why)) for answer in result.answers for why in np.unique(answer.reason[0])}
    assert {Reason.REACHED, Reason.DISTANCE, Reason.SLOPE, Reason.MISSING_LINK} <= reasons
    assert Reason.NOT_CONNECTED not in reasons and Reason.NO_SERVICE not in reasons
    assert len(quality_rows(result)) < 40


def test_it_says_that_it_is_invented(invented):
    for part in (invented.network, invented.homes, invented.services):
        assert "Oppdiktet" in part.origins[0].title and "finnes ikke" in part.origins[0].attribution
