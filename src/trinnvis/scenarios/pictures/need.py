"""How much need there is: hours with their interval under every choice, and hours on each step."""

from __future__ import annotations

from django.utils.translation import gettext as _

from trinnvis import formats
from trinnvis.figures.bars import stacked_bars
from trinnvis.figures.shapes import About, Figure, Series, Unit
from trinnvis.figures.trends import fan
from trinnvis.planning.demand.sums import hours_by_step
from trinnvis.scenarios.pictures.shown import Shown, rounded, times, whole


def spread(shown: Shown) -> Figure:
    """The choices with an 80 % interval; constant rates and each scenario alone as lines."""
    total = shown.main.total("hours")
    others = [o for o in shown.found.outcomes if o is not shown.main]
    finding = _("Timene i %(year)d blir %(times)s som i %(base)d, %(how)s.") % {
        "times": times(shown.main.growth["hours"], shown.at),
        "year": shown.year, "base": shown.found.base_year, "how": shown.how,
    }  # fmt: skip
    if others:
        constant = shown.found.constant.growth["hours"].middle[shown.at]
        finding += " " + _("Som i dag ville de blitt %(times)s ganger så mange.") % {
            "times": formats.number(float(constant), 1)
        }
    return fan(
        About(
            "usikkerhet",
            _("Timer i alle tjenester i %(place)s, med 80 prosents intervall") % {"place": shown.place},
            finding,
            _("Linjer for timer per år med et skyggelagt intervall. %(finding)s") % {"finding": finding},
            _(
                "%(source)s. Intervallet har tre lag: befolkning, forutsetninger og tilfeldighet, og gjelder "
                "gitt timene per bruker"
            ) % {"source": shown.forecast_source},
        ),
        category=_("År"),
        categories=shown.years,
        median=Series(shown.label(shown.main), rounded(total.middle)),
        low=Series(_("Nedre grense"), rounded(total.low)),
        high=Series(_("Øvre grense"), rounded(total.high)),
        interval=_("80 %-intervall"),
        scenarios=[Series(shown.label(o), rounded(o.total("hours").middle)) for o in others],
        unit=Unit(_("Timer per år")),
    )  # fmt: skip


def by_step(shown: Shown) -> Figure:
    """Hours on each step of the ladder, year by year."""
    hours = hours_by_step(shown.main)
    used = [at for at in range(hours.shape[1]) if hours[:, at].any()]
    change = {at: float(hours[shown.at, at] - hours[0, at]) for at in used}
    most = max(used, key=lambda at: change[at])
    finding = _(
        "Timene går fra %(now)s i %(base)d til %(later)s i %(year)d, %(how)s. Mest øker %(step)s, "
        "med %(more)s timer."
    ) % {
        "now": whole(hours[0].sum()), "base": shown.found.base_year, "later": whole(hours[shown.at].sum()),
        "year": shown.year, "how": shown.how, "step": shown.named_step(shown.found.steps[most]),
        "more": whole(change[most]),
    }  # fmt: skip
    return stacked_bars(
        About(
            "behov-per-trinn",
            _("Timer per trinn i innsatstrappen"),
            finding,
            _("Stablede søyler, én for hvert år, delt i trinn. %(finding)s") % {"finding": finding},
            shown.forecast_source,
        ),
        category=_("År"),
        categories=shown.years,
        series=[Series(shown.step(shown.found.steps[at]), rounded(hours[:, at])) for at in used],
        unit=Unit(_("Timer per år")),
    )
