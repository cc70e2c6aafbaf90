"""The town race in networkx: one bounded Dijkstra from all services of a category."""

import networkx as nx
import numpy as np
from rounds import serve
from town_graph import kinds, limit, metres, summed, u, v

GRAPH = nx.Graph()
for one, other, length in zip(u.tolist(), v.tolist(), metres.tolist(), strict=True):
    if not GRAPH.has_edge(one, other) or GRAPH[one][other]["weight"] > length:
        GRAPH.add_edge(one, other, weight=length)


def once():
    return [
        summed(
            np.fromiter(
                nx.multi_source_dijkstra_path_length(GRAPH, set(nodes.tolist()), limit).values(), float
            )
        )
        for nodes in kinds
    ]


serve(once, "networkx")
