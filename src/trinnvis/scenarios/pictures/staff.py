"""Person-years needed against those there may be."""

from __future__ import annotations

from django.utils.translation import gettext as _

from trinnvis import formats
from trinnvis.figures.shapes import About, Figure, Series, Unit
from trinnvis.figures.trends import lines
from trinnvis.planning.demand.means import Staff, available_staff, person_years
from trinnvis.scenarios.pictures.shown import Shown, rounded, whole


def staff(shown: Shown) -> Figure:
    """The need of the choices and of constant rates, and staff if care keeps its share of workers."""
    found = shown.found
    there = available_staff(found, shown.choices.staff)
    need = person_years(found, shown.main)
    lacking = float(need[shown.at] - there.available[shown.at])
    finding = _("I %(year)d trengs %(need)s årsverk, %(how)s.") % {
        "year": shown.year, "need": whole(need[shown.at]), "how": shown.how,
    }  # fmt: skip
    has = _("Beholder tjenestene sin andel av innbyggerne 18–66 år, har de %(there)s.") % {
        "there": whole(there.available[shown.at])
    }
    gap = _("Det mangler %(lacking)s.") % {"lacking": whole(lacking)} if lacking >= 1 else _("Da er det nok.")
    needed = [Series(_("Behov: %(label)s") % {"label": shown.label(shown.main)}, rounded(need, 1))]
    if shown.main is not found.constant:
        constant = rounded(person_years(found, found.constant), 1)
        needed.append(Series(_("Behov: %(label)s") % {"label": shown.label(found.constant)}, constant))
    return lines(
        About(
            "arsverk",
            _("Årsverk som trengs, og årsverk kommunen kan ha"),
            f"{finding} {has} {gap}",
            _("Linjer for årsverk år for år. %(finding)s") % {"finding": f"{finding} {has} {gap}"},
            f"{shown.forecast_source}. {_about_staff(shown, there)}",
        ),
        category=_("År"),
        categories=shown.years,
        series=[*needed, Series(_("Tilgjengelig"), rounded(there.available, 1))],
        unit=Unit(_("Årsverk"), decimals=1),
    )  # fmt: skip


def _about_staff(shown: Shown, there: Staff) -> str:
    if there.stated and shown.staff_source:
        start = _("Tilgjengelige årsverk i %(year)d: ") + shown.staff_source
    elif there.stated:
        start = _("Tilgjengelige årsverk i %(year)d er skrevet inn av den som valgte")
    else:
        start = _(
            "Kommunens årsverk i omsorg er ikke blant de åpne tallene, så tilgjengelige årsverk i %(year)d "
            "er satt lik behovet det året. Skriv inn kommunens eget tall i skjemaet"
        )
    text = start % {"year": shown.found.base_year}
    if there.nurses is None:
        return text
    year, person_years_of_nurses = there.nurses
    return (
        text
        + ". "
        + _("SSB teller %(nurses)s sykepleierårsverk i kommunen i %(year)d")
        % {"nurses": formats.number(person_years_of_nurses, 0), "year": year}
    )
