"""The backtest as a table for people: in the terminal, and in docs/methods/population.md."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Final

import numpy as np

from trinnvis.planning.method_page import write_between
from trinnvis.planning.population.backtest import BASES, HORIZONS, Score
from trinnvis.planning.population.shipped import DATA
from trinnvis.planning.population.sizes import SIZES

BEGIN: Final = "<!-- backtest: written by `trinnvis population backtest --write`, do not edit -->"
END: Final = "<!-- /backtest -->"
BANDS: Final = ("67-79", "80-89", "80+", "90+", "total")
REFERENCE_SIZED_IN: Final = 2016
"""The first attempt sorted municipalities by their population in this year; so does the comparison."""

Rows = list[list[str]]


@lru_cache(maxsize=1)
def first_attempt() -> dict[tuple[int, int, str, str], float]:
    """Median error of the first rough attempt, to be beaten: (base, horizon, band, size) → share."""
    with files(DATA).joinpath("population_first_attempt_errors.csv").open(encoding="utf-8") as file:
        return {
            (int(r["base_year"]), int(r["horizon"]), r["band"], r["size"]): float(r["median_ape"])
            for r in csv.DictReader(file)
        }


def comparison(scores: Iterable[Score], band: str, size: str) -> Rows:
    """Ours beside the first attempt and the naive ones, one row a base and horizon."""
    rows = []
    for s in scores:
        if (s.band, s.size) == (band, size):
            reference = first_attempt().get((s.base, s.horizon, band, size))
            rows.append(
                [
                    f"{s.base} → {s.base + s.horizon}",
                    str(s.municipalities),
                    percent(s.median_error),
                    percent(reference),
                    percent(s.moved_up),
                    percent(s.unchanged),
                    percent(s.bias, sign=True),
                    percent(s.coverage, 0),
                    percent(s.coverage_then, 0),
                ]
            )
    return rows


COMPARISON_HEADER: Final = [
    *("Fra → til", "Kommuner", "Vår feil", "Første forsøk", "Flyttet opp", "Uendret"),
    *("Skjevhet", "Dekning 80 %", "Dekning, kjent da"),
]


def by_size(scores: Iterable[Score], band: str) -> Rows:
    """Median error by size class and horizon, the mean over bases; with bias and coverage."""
    found = list(scores)
    rows = []
    for size in SIZES:
        row = [size]
        for horizon in HORIZONS:
            cell = [s for s in found if (s.band, s.size, s.horizon) == (band, size, horizon)]
            row.append(_summary(cell) if cell else "–")
        rows.append(row)
    return rows


BY_SIZE_HEADER: Final = ["Innbyggere", *(f"{h} år" for h in HORIZONS)]


def coverage_lines(scores: Iterable[Score]) -> list[str]:
    """Coverage of the 80 % intervals in each band, over all."""
    found = list(scores)
    lines = []
    for band in BANDS:
        here = [s for s in found if s.band == band]
        all_of = np.average([s.coverage for s in here], weights=[s.municipalities for s in here])
        then = [(s.coverage_then, s.municipalities) for s in here if s.coverage_then is not None]
        known = np.average([c for c, _ in then], weights=[n for _, n in then])
        lines.append(f"{band}: {percent(float(all_of), 0)}; {percent(float(known), 0)}")
    return lines


def markdown(scores: list[Score], sized_as_first: list[Score]) -> str:
    """Everything between the markers."""
    return "\n".join(_markdown(scores, sized_as_first))


def _markdown(scores: list[Score], sized_as_first: list[Score]) -> Iterator[str]:
    bases = ", ".join(map(str, BASES))
    yield f"Bases {bases}; outcomes to 2026; all 357 municipalities. Errors are shares of the outcome."
    yield ""
    for size, band in (
        ("7-15k", "80+"),
        ("7-15k", "67-79"),
        ("7-15k", "90+"),
        ("<3k", "80+"),
        ("40k+", "80+"),
    ):
        yield f"**{band} years, municipalities of {size} inhabitants (in {REFERENCE_SIZED_IN}):**"
        yield ""
        yield from table(COMPARISON_HEADER, comparison(sized_as_first, band, size))
        yield ""
    for band in BANDS:
        yield f"**{band}: median error (bias; coverage of the 80 % interval), mean over the bases:**"
        yield ""
        yield from table(BY_SIZE_HEADER, by_size(scores, band))
        yield ""
    yield "Coverage of the 80 % intervals, all sizes and years (width from other bases; known then):"
    yield ""
    for line in coverage_lines(scores):
        yield f"- {line}"


def table(header: list[str], rows: Rows) -> Iterator[str]:
    yield f"| {' | '.join(header)} |"
    yield f"|{'---|' * len(header)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def write(page: Path, text: str) -> None:
    """Put the tables between the markers of a page.

    Raises:
        Trouble: no such page, or no markers in it.
    """
    write_between(BEGIN, END, page, text, usual="docs/methods/population.md")


def percent(share: float | None, decimals: int = 1, *, sign: bool = False) -> str:
    """0.034 as "3,4 %"."""
    if share is None or np.isnan(share):
        return "–"
    shown = f"{share * 100:{'+' if sign else ''}.{decimals}f} %"
    return shown.replace(".", ",").replace("-", "\u2212")


def _summary(cell: list[Score]) -> str:
    error = percent(_mean(s.median_error for s in cell))
    bias = percent(_mean(s.bias for s in cell), sign=True)
    return f"{error} ({bias}; {percent(_mean(s.coverage for s in cell), 0)})"


def _mean(numbers: Iterable[float]) -> float:
    return float(np.mean(list(numbers)))
