"""Figures under the codes of their time put together as the municipalities of today (0533, 3054 → 3234)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from trinnvis.planning.population.axes import Floats, Ints
from trinnvis.planning.population.importing import reading_codes
from trinnvis.planning.population.importing.cells import Cells, Dimension
from trinnvis.planning.population.municipalities import codes_over_time, municipalities, parts, retired
from trinnvis.trouble import Trouble

if TYPE_CHECKING:
    from trinnvis.planning.population.importing.meaning import Report


@dataclass(frozen=True)
class Joined:
    """Cells that count, each with the municipality of today it belongs to. A divided one's cell is there
    twice.

    cell: index into the file's cells. municipality: index into `codes`. weight: share of the cell's people.
    """

    codes: tuple[str, ...]
    cell: Ints
    municipality: Ints
    weight: Floats


def join_codes(
    regions: Dimension, years: Ints, cells: Cells, keep: NDArray[np.bool_], places: list[str], report: Report
) -> Joined:
    """Every kept cell placed in the municipalities of today.

    Raises:
        Trouble: a code no municipality has had, or people under a code in a year after it was retired.
    """
    taken: list[tuple[NDArray[np.int64], str, float]] = []
    sources: dict[tuple[str, int], set[str]] = {}
    whole: set[tuple[str, int]] = set()
    skipped = []
    moved: dict[tuple[str, str], float] = {}
    ordered = np.flatnonzero(keep)
    ordered = ordered[np.argsort(regions.at[ordered], kind="stable")]
    ends = np.searchsorted(regions.at[ordered], np.arange(len(regions.codes) + 1))
    for index, text in enumerate(regions.codes):
        if not places[index]:
            continue
        known = reading_codes.region(text, places[index])
        if known is None:
            skipped.append(text or "uten kode")
            continue
        code, joined = known
        if reading_codes.label_differs(code, regions.labels[index]):
            report.repaired.append(
                f"{code} heter «{regions.labels[index]}» i fila. Koden gjelder, ikke navnet."
            )
        here = ordered[ends[index] : ends[index + 1]]
        for year in np.unique(years[here]):
            these = here[years[here] == year]
            for current, weight in _today(code, int(year), joined, cells, these):
                if current != code:
                    moved[code, current] = weight
                taken.append((these, current, weight))
                sources.setdefault((current, int(year)), set()).add(code)
                if current == code and (joined or not cells.from_ssb or not parts(code, int(year))):
                    whole.add((current, int(year)))  # a series on the borders of today
    if moved:
        told = reading_codes.shortened([f"{code} → {current}" for code, current in moved])
        report.repaired.append(f"Kommunenummer ført over til dagens: {told}.")
    if divided := list(dict.fromkeys(code for (code, _), weight in moved.items() if weight < 1)):
        report.repaired.append(f"Delt med faste andeler, og derfor et anslag: {', '.join(divided)}.")
    if skipped:
        shown = reading_codes.shortened(skipped)
        report.left_out.append(f"{len(skipped)} områder som ikke er kommuner ({shown}).")
    taken = _only_complete(taken, sources, whole, years, report)
    codes = tuple(sorted({current for _, current, _ in taken}))
    where = {code: at for at, code in enumerate(codes)}
    empty = np.zeros(0, dtype=np.int64)
    return Joined(
        codes,
        np.concatenate([these for these, _, _ in taken] or [empty]),
        np.concatenate([np.full(len(these), where[current]) for these, current, _ in taken] or [empty]),
        np.concatenate([np.full(len(these), weight) for these, _, weight in taken] or [empty.astype(float)]),
    )


def _today(code: str, year: int, joined: bool, cells: Cells, these: Ints) -> list[tuple[str, float]]:
    """Municipalities of today and the share of these cells that is theirs."""
    in_use = parts(code, year)
    values = cells.values[these]
    if code in municipalities() and (not in_use or any(use.current == code for use in in_use)):
        before = not in_use and not joined
        return [] if before and not np.nansum(values) else [(code, 1.0)]
    if in_use:
        return [(use.current, use.weight) for use in in_use]
    if not np.nansum(values):
        return []
    gone = retired(code)
    today = gone.partition("I dag: ")[2].rstrip(".")
    raise Trouble(
        f"{cells.place(int(these[0]))}: {gone or f'Kommunenummer {code} var ikke i bruk i {year}.'} "
        f"Fila har likevel folk under det i {year}.",
        f"Hent tallene på nytt med {today}." if today else "Sjekk kommunenummeret.",
    )


def _only_complete(
    taken: list[tuple[Ints, str, float]],
    sources: dict[tuple[str, int], set[str]],
    whole: set[tuple[str, int]],
    years: Ints,
    report: Report,
) -> list[tuple[Ints, str, float]]:
    """A municipality made of several counts only in years where the file has all of them."""
    kept = []
    over_time = {current: codes_over_time(current) for current in {current for _, current, _ in taken}}
    for these, current, weight in taken:
        year = int(years[these[0]])
        given = sources[current, year]
        needed = {use.code for use in over_time[current] if use.in_use(year)}
        if (current, year) in whole or needed <= given:
            kept.append((these, current, weight))
        else:
            lacking = ", ".join(sorted(needed - given))
            _note(report.left_out, f"{current} før sammenslåingen: fila mangler {lacking}.")
    return kept


def _note(lines: list[str], line: str) -> None:
    if line not in lines:
        lines.append(line)
