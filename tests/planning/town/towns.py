"""Towns drawn for tests: from lines one writes, or at random with all that can go wrong."""

from collections.abc import Sequence

import numpy as np

from trinnvis.planning.town.building import RawLines, build
from trinnvis.planning.town.network import Network, Way, line_points
from trinnvis.planning.town.places import NO_SERVICES, Homes, Services, Town

CRS = 25832
EAST, NORTH = 590_000.0, 6_680_000.0


def network(lines, *, flags=None, heights=None, barriers=(), offset=(EAST, NORTH), window_m=20.0) -> Network:
    """Lines of (x, y) in metres; points at equal places are the same place."""
    points, first = line_points([np.array(line, dtype=float) + offset for line in lines])
    _, keys = np.unique(points.round(6), axis=0, return_inverse=True)
    barrier_points, first_barrier = line_points([np.array(line, dtype=float) + offset for line in barriers])
    raw = RawLines(
        points,
        first,
        keys.reshape(-1).astype(np.int64),
        np.array(flags if flags is not None else [0] * len(lines), dtype=np.uint8),
        np.full(len(points), np.nan)
        if heights is None
        else np.concatenate([np.array(h, float) for h in heights]),
        barrier_points,
        first_barrier,
    )
    return build(raw, crs=CRS, window_m=window_m)


def homes(places, *, residents=None, areas=None, offset=(EAST, NORTH)) -> Homes:
    xy = np.array(places, dtype=float).reshape(-1, 2) + offset
    names = tuple(dict.fromkeys(areas)) if areas else ("Bygda",)
    return Homes(
        tuple(f"h{i}" for i in range(len(xy))),
        xy,
        names,
        np.array([names.index(a) for a in areas] if areas else [0] * len(xy), dtype=np.int64),
        np.ones(len(xy)),
        np.array(residents, dtype=float) if residents is not None else np.ones((len(xy), 4)),
    )


def services(rows: Sequence[tuple[str, list[tuple[float, float]]]], offset=(EAST, NORTH)) -> Services:
    """Rows of (category, entrances)."""
    if not rows:
        return NO_SERVICES
    return Services(
        tuple(f"s{i}" for i in range(len(rows))),
        tuple(f"Tilbud {i}" for i in range(len(rows))),
        tuple(category for category, _ in rows),
        np.array([place for _, places in rows for place in places], dtype=float) + offset,
        np.repeat(np.arange(len(rows)), [len(places) for _, places in rows]),
    )


def town(lines, home_places, service_rows, **ways) -> Town:
    return Town(network(lines, **ways), homes(home_places), services(service_rows))


def wild_lines(rng: np.random.Generator, size: int = 9, step: float = 90.0):
    """A crooked grid with gaps, double streets, loops, a ring of its own, an island, stairs and hills."""
    grid = rng.normal(0, step / 8, (size, size, 2)) + np.stack(
        np.meshgrid(np.arange(size) * step, np.arange(size) * step, indexing="ij"), axis=-1
    )
    hill = lambda p: 25 * np.sin(p[..., 0] / 170) + 18 * np.cos(p[..., 1] / 130)  # noqa: E731
    lines, flags = [], []

    def add(one, other, bend=0.0, flag=0):
        middle = (one + other) / 2 + bend * np.array([other[1] - one[1], one[0] - other[0]])
        lines.append(np.array([one, middle, other]))
        flags.append(flag)

    for i in range(size):
        for j in range(size):
            for di, dj in ((1, 0), (0, 1)):
                if i + di < size and j + dj < size and rng.random() > 0.18:
                    flag = Way.STEPS if rng.random() < 0.06 else Way.BRIDGE if rng.random() < 0.05 else 0
                    add(grid[i, j], grid[i + di, j + dj], rng.normal(0, 0.2), int(flag))
                    if rng.random() < 0.08:  # a second street between the same junctions
                        add(grid[i, j], grid[i + di, j + dj], 0.5)
            if rng.random() < 0.05:  # a turning loop
                a = np.linspace(0, 2 * np.pi, 9)
                ring = grid[i, j] + 25 * np.stack((np.cos(a) - 1, np.sin(a)), axis=1)
                ring[-1] = ring[0]
                lines.append(ring)
                flags.append(0)
    a = np.linspace(0, 2 * np.pi, 13)
    ring = np.array([-250.0, 100.0]) + 60 * np.stack((np.cos(a), np.sin(a)), axis=1)
    ring[-1] = ring[0]
    lines += [ring, np.array([[-300.0, 500.0], [-300.0, 640.0]])]
    flags += [0, 0]
    return lines, flags, [hill(line) for line in lines]


def wild_town(seed: int, home_count: int, service_count: int, categories: Sequence[str]) -> Town:
    rng = np.random.default_rng(seed)
    lines, flags, heights = wild_lines(rng)
    net = network(lines, flags=flags, heights=heights, barriers=[[(200, -100), (205, 400)]])
    low, high = net.points.min(axis=0) - 30, net.points.max(axis=0) + 30
    drawn = rng.uniform(low, high, (home_count, 2))
    on_edges = net.points[rng.integers(len(net.points), size=home_count // 3)]
    drawn[: len(on_edges)] = on_edges + rng.normal(0, 8, on_edges.shape)
    stood = rng.uniform(low, high, (service_count, 2)) - (EAST, NORTH)
    rows = [
        (categories[i % len(categories)], [tuple(place), *([tuple(place + 15)] if i % 4 == 0 else [])])
        for i, place in enumerate(stood)
    ]
    return Town(net, homes(drawn - (EAST, NORTH)), services(rows))
