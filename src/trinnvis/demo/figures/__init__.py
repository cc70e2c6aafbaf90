"""The published figures the synthetic municipality is drawn from; sources and licences: sources.yaml."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

import yaml

POPULATION_DATE = date(2026, 1, 1)


@dataclass(frozen=True)
class AgeGroup:
    """People of one age (completed years at `POPULATION_DATE`); how many are women is derived."""

    age: int
    persons: int
    female: int


@dataclass(frozen=True)
class Settlement:
    """A settlement (tettsted), or "Spredt" for the rest."""

    name: str
    postal_code: str
    persons: int


@dataclass(frozen=True)
class CareGroup:
    """How many of an age (both ends included) receive something."""

    group: str
    age_from: int
    age_to: int
    persons: int


@dataclass(frozen=True)
class Figures:
    population: tuple[AgeGroup, ...]
    settlements: tuple[Settlement, ...]
    care: tuple[CareGroup, ...]
    home_care_hours_per_year: int

    @property
    def persons(self) -> int:
        return sum(group.persons for group in self.population)

    def receivers(self, group: str) -> tuple[CareGroup, ...]:
        return tuple(row for row in self.care if row.group == group)


@cache
def shipped_figures() -> Figures:
    """Lunner's figures as shipped with the package."""
    return Figures(
        population=tuple(
            AgeGroup(int(row["age"]), int(row["persons"]), int(row["female"]))
            for row in _rows("population_2026.csv")
        ),
        settlements=tuple(
            Settlement(row["settlement"], row["postal_code"], int(row["persons"]))
            for row in _rows("settlements_2024.csv")
        ),
        care=tuple(
            CareGroup(row["group"], int(row["age_from"]), int(row["age_to"]), int(row["persons"]))
            for row in _rows("care_2025.csv")
        ),
        home_care_hours_per_year=int(sources()["home_care_hours"]["value"]),
    )


def sources() -> dict[str, dict[str, str]]:
    """What each table is, where it comes from, and what in it is derived or an example."""
    found: dict[str, dict[str, str]] = yaml.safe_load(_text("sources.yaml"))
    return found


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(_text(name).splitlines()))


def _text(name: str) -> str:
    return (files(__name__) / name).read_text(encoding="utf-8")
