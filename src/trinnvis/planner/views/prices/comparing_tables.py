"""The tables of a comparison as figures, for download."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from trinnvis.casework.queries.price_effect import PriceEffect
from trinnvis.figures.shapes import About, Cell, Figure, Table, Unit
from trinnvis.pricing.rules.columns import UNIT_WORDS
from trinnvis.resources.price_changes import RowChange

KINDS = {"added": "ny", "removed": "tatt ut", "changed": "endret", "same": "uendret"}


def changes_figure(
    changes: Sequence[RowChange], effect: PriceEffect, titles: Mapping[str, str], credit: str, finding: str
) -> Figure:
    """Row by row."""
    kroner, share = Unit(_("Kroner"), "kr", 2), Unit(_("Endring"), "%", 1)
    rows: list[tuple[Cell, ...]] = [
        (
            titles.get(each.service, each.service),
            _(UNIT_WORDS[each.unit]),
            each.before.nok if each.before else None,
            each.after.nok if each.after else None,
            each.nok,
            None if each.share is None else round(each.share * 100, 1),
            str(each.before.price_year) if each.before else "",
            str(each.after.price_year) if each.after else "",
            KINDS[each.kind],
            each.row.source,
        )
        for each in changes
    ]
    headings = (
        _("Tjeneste"), _("Enhet"), _("Før"), _("Etter"), _("Forskjell"), _("Endring"),
        _("Prisår før"), _("Prisår etter"), _("Hva"), _("Kilde"),
    )  # fmt: skip
    units = (None, None, kroner, kroner, kroner, share, None, None, None, None)
    return _figure("prislister-rader", _("Prislister rad for rad"), finding, credit, headings, rows, units)


def effect_figure(
    changes: Sequence[RowChange], effect: PriceEffect, titles: Mapping[str, str], credit: str, finding: str
) -> Figure:
    """What it means in a year, by service; services few have are in the sum alone."""
    kroner = Unit(_("Kroner i året"), "kr")
    rows: list[tuple[Cell, ...]] = [
        (each.service.title, each.before, each.after, each.change) for each in effect.services
    ]
    rows.append((_("Alle med pris i begge listene"), effect.before, effect.after, effect.change))
    headings = (_("Tjeneste"), _("Før"), _("Etter"), _("Forskjell"))
    title = _("Virkning for tjenester i bruk")
    return _figure(
        "prislister-virkning", title, finding, credit, headings, rows, (None, kroner, kroner, kroner)
    )


def _figure(
    key: str,
    title: str,
    finding: str,
    credit: str,
    headings: tuple[str, ...],
    rows: list[tuple[Cell, ...]],
    units: tuple[Unit | None, ...],
) -> Figure:
    about = About(key=key, title=title, finding=finding, alt=finding, source=credit)
    return Figure(about=about, option={}, table=Table(headings, tuple(rows), units))
