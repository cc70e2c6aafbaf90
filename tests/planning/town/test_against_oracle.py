"""Every distance equals that of a network cut up by hand, and every point is where brute force puts it."""

import numpy as np
import pytest
from planning.town.oracle import distances
from planning.town.towns import wild_town

from trinnvis.planning.town.running import Runner
from trinnvis.planning.town.snapping import NOWHERE

SEEDS = (1, 2, 3)
HOMES = 220


@pytest.fixture(scope="module")
def answered(policy):
    codes = [category.code for category in policy.categories[:3]]
    return [Runner(policy).run(wild_town(seed, HOMES, 18, codes)) for seed in SEEDS]


def test_no_distance_differs_from_the_split_network(answered, policy):
    pairs = mismatches = reached = 0
    for result in answered:
        for answer in result.answers[:3]:
            for at, profile in enumerate(policy.profiles):
                limit = profile.limit_m.value
                want = distances(result.town.network, profile.rule(), result.home_snaps, answer.snaps, limit)
                pairs += len(want)
                reached += int(np.isfinite(want).sum())
                with np.errstate(invalid="ignore"):
                    same = (np.abs(answer.metres[at] - want) < 1e-4) | (answer.metres[at] == want)
                mismatches += int((~same).sum())
    assert (pairs, mismatches) == (len(SEEDS) * HOMES * 3 * 3, 0)
    assert pairs > 5000
    assert reached > 1000


def test_points_are_fastened_where_brute_force_finds_them(answered):
    for result in answered:
        net, xy, snaps = result.town.network, result.town.homes.xy, result.home_snaps
        rules = result.policy.snapping.rules()
        outside = (net.flags & 5) == 0
        for number in range(0, HOMES, 3):
            point = xy[number]
            metres = np.array(
                [_to_line(point, net, e) if outside[e] else np.inf for e in range(len(net.ends))]
            )
            got = snaps.edges[number][snaps.edges[number] != NOWHERE]
            if metres.min() > rules.farthest_m:
                assert not len(got)
                continue
            if not len(got) or snaps.legs[number, 0] > metres.min() + 1e-6:
                continue  # across the barrier, tested for itself
            assert snaps.legs[number, 0] == pytest.approx(metres.min())
            assert (metres[got] <= metres.min() + rules.spare_m + 1e-6).all()
            assert len(got) >= min(rules.most, int((metres <= metres.min() + rules.spare_m - 1e-6).sum()), 1)


def _to_line(point, net, edge):
    line = net.points[net.first_point[edge] : net.first_point[edge + 1]]
    a, b = line[:-1], line[1:]
    t = np.clip(((point - a) * (b - a)).sum(1) / np.maximum(((b - a) ** 2).sum(1), 1e-12), 0, 1)
    return np.hypot(*(a + t[:, None] * (b - a) - point).T).min()
