"""The town race in pandana: contraction hierarchies, then the nearest point of interest of each category."""

import ctypes
import os

import pandana
import pandas as pd
from rounds import serve
from town_graph import kinds, limit, metres, summed, u, v, xy

OUT = os.dup(1)
os.dup2(2, 1)  # it tells of its threads on standard output, where answers are expected
NETWORK = pandana.Network(
    pd.Series(xy[:, 0]), pd.Series(xy[:, 1]), pd.Series(u), pd.Series(v), pd.DataFrame({"metres": metres})
)
NETWORK.precompute(limit)
for number, nodes in enumerate(kinds):
    NETWORK.set_pois(str(number), limit, 1, pd.Series(xy[nodes, 0]), pd.Series(xy[nodes, 1]))
ctypes.CDLL(None).fflush(None)
os.dup2(OUT, 1)


def once():
    beyond = 10 * limit  # what pandana answers where nothing is within the limit
    return [
        summed(NETWORK.nearest_pois(limit, str(number), num_pois=1, max_distance=beyond)[1].to_numpy())
        for number in range(len(kinds))
    ]


serve(once, "pandana", "numpy", "pandas")
