"""The care figures that come with the package, as arrays. `nan`: suppressed, or does not exist."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

import numpy as np
import yaml

from trinnvis.planning.population.axes import AGES, Floats, Ints

DATA: Final = "trinnvis.planning.demand.data"
WEEKS: Final = 52.0

PANEL_BANDS: Final[dict[str, tuple[int, int]]] = {
    "0-66": (0, 66),
    "67-79": (67, 79),
    "80+": (80, AGES - 1),
    "all": (0, AGES - 1),
}


@dataclass(frozen=True)
class Panel:
    """Lunner and its peers. users: [measure, municipality, year, band], persons on 31 December of the year.

    hours: [municipality, year], hours of home care in the year; hours_estimated: where they are hours per
    week times users times 52, since the yearly sum is not published for that municipality and year.
    """

    codes: tuple[str, ...]
    names: dict[str, str]
    measures: tuple[str, ...]
    years: Ints
    users: Floats
    hours: Floats
    hours_estimated: Floats

    def at(self, year: int) -> int:
        return int(year - self.years[0])

    def of(self, measure: str) -> Floats:
        """[municipality, year, band]"""
        return np.asarray(self.users[self.measures.index(measure)])


@lru_cache(maxsize=1)
def panel() -> Panel:
    """The panel, read once."""
    names = {row["code"]: row["name"] for row in _rows("panel_municipalities.csv")}
    rows = _rows("care_panel.csv")
    codes, bands = tuple(names), tuple(PANEL_BANDS)
    measures = ("home_care", "housing_24h", "long_term")
    first, last = (pick(int(row["year"]) for row in rows) for pick in (min, max))
    users = np.full((len(measures), len(codes), last - first + 1, len(bands)), np.nan)
    weekly, yearly = (np.full((len(codes), last - first + 1), np.nan) for _ in range(2))
    for row in rows:
        if not row["value"]:
            continue
        place = codes.index(row["code"]), int(row["year"]) - first
        if row["measure"] in measures:
            users[measures.index(row["measure"]), *place, bands.index(row["band"])] = float(row["value"])
        elif row["measure"] == "hours_per_week":
            weekly[place] = float(row["value"])
        elif row["measure"] == "hours_per_year":
            yearly[place] = float(row["value"])
    estimated = weekly * users[0, :, :, bands.index("all")] * WEEKS
    hours = np.where(np.isnan(yearly), estimated, yearly)
    return Panel(
        codes, names, measures, np.arange(first, last + 1), users, hours, np.isnan(yearly) & ~np.isnan(hours)
    )


@lru_cache(maxsize=1)
def _nurses() -> dict[str, dict[int, float]]:
    found: dict[str, dict[int, float]] = {}
    for row in _rows("care_panel.csv"):
        if row["measure"] == "nurse_fte" and row["value"]:
            found.setdefault(row["code"], {})[int(row["year"])] = float(row["value"])
    return found


def nurse_person_years(code: str, until: int) -> tuple[int, float] | None:
    """The newest year up to `until` with nurses' person-years in a municipality, and how many."""
    years = {year: value for year, value in _nurses().get(code, {}).items() if year <= until}
    return max(years.items()) if years else None


@lru_cache(maxsize=1)
def shape_rates() -> dict[str, Floats]:
    """Users per person in Norway by service: [age, sex], level of 2025."""
    found: dict[str, Floats] = {}
    for row in _rows("rates.csv"):
        rates = found.setdefault(row["service"], np.zeros((AGES, 2)))
        rates[int(row["age"])] = float(row["female"]), float(row["male"])
    return found


@lru_cache(maxsize=1)
def weekly_hours() -> Floats:
    """Decided hours a week per user of home care in Norway: [age]."""
    hours = np.zeros(AGES)
    for row in _rows("hours_by_age.csv"):
        hours[int(row["first_age"]) : int(row["last_age"]) + 1] = float(row["hours_per_week"])
    return hours


@lru_cache(maxsize=1)
def national() -> dict[str, dict[int, float]]:
    """Norway: measure → year → value."""
    found: dict[str, dict[int, float]] = {}
    for row in _rows("national.csv"):
        found.setdefault(row["measure"], {})[int(row["year"])] = float(row["value"])
    return found


@lru_cache(maxsize=1)
def sources() -> tuple[dict[str, Any], ...]:
    """Title, years, licence and note of each file."""
    text = files(DATA).joinpath("sources.yaml").read_text(encoding="utf-8")
    return tuple(yaml.safe_load(text)["sources"])


def broken(measure: str, band: str) -> int | None:
    """The first year after a break in a series, if it has one."""
    for found in sources()[0]["breaks"]:
        if found["measure"] == measure and band in found["bands"]:
            return int(found["year"])
    return None


def left_out() -> frozenset[int]:
    """Years whose figures are an anomaly, kept out of every fit."""
    return frozenset(int(found["year"]) for found in sources()[0]["left_out"])


def pandemic_years() -> frozenset[int]:
    return frozenset(int(year) for year in sources()[0]["pandemic"])


def _rows(name: str) -> list[dict[str, str]]:
    with files(DATA).joinpath(name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))
