"""What the panel's own past says: how fast use has been changing, and how far off a level turns out to be.

Both look at nothing after the year they are asked for, so that a backtest is honest.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from trinnvis.planning.demand.levels import LEVEL_YEARS, expected, own_users
from trinnvis.planning.demand.shipped import PANEL_BANDS, left_out, panel
from trinnvis.planning.population.axes import Floats

TREND_YEARS: Final = 7
"""Years a trend is fitted to: shorter is chance, longer is another time."""

HORIZONS: Final = (1, 2, 3, 4, 5, 6)
LEAST_PAIRS: Final = 8
Z: Final = 1.2815515655446004
"""Standard deviations to the edge of an 80 % interval."""

COVERAGE: Final = 0.8
LEAST_YEARLY: Final = 0.02**2
"""No level is surer than this: two per cent a year, as a random walk."""

OLD: Final = 2
"""The band 80+ in the panel."""


@dataclass(frozen=True)
class Drift:
    """How a level strays, as variance on the log scale: `at_once` + `yearly` × years ahead."""

    at_once: float
    yearly: float

    def variance(self, years_ahead: Floats) -> Floats:
        return np.where(years_ahead > 0, self.at_once + self.yearly * years_ahead, 0.0)


def relative_use(service: str, until: int) -> tuple[Floats, Floats]:
    """Users 80+ over those expected at national rates, and the users: [municipality, year] up to `until`.

    `nan` where nothing is known, and in years known to be wrong.
    """
    use, users = _relative_use(service)
    kept = panel().years <= until
    return use[:, kept], users[:, kept]


@lru_cache(maxsize=8)
def _relative_use(service: str) -> tuple[Floats, Floats]:
    held = panel()
    shape = len(held.codes), len(held.years)
    use, users = np.full(shape, np.nan), np.full(shape, np.nan)
    first, last = PANEL_BANDS["80+"]
    for m, code in enumerate(held.codes):
        for t, year in enumerate(held.years):
            found = own_users(code, service, int(year))
            if found is None or int(year) in left_out():
                continue
            users[m, t] = found[OLD]
            use[m, t] = found[OLD] / expected(service, code, int(year))[first : last + 1].sum()
    return use, users


def trend(service: str, until: int) -> tuple[float, float]:
    """Yearly change of users per person over 80 in the panel, as a share, and its standard error.

    Least squares on the log scale with a level for each municipality, weighted by users.
    """
    use, users = relative_use(service, until)
    years = panel().years[panel().years <= until].astype(np.float64)
    recent = years > until - TREND_YEARS
    top = bottom = 0.0
    residuals: list[tuple[float, float]] = []
    lines: list[tuple[Floats, Floats, Floats]] = []
    for row, count in zip(use, users, strict=True):
        known = recent & ~np.isnan(row) & (row > 0)
        if known.sum() < 3:
            continue
        x, y, w = years[known], np.log(row[known]), count[known]
        x, y = x - np.average(x, weights=w), y - np.average(y, weights=w)
        top += float((w * x * y).sum())
        bottom += float((w * x * x).sum())
        lines.append((x, y, w))
    if not bottom:
        return 0.0, 0.0
    slope = top / bottom
    for x, y, w in lines:
        residuals.append((float((w * (y - slope * x) ** 2).sum()), float(len(x) - 1)))
    spread = sum(r for r, _ in residuals) / max(sum(n for _, n in residuals) - 1.0, 1.0)
    return float(np.expm1(slope)), float(np.sqrt(spread / bottom))


@lru_cache(maxsize=64)
def drift(service: str, until: int) -> Drift:
    """How far users 80+ have strayed from the level of the three years before, beyond counting chance.

    The square of the log error at one to six years ahead around the common trend, less what Poisson counts
    alone would give, laid on a line. The trend is left out because every scenario says what it holds of that.
    """
    use, users = relative_use(service, until)
    return _line(use, users, float(np.log1p(trend(service, until)[0])))


def _line(use: Floats, users: Floats, yearly: float) -> Drift:
    found: list[tuple[int, float, int]] = []
    for ahead in HORIZONS:
        squares, chance = [], []
        for start in range(LEVEL_YEARS - 1, use.shape[1] - ahead):
            window = slice(start - LEVEL_YEARS + 1, start + 1)
            for row, count in zip(use, users, strict=True):
                level, later = row[window], row[start + ahead]
                if np.isnan(level).any() or not (later > 0 and level.mean() > 0):
                    continue
                squares.append(float(np.log(later / level.mean()) - yearly * (ahead + 1)) ** 2)
                chance.append(1.0 / count[start + ahead] + 1.0 / count[window].sum())
        if len(squares) >= LEAST_PAIRS:
            # What held eight of ten: one municipality that closed its home must not set the width.
            held_most = float(np.quantile(squares, COVERAGE)) / Z**2
            found.append((ahead, max(held_most - float(np.mean(chance)), 0.0), len(squares)))
    if len(found) < 2:
        return Drift(0.0, LEAST_YEARLY)
    x, y, w = (np.array(column, dtype=np.float64) for column in zip(*found, strict=True))
    centre = np.average(x, weights=w)
    slope = max(float((w * (x - centre) * y).sum() / (w * (x - centre) ** 2).sum()), LEAST_YEARLY)
    return Drift(max(float(np.average(y, weights=w)) - slope * float(centre), 0.0), slope)
