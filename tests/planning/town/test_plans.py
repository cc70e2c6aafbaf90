"""A plan changes the town in order; what is wrong with it is told by the number of the change."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planning.town.towns import EAST, NORTH, network, town, wild_town

from trinnvis.planning.town import chunks
from trinnvis.planning.town.comparing import compare, home_changes
from trinnvis.planning.town.planning import carried_out
from trinnvis.planning.town.plans import Plan
from trinnvis.planning.town.running import Reason, Runner
from trinnvis.planning.town.tables import ALL_AGES, EVERYWHERE
from trinnvis.trouble import Trouble

SHOP = "dagligvare"
STREET = [[(0, 0), (800, 0)]]


def at(x, y):
    return (EAST + x, NORTH + y)


def plan(*changes, **more):
    return Plan.model_validate({"name": "p", "title": "Plan", "changes": changes, **more})


def street(homes=((10, 0), (400, 0), (790, 0)), shops=((0, 0),)):
    return town(STREET, list(homes), [(SHOP, [shop]) for shop in shops])


def totals(base, planned):
    return {
        row.profile: row
        for row in compare(base, planned)
        if (row.area, row.category, row.ages) == (EVERYWHERE, SHOP, ALL_AGES)
    }


def test_moving_a_service_has_gainers_and_losers(policy):
    runner, start = Runner(policy), street()
    base = runner.run(start)
    moved = plan({"kind": "move_service", "id": "s0", "at": [at(800, 0)]})
    after = runner.run(carried_out(start, moved, policy))
    row = totals(base, after)["rullator"]
    assert (row.before, row.after, row.gain, row.lose) == (4, 4, 4, 4)
    assert [(one.home, one.gained) for one in home_changes(base, after) if one.profile == "rullator"] == [
        ("h0", False),
        ("h2", True),
    ]


def test_changes_are_made_in_order(policy):
    changes = [
        {
            "kind": "add_home",
            "id": "ny",
            "at": at(20, 5),
            "area": "Roa",
            "dwellings": 12,
            "residents": {"eldst": 9},
        },
        {"kind": "set_residents", "id": "ny", "residents": {"eldst": 4}, "dwellings": 10},
        {"kind": "move_home", "id": "h2", "at": at(200, 0)},
        {"kind": "remove_home", "id": "h0"},
        {"kind": "add_service", "id": "kafe", "category": "kafe", "name": "Kafé", "at": [at(0, 9)]},
        {"kind": "remove_service", "id": "s0"},
    ]
    start = street()
    found = carried_out(start, plan(*changes), policy)
    assert found.homes.ids == ("h1", "h2", "ny")
    assert found.homes.residents[2].tolist() == [0, 0, 0, 4] and found.homes.dwellings[2] == 10
    assert found.services.ids == ("kafe",)
    runner = Runner(policy)
    row = totals(runner.run(start), runner.run(found))["rullator"]
    assert (row.before, row.after, row.lose, row.moved_out) == (4, 0, 0, 4)


def test_a_plan_may_be_in_another_coordinate_system(policy):
    near = plan({"kind": "add_service", "id": "ny", "category": SHOP, "at": [(10.6258, 60.24675)]}, crs=4326)
    found = carried_out(street(), near, policy)
    assert found.services.entrances[-1] == pytest.approx(at(0, 0), abs=30)


def test_a_closed_way_takes_and_a_new_one_gives(policy):
    lines = [
        [(0, 0), (200, 0)],
        [(200, 0), (400, 0)],
        [(0, 60), (400, 60)],
        [(0, 0), (0, 60)],
        [(200, 0), (200, 10)],
        [(0, 0), (-9, 0)],
    ]
    start = town(lines, [(390, 5)], [(SHOP, [(10, 0)])])
    runner = Runner(policy)
    base = runner.run(start)
    shut = runner.run(carried_out(start, plan({"kind": "remove_edge", "at": at(250, 0)}), policy))
    assert base.answers[0].flat[0] == pytest.approx(385)
    assert shut.answers[0].flat[0] > base.answers[0].flat[0]
    bridge = {"kind": "add_edge", "line": [at(400, 60), at(400, 0)]}
    assert runner.run(carried_out(start, plan(bridge), policy)).answers[0].flat[0] == pytest.approx(385)


def test_when_the_only_way_is_closed_nobody_is_connected(policy):
    start = street()
    found = Runner(policy).run(carried_out(start, plan({"kind": "remove_edge", "at": at(9, 0)}), policy))
    assert (found.answers[0].reason == Reason.NOT_CONNECTED).all()


def test_a_new_way_with_heights_is_as_steep_as_it_is_drawn(policy):
    lines = [[(0, 0), (200, 0)], [(0, 150), (200, 150)], [(0, 0), (0, 150)]]
    start = town(lines, [(200, 150)], [(SHOP, [(200, 0)])], heights=[[0, 0], [30, 30], [0, 30]])
    steep = plan({"kind": "add_edge", "line": [at(200, 0), at(200, 150)], "heights": [0, 30]})
    answer = Runner(policy).run(carried_out(start, steep, policy)).answers[0]
    assert answer.flat[0] == pytest.approx(150)
    assert [Reason(why).name for why in answer.reason[:, 0]] == ["SLOPE", "REACHED", "REACHED"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"kind": "move_service", "id": "s1", "at": [at(0, 0)]}, "Finner ikke tilbudet «s1»"),
        ({"kind": "add_service", "id": "s0", "category": SHOP, "at": [at(0, 0)]}, "finnes fra før"),
        (
            {"kind": "add_service", "id": "a", "category": "dagligvarer", "at": [at(0, 0)]},
            "Mente du dagligvare",
        ),
        (
            {"kind": "add_service", "id": "a", "category": SHOP, "at": [at(0, 400)]},
            "400 meter fra nærmeste gangveg",
        ),
        ({"kind": "set_residents", "id": "h0", "residents": {"gamle": 1}}, "Aldersgruppa «gamle»"),
        ({"kind": "remove_edge", "at": at(0, 500)}, "500 meter"),
        ({"kind": "add_edge", "line": [at(0, 300), at(9, 300)]}, "møter ingen veg"),
        ({"kind": "add_edge", "line": [at(0, 0), at(9, 9)], "heights": [1]}, "2 punkter og 1 høyder"),
        ({"kind": "remove_home", "id": "hjem"}, "boligen «hjem»"),
    ],
)
def test_what_cannot_be_done_is_told_by_its_number(policy, change, says):
    fine = {"kind": "move_home", "id": "h0", "at": at(5, 0)}
    with pytest.raises(Trouble) as trouble:
        carried_out(street(), plan(fine, change), policy)
    said = f"{trouble.value} {trouble.value.remedy}"
    assert "Endring 2 i planen «Plan»" in said and says in said


def test_runs_on_two_networks_are_not_compared(policy):
    runner, one = Runner(policy), street()
    other = replace(one, network=network([[(0, 0), (801, 0)]]))
    with pytest.raises(Trouble):
        list(compare(runner.run(one), runner.run(other)))


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_homes_answered_in_parts_are_answered_the_same(policy, seed):
    drawn = wild_town(seed, 70, 8, [SHOP, "apotek"])
    whole = Runner(policy).run(drawn)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chunks, "AT_ONCE", 16)
        parts = Runner(policy).run(drawn)
    for one, other in zip(whole.answers, parts.answers, strict=True):
        assert np.array_equal(one.metres, other.metres) and np.array_equal(one.service, other.service)
        assert np.array_equal(one.reason, other.reason) and np.array_equal(one.flat, other.flat)
    assert np.array_equal(whole.home_snaps.edges, parts.home_snaps.edges)
