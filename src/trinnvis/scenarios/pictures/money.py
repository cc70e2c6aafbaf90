"""Kroner a year by service."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from trinnvis import formats
from trinnvis.figures.bars import stacked_bars
from trinnvis.figures.shapes import About, Figure, Series, Unit
from trinnvis.planning.demand.sums import nok_by_service
from trinnvis.scenarios.pictures.shown import Shown, rounded

MILLION: Final = 1e6


def money(shown: Shown) -> Figure:
    """Gross kroner in fixed prices, stacked by service."""
    nok, basis = nok_by_service(shown.main) / MILLION, shown.found.basis
    now, later = float(nok[0].sum()), float(nok[shown.at].sum())
    words = {
        "now": formats.number(now, 0), "base": shown.found.base_year, "later": formats.number(later, 0),
        "year": shown.year, "how": shown.how, "price_year": basis.price_year,
    }  # fmt: skip
    change = _("%(change)s mill. kr mer") if later >= now else _("%(change)s mill. kr mindre")
    finding = _(
        "Kostnaden går fra %(now)s mill. kr i %(base)d til %(later)s mill. kr i %(year)d, %(how)s: "
        "%(change)s, i %(price_year)d-kroner."
    ) % {**words, "change": change % {"change": formats.number(abs(later - now), 0)}}  # fmt: skip
    used = [s for s in range(len(basis.services)) if nok[:, s].any()]
    return stacked_bars(
        About(
            "kroner",
            _("Millioner kroner per år etter tjeneste, brutto i faste priser"),
            finding,
            _("Stablede søyler, én for hvert år, delt i tjenester. %(finding)s") % {"finding": finding},
            _("%(source)s. Priser: %(prices)s") % {"source": shown.forecast_source, "prices": _prices(shown)},
        ),
        category=_("År"),
        categories=shown.years,
        series=[Series(basis.services[s].title, rounded(nok[:, s], 2)) for s in used],
        unit=Unit(_("Millioner kroner"), decimals=1),
    )


def _prices(shown: Shown) -> str:
    """Each price with how certain it is."""
    return "; ".join(
        f"{s.title} {formats.number(round(s.nok.value))} {s.nok.unit} ({s.nok.status})"
        for s in shown.found.basis.services
        if s.in_total
    )
