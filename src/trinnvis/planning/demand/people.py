"""Who there is to need anything: observed population as far as it goes, then the projection.

KOSTRA counts users on 31 December and divides by the population the day after. So here the year Y always
means 31 December of Y, with the population of 1 January Y + 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from trinnvis.planning.population.axes import BANDS, VARIANTS, Floats, Ints
from trinnvis.planning.population.intervals import reach, shipped_widths
from trinnvis.planning.population.municipalities import Municipality, find
from trinnvis.planning.population.projecting import LAST_YEAR, project_all, start_population
from trinnvis.planning.population.projection import projection_for
from trinnvis.planning.population.shipped import figures
from trinnvis.planning.population.sizes import size_class
from trinnvis.trouble import Trouble


@dataclass(frozen=True)
class People:
    """A municipality's inhabitants on 31 December of each year.

    persons: [variant, year, age, sex]. reach: [year, band], half an 80 % interval on the log scale, nought
    for observed years. source: in a sentence, with its date.
    """

    municipality: Municipality
    years: Ints
    persons: Floats
    reach: Floats
    source: str
    notes: tuple[str, ...] = ()


def short_name(municipality: Municipality) -> str:
    """The Norwegian name alone, where there are parallel names."""
    return municipality.name.split(" - ")[0]


def people_of(municipality: str, first: int, to: int, imports: Path | None = None) -> People:
    """Observed from 31 December of `first`, projected to that of `to`.

    Raises:
        Trouble: wrong or retired code, or a year without figures.
    """
    one = find(municipality)
    data = figures()
    known = data.last_year
    if not int(data.years[0]) < first + 1 <= known:
        raise Trouble(
            f"Det finnes ingen befolkningstall for {short_name(one)} ved utgangen av {first}.",
            f"Velg et grunnår fra {int(data.years[0])} til {known - 1}.",
        )
    if not first < to < LAST_YEAR:
        raise Trouble(
            f"Behovet kan ikke framskrives fra {first} til {to}.",
            f"Velg et år fra {first + 1} til {LAST_YEAR - 1}.",
        )
    at = data.codes.index(one.code)
    past = np.array([observed(year + 1)[at] for year in range(first, min(to + 1, known))])
    if to < known:
        persons = np.broadcast_to(past, (len(VARIANTS), *past.shape))
        source = f"Observert folketall (SSB tabell 07459) til 1. januar {to + 1}"
        return People(one, np.arange(first, to + 1), persons, np.zeros((len(past), len(BANDS))), source)
    projection = projection_for(one.code, to + 1, imports)
    later = projection.years > known
    if int(projection.years[later][0]) != known + 1:
        raise Trouble(
            f"Det mangler folketall for {short_name(one)} ved inngangen til {known + 1}.",
            "Importer folketallene for årene imellom, eller en framskriving som begynner tidligere.",
        )
    ahead = projection.persons[:, later]
    persons = np.concatenate([np.broadcast_to(past, (len(VARIANTS), *past.shape)), ahead], axis=1)
    years = np.arange(first, to + 1)
    reach = widths(past[-1].sum(), years, known)
    return People(one, years, persons, reach, str(projection.source), projection.notes)


def widths(inhabitants: float, years: Ints, known: int) -> Floats:
    """Half of an 80 % interval on the log scale: [year, band]."""
    size = int(size_class(np.array([inhabitants]))[0])
    measured = shipped_widths()
    return np.array(
        [[reach(measured, band, size, int(year) + 1 - known) for band in BANDS] for year in years]
    )


@lru_cache(maxsize=32)
def observed(year: int) -> Floats:
    """All municipalities on 1 January of a year: [municipality, age, sex]."""
    return start_population(figures(), year)


def everyone(base: int, to: int) -> Floats:
    """All municipalities, 31 December of `base` to that of `to`: [municipality, year, age, sex]."""
    known = figures().last_year
    past = np.array([observed(year + 1) for year in range(base, min(to + 1, known))])
    if to < known:
        return past.swapaxes(0, 1)
    _, ahead = project_all(to + 1)
    return np.concatenate([past, ahead[0, 1:]]).swapaxes(0, 1)
