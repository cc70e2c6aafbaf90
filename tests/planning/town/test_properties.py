"""What must hold in every network, however crooked."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planning.town.towns import CRS, EAST, NORTH, homes, network, services, town, wild_lines, wild_town
from pyproj import Transformer

from trinnvis.planning.town.building import RawLines, build
from trinnvis.planning.town.places import Homes, Services, Town
from trinnvis.planning.town.planning import carried_out
from trinnvis.planning.town.plans import AddEdge, AddService, Plan
from trinnvis.planning.town.running import ON_FOOT, Reason, Runner
from trinnvis.planning.town.searching import Start, nearest, search
from trinnvis.planning.town.snapping import Snapper
from trinnvis.planning.town.walking import Walk

SHOP = "dagligvare"
SEED = st.integers(0, 10_000)
few = settings(max_examples=8, deadline=None)


def metres(result):
    return np.stack([answer.metres for answer in result.answers])


@few
@given(seed=SEED)
def test_adding_a_service_never_makes_a_walk_longer(policy, seed):
    start = wild_town(seed, 60, 6, [SHOP])
    runner = Runner(policy)
    place = np.random.default_rng(seed).uniform(0, 700, 2) + np.array((EAST, NORTH))
    plan = Plan(
        name="p",
        title="p",
        changes=(AddService(kind="add_service", id="ny", category=SHOP, at=(tuple(place),)),),
    )
    before, after = runner.run(start), runner.run(carried_out(start, plan, policy))
    assert (metres(after) <= metres(before)).all()
    assert (after.reached() >= before.reached()).all()


@few
@given(seed=SEED)
def test_building_a_way_never_makes_a_walk_longer(policy, seed):
    start = wild_town(seed, 60, 6, [SHOP])
    rng = np.random.default_rng(seed)
    net = start.network
    one, other = (net.points[i] for i in rng.integers(len(net.points), size=2))
    line = (tuple(one + 1), tuple((one + other) / 2 + 10), tuple(other - 1))
    plan = Plan(name="p", title="p", changes=(AddEdge(kind="add_edge", line=line),))
    runner = Runner(policy)
    before, after = runner.run(start), runner.run(carried_out(start, plan, policy))
    assert (metres(after) <= metres(before) + 1e-6).all()


@few
@given(seed=SEED)
def test_there_is_as_far_as_back(policy, seed):
    """One home to one service, and the other way round; also with slope, since an errand goes both ways."""
    drawn = wild_town(seed, 40, 1, [SHOP])
    walk = Walk(drawn.network, policy.profiles[1].rule())
    snapper = Snapper(drawn.network, policy.snapping.rules())
    one, other = snapper.snap(drawn.homes.xy[:20]), snapper.snap(drawn.homes.xy[20:])
    for i in range(20):
        a, b = one.rows(slice(i, i + 1)), other.rows(slice(i, i + 1))
        there, _ = nearest(search(walk, a, 1e6), Start.of(walk, b))
        back, _ = nearest(search(walk, b, 1e6), Start.of(walk, a))
        assert there == pytest.approx(back, abs=1e-4)


@few
@given(seed=SEED)
def test_the_order_of_ways_homes_and_services_does_not_matter(policy, seed):
    rng = np.random.default_rng(seed)
    lines, flags, heights = wild_lines(rng)
    places, shops = rng.uniform(0, 700, (50, 2)), rng.uniform(0, 700, (5, 2))
    one = Runner(policy).run(
        Town(
            network(lines, flags=flags, heights=heights),
            homes(places),
            services([(SHOP, [p]) for p in shops]),
        )
    )
    order = rng.permutation(len(lines))
    turned = [lines[i][::-1] for i in order], [flags[i] for i in order], [heights[i][::-1] for i in order]
    other = Runner(policy).run(
        Town(
            network(turned[0], flags=turned[1], heights=turned[2]),
            homes(places[::-1]),
            services([(SHOP, [p]) for p in shops[::-1]]),
        )
    )
    # A turned polyline is cut in the same windows, for its windows are equal; chains keep their ends.
    assert other.answers[0].metres[:, ::-1] == pytest.approx(one.answers[0].metres, abs=1e-4)


def test_the_coordinate_system_does_not_matter(policy):
    """UTM 32 and 33 stretch lengths by less than 0.1 % in Lunner."""
    start = wild_town(7, 80, 6, [SHOP])
    move = Transformer.from_crs(CRS, 25833, always_xy=True).transform

    def moved(xy):
        return np.stack(move(xy[:, 0], xy[:, 1]), axis=1)

    net = start.network
    raw = RawLines(
        moved(net.points), net.first_point, _keys(net), net.flags, np.full(len(net.points), np.nan)
    )
    flat = RawLines(net.points, net.first_point, _keys(net), net.flags, np.full(len(net.points), np.nan))
    here, there = (
        Runner(policy).run(Town(build(r, crs=c, window_m=20), place, shops)).answers[0].flat
        for r, c, place, shops in (
            (flat, CRS, start.homes, start.services),
            (raw, 25833, replace(start.homes, xy=moved(start.homes.xy)),
             replace(start.services, entrances=moved(start.services.entrances))),
        )
    )  # fmt: skip
    both = np.isfinite(here) & np.isfinite(there)
    assert both.sum() > 40
    assert there[both] == pytest.approx(here[both], rel=2e-3, abs=0.2)


def _keys(net):
    return np.unique(net.points.round(3), axis=0, return_inverse=True)[1].reshape(-1).astype(np.int64)


def flat_metres(policy, lines, home, shop, **ways):
    result = Runner(policy).run(town(lines, [home], [(SHOP, [shop])], **ways))
    return result.answers[0].flat[0], Reason(result.answers[0].reason[1, 0])


def test_a_home_on_the_services_own_edge_walks_straight_along_it(policy):
    found, why = flat_metres(policy, [[(0, 0), (400, 0)]], (100, 20), (160, -10))
    assert found == pytest.approx(20 + 60 + 10)
    assert why is Reason.REACHED


def test_a_ring_with_no_junction_is_walked_the_short_way(policy):
    ring = [(0, 0), (100, 0), (100, 100), (0, 100), (0, 0)]
    assert flat_metres(policy, [ring], (50, 0), (0, 10))[0] == pytest.approx(60)
    assert flat_metres(policy, [ring], (90, 0), (100, 95))[0] == pytest.approx(105)


def test_of_two_streets_between_the_same_junctions_the_shorter_is_taken(policy):
    lines = [
        [(0, 0), (0, 50), (100, 50), (100, 0)],
        [(0, 0), (100, 0)],
        [(-50, 0), (0, 0)],
        [(100, 0), (150, 0)],
    ]
    assert flat_metres(policy, lines, (-50, 0), (150, 0))[0] == pytest.approx(200)


def test_a_turning_loop_adds_nothing(policy):
    lines = [[(0, 0), (100, 0)], [(100, 0), (200, 0)], [(100, 0), (120, 20), (80, 20), (100, 0)]]
    assert flat_metres(policy, lines, (0, 0), (200, 0))[0] == pytest.approx(200)


def test_an_island_is_told_from_a_long_way(policy):
    lines = [[(0, 0), (100, 0)], [(0, 120), (100, 120)]]
    found, why = flat_metres(policy, lines, (50, 2), (50, 118))
    assert not np.isfinite(found)
    assert why is Reason.MISSING_LINK
    _, why = flat_metres(policy, [[(0, 0), (5000, 0)]], (0, 0), (5000, 0))
    assert why is Reason.DISTANCE


def test_a_home_far_from_every_way_is_not_connected(policy):
    assert flat_metres(policy, [[(0, 0), (100, 0)]], (50, 101), (50, 0))[1] is Reason.NOT_CONNECTED


def test_a_leg_does_not_cross_a_river(policy):
    lines = [[(0, 0), (300, 0)], [(0, 60), (300, 60)], [(300, 0), (300, 60)]]
    river = [[(-100, 10), (250, 10)]]
    dry, _ = flat_metres(policy, lines, (100, 20), (100, 0))
    wet, _ = flat_metres(policy, lines, (100, 20), (100, 0), barriers=river)
    assert dry == pytest.approx(20)
    assert wet == pytest.approx(40 + 200 + 60 + 200)


def test_without_services_every_home_is_told_so(policy):
    result = Runner(policy).run(town([[(0, 0), (100, 0)]], [(10, 0), (20, 0)], []))
    assert all((answer.reason == Reason.NO_SERVICE).all() for answer in result.answers)


def test_without_homes_there_is_nothing_to_answer(policy):
    result = Runner(policy).run(town([[(0, 0), (100, 0)]], [], [(SHOP, [(0, 0)])]))
    assert result.answers[0].metres.shape == (3, 0)


def test_of_two_entrances_the_nearer_counts(policy):
    one = town([[(0, 0), (400, 0)]], [(0, 0)], [(SHOP, [(300, 0), (100, 0)])])
    assert Runner(policy).run(one).answers[0].flat[0] == pytest.approx(100)
    assert Runner(policy).run(one).answers[0].service[1, 0] == 0


def test_of_two_services_the_nearer_is_named(policy):
    one = town([[(0, 0), (400, 0)]], [(0, 0), (400, 0)], [(SHOP, [(250, 0)]), (SHOP, [(100, 0)])])
    assert Runner(policy).run(one).answers[0].service[1].tolist() == [1, 0]


def test_the_flat_distance_is_that_of_the_search_on_foot(policy):
    drawn = wild_town(5, 50, 6, [SHOP])
    walk = Walk(drawn.network, ON_FOOT)
    snapper = Snapper(drawn.network, policy.snapping.rules())
    found, _ = nearest(
        search(walk, snapper.snap(drawn.services.entrances), policy.farthest_m),
        Start.of(walk, snapper.snap(drawn.homes.xy)),
    )
    assert Runner(policy).run(drawn).answers[0].flat == pytest.approx(found)


def test_places_have_a_fingerprint_that_follows_them():
    one, other = homes([(0, 0)]), homes([(0, 1)])
    assert isinstance(one, Homes) and one.version != other.version
    shops = services([(SHOP, [(0, 0)])])
    assert isinstance(shops, Services)
    assert replace(shops, categories=("apotek",)).version != shops.version
