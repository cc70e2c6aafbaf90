"""Municipalities and the codes they have had (kommunenummer). Names and codes: SSB Klass 131."""

from __future__ import annotations

import csv
import difflib
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from trinnvis.planning.population.shipped import DATA
from trinnvis.trouble import Trouble

DIVISION_YEAR: Final = 2024
"""The borders and codes all figures are on."""


@dataclass(frozen=True)
class Municipality:
    """A municipality of today. `name` may hold parallel names, as SSB writes them: "Oslo - Oslove"."""

    code: str
    name: str
    county_code: str
    county: str

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


@dataclass(frozen=True)
class CodeUse:
    """A code, the code of today and the share of its people who belong there, and the years it was in use."""

    code: str
    current: str
    weight: float
    first_year: int
    last_year: int | None

    def in_use(self, year: int) -> bool:
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)


@lru_cache(maxsize=1)
def municipalities() -> dict[str, Municipality]:
    """The 357 of today by code, in order."""
    with files(DATA).joinpath("municipalities.csv").open(encoding="utf-8") as file:
        return {row["code"]: Municipality(**row) for row in csv.DictReader(file)}


@lru_cache(maxsize=1)
def code_uses() -> dict[str, tuple[CodeUse, ...]]:
    """Every use of every code, oldest first. A divided municipality has one for each part."""
    found: dict[str, list[CodeUse]] = {}
    with files(DATA).joinpath("municipality_codes.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            use = CodeUse(
                row["code"],
                row["current"],
                float(row["weight"]),
                int(row["first_year"]),
                int(row["last_year"]) if row["last_year"] else None,
            )
            found.setdefault(use.code, []).append(use)
    return {code: tuple(sorted(uses, key=lambda use: use.first_year)) for code, uses in found.items()}


def codes_over_time(current: str) -> tuple[CodeUse, ...]:
    """Every code whose people are counted in a municipality of today, oldest first (0533, 3054, 3234)."""
    uses = [use for of_code in code_uses().values() for use in of_code if use.current == current]
    return tuple(sorted(uses, key=lambda use: (use.first_year, use.code)))


def parts(code: str, year: int) -> tuple[CodeUse, ...]:
    """Where the people counted under a code in a year belong today; empty when it was not in use."""
    return tuple(use for use in code_uses().get(code, ()) if use.in_use(year))


def find(text: str) -> Municipality:
    """The municipality with a code or name of today.

    Raises:
        Trouble: unknown or retired code (the text names today's), unknown name, or a name that two have.
    """
    wanted = text.strip()
    if wanted in municipalities():
        return municipalities()[wanted]
    if re.fullmatch(r"\d+", wanted):
        raise _wrong_code(wanted)
    named = [one for one in municipalities().values() if wanted.lower() in _names(one)]
    if len(named) == 1:
        return named[0]
    if named:
        choices = ", ".join(f"{one} ({one.county})" for one in named)
        raise Trouble(f"Det er flere kommuner som heter {wanted}: {choices}.", "Bruk kommunenummeret.")
    close = difflib.get_close_matches(
        wanted.lower(), [n for one in municipalities().values() for n in _names(one)]
    )
    meant = [str(one) for one in municipalities().values() if set(close) & set(_names(one))]
    raise Trouble(
        f"Det er ingen kommune som heter «{wanted}».",
        f"Mente du {' eller '.join(meant)}?"
        if meant
        else "Skriv kommunenummeret med fire sifre, for eksempel 3234.",
    )


def retired(code: str) -> str:
    """In a sentence, what became of a code no longer in use; empty for one that is."""
    uses = code_uses().get(code, ())
    if not uses or (code in municipalities() and any(use.last_year is None for use in uses)):
        return ""
    last = max(use.last_year or 0 for use in uses)
    today = " og ".join(
        dict.fromkeys(str(municipalities()[use.current]) for use in uses if use.last_year == last)
    )
    return f"Kommunenummer {code} gikk ut etter {last}. I dag: {today}."


def _wrong_code(code: str) -> Trouble:
    if gone := retired(code):
        today = gone.rsplit("I dag: ", 1)[1].rstrip(".")
        return Trouble(gone, f"Bruk {today}.")
    if len(code) == 3 and f"0{code}" in code_uses():
        return Trouble(f"Kommunenummer {code} har mistet en null.", f"Skriv 0{code}.")
    return Trouble(
        f"Det er ingen kommune med nummer {code}.",
        "Et kommunenummer har fire sifre, for eksempel 3234 for Lunner.",
    )


def _names(one: Municipality) -> list[str]:
    whole = one.name.lower()
    return [whole, *(name.partition(" (")[0] for name in whole.split(" - "))]
