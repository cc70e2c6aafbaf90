"""Tilbakeprøving: what would this have said in 2019 of 2020-2025? Nothing after the fit year is looked at.

The panel: users of home care and long-term residents over 80 in nine municipalities. The nation: what there
are series of. Cells that are suppressed have no outcome and are not scored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from trinnvis.planning.demand.engine import Engine
from trinnvis.planning.demand.history import OLD, TREND_YEARS, Z, trend
from trinnvis.planning.demand.levels import hours_level, levels
from trinnvis.planning.demand.people import observed
from trinnvis.planning.demand.people import widths as population_widths
from trinnvis.planning.demand.reading import Library
from trinnvis.planning.demand.schema import Assumption, RateTrend, Scenario
from trinnvis.planning.demand.shipped import national, pandemic_years, panel, shape_rates
from trinnvis.planning.demand.starting import need_of
from trinnvis.planning.demand.uncertainty import sum_interval, swings, widths
from trinnvis.planning.population.axes import BANDS, Floats, Ints
from trinnvis.planning.population.projecting import estimate, project, start_population
from trinnvis.planning.population.shipped import figures
from trinnvis.policy.status import Status

FIT: Final = 2019
LAST: Final = 2025
DAMPING: Final = (0.8, 0.9, 1.0)
"""Low, value and high, as in the shipped trend scenario; the value is the customary one, not fitted."""

SERVICES: Final = {"home_care": "hjemmetjenester 80+", "long_term": "langtidsopphold 80+"}
METHODS: Final = ("last value", "constant", "trend", "healthy-ageing")


@dataclass(frozen=True)
class Scored:
    """One forecast against its outcome."""

    series: str
    method: str
    place: str
    year: int
    said: float
    low: float
    high: float
    outcome: float

    @property
    def error(self) -> float:
        """Share of the outcome, positive when too much was said."""
        return self.said / self.outcome - 1.0

    @property
    def covered(self) -> bool:
        return self.low <= self.outcome <= self.high


@dataclass(frozen=True)
class Score:
    """Errors as shares: mean and median absolute, and signed mean; and the share within the 80 % interval."""

    series: str
    method: str
    forecasts: int
    mape: float
    median: float
    mape_without_pandemic: float
    bias: float
    coverage: float


def scores(forecasts: Iterable[Scored]) -> list[Score]:
    """One score for each series and method, in the order met."""
    groups: dict[tuple[str, str], list[Scored]] = {}
    for one in forecasts:
        groups.setdefault((one.series, one.method), []).append(one)
    found = []
    for (series, method), ones in groups.items():
        errors = np.array([one.error for one in ones])
        calm = np.array([one.error for one in ones if one.year not in pandemic_years()])
        found.append(
            Score(
                series,
                method,
                len(ones),
                float(np.abs(errors).mean()),
                float(np.median(np.abs(errors))),
                float(np.abs(calm).mean()) if len(calm) else float("nan"),
                float(errors.mean()),
                float(np.mean([one.covered for one in ones])),
            )
        )
    return found


def backtest(library: Library) -> list[Scored]:
    """Every forecast of the panel (with the population known, then projected) and of the nation."""
    return [*panel_backtest(library), *panel_backtest(library, projected=True), *national_backtest()]


def damping_scores(library: Library) -> dict[float, list[Score]]:
    """What the trend would have scored with other dampings: it was chosen beforehand, not by this."""
    found = {damping: panel_backtest(library, damping=damping) for damping in DAMPING}
    return {damping: scores(one for one in ones if one.method == "trend") for damping, ones in found.items()}


def panel_backtest(
    library: Library, fit: int = FIT, *, projected: bool = False, damping: float = DAMPING[1]
) -> list[Scored]:
    """projected: with the population as projected when the fit year ended, instead of as it became."""
    found: list[Scored] = []
    years = np.arange(fit, LAST + 1)
    people = _projected(years) if projected else np.array([observed(int(y) + 1) for y in years])
    label = "framskrevet folketall" if projected else "kjent folketall"
    trends = fitted_trend(fit, damping)
    for code in panel().codes:
        persons = people[:, figures().codes.index(code)]
        reach = np.zeros((len(years), len(BANDS)))
        if projected:
            reach = population_widths(persons[0].sum(), years, fit + 1)
        level = levels(code, fit)
        need = need_of(library.basis, years, persons, level, hours_level(code, fit)[0])
        scenarios = {name: library.choose(name) for name in METHODS if name in library.scenarios}
        scenarios["trend"] = trends
        engine = Engine(library.basis, need, list(scenarios.values()))
        wide = widths(need.services, years, level, reach)
        for service, title in SERVICES.items():
            series = f"{title}, {label}"
            at = need.services.index(service)
            cells = np.zeros((len(engine.services), len(engine.steps), len(BANDS)), dtype=bool)
            cells[at, :, _old_bands()] = True
            outcomes = panel().of(service)[panel().codes.index(code), :, OLD]
            said: dict[str, tuple[Floats, Floats, Floats]] = {}
            for name, scenario in scenarios.items():
                interval = sum_interval(engine.run(scenario), swings(engine, scenario), wide, "users", cells)
                said[name] = interval.middle, interval.low, interval.high
            last = outcomes[panel().at(fit)]
            if not np.isnan(last) and last > 0:
                half = Z * np.sqrt(wide.straying[:, at] + 2.0 / last)
                said["last value"] = np.full(len(years), last), last * np.exp(-half), last * np.exp(half)
            found += _scored(series, panel().names[code], years, said, outcomes[panel().at(fit) :])
    return sorted(found, key=lambda one: (one.series, METHODS.index(one.method)))


def fitted_trend(fit: int, damping: float = DAMPING[1]) -> Scenario:
    """The trend scenario as its rule would have made it that year: the panel's own slope, damped."""
    low, _, high = DAMPING
    faded = Assumption(
        value=damping, unit="andel", low=low, high=high, source="fast valg", status=Status.EXAMPLE
    )
    drivers = []
    for service, title in SERVICES.items():
        slope, error = trend(service, fit)
        yearly = Assumption(
            value=slope,
            unit="andel per år",
            low=slope - Z * error,
            high=slope + Z * error,
            source=f"panelet {fit - TREND_YEARS + 1}–{fit}",
            status=Status.IN_FORCE,
        )
        drivers.append(
            RateTrend(
                kind="rate_trend",
                code=service,
                title=title,
                services=(service,),
                ages=(80, 105),
                yearly=yearly,
                damping=faded,
            )
        )
    return Scenario(name="trend", title="Trend", description="Tilpasset panelet", drivers=tuple(drivers))


def national_backtest() -> list[Scored]:
    """Three series: the only national ones by age or type that reach over a fit year."""
    held = national()

    def old(year: int) -> float:
        return float(_nation(year)[80:].sum())

    def weighted(year: int) -> float:
        return float((_nation(year) * shape_rates()["long_term"].mean(axis=1)).sum())

    kostra = {year: pct / 100 * old(year) for year, pct in held["home_care_80p_percent"].items()}
    long = held["long_term"]
    return [
        *_national("Norge, hjemmetjenester 80+ (fra 2008)", held["home_care_80p"] | kostra, old, 2008),
        *_national("Norge, hjemmetjenester 80+ (fra 2022)", kostra, old, 2022),
        *_national("Norge, langtidsopphold, alle aldre (fra 2019)", long, weighted, 2019),
    ]


def _national(
    series: str, users: dict[int, float], expected: Callable[[int], float], fit: int
) -> list[Scored]:
    known = sorted(year for year in users if year <= fit)
    years = np.array([fit, *sorted(year for year in users if year > max(fit, FIT))])
    rates = {year: users[year] / expected(year) for year in known}
    level = np.mean([rates[year] for year in known[-3:]])
    recent = np.array([year for year in known if year > fit - TREND_YEARS])
    logs = np.log([rates[int(year)] for year in recent])
    slope, error = _slope(recent.astype(np.float64), logs)
    strays = max(float(np.var(np.diff(logs), ddof=1)) if len(logs) > 2 else 0.0, 0.01**2)
    ahead = (years - fit).astype(np.float64)
    constant = np.array([level * expected(int(year)) for year in years])
    damped = (1.0 - DAMPING[1] ** ahead) / (1.0 - DAMPING[1])
    half = Z * np.sqrt(strays * np.maximum(ahead, 1.0))
    middles = {
        "last value": np.full(len(years), users[fit]),
        "constant": constant,
        "trend": constant * np.exp(slope * damped),
    }
    halves = dict.fromkeys(middles, half) | {"trend": np.hypot(half, Z * error * damped)}
    said = {
        n: (middle, middle * np.exp(-halves[n]), middle * np.exp(halves[n])) for n, middle in middles.items()
    }
    outcomes = np.array([users[int(year)] for year in years])
    found = _scored(series, "Norge", years, said, outcomes)
    return sorted(found, key=lambda one: METHODS.index(one.method))


def _slope(x: Floats, y: Floats) -> tuple[float, float]:
    """A straight line's slope and its standard error."""
    x, y = x - x.mean(), y - y.mean()
    slope = float((x * y).sum() / (x * x).sum())
    rest = float(((y - slope * x) ** 2).sum()) / max(len(x) - 2, 1)
    return slope, float(np.sqrt(rest / (x * x).sum()))


def _scored(
    series: str, place: str, years: Ints, said: dict[str, tuple[Floats, Floats, Floats]], outcomes: Floats
) -> list[Scored]:
    return [
        Scored(
            series,
            name,
            place,
            int(year),
            float(middle[i]),
            float(low[i]),
            float(high[i]),
            float(outcomes[i]),
        )
        for name, (middle, low, high) in said.items()
        for i, year in enumerate(years)
        if i and outcomes[i] > 0
    ]


def _projected(years: Ints) -> Floats:
    """[year, municipality, age, sex], as our own projection would have had it on 1 January after the first
    year."""
    start = int(years[0]) + 1
    data = figures()
    return project(start_population(data, start), estimate(data, start), len(years) - 1)


def _nation(year: int) -> Floats:
    """Norway by age on 31 December."""
    persons: Floats = figures().nation[int(year + 1 - figures().nation_years[0])]
    return persons


def _old_bands() -> Sequence[int]:
    return [b for b, (first, _) in enumerate(BANDS.values()) if first >= 80]
