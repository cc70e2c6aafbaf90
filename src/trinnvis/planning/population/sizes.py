"""Municipalities by number of inhabitants: the classes the backtest and the shrinking use."""

from __future__ import annotations

from typing import Final

import numpy as np

from trinnvis.planning.population.axes import Floats, Ints

SIZES: Final = ("<3k", "3-7k", "7-15k", "15-40k", "40k+")
LIMITS: Final = (3_000, 7_000, 15_000, 40_000)


def size_class(inhabitants: Floats) -> Ints:
    """Index into `SIZES` for each municipality."""
    return np.digitize(inhabitants, LIMITS).astype(np.int64)
