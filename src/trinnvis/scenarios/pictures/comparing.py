"""Scenario sets side by side: need in each, and how they differ from the first year by year."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from trinnvis import formats
from trinnvis.figures.shapes import About, Figure, Series, Table, Unit
from trinnvis.figures.trends import lines
from trinnvis.planning.demand.comparing import Side, common_years, in_years
from trinnvis.planning.demand.tables import MILLION, spread
from trinnvis.planning.population.axes import Floats, Ints
from trinnvis.scenarios.pictures.shown import rounded, whole


def growth_table(sides: Sequence[Side]) -> Table:
    """How many times as much of each measure in the year of the claim, with 80 % intervals."""
    measures = (
        ("hours", _("Timer")),
        ("users", _("Brukere")),
        ("nok", _("Kroner")),
        ("places", _("Plasser")),
    )
    rows = tuple(
        (
            side.name,
            f"{side.forecast.base_year}–{side.forecast.claim_year}",
            *(
                spread(side.growth(m), side.forecast.at(side.forecast.claim_year), decimals=2)
                for m, _t in measures
            ),
        )
        for side in sides
    )
    headings = (_("Sett"), _("År"), *(title for _m, title in measures))
    return Table(headings, rows, (None,) * len(headings))


def figures_of_sides(sides: Sequence[Side]) -> tuple[Figure, ...]:
    """Nothing when the sets have no years in common."""
    years = common_years(sides)
    if len(years) < 2:
        return ()
    return (
        _levels(sides, years),
        _differences(sides, years, "person_years"),
        _differences(sides, years, "nok"),
    )


def _levels(sides: Sequence[Side], years: Ints) -> Figure:
    last = int(years[-1])
    ends = [f"{side.name} {whole(in_years(side, 'hours', years)[-1])}" for side in sides]
    finding = _("Timer i %(year)d: %(ends)s.") % {"year": last, "ends": formats.listed(ends)}
    return lines(
        About(
            "sammenlign-timer",
            _("Timer per år i hvert sett"),
            finding,
            _("Linjer år for år, én for hvert sett. %(finding)s") % {"finding": finding},
            _source(sides),
        ),
        category=_("År"),
        categories=[int(year) for year in years],
        series=[Series(side.name, rounded(in_years(side, "hours", years))) for side in sides],
        unit=Unit(_("Timer per år")),
    )


def _differences(sides: Sequence[Side], years: Ints, measure: str) -> Figure:
    """Each set less the first."""
    first, *others = sides
    kroner = measure == "nok"
    change = {
        side.name: _measured(side, measure, years) - _measured(first, measure, years) for side in others
    }
    decimals = 1
    ends = [f"{name} {formats.number(float(values[-1]), 0)}" for name, values in change.items()]
    text = (
        _("Millioner kroner mot «%(first)s» i %(year)d: %(ends)s.")
        if kroner
        else _("Årsverk mot «%(first)s» i %(year)d: %(ends)s.")
    )
    finding = text % {"first": first.name, "year": int(years[-1]), "ends": formats.listed(ends)}
    title = _("Forskjell i millioner kroner per år") if kroner else _("Forskjell i årsverk")
    return lines(
        About(
            "sammenlign-kroner" if kroner else "sammenlign-arsverk",
            title,
            finding,
            _("Linjer for forskjellen fra det første settet, år for år. %(finding)s") % {"finding": finding},
            _source(sides),
        ),
        category=_("År"),
        categories=[int(year) for year in years],
        series=[Series(name, rounded(values, decimals)) for name, values in change.items()],
        unit=Unit(_("Millioner kroner") if kroner else _("Årsverk"), decimals=decimals),
    )


def _measured(side: Side, measure: str, years: Ints) -> Floats:
    if measure == "nok":
        return in_years(side, "nok", years) / MILLION
    return in_years(side, "hours", years) / side.forecast.engine.work_year


def _source(sides: Sequence[Side]) -> str:
    people = dict.fromkeys(side.forecast.people.source for side in sides)
    return _("Trinnvis’ framskriving av hvert sett. Folketall: %(people)s") % {"people": "; ".join(people)}
