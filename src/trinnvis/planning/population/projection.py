"""The projection of one municipality, from the most trusted source there is: what other engines read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from trinnvis.planning.population import intervals
from trinnvis.planning.population.axes import SEXES, VARIANTS, Floats, Ints, Variant, band_sum
from trinnvis.planning.population.importing.meaning import Imported
from trinnvis.planning.population.importing.store import newest_projection, newest_start
from trinnvis.planning.population.intervals import BANDS_MEASURED
from trinnvis.planning.population.municipalities import Municipality, find
from trinnvis.planning.population.projecting import LAST_YEAR, Rates, project, shipped_rates, start_population
from trinnvis.planning.population.shipped import figures
from trinnvis.planning.population.sizes import size_class
from trinnvis.planning.population.source import Source, own_projection
from trinnvis.trouble import Trouble


@dataclass(frozen=True)
class Projection:
    """Persons on 1 January.

    persons: [variant, year, age, sex], fractional; variants as `variants` (an imported file may lack some),
    ages 0-105+ (the last holds all older), sexes as `SEXES` (female, male). years: the year of each, the
    first is the observed start. source: where every figure of it comes from. notes: what the reader must know
    besides.
    """

    municipality: Municipality
    years: Ints
    persons: Floats
    source: Source
    variants: tuple[Variant, ...] = VARIANTS
    notes: tuple[str, ...] = field(default=())

    def variant(self, variant: Variant = Variant.MAIN) -> Floats:
        """[year, age, sex]"""
        if variant not in self.variants:
            raise Trouble(
                f"{self.source.title} er lest inn uten alternativet «{variant}».",
                "Hent fila på nytt med alle tre alternativene (Personer, Personer1, Personer2).",
            )
        chosen: Floats = self.persons[self.variants.index(variant)]
        return chosen

    def band(self, first: int, last: int, variant: Variant = Variant.MAIN) -> Floats:
        """Persons aged `first` to `last`, both included: [year]."""
        persons: Floats = band_sum(self.variant(variant), first, last).sum(axis=-1)
        return persons

    def interval(self, band: str) -> tuple[Floats, Floats]:
        """80 % interval around the main variant of a band in `BANDS_MEASURED`: low and high, [year].

        From how far off our own projections have been (`intervals`). It is not the low and high variants,
        which are alternatives and carry no probability.
        """
        middle = self.band(*BANDS_MEASURED[band])
        size = int(size_class(self.variant()[0].sum()[None])[0])
        widths = intervals.shipped_widths()
        reach = np.array([intervals.reach(widths, band, size, int(y - self.years[0])) for y in self.years])
        return middle * np.exp(-reach), middle * np.exp(reach)

    def as_json(self) -> dict[str, object]:
        """{"municipality", "name", "source", "notes", "series": [{"year", "age", "sex", "variant", …}]}"""
        series = [
            {
                "year": int(year),
                "age": age,
                "sex": sex,
                "variant": str(variant),
                "persons": round(float(self.persons[v, y, age, s]), 3),
            }
            for v, variant in enumerate(self.variants)
            for y, year in enumerate(self.years)
            for age in range(self.persons.shape[2])
            for s, sex in enumerate(SEXES)
        ]
        return {
            "municipality": self.municipality.code,
            "name": self.municipality.name,
            "source": self.source.as_json(),
            "notes": list(self.notes),
            "series": series,
        }


def projection_for(
    municipality: str, to: int, imports: Path | None = None, *, own: bool = False
) -> Projection:
    """The projection to use: an imported one from SSB when there is one and it reaches `to`, else our own.

    `municipality`: code or name. `imports`: the folder of imported files; None looks at nothing but the
    package. `own`: our own projection even where SSB's is imported.

    Raises:
        Trouble: wrong or retired code, or a year that cannot be projected to.
    """
    one = find(municipality)
    held = newest_projection(imports, one.code) if imports and not own else None
    if held is not None and to <= held.years[-1]:
        return _from_ssb(one, held, to)
    made = _own(one, to, imports)
    if held is None:
        return made
    why = f"{held.source.title} går bare til {held.years[-1]}. Derfor er egen framskriving brukt for alle år."
    return replace(made, notes=(*made.notes, why))


def _from_ssb(one: Municipality, held: Imported, to: int) -> Projection:
    if to < held.years[0]:
        raise Trouble(
            f"{held.source.title} begynner i {held.years[0]}.", f"Velg et år fra {held.years[0]} og utover."
        )
    kept = held.years <= to
    return Projection(one, held.years[kept], held.of(one.code)[:, kept], held.source, held.variants)


def _own(one: Municipality, to: int, imports: Path | None) -> Projection:
    data = figures()
    base = data.last_year
    at = data.codes.index(one.code)
    start = start_population(data, base)[at]
    notes: tuple[str, ...] = ()
    if imports and (newer := newest_start(imports, one.code, base)):
        base, start = newer.year, newer.persons
        notes = (f"Utgangspunktet er {newer.source}.",)
    if not base < to <= LAST_YEAR:
        raise Trouble(f"Framskrivingen kan ikke gå til {to}.", f"Velg et år fra {base + 1} til {LAST_YEAR}.")
    if not start.sum() > 0:
        raise Trouble(
            f"Det finnes ingen befolkningstall for {one} i {base}.", "Importer tabell 07459 for kommunen."
        )
    rates = shipped_rates(data.last_year)
    mine = Rates(rates.base, rates.mortality, rates.migration[[at]], rates.newborn_per_mother[[at]])
    persons = np.array([project(start[None], mine, to - base, v, base - rates.base)[:, 0] for v in VARIANTS])
    return Projection(one, np.arange(base, to + 1), persons, own_projection(base), notes=notes)
