"""The forecast as JSON. `docs/methods/forecast.schema.json` is made from the shape described here."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field

from trinnvis.planning.demand.claim import claim
from trinnvis.planning.demand.factors import assumptions
from trinnvis.planning.demand.forecast import Forecast, Outcome
from trinnvis.planning.demand.schema import Assumption
from trinnvis.planning.demand.shipped import sources

PARTS: Final = (
    ("hours_per_user", "timer"),
    ("work_per_hour", "arbeidstimer per time"),
    ("nok", "pris"),
    ("occupancy", "belegg"),
)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Row(_Part):
    """Expected values for one year, service, age band and step."""

    year: int = Field(description="Users on 31 December of this year; hours and kroner in the year")
    service: str = Field(description="Code of a service group in the basis")
    age_band: str
    step: int = Field(ge=1, description="Step of the ladder (innsatstrapp)")
    users: float = Field(ge=0)
    hours: float = Field(ge=0, description="Hours in the year (decided hours for home care)")
    person_years: float = Field(ge=0, description="Working hours / effective hours per person-year")
    places: float = Field(ge=0, description="Places needed; 0 on steps without places")
    nok: float = Field(ge=0, description="Gross kroner in the basis' price year")
    low: float = Field(ge=0, description="Users, low end of the 80 % interval")
    high: float = Field(ge=0, description="Users, high end of the 80 % interval")


class ScenarioPart(_Part):
    name: str
    series: list[Row]
    ratio: dict[str, float] = Field(
        description="Year → hours in all services of the total over those of the base year"
    )


class Stated(_Part):
    value: float
    unit: str
    low: float
    high: float
    status: str


class SourcePart(_Part):
    title: str = Field(description="What the source is used for, or its name")
    source: str
    licence: str | None
    assumption: Stated | None


class ForecastDocument(_Part):
    """Users in groups that are counted in another group too (housing with staff) are not in `ratio`."""

    municipality: str = Field(pattern=r"^\d{4}$", description="Kommunenummer")
    base_year: int
    claim: str = Field(description="Whether the claim of doubling holds, in plain bokmål")
    scenarios: list[ScenarioPart]
    sources: list[SourcePart]


def as_json(forecast: Forecast) -> dict[str, Any]:
    """As `ForecastDocument` says."""
    return {
        "municipality": forecast.municipality.code,
        "base_year": forecast.base_year,
        "claim": claim(forecast),
        "scenarios": [
            {
                "name": outcome.scenario.name,
                "series": rows(forecast, outcome),
                "ratio": {
                    str(year): round(float(value), 4)
                    for year, value in zip(forecast.years, outcome.growth["hours"].middle, strict=True)
                    if isfinite(value)
                },
            }
            for outcome in forecast.outcomes
        ],
        "sources": list(sources_of(forecast)),
    }


def rows(forecast: Forecast, outcome: Outcome) -> list[dict[str, Any]]:
    """Every year × service × step × age band where the service is, in that order."""
    amounts = outcome.amounts
    low, high = outcome.users_interval
    used = (amounts.users.sum(axis=(0, 3)) > 0).tolist()
    work_year = forecast.engine.work_year
    cells = (amounts.users, amounts.hours, amounts.work, amounts.places, amounts.nok, low, high)
    tables = [table.tolist() for table in cells]
    found = []
    for t, year in enumerate(forecast.years.tolist()):
        for s, service in enumerate(forecast.basis.services):
            for n, step in enumerate(forecast.steps):
                if not used[s][n]:
                    continue
                lines = zip(forecast.bands, *(table[t][s][n] for table in tables), strict=True)
                for band, users, hours, work, places, nok, least, most in lines:
                    found.append(
                        {
                            "year": year,
                            "service": service.code,
                            "age_band": band,
                            "step": step,
                            "users": round(users, 3),
                            "hours": round(hours, 1),
                            "person_years": round(work / work_year, 3),
                            "places": round(places, 3),
                            "nok": round(nok),
                            "low": round(least, 3),
                            "high": round(most, 3),
                        }
                    )
    return found


def sources_of(forecast: Forecast) -> Iterator[dict[str, Any]]:
    """What everything rests on, each as `SourcePart` says."""
    yield from shared_sources(forecast)
    for outcome in forecast.outcomes:
        for driver in outcome.scenario.drivers:
            for name, stated in assumptions(driver).items():
                title = f"{outcome.scenario.title}: {driver.title} ({name})"
                yield _source(title, stated.source, stated=stated)
    for note in forecast.notes:
        yield _source("Merk", note)


def shared_sources(forecast: Forecast) -> Iterator[dict[str, Any]]:
    """The sources that all scenarios share."""
    yield _source("Folketall", forecast.people.source)
    if forecast.own is not None:
        yield _source("Egne brukertall", forecast.own.source)
    for held in sources():
        yield _source(held["title"], f"{held['years']}. {held['note']}", held["licence"])
    basis = forecast.basis
    yield _source("Påstanden", basis.claim.source)
    yield _source("Effektive timer per årsverk", basis.work_year.source, stated=basis.work_year)
    yield _source("Kroner per time", basis.nok_per_hour.source, stated=basis.nok_per_hour)
    for service in basis.services:
        yield _source(f"{service.title}: brukere og trinn", service.source)
        for name, what in PARTS:
            if (stated := getattr(service, name)) is not None:
                yield _source(f"{service.title}: {what}", stated.source, stated=stated)


def _source(
    title: str, source: str, licence: str | None = None, *, stated: Assumption | None = None
) -> dict[str, Any]:
    assumption = stated and {
        "value": stated.value,
        "unit": stated.unit,
        "low": stated.low,
        "high": stated.high,
        "status": str(stated.status),
    }
    return {"title": title, "source": source, "licence": licence, "assumption": assumption}
