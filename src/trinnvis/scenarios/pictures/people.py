"""The population pyramid then, now and later."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from trinnvis import formats
from trinnvis.figures.pyramids import Population, pyramid
from trinnvis.figures.shapes import About, Figure, Unit
from trinnvis.planning.demand.people import observed
from trinnvis.planning.population.axes import AGES, FEMALE, MALE, Floats, band_sum
from trinnvis.planning.population.shipped import figures
from trinnvis.scenarios.pictures.shown import Shown, whole

GROUP: Final = 5
OLDEST: Final = 95  # all older are in one group
OLD: Final = 80


def people(shown: Shown) -> Figure:
    """Men to the left, women to the right; the base year as bars, before and after as outlines."""
    found, persons = shown.found, shown.found.people.persons[0]
    now, then = found.base_year, _earlier(found.base_year, shown.year)
    before = observed(then + 1)[figures().codes.index(found.municipality.code)]
    old = band_sum(persons, OLD, AGES - 1).sum(axis=-1)
    finding = _(
        "Innbyggerne over 80 år blir %(times)s ganger så mange: fra %(now)s i %(base)d til %(later)s i "
        "%(year)d."
    ) % {
        "times": formats.number(float(old[shown.at] / old[0]), 1),
        "now": whole(old[0]), "base": now, "later": whole(old[shown.at]), "year": shown.year,
    }  # fmt: skip
    return pyramid(
        About(
            "befolkning",
            _("Innbyggere i %(place)s etter alder og kjønn, 31. desember") % {"place": shown.place},
            finding,
            _(
                "Befolkningspyramide. Søyler for %(now)d, stiplet og heltrukken omriss for %(then)d og "
                "%(year)d. %(finding)s"
            ) % {"now": now, "then": then, "year": shown.year, "finding": finding},
            _("SSB tabell 07459 for observerte år. %(people)s. Kjønn etter 2021 er regnet fram")
            % {"people": found.people.source},
        ),
        category=_("Alder"),
        ages=_labels(),
        left=_("Menn"),
        right=_("Kvinner"),
        now=_population(now, persons[0]),
        others=[_population(then, before), _population(shown.year, persons[shown.at])],
        unit=Unit(_("Personer")),
    )  # fmt: skip


def _earlier(base: int, year: int) -> int:
    """As long before the base year as the other is after, or as far back as all have figures."""
    first = int(figures().years[0])  # two municipalities lack 1 January of this one
    return max(base - (year - base), first)


def _labels() -> list[str]:
    starts = range(0, OLDEST, GROUP)
    return [*(f"{first}–{first + GROUP - 1}" for first in starts), f"{OLDEST}+"]


def _population(year: int, persons: Floats) -> Population:
    """persons: [age, sex]"""
    edges = [*range(0, OLDEST, GROUP), OLDEST]
    ends = [*(edge - 1 for edge in edges[1:]), AGES - 1]
    sides = {
        sex: tuple(round(float(persons[a : b + 1, sex].sum())) for a, b in zip(edges, ends, strict=True))
        for sex in (MALE, FEMALE)
    }
    return Population(str(year), sides[MALE], sides[FEMALE])
