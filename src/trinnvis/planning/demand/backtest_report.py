"""The backtest as tables for people: in the terminal, and in docs/methods/demand.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from trinnvis.planning.demand.backtest import METHODS, Score, Scored
from trinnvis.planning.demand.shipped import pandemic_years
from trinnvis.planning.method_page import write_between
from trinnvis.planning.population.backtest_report import percent

BEGIN: Final = "<!-- backtest: written by `trinnvis forecast backtest --write`, do not edit -->"
END: Final = "<!-- /backtest -->"
TITLES: Final = {
    "last value": "siste verdi (samme antall)",
    "constant": "faste rater (constant)",
    "trend": "trend",
    "healthy-ageing": "friskere eldre (healthy-ageing)",
}
PROMISED_COVERAGE: Final = (0.7, 0.9)

HEADER: Final = (
    "Metode",
    "Antall",
    "MAPE",
    "Median",
    "MAPE uten pandemiår",
    "Skjevhet",
    "Dekning av 80 %-intervallet",
)

Rows = list[list[str]]


def series_of(scores: Sequence[Score]) -> list[str]:
    return list(dict.fromkeys(score.series for score in scores))


def score_rows(scores: Sequence[Score], series: str) -> Rows:
    return [
        [
            TITLES[score.method],
            str(score.forecasts),
            percent(score.mape),
            percent(score.median),
            percent(score.mape_without_pandemic),
            percent(score.bias, sign=True),
            percent(score.coverage, 0),
        ]
        for score in scores
        if score.series == series
    ]


def year_rows(forecasts: Sequence[Scored], series: str) -> tuple[list[str], Rows]:
    """Mean absolute percentage error year by year; a star marks a pandemic year."""
    mine = [one for one in forecasts if one.series == series]
    years = sorted({one.year for one in mine})
    header = ["Metode", *(f"{year}{'*' if year in pandemic_years() else ''}" for year in years)]
    rows = []
    for method in METHODS:
        errors = [[abs(o.error) for o in mine if (o.method, o.year) == (method, year)] for year in years]
        if any(errors):
            rows.append([TITLES[method], *(percent(float(np.mean(e)) if e else None) for e in errors)])
    return header, rows


def verdicts(scores: Sequence[Score]) -> Iterator[str]:
    """For each series, plainly: what beats what, and whether the intervals hold."""
    low, high = PROMISED_COVERAGE
    for series in series_of(scores):
        of = {score.method: score for score in scores if score.series == series}
        trend, constant, last = of["trend"], of["constant"], of["last value"]
        beats = "slår" if trend.mape < constant.mape else "slår IKKE"
        line = f"{series}: trend {beats} faste rater ({percent(trend.mape)} mot {percent(constant.mape)})"
        if last.mape < trend.mape:
            line += f"; siste verdi er best ({percent(last.mape)})"
        within = "innenfor" if low <= trend.coverage <= high else "UTENFOR"
        promised = f"{percent(low, 0)}–{percent(high, 0)}"
        yield f"{line}; dekningen for trend er {percent(trend.coverage, 0)}, {within} {promised}."


def damping_rows(dampings: Mapping[float, Sequence[Score]]) -> tuple[list[str], Rows]:
    """MAPE of the trend by damping and series."""
    header = ["Damping", *series_of(next(iter(dampings.values())))]
    rows = [[str(d).replace(".", ","), *(percent(one.mape) for one in of)] for d, of in dampings.items()]
    return header, rows


def markdown(
    forecasts: Sequence[Scored], scores: Sequence[Score], dampings: Mapping[float, Sequence[Score]]
) -> str:
    """Everything, as the page shows it."""
    parts = ["\n".join(f"- {line}" for line in verdicts(scores))]
    for series in series_of(scores):
        header, rows = year_rows(forecasts, series)
        parts.append(f"**{series[0].upper()}{series[1:]}**")
        parts.append(_table(HEADER, score_rows(scores, series)))
        parts.append(f"MAPE år for år (* pandemi):\n\n{_table(header, rows)}")
    parts.append("**Trendens damping** (MAPE med andre valg)")
    parts.append(_table(*damping_rows(dampings)))
    return "\n\n".join(parts)


def write(page: Path, text: str) -> None:
    """Put the tables between the markers of a page.

    Raises:
        Trouble: no such page, or no markers in it.
    """
    write_between(BEGIN, END, page, text, usual="docs/methods/demand.md")


def _table(header: Sequence[str], rows: Rows) -> str:
    lines = [header, ["---", *["--:"] * (len(header) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
