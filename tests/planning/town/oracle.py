"""The same question answered the long way: every edge cut at every window and every point, in networkx.

Nothing of the engine's searching, costs or slope is used; only its network and where it fastened points.
"""

import math
from itertools import pairwise

import networkx as nx
import numpy as np

from trinnvis.planning.town.network import Network, Way
from trinnvis.planning.town.snapping import NOWHERE, Snaps
from trinnvis.planning.town.walking import Rule, Tobler


def times(rule: Rule, grade: float) -> float:
    slope = abs(grade)
    if isinstance(rule.slope, Tobler):
        k, o = rule.slope.steepness, rule.slope.offset
        flat = math.exp(-k * o)
        there, back = (flat / math.exp(-k * abs(s + o)) for s in (slope, -slope))
        return max(1.0, (there + back) / 2)
    points = list(zip(rule.slope.grades, rule.slope.multipliers, strict=True))
    if slope <= points[0][0]:
        return points[0][1]
    for (g0, m0), (g1, m1) in pairwise(points):
        if slope <= g1:
            return m0 + (m1 - m0) * (slope - g0) / (g1 - g0)
    return points[-1][1]


def split_graph(network: Network, rule: Rule, homes: Snaps, entrances: Snaps) -> nx.DiGraph:
    cuts: dict[int, set[float]] = {}
    for snaps in (homes, entrances):
        for edge, at in zip(snaps.edges.ravel(), snaps.at.ravel(), strict=True):
            if edge != NOWHERE:
                cuts.setdefault(int(edge), set()).add(float(at))
    graph = nx.DiGraph()

    def join(one, other, cost):
        for a, b in ((one, other), (other, one)):
            if not graph.has_edge(a, b) or graph[a][b]["weight"] > cost:
                graph.add_edge(a, b, weight=cost)

    for edge in range(len(network.ends)):
        low, high = network.first_station[edge], network.first_station[edge + 1]
        stations, heights = network.stations[low:high], network.heights[low:high]
        length = stations[-1]
        places = sorted({float(s) for s in stations} | cuts.get(edge, set()))
        names = [
            ("j", int(network.ends[edge, 0])) if p <= 0 else ("j", int(network.ends[edge, 1])) if p >= length
            else ("e", edge, p) for p in places
        ]  # fmt: skip
        closed = not rule.steps and network.flags[edge] & Way.STEPS
        for (p, a), (q, b) in zip(zip(places, names, strict=True), zip(places[1:], names[1:], strict=True),
                                  strict=False):  # fmt: skip
            window = max(i for i in range(len(stations) - 1) if stations[i] <= p)
            run = stations[window + 1] - stations[window]
            rise = heights[window + 1] - heights[window]
            grade = 0.0 if np.isnan(rise) else rise / run
            steep = (
                rule.steepest is not None
                and abs(grade) > rule.steepest
                and network.spans[low + window] > rule.steepest_over_m
            )
            if not closed and not steep:
                join(a, b, (q - p) * times(rule, grade))

    def name_of(edge, at):
        length = network.lengths[edge]
        if at <= 0:
            return ("j", int(network.ends[edge, 0]))
        return ("j", int(network.ends[edge, 1])) if at >= length else ("e", int(edge), float(at))

    for kind, snaps in (("home", homes), ("entrance", entrances)):
        for number in range(len(snaps.edges)):
            graph.add_node((kind, number))
            for edge, at, leg in zip(snaps.edges[number], snaps.at[number], snaps.legs[number], strict=True):
                if edge == NOWHERE:
                    continue
                one, other = (name_of(edge, at), (kind, number))
                if kind == "entrance":
                    one, other = other, one
                graph.add_edge(one, other, weight=float(leg))
    return graph


def distances(network: Network, rule: Rule, homes: Snaps, entrances: Snaps, limit: float) -> np.ndarray:
    graph = split_graph(network, rule, homes, entrances)
    sources = {("entrance", i) for i in range(len(entrances.edges))}
    found = nx.multi_source_dijkstra_path_length(graph, sources) if sources else {}
    row = np.array([found.get(("home", i), np.inf) for i in range(len(homes.edges))])
    row[row > limit] = np.inf
    return row
