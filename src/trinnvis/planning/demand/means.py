"""What there is to meet the need with: built places, and person-years if care keeps its share of workers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

import yaml

from trinnvis.planning.demand.forecast import Forecast, Outcome
from trinnvis.planning.demand.shipped import DATA, nurse_person_years
from trinnvis.planning.population.axes import Floats, band_sum

WORKING_AGE: Final = (18, 66)


@dataclass(frozen=True)
class BuiltPlaces:
    """Places a municipality has on a step, as a public source tells them."""

    step: int
    places: float
    title: str
    source: str
    status: str


@dataclass(frozen=True)
class Staff:
    """Person-years each year: [year]. stated: whether somebody has said what there are today.

    nurses: nurses' person-years by the last year published, as (year, person-years), or None.
    """

    available: Floats
    stated: bool
    nurses: tuple[int, float] | None


def built_places(code: str) -> tuple[BuiltPlaces, ...]:
    """What is known of a municipality's places, several rows a step; empty for most."""
    return tuple(
        BuiltPlaces(row["step"], row["places"], row["title"], row["source"], row["status"])
        for row in _built()
        if row["municipality"] == code
    )


def built_by_step(code: str) -> dict[int, float]:
    sums: dict[int, float] = {}
    for row in built_places(code):
        sums[row.step] = sums.get(row.step, 0.0) + row.places
    return sums


def available_staff(found: Forecast, today: float | None) -> Staff:
    """Person-years if care keeps today's share of those aged 18-66.

    `today`: person-years in the base year; None takes those the need of that year asks for.
    """
    working = band_sum(found.people.persons[0], *WORKING_AGE).sum(axis=-1)
    start = person_years(found, found.constant)[0] if today is None else today
    nurses = nurse_person_years(found.municipality.code, found.base_year)
    return Staff(start * working / working[0], today is not None, nurses)


def person_years(found: Forecast, outcome: Outcome) -> Floats:
    """Needed each year in the services of the total: [year]."""
    years: Floats = outcome.total("hours").middle / found.engine.work_year
    return years


@lru_cache(maxsize=1)
def _built() -> list[dict[str, Any]]:
    text = files(DATA).joinpath("built_places.yaml").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = yaml.safe_load(text)["places"]
    return rows
