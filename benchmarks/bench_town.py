"""The five-minute town: the search beside others' engines, a whole plan, one more place, memory, growth."""

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from memory import own_peak, told_by
from registry import AtLeast, Entry, Once, bench, race

NODES, CATEGORIES, LIMIT_M = 75_847, 10, 1000.0
MOST_MB = 250.0
MOST_SLOPE = 15.0  # 10 is a straight line


@race(
    "Oslo east: every node × 10 categories within 1000 m",
    unit="node·category",
    amount=NODES * CATEGORIES,
    peers=("pandana_town", "numba_town", "networkx_town"),
    promises=(AtLeast("trinnvis", 40, "pandana_town"), AtLeast("trinnvis", 1 / 2.5, "numba_town")),
)
def town_search(folder: Path) -> Iterator[Entry]:
    from town_work import SERVICES, oslo_east

    from trinnvis.planning.town.running import ON_FOOT
    from trinnvis.planning.town.searching import Start, nearest, search
    from trinnvis.planning.town.snapping import Snaps
    from trinnvis.planning.town.walking import Walk

    network = oslo_east(hills=False)
    owner = np.repeat(np.arange(len(network.ends)), np.diff(network.first_point))
    step = np.hypot(*np.diff(network.points, axis=0, prepend=network.points[:1]).T)
    step[network.first_point[:-1]] = 0.0
    total = np.cumsum(step)
    along = total - total[network.first_point[:-1]][owner]
    places, row, node = np.unique(network.points.round(3), axis=0, return_index=True, return_inverse=True)
    node = node.reshape(-1)
    inside = np.flatnonzero(owner[1:] == owner[:-1])
    drawn = np.random.default_rng(20261122).choice(len(places), SERVICES, replace=False)
    kinds = np.array_split(drawn, CATEGORIES)
    np.savez(
        folder / "graph.npz", xy=places, u=node[inside], v=node[inside + 1], metres=step[inside + 1],
        limit=LIMIT_M, services=drawn, first=np.cumsum([0, *map(len, kinds)]),
    )  # fmt: skip
    assert len(places) == NODES, f"the race is told as one of {NODES} nodes, the file has {len(places)}"

    def at_nodes(chosen: Any) -> Snaps:
        one = row[chosen]
        return Snaps(owner[one][:, None], along[one][:, None], np.zeros((len(one), 1)))

    walk = Walk(network, ON_FOOT)
    start, entrances = Start.of(walk, at_nodes(np.arange(len(places)))), [at_nodes(k) for k in kinds]
    walk.matrix  # noqa: B018 built once for a network, as the peers' graphs are

    def ours() -> object:
        metres = [nearest(search(walk, each, LIMIT_M), start)[0] for each in entrances]
        return [_summed(row) for row in metres]

    yield Entry({"trinnvis": ours}, _agree)


def _summed(metres: Any) -> tuple[int, float]:
    """How many reach a service, and the metres they walk."""
    reached = metres[metres <= LIMIT_M]
    return len(reached), float(reached.sum())


def _agree(answers: dict[str, Any]) -> list[str]:
    """The same nodes but for a few at the limit, which pandana's whole millimetres decide."""
    wrong = []
    for name, answer in answers.items():
        for number, ((count, metres), (ours, own)) in enumerate(
            zip(answer, answers["trinnvis"], strict=True)
        ):
            if abs(count - ours) > 5 or abs(metres - own) > 1e-4 * own:
                wrong.append(
                    f"{name}, category {number}: {count} nodes, {metres:.0f} m; ours {ours}, {own:.0f} m"
                )
    return wrong


@bench("10 000 homes × 10 categories × 3 profiles on Oslo east, with fastening", limit_ms=500)
def town_whole_plan() -> Iterator[Once]:
    yield _whole_plan(10_000)


@bench("one more meeting place for 10 000 homes and 3 profiles", limit_ms=60)
def town_one_place() -> Iterator[Once]:
    from town_work import drawn_town, oslo_east, station_places

    from trinnvis.planning.town.planning import carried_out
    from trinnvis.planning.town.plans import AddService, Plan
    from trinnvis.planning.town.running import Runner
    from trinnvis.planning.town.shipped import shipped_policy

    policy, network = shipped_policy(), oslo_east()
    town, runner, rng = drawn_town(network, 10_000), Runner(policy), np.random.default_rng(1)
    places = station_places(network)
    runner.run(town)

    def once() -> object:
        x, y = places[rng.integers(len(places))].tolist()  # a new place each time, so that nothing is kept
        change = AddService(kind="add_service", id="ny", category="moteplass", at=((x, y),))
        return runner.run(carried_out(town, Plan(name="ny", title="Ny", changes=(change,)), policy))

    yield once


def _whole_plan(homes: int) -> Once:
    from town_work import drawn_town, oslo_east

    town = drawn_town(oslo_east(), homes)
    return lambda: _answered(town)


def _answered(town: Any) -> object:
    """By a runner that remembers nothing."""
    from trinnvis.planning.town.running import Runner
    from trinnvis.planning.town.shipped import shipped_policy

    return Runner(shipped_policy()).run(town)


@bench("import of Oslo east; its process, with a whole plan after it, stays under 250 MB", limit_ms=5000)
def town_import() -> Iterator[Once]:
    from town_work import oslo_east

    peak = most_memory()
    print(f"  most memory of import and whole plan: {peak:.0f} MB (promised 250)", file=sys.stderr)
    assert peak < MOST_MB, f"{peak:.0f} MB"
    yield oslo_east.__wrapped__


@bench("10 000 homes on ten such networks side by side; the curve to 1 000 000, in parts, is printed first")
def town_growth() -> Iterator[Once]:
    from town_work import drawn_town

    network = tiled(10)
    _answered(drawn_town(network, 10_000))  # what is built once for a network is no part of the curve
    seconds = {}
    for homes in (10_000, 100_000, 1_000_000):
        town, began = drawn_town(network, homes), time.process_time()
        _answered(town)
        seconds[homes] = time.process_time() - began
        print(f"  {homes:>9} homes: {seconds[homes]:.1f} CPU s, {own_peak():.0f} MB so far", file=sys.stderr)
    slope = (seconds[1_000_000] - seconds[100_000]) / (seconds[100_000] - seconds[10_000])
    assert slope < MOST_SLOPE, f"ten times the homes cost {slope:.1f} times as much more"
    town = drawn_town(network, 10_000)
    yield lambda: _answered(town)


def most_memory() -> float:
    """Megabytes of a process of its own that imports, draws 10 000 homes and runs."""
    [peak] = told_by("import bench_town, memory; bench_town._whole_plan(10_000)(); print(memory.own_peak())")
    return peak


def tiled(times: int) -> Any:
    """Oslo east so many times side by side, as one network: what a county is like."""
    from town_work import oslo_east

    from trinnvis.planning.town.network import Network

    one = oslo_east()
    width = float(np.ptp(one.points[:, 0])) + 1000.0
    shift = [np.array([at * width, 0.0]) for at in range(times)]

    def again(first: Any) -> Any:
        return np.concatenate([first[:-1] + at * first[-1] for at in range(times)] + [[times * first[-1]]])

    return Network(
        one.crs,
        np.concatenate([one.nodes + s for s in shift]),
        np.concatenate([one.ends + at * len(one.nodes) for at in range(times)]),
        np.concatenate([one.points + s for s in shift]), again(one.first_point),
        np.tile(one.flags, times), np.tile(one.stations, times), again(one.first_station),
        np.tile(one.heights, times), np.tile(one.spans, times),
        np.concatenate([one.barriers + s for s in shift]), again(one.first_barrier),
    )  # fmt: skip
