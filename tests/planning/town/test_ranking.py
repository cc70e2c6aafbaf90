"""Where one more service would help most: checked by putting it there and counting."""

import numpy as np
import pytest
from planning.town import towns

from trinnvis.planning.town.planning import carried_out
from trinnvis.planning.town.plans import AddService, Plan
from trinnvis.planning.town.ranking import best_sites, best_spots, served
from trinnvis.planning.town.running import Reason, Runner

STREET = [[(x, 0) for x in range(0, 2001, 100)]]
HOMES = [(x, 5) for x in range(25, 2000, 50)]


@pytest.fixture
def result(policy):
    town = towns.town(STREET, HOMES, [("moteplass", [(0, 0)]), ("dagligvare", [(1000, 0)])])
    return Runner(policy).run(town)


def number(policy, code):
    return [one.code for one in policy.categories].index(code)


def test_each_spot_adds_what_it_says_when_those_before_it_are_there(policy, result):
    category = number(policy, "moteplass")
    spots = best_spots(result, category=category, profile=0, ages=3, count=3)
    reached = (result.answers[category].reason[0] == Reason.REACHED).sum()
    changes = []
    for at, spot in enumerate(spots):
        changes.append(AddService(kind="add_service", id=f"ny{at}", category="moteplass", at=(spot.at,)))
        plan = Plan(name="plan", title="Plan", changes=tuple(changes))
        after = Runner(policy).run(carried_out(result.town, plan, policy))
        now = (after.answers[category].reason[0] == Reason.REACHED).sum()
        assert now - reached == pytest.approx(spot.more)
        reached = now
    assert [spot.more for spot in spots] == sorted((spot.more for spot in spots), reverse=True)
    assert spots[0].more == 12  # a flat street with a home each 50 m: 300 m to either side


def test_nobody_to_help_gives_no_spots(policy):
    town = towns.town(STREET, [(50, 5)], [("moteplass", [(0, 0)])])
    held = Runner(policy).run(town)
    assert best_spots(held, category=number(policy, "moteplass"), profile=0, ages=3, count=3) == []


def test_sites_for_homes_have_most_near_and_lie_apart(policy, result):
    chosen = (number(policy, "moteplass"), number(policy, "dagligvare"))
    sites = best_sites(result, categories=chosen, profile=2, count=3)
    assert sites[0].reached == 2 and sum(m for m in sites[0].metres if m) == pytest.approx(1000, abs=60)
    for one in sites:
        others = [np.hypot(*np.subtract(one.at, other.at)) for other in sites if other is not one]
        assert min(others) >= policy.profiles[2].limit_m.value / 2


def test_each_service_is_counted_alone(policy):
    town = towns.town(
        STREET, HOMES, [("moteplass", [(500, 0)]), ("moteplass", [(600, 0)]), ("moteplass", [(1950, 0)])]
    )
    held = Runner(policy).run(town)
    rows = dict(served(held, category=number(policy, "moteplass"), profile=0, people=np.ones(len(HOMES))))
    assert rows == {0: 12, 1: 12, 2: 7}
