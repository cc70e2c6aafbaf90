"""A simulation as JSON. `docs/methods/simulation.schema.json` is made from the shape described here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from trinnvis.planning.demand.shipped import sources as care_sources
from trinnvis.planning.ladder.layers import LAYERS
from trinnvis.planning.ladder.prior import shipped_prior
from trinnvis.planning.ladder.simulation import Result, Simulation
from trinnvis.planning.ladder.table import error, table_for


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Place(_Part):
    code: str
    name: str


class StockRow(_Part):
    """Persons on a step on 31 December; step 0 is no registered service."""

    year: int
    step: int
    expected: float
    p10: float = Field(description="All three layers of uncertainty: the low end of the 80 % interval")
    p90: float = Field(description="The high end; what places are planned on")
    chance_p10: float = Field(description="Chance alone, from the draws")
    chance_p50: float
    chance_p90: float
    months_p90: float | None = Field(
        description="Chance alone, with monthly steps: the 90th percentile of the year's twelve months"
    )
    shares: dict[str, float] = Field(description="Each layer's part of the variance; sums to 1")


class GroupPart(_Part):
    name: str
    title: str


class GroupRow(_Part):
    """Expected persons of a group on a step on 31 December; they sum to the step's."""

    year: int
    group: str
    step: int
    expected: float


class FlowRow(_Part):
    """Expected persons who go from step to step in a year; to «dead» or «away»."""

    year: int = Field(description="The year it happens in")
    start: int
    end: str
    persons: float


class QueueRow(_Part):
    """A step with so many places, over the draws."""

    year: int
    step: int
    places: int
    waiting_mean: float = Field(description="Mean number who wait through the year")
    waiting_p50: float = Field(description="Who wait on 31 December, the middle of the draws")
    waiting_p90: float
    occupied_mean: float
    weeks_waited_mean: float


class ScenarioPart(_Part):
    name: str
    title: str
    description: str
    digest: str = Field(description="SHA-256 of every number counted; equal for any split of the work")
    stocks: list[StockRow]
    groups: list[GroupRow] = Field(description="Empty where people are not divided in groups")
    flows: list[FlowRow]
    years_on_step: dict[str, float]
    queues: list[QueueRow]


class DifferenceRow(_Part):
    """Persons on a step more than in the first scenario, with the same random numbers in both."""

    year: int
    step: int
    expected: float
    chance_p10: float
    chance_p90: float


class DifferencePart(_Part):
    name: str
    less: str
    rows: list[DifferenceRow]


class SimulationDocument(_Part):
    municipality: Place
    base_year: int
    years: list[int]
    steps: list[int]
    groups: list[GroupPart]
    per_year: int = Field(description="1: yearly steps; 12: monthly")
    draws: int
    seed: int
    digest: str = Field(description="That of the first scenario")
    calibration_error: float = Field(description="Largest error as a share of the people of an age and sex")
    scenarios: list[ScenarioPart]
    differences: list[DifferencePart]
    assumptions: list[str]
    sources: list[str]
    notes: list[str]


def as_json(found: Simulation) -> dict[str, Any]:
    """As `SimulationDocument` says."""
    world = found.world
    years = len(world.years) - 1
    table = table_for(found.basis, found.level, int(world.years[0]), years, world.groups, world.per_year)
    return {
        "municipality": {"code": world.municipality.code, "name": world.municipality.name},
        "base_year": int(world.years[0]),
        "years": world.years.tolist(),
        "steps": list(world.steps),
        "groups": [
            {"name": name, "title": title}
            for name, title in zip(world.groups.names, world.groups.titles, strict=True)
        ],
        "per_year": world.per_year,
        "draws": found.draws,
        "seed": found.seed,
        "digest": found.results[0].digest,
        "calibration_error": error(table),
        "scenarios": [_scenario(found, result) for result in found.results],
        "differences": [_difference(found, result) for result in found.results[1:]],
        "assumptions": list(_assumptions(found)),
        "sources": list(_sources(found)),
        "notes": list(found.notes),
    }


def _scenario(found: Simulation, result: Result) -> dict[str, Any]:
    on_step = result.years_on_step
    return {
        "name": result.scenario.name,
        "title": result.scenario.title,
        "description": result.scenario.description,
        "digest": result.digest,
        "stocks": list(_stocks(result)),
        "groups": list(_groups(result)),
        "flows": list(_flows(result)),
        "years_on_step": {
            str(step): round(float(on_step[at]), 3) for at, step in enumerate(result.world.steps)
        },
        "queues": list(_queues(found, result)),
    }


def _stocks(result: Result) -> Iterator[dict[str, Any]]:
    wide = result.intervals
    ten, half, ninety = np.quantile(result.stocks, (0.1, 0.5, 0.9), axis=0)
    months = None if result.months is None else np.quantile(result.months, 0.9, axis=(0, 2))
    for t, year in enumerate(result.world.years.tolist()):
        for s, step in enumerate(result.world.steps):
            yield {
                "year": year,
                "step": step,
                "expected": round(float(wide.middle[t, s]), 3),
                "p10": round(float(wide.low[t, s]), 3),
                "p90": round(float(wide.high[t, s]), 3),
                "chance_p10": round(float(ten[t, s]), 1),
                "chance_p50": round(float(half[t, s]), 1),
                "chance_p90": round(float(ninety[t, s]), 1),
                "months_p90": round(float(months[t - 1, s]), 1) if months is not None and t else None,
                "shares": {layer: round(float(wide.shares[at, t, s]), 4) for at, layer in enumerate(LAYERS)},
            }


def _groups(result: Result) -> Iterator[dict[str, Any]]:
    names = result.world.groups.names
    if len(names) == 1:
        return
    for t, year in enumerate(result.world.years.tolist()):
        for g, name in enumerate(names):
            for s, step in enumerate(result.world.steps):
                expected = round(float(result.expected.by_group[t, g, s]), 3)
                yield {"year": year, "group": name, "step": step, "expected": expected}


def _flows(result: Result) -> Iterator[dict[str, Any]]:
    steps = result.world.steps
    ends = [*map(str, steps), "dead", "away"]
    for t, year in enumerate(result.world.years[1:].tolist()):
        for a, start in enumerate(steps):
            for b, end in enumerate(ends):
                persons = float(result.expected.flows[t, a, b])
                if a != b and persons > 0.0005:
                    yield {"year": year, "start": start, "end": end, "persons": round(persons, 3)}


def _queues(found: Simulation, result: Result) -> Iterator[dict[str, Any]]:
    for step, queue in result.queues.items():
        half, ninety = np.quantile(queue.at_end, (0.5, 0.9), axis=0)
        for t, year in enumerate(result.world.years[1:].tolist()):
            asked = max(float(queue.asked[:, t].sum()), 1.0)
            yield {
                "year": year,
                "step": step,
                "places": found.capacity[step],
                "waiting_mean": round(float(queue.waiting[:, t].mean()), 3),
                "waiting_p50": round(float(half[t]), 1),
                "waiting_p90": round(float(ninety[t]), 1),
                "occupied_mean": round(float(queue.occupied[:, t].mean()), 3),
                "weeks_waited_mean": round(float(queue.waiting[:, t].sum()) / asked * 365.25 / 7, 2),
            }


def _difference(found: Simulation, result: Result) -> dict[str, Any]:
    apart = found.difference(result)
    ten, ninety = np.quantile(apart, (0.1, 0.9), axis=0)
    expected = result.expected.totals - found.results[0].expected.totals
    return {
        "name": result.scenario.name,
        "less": found.results[0].scenario.name,
        "rows": [
            {
                "year": year,
                "step": step,
                "expected": round(float(expected[t, s]), 3),
                "chance_p10": round(float(ten[t, s]), 1),
                "chance_p90": round(float(ninety[t, s]), 1),
            }
            for t, year in enumerate(found.world.years.tolist())
            for s, step in enumerate(found.world.steps)
        ],
    }


def _assumptions(found: Simulation) -> Iterator[str]:
    for result in found.results:
        for each in result.scenario.interventions:
            held = each.multiplier
            value, low, high = (f"{x:g}".replace(".", ",") for x in (held.value, held.low, held.high))
            yield (
                f"{result.scenario.title}: {each.title} × {value} ({low} til {high}). "
                f"{held.source} ({held.status.value})"
            )
    yield "Personer er uavhengige av hverandre. Med plassgrense regnes køen for seg."
    yield "De som flytter inn, har samme bruk av tjenester som andre på samme alder."


def _sources(found: Simulation) -> Iterator[str]:
    yield f"Folketall: {found.world.source}"
    yield f"Brukere: {found.own.source if found.own else 'offentlige tall (SSB)'}"
    yield "Dødelighet: SSB tabell 07902, med fallet i egen framskriving"
    for held in care_sources():
        yield f"{held['title']}: {held['years']}. {held['note']}"
    prior = shipped_prior()
    yield f"Nye brukere: {prior.newcomers.source} ({prior.newcomers.status.value})"
    for each in dict.fromkeys(f"{e.source} ({e.status.value})" for e in (*prior.mortality, *prior.moves)):
        yield f"Utgangspunkt: {each}"
    for dimension in found.world.groups.dimensions:
        for part in (dimension.share, dimension.odds, dimension.changes):
            yield f"{dimension.title}: {part.source} ({part.status.value})"
