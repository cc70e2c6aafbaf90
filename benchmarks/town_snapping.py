"""What fastening at the nearest node, or walking as the crow flies, does to the answer: the share of pairs of
home and errand put in another class than by edges with the way there. Prints the table in
docs/methods/town.md.
"""

import sys

import numpy as np
from scipy.spatial import cKDTree
from town_work import FIRST_DAY, OSLO_EAST, drawn_town, oslo_east

from trinnvis.planning.town.importing.making import Context, from_osm
from trinnvis.planning.town.importing.report import Report
from trinnvis.planning.town.network import Network
from trinnvis.planning.town.places import Town
from trinnvis.planning.town.running import ON_FOOT
from trinnvis.planning.town.searching import Start, nearest, search
from trinnvis.planning.town.shipped import shipped_policy
from trinnvis.planning.town.snapping import Snapper, Snaps
from trinnvis.planning.town.walking import Walk

CLASSES = (300.0, 500.0, 1000.0)
POLICY = shipped_policy()


def helsinki() -> Town:
    """Real addresses and services."""
    context = Context(POLICY, FIRST_DAY, None, np.zeros(len(POLICY.age_groups)), "")
    found = from_osm(OSLO_EAST.with_name("helsinki.osm.pbf"), context, Report())
    assert found.network and found.homes and found.services
    return Town(found.network, found.homes, found.services)


def at_vertices(network: Network, xy: np.ndarray, *, junctions: bool) -> Snaps:
    """Each point at its nearest vertex of a way, or junction, with no way there counted."""
    owner = np.repeat(np.arange(len(network.ends)), np.diff(network.first_point))
    step = np.hypot(*np.diff(network.points, axis=0, prepend=network.points[:1]).T)
    step[network.first_point[:-1]] = 0.0
    total = np.cumsum(step)
    along = total - total[network.first_point[:-1]][owner]
    chosen = np.arange(len(owner))
    if junctions:
        chosen = np.concatenate((network.first_point[:-1], network.first_point[1:] - 1))
    row = chosen[cKDTree(network.points[chosen]).query(xy)[1]]
    return Snaps(owner[row][:, None], along[row][:, None], np.zeros((len(xy), 1)))


def compared(town: Town) -> dict[str, list[float]]:
    """By method: wrong class, too near, too far (shares of pairs), and the error at the 95th percentile."""
    walk, snapper = Walk(town.network, ON_FOOT), Snapper(town.network, POLICY.snapping.rules())
    rows: dict[str, list[np.ndarray]] = {}
    for category in POLICY.categories:
        doors = town.services.entrances[town.services.entrances_of(category.code)]
        if len(doors) < 5:
            continue

        def walked(homes: Snaps, entrances: Snaps) -> np.ndarray:
            return nearest(search(walk, entrances, 5000.0), Start.of(walk, homes))[0]

        air = cKDTree(doors).query(town.homes.xy)[0]
        found = {
            "truth": walked(snapper.snap(town.homes.xy), snapper.snap(doors)),
            "nearest vertex": walked(
                *(at_vertices(town.network, xy, junctions=False) for xy in (town.homes.xy, doors))
            ),
            "nearest junction": walked(
                *(at_vertices(town.network, xy, junctions=True) for xy in (town.homes.xy, doors))
            ),
            "straight": air,
            "straight x 1.3": 1.3 * air,
        }
        for name, metres in found.items():
            rows.setdefault(name, []).append(metres)
    told = {}
    truth = np.concatenate(rows.pop("truth"))
    near = np.isfinite(truth)
    right = np.searchsorted(CLASSES, truth[near])
    for name, parts in rows.items():
        metres = np.concatenate(parts)[near]
        given = np.searchsorted(CLASSES, metres)
        error = np.abs(metres - truth[near])
        told[name] = [
            float((given != right).mean()), float((given < right).mean()), float((given > right).mean()),
            float(np.percentile(error[np.isfinite(error)], 95)),
        ]  # fmt: skip
    return told


if __name__ == "__main__":
    for title, town in (("Helsinki", helsinki()), ("Oslo east", drawn_town(oslo_east(hills=False), 10_000))):
        print(f"{title}, {len(town.homes.ids)} homes", file=sys.stdout)
        for name, (wrong, low, high, p95) in compared(town).items():
            print(f"  {name:18} {wrong:6.1%} wrong ({low:.1%} too near, {high:.1%} too far), p95 {p95:.0f} m")
