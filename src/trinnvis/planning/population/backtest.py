"""The projection held against what happened: bases 2006, 2011, 2016, all municipalities, 5 to 20 years on.

Each projection is made from what was known on 1 January of its base. Two rivals are made from the same:
*moved up* (everyone older, dying by the last life table, nobody moving) and *unchanged* (as many of each age
as at the base). One thing is rebuilt, not known: how the nation's ages divided into women and men, which SSB
published at the time; here it is aged backwards from 2020 (`sexes`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from trinnvis.planning.population import intervals
from trinnvis.planning.population.axes import Floats
from trinnvis.planning.population.cohorts import a_year_on
from trinnvis.planning.population.intervals import BANDS_MEASURED, Widths
from trinnvis.planning.population.mortality import Mortality
from trinnvis.planning.population.projecting import estimate, project, start_population
from trinnvis.planning.population.shipped import Figures
from trinnvis.planning.population.sizes import SIZES, size_class

BASES: Final = (2006, 2011, 2016)
HORIZONS: Final = (5, 10, 15, 20)

Key = tuple[int, int, str, int]
"""Base, years ahead, band, size class."""


@dataclass(frozen=True)
class Score:
    """Errors of one base, horizon, band and size class, as shares (0.03 is 3 %).

    bias: mean of (projected − outcome) / outcome. coverage: share of outcomes within the 80 % interval, whose
    width comes from the other bases. coverage_then: the same with a width that was known at the base (None:
    none was).
    """

    base: int
    horizon: int
    band: str
    size: str
    municipalities: int
    median_error: float
    bias: float
    coverage: float
    coverage_then: float | None
    moved_up: float
    unchanged: float


def run(data: Figures, sized_in: int | None = None) -> list[Score]:
    """Every base, horizon, band and size class that has an outcome.

    `sized_in`: the year whose population decides the size class; the base year unless told.
    """
    ours: dict[Key, Floats] = {}
    rivals: dict[str, dict[Key, Floats]] = {"moved up": {}, "unchanged": {}}
    for base in BASES:
        start = start_population(data, base, local_sexes=False)
        steps = min(max(HORIZONS), data.last_year - base)
        rates = estimate(data, base)
        ours |= _errors(data, base, project(start, rates, steps), sized_in)
        moved, still = (
            _moved_up(start, rates.mortality, steps),
            np.broadcast_to(start, (steps + 1, *start.shape)),
        )
        rivals["moved up"] |= _errors(data, base, moved, sized_in)
        rivals["unchanged"] |= _errors(data, base, still, sized_in)
    fits = {base: _fits(ours, base) for base in BASES}
    return [_score(key, ours, rivals, *fits[key[0]]) for key in ours]


def widths(data: Figures) -> Widths:
    """The interval widths to ship: from the errors of all bases."""
    errors: dict[Key, Floats] = {}
    for base in BASES:
        steps = min(max(HORIZONS), data.last_year - base)
        start = start_population(data, base, local_sexes=False)
        errors |= _errors(data, base, project(start, estimate(data, base), steps))
    return intervals.fit(_pooled(errors, BASES))


def _moved_up(start: Floats, level: Mortality, steps: int) -> Floats:
    """Everyone a year older each year, dying by the last life tables, nobody moving, nobody born."""
    survival, still = level.survival(0.0), np.zeros(start.shape[:2])
    path = [start]
    for _ in range(steps):
        path.append(a_year_on(path[-1], survival, still, still[:, 0]))
    return np.array(path)


def _errors(data: Figures, base: int, projected: Floats, sized_in: int | None = None) -> dict[Key, Floats]:
    """log(projected / outcome) for each class. projected: [year, municipality, age, sex]."""
    sizes = size_class(data.persons[data.at(sized_in or base)].sum(axis=-1))
    found: dict[Key, Floats] = {}
    for horizon in HORIZONS:
        if base + horizon > data.last_year:
            continue
        outcome = data.persons[data.at(base + horizon)]
        for band, (first, last) in BANDS_MEASURED.items():
            cut = slice(first, last + 1)
            happened = outcome[:, cut].sum(axis=-1)
            said = projected[horizon][:, cut].sum(axis=(-1, -2))
            with np.errstate(divide="ignore"):
                log_error = np.log(said / np.maximum(happened, 1.0))
            for size in range(len(SIZES)):
                found[base, horizon, band, size] = log_error[sizes == size]
    return found


def _pooled(
    errors: Mapping[Key, Floats], bases: Iterable[int], outcome_by: int | None = None
) -> dict[tuple[str, int, int], Floats]:
    """Errors of several bases by (band, size class, horizon); only outcomes up to `outcome_by`."""
    together: dict[tuple[str, int, int], list[Floats]] = defaultdict(list)
    for (base, horizon, band, size), error in errors.items():
        if base in set(bases) and (outcome_by is None or base + horizon <= outcome_by):
            together[band, size, horizon].append(error)
    return {key: np.concatenate(parts) for key, parts in together.items()}


def _fits(ours: Mapping[Key, Floats], base: int) -> tuple[Widths, Widths | None]:
    """Widths from the other bases, and those that were known at the base (None: none was)."""
    others = intervals.fit(_pooled(ours, [b for b in BASES if b != base]))
    known = _pooled(ours, [b for b in BASES if b < base], outcome_by=base)
    return others, intervals.fit(known) if known else None


def _score(
    key: Key,
    ours: Mapping[Key, Floats],
    rivals: Mapping[str, Mapping[Key, Floats]],
    others: Widths,
    known: Widths | None,
) -> Score:
    base, horizon, band, size = key
    share = np.exp(ours[key]) - 1.0

    def covered(used: Widths) -> float:
        return float((np.abs(ours[key]) <= intervals.reach(used, band, size, horizon)).mean())

    return Score(
        base=base,
        horizon=horizon,
        band=band,
        size=SIZES[size],
        municipalities=len(share),
        median_error=float(np.median(np.abs(share))),
        bias=float(share.mean()),
        coverage=covered(others),
        coverage_then=covered(known) if known else None,
        moved_up=_median(rivals["moved up"][key]),
        unchanged=_median(rivals["unchanged"][key]),
    )


def _median(log_error: Floats) -> float:
    return float(np.median(np.abs(np.exp(log_error) - 1.0)))
