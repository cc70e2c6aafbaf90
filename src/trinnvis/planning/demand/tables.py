"""The forecast's sums as rows of text, the same for the terminal and the workbook's front page."""

from __future__ import annotations

from typing import Final

from trinnvis.planning.demand.forecast import Forecast, Outcome
from trinnvis.planning.demand.uncertainty import Interval
from trinnvis.planning.demand.waterfall import waterfall

SPACE: Final = "\u00a0"
MILLION: Final = 1e6
EVERY: Final = 5

SUM_HEADER: Final = ("År", "Brukere", "Timer", "Årsverk", "Plasser", "Mill. kr", "Behov mot grunnåret")

Rows = list[list[str]]


def shown_years(forecast: Forecast) -> list[int]:
    """The base year, the claim's year, the last, and every fifth between."""
    years = [int(year) for year in forecast.years]
    return [y for y in years if y in (years[0], years[-1], forecast.claim_year) or y % EVERY == 0]


def sum_rows(forecast: Forecast, outcome: Outcome) -> Rows:
    """All services of the total, a row a year, each with its 80 % interval."""
    users, hours, nok = (outcome.total(measure) for measure in ("users", "hours", "nok"))
    work, places, growth = outcome.total("work"), outcome.total("places"), outcome.growth["hours"]
    work_year = forecast.engine.work_year
    rows = []
    for year in shown_years(forecast):
        at = forecast.at(year)
        rows.append(
            [
                str(year),
                spread(users, at),
                number(hours.middle[at]),
                spread(work, at, work_year),
                spread(places, at),
                spread(nok, at, MILLION),
                spread(growth, at, decimals=2),
            ]
        )
    return rows


def growth_rows(forecast: Forecast, year: int) -> tuple[list[str], Rows]:
    """Need in a year over the base year: a row a scenario, a column a service group, and all together."""
    at = forecast.at(year)
    services = list(enumerate(forecast.basis.services))
    header = [f"{year} mot {forecast.base_year}", "Alle, timer", "Alle, brukere", "Alle, kroner"]
    header += [f"{service.title}, brukere" for _, service in services]
    rows = []
    for outcome in forecast.outcomes:
        cells = [outcome.growth[measure] for measure in ("hours", "users", "nok")]
        cells += [outcome.total("users", s, growth=True) for s, _ in services]
        rows.append([outcome.scenario.title, *(spread(cell, at, decimals=2) for cell in cells)])
    return header, rows


def waterfall_rows(forecast: Forecast, outcome: Outcome) -> Rows:
    """What each driver adds to the hours from the base year to the claim's year."""
    found = waterfall(forecast.engine, outcome.scenario, forecast.claim_year)
    changes = [[title, f"{'+' if round(change) > 0 else ''}{number(change)}"] for title, change in found.bars]
    return [[str(forecast.base_year), number(found.start)], *changes, [str(found.year), number(found.end)]]


def spread(interval: Interval, at: int, unit: float = 1.0, decimals: int = 0) -> str:
    """454 (386–531)"""
    middle, low, high = (float(part[at]) / unit for part in (interval.middle, interval.low, interval.high))
    if middle != middle:
        return "–"
    return f"{number(middle, decimals)} ({number(low, decimals)}–{number(high, decimals)})"


def number(value: float, decimals: int = 0) -> str:
    return (
        f"{round(value, decimals) + 0.0:,.{decimals}f}".replace(",", SPACE)
        .replace(".", ",")
        .replace("-", "\u2212")
    )
