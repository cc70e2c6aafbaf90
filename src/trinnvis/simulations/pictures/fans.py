"""Users, hours, person-years or kroner on each step over time, with their 80 % interval."""

from __future__ import annotations

from django.utils.translation import gettext as _

from trinnvis.figures.shapes import About, Figure, Series
from trinnvis.figures.trends import fan
from trinnvis.simulations.document import PERSONS
from trinnvis.simulations.pictures.shown import Shown, bare, said, scaled, units

SLUGS = {PERSONS: "brukere", "hours": "timer", "person_years": "arsverk", "nok": "kroner"}


def fans(shown: Shown, measure: str) -> list[Figure]:
    """One for each step."""
    return [_on_step(shown, measure, at, step) for at, step in shown.steps]


def _on_step(shown: Shown, measure: str, at: int, step: int) -> Figure:
    spread = shown.outcome.measured(measure)
    now, later = float(spread.middle[0, at]), float(spread.middle[-1, at])
    finding = _(
        "På %(step)s er det trolig %(later)s i %(last)d, %(how)s, mot %(now)s i %(first)d. Med 80 prosent "
        "sannsynlighet blir det fra %(low)s til %(high)s."
    ) % {
        "step": shown.named_step(step), "later": said(measure, later), "last": shown.last, "how": shown.how,
        "now": bare(measure, now), "first": shown.first,
        "low": bare(measure, float(spread.low[-1, at])),
        "high": said(measure, float(spread.high[-1, at])),
    }  # fmt: skip
    unit = units()[measure]
    others = [] if shown.is_base else [shown.base]
    source = shown.source
    if measure != PERSONS:
        source += ". " + _("Intervallet er brukernes; bruken per bruker og prisen er holdt fast")
    if measure == "nok":
        source += ". " + _("Kroner: brutto, i %(year)d-priser") % {"year": shown.answer.price_year}
    return fan(
        About(
            f"{SLUGS[measure]}-trinn-{step}",
            _("%(unit)s på %(step)s") % {"unit": unit.name, "step": shown.named_step(step)},
            finding,
            _("Linje år for år med et skyggelagt intervall. %(finding)s") % {"finding": finding},
            source,
        ),
        category=_("31. desember") if measure == PERSONS else _("År"),
        categories=list(shown.answer.years),
        median=Series(shown.outcome.title, scaled(measure, spread.middle[:, at])),
        low=Series(_("Nedre grense (P10)"), scaled(measure, spread.low[:, at])),
        high=Series(_("Øvre grense (P90)"), scaled(measure, spread.high[:, at])),
        interval=_("80 %-intervall"),
        scenarios=[Series(o.title, scaled(measure, o.measured(measure).middle[:, at])) for o in others],
        unit=unit,
    )
