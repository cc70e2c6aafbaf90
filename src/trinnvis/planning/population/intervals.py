"""How far off the projection has been: 80 % intervals from its own errors in the past.

In each age band and size class, eight of ten municipalities were within a factor exp(±w) of the outcome,
where w = width · (years ahead / 10) ^ power. The widths are estimated by the backtest and shipped; they hold
everything that went wrong (chance, migration, mortality), but only shocks of the kind seen since 2006.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Final

import numpy as np

from trinnvis.planning.population.axes import AGES, Floats
from trinnvis.planning.population.shipped import DATA
from trinnvis.planning.population.sizes import SIZES

COVERAGE: Final = 0.8
ERRORS_FILE: Final = "population_errors.csv"
MIDDLE: Final = 10

BANDS_MEASURED: Final[dict[str, tuple[int, int]]] = {
    "0-17": (0, 17),
    "18-66": (18, 66),
    "67-79": (67, 79),
    "80-89": (80, 89),
    "90+": (90, AGES - 1),
    "80+": (80, AGES - 1),
    "total": (0, AGES - 1),
}

Widths = Mapping[tuple[str, int], tuple[float, float]]
"""(band, size class) → (width at ten years, power)."""


def fit(errors: Mapping[tuple[str, int, int], Floats]) -> Widths:
    """Widths from log errors by (band, size class, years ahead). Each horizon counts alike.

    The power is common to the size classes of a band; a band seen at one horizon only grows as a random walk
    (½).
    """
    found: dict[tuple[str, int], tuple[float, float]] = {}
    for band in {key[0] for key in errors}:
        keys = [key for key in errors if key[0] == band]
        log_reach = {k: float(np.log(np.quantile(np.abs(errors[k]), COVERAGE))) for k in keys}
        log_years = {k: float(np.log(k[2] / MIDDLE)) for k in keys}
        sizes = {k[1] for k in keys}
        centres = {s: _mean(log_years[k] for k in keys if k[1] == s) for s in sizes}
        levels = {s: _mean(log_reach[k] for k in keys if k[1] == s) for s in sizes}
        spread = sum((log_years[k] - centres[k[1]]) ** 2 for k in keys)
        along = sum((log_years[k] - centres[k[1]]) * (log_reach[k] - levels[k[1]]) for k in keys)
        power = along / spread if spread > 0 else 0.5
        for size in sizes:
            found[band, size] = (float(np.exp(levels[size] - power * centres[size])), power)
    return found


def reach(widths: Widths, band: str, size: int, years_ahead: int) -> float:
    """Half width on the log scale; zero at the start."""
    width, power = widths[band, size]
    return float(width * (years_ahead / MIDDLE) ** power) if years_ahead > 0 else 0.0


@lru_cache(maxsize=1)
def shipped_widths() -> Widths:
    """As the backtest found them."""
    with files(DATA).joinpath(ERRORS_FILE).open(encoding="utf-8") as file:
        return {
            (row["band"], SIZES.index(row["size"])): (float(row["width_at_10_years"]), float(row["power"]))
            for row in csv.DictReader(file)
        }


def _mean(numbers: object) -> float:
    return float(np.mean(list(numbers)))  # type: ignore[call-overload]
