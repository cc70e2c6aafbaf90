"""The graph our race wrote: nodes, edges and the services of each category."""

import sys
from itertools import pairwise
from pathlib import Path

import numpy as np

held = np.load(Path(sys.argv[1]) / "graph.npz")
xy, u, v, metres = held["xy"], held["u"], held["v"], held["metres"]
limit = float(held["limit"])
kinds = [held["services"][a:b] for a, b in pairwise(held["first"])]


def summed(distance):
    """How many nodes reach a service, and the metres they walk."""
    reached = distance[distance <= limit]
    return len(reached), float(reached.sum())
