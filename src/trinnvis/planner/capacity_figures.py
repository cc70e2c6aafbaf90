"""The figures of the capacity pages: what is drawn, tabled and downloaded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from trinnvis import formats
from trinnvis.delivery import wording
from trinnvis.delivery.queries.figures import HoursFigures, KindFigures
from trinnvis.delivery.queries.overview import Overview, UnitFigures, UnitInside
from trinnvis.delivery.rules.forecast import Outlook, YearEnd
from trinnvis.figures.rows import rows_of_bars
from trinnvis.figures.shapes import About, Cell, Figure, Number, Series, Table, Unit
from trinnvis.figures.trends import lines
from trinnvis.policy.model import Policy

Column = tuple[str, Sequence[Number | None]]


def overview_figures(found: Overview, policy: Policy) -> dict[str, Figure]:
    """The figures of all units by key; one that has no values at all is left out."""
    made = (_all_hours(found, policy), _all_money(found), _all_working_hours(found), _all_places(found))
    return {figure.key: figure for figure in made if figure is not None}


def unit_figures(found: UnitInside, policy: Policy) -> dict[str, Figure]:
    """The figures of one unit by key."""
    made = (
        _months(found),
        _services(found.figures.hours, policy, wording.hours_sentence(found.figures.compared, policy)),
        _unit_money(found.figures),
        _unit_working_hours(found.figures),
        _unit_places(found),
    )
    return {figure.key: figure for figure in made if figure is not None}


def _all_hours(found: Overview, policy: Policy) -> Figure | None:
    known = [(unit.unit.title, unit.compared) for unit in found.units if unit.compared is not None]
    if not known:
        return None
    return _rows(
        _about(
            "timer",
            _("Timer hos innbygger i %(month)s, per enhet") % {"month": wording.month_name(found.month)},
            wording.overview_hours(found),
            _hours_source(),
        ),
        _("Enhet"),
        [title for title, _sums in known],
        [
            (_("Innvilget"), [sums.granted for _title, sums in known]),
            (_("Planlagt"), [sums.planned for _title, sums in known]),
            (_("Utført"), [sums.executed for _title, sums in known]),
        ],
        _hours(),
    )


def _all_money(found: Overview) -> Figure | None:
    return _outlooks(
        _about(
            "budsjett",
            _("Brukt, resten av året og budsjett i %(year)s, per enhet") % {"year": found.year},
            wording.overview_money(found),
            _forecast_source(u.year_end for u in found.units),
        ),
        [(u.unit.title, u.year_end.nok) for u in found.units if u.year_end],
        Unit(_("Kroner"), "kr"),
    )


def _all_working_hours(found: Overview) -> Figure | None:
    return _outlooks(
        _about(
            "arbeidstimer",
            _("Arbeidstimer: brukt, resten av året og budsjett i %(year)s, per enhet") % {"year": found.year},
            wording.overview_working_hours(found),
            _forecast_source(u.year_end for u in found.units),
        ),
        [(u.unit.title, u.year_end.hours) for u in found.units if u.year_end],
        Unit(_("Arbeidstimer"), ""),
    )


def _all_places(found: Overview) -> Figure | None:
    rows = [(f"{unit.unit.title}: {kind.kind.title}", kind) for unit in found.units for kind in unit.kinds]
    return _places(
        _about(
            "plasser",
            _("Plasser i bruk og bygd, per enhet og type, %(day)s") % {"day": formats.short_date(found.on)},
            wording.overview_places(found),
            _places_source(),
        ),
        rows,
    )


def _months(found: UnitInside) -> Figure | None:
    if not found.months:
        return None
    columns: list[Column] = [
        (_("Innvilget"), [month.granted for month in found.months]),
        (_("Planlagt"), [month.planned for month in found.months]),
        (_("Utført"), [month.executed for month in found.months]),
    ]
    return lines(
        _about(
            "maned-for-maned",
            _("Innvilgede, planlagte og utførte timer hos innbygger, måned for måned"),
            wording.months_sentence(found.months),
            _hours_source(),
        ),
        category=_("Måned"),
        categories=[date_format(month.month, "M y") for month in found.months],
        series=[Series(name, values) for name, values in columns if _any(values)],
        unit=_hours(),
    )


def _services(hours: HoursFigures, policy: Policy, finding: str) -> Figure | None:
    if not hours.services:
        return None
    titles = wording.service_titles([row.service for row in hours.services], policy)
    figure = _rows(
        _about(
            "tjenester",
            _("Timer hos innbygger i %(month)s, per tjeneste") % {"month": wording.month_name(hours.first)},
            finding,
            _hours_source(),
        ),
        _("Tjeneste"),
        titles,
        [
            (_("Innvilget"), [row.granted for row in hours.services]),
            (_("Planlagt"), [row.planned.hours for row in hours.services]),
            (_("Utført"), [row.executed.hours for row in hours.services]),
        ],
        _hours(),
    )
    return _with_columns(
        figure,
        [
            (_("Planlagt minus innvilget"), [row.planned_gap for row in hours.services]),
            (_("Utført minus innvilget"), [row.executed_gap for row in hours.services]),
            (_("Dager uten planlagte timer"), [row.planned.days_missing for row in hours.services]),
            (_("Dager uten utførte timer"), [row.executed.days_missing for row in hours.services]),
        ],
    )


def _unit_money(unit: UnitFigures) -> Figure | None:
    if unit.year_end is None:
        return None
    return _outlooks(
        _about(
            "prognose-kroner",
            _("Kroner i %(year)s mot budsjettet") % {"year": unit.year_end.year},
            wording.year_end_money(unit.year_end),
            _forecast_source([unit.year_end]),
        ),
        [(unit.unit.title, unit.year_end.nok)],
        Unit(_("Kroner"), "kr"),
    )


def _unit_working_hours(unit: UnitFigures) -> Figure | None:
    if unit.year_end is None:
        return None
    return _outlooks(
        _about(
            "prognose-timer",
            _("Arbeidstimer i %(year)s mot budsjettet") % {"year": unit.year_end.year},
            wording.year_end_hours(unit.year_end),
            _forecast_source([unit.year_end]),
        ),
        [(unit.unit.title, unit.year_end.hours)],
        Unit(_("Arbeidstimer"), ""),
    )


def _unit_places(found: UnitInside) -> Figure | None:
    kinds = found.figures.kinds
    said = " ".join(f"{kind.kind.title}: {wording.places_sentence(kind)}" for kind in kinds)
    return _places(
        _about(
            "plasser",
            _("Plasser i bruk og bygd %(day)s") % {"day": formats.short_date(found.on)},
            said or _("Ingen plasser."),
            _places_source(),
        ),
        [(kind.kind.title, kind) for kind in kinds],
    )


def _places(about: About, rows: Sequence[tuple[str, KindFigures]]) -> Figure | None:
    kinds = [kind for _title, kind in rows]
    taken = [kind.taken for kind in kinds]
    built = [kind.built for kind in kinds]
    if not _any(taken) and not _any(built):
        return None
    unit = Unit(_("Plasser"), "", 1)
    figure = _rows(
        about,
        _("Type plass"),
        [title for title, _kind in rows],
        [(_("I bruk etter vedtak"), taken)],
        unit,
        limit=(_("Bygd eller kjøpt"), built) if _any(built) else None,
    )
    return _with_columns(
        figure,
        [
            (_("Ledig"), [kind.free for kind in kinds]),
            (_("Venter"), [None if kind.waiting is None else len(kind.waiting) for kind in kinds]),
            (_("Avsluttet siste 365 dager"), [kind.freed_last_year for kind in kinds]),
        ],
    )


def _outlooks(about: About, rows: Sequence[tuple[str, Outlook]], unit: Unit) -> Figure | None:
    if not rows:
        return None
    figure = _rows(
        about,
        _("Enhet"),
        [title for title, _outlook in rows],
        [
            (_("Brukt"), [outlook.used for _title, outlook in rows]),
            (_("Vedtakene resten av året"), [max(outlook.ahead, Decimal(0)) for _title, outlook in rows]),
        ],
        unit,
        stacked=True,
        limit=(_("Budsjett"), [outlook.budget for _title, outlook in rows]),
    )
    day = Table(
        (*figure.table.headings, _("Prognose"), _("Igjen av budsjettet"), _("Brukt til og med")),
        tuple(
            (*row, outlook.expected, outlook.left, formats.short_date(outlook.used_to))
            for row, (_title, outlook) in zip(figure.table.rows, rows, strict=True)
        ),
        (*figure.table.units, unit, unit, None),
    )
    return replace(figure, table=day)


def _rows(
    about: About,
    category: str,
    titles: Sequence[str],
    columns: Sequence[Column],
    unit: Unit,
    *,
    stacked: bool = False,
    limit: Column | None = None,
) -> Figure:
    """Lying bars of the columns that have any value at all."""
    return rows_of_bars(
        about,
        category=category,
        categories=titles,
        series=[Series(name, values) for name, values in columns if _any(values)],
        unit=unit,
        stacked=stacked,
        limit=Series(*limit) if limit and _any(limit[1]) else None,
    )


def _with_columns(figure: Figure, columns: Sequence[Column]) -> Figure:
    """The figure with more columns in its table than are drawn."""
    rows: list[tuple[Cell, ...]] = [
        (*row, *(values[i] for _name, values in columns)) for i, row in enumerate(figure.table.rows)
    ]
    names = tuple(name for name, _values in columns)
    units = tuple(Unit(name) for name in names)
    table = Table((*figure.table.headings, *names), tuple(rows), (*figure.table.units, *units))
    return replace(figure, table=table)


def _any(values: Sequence[Number | None]) -> bool:
    return any(value is not None for value in values)


def _hours() -> Unit:
    return Unit(_("Timer"), "", 0)


def _about(key: str, title: str, finding: str, source: str) -> About:
    return About(key, title, finding, f"{title}. {finding}", source)


def _hours_source() -> str:
    return _(
        "Innvilget: vedtak i Trinnvis. Planlagt og utført: enhetenes arbeidsplaner og registreringer, "
        "slik de er lagt inn."
    )


def _forecast_source(found: Iterable[YearEnd | None]) -> str:
    """Where the figures come from, and how certain the prices are."""
    prices = [price for each in found if each is not None for price in each.prices]
    text = _("Brukt: regnskap og lønn, slik de er lagt inn. Resten av året: løpende vedtak og prislisten.")
    if not prices:
        return text
    return _("%(text)s Priser fra %(years)s, status: %(statuses)s.") % {
        "text": text,
        "years": ", ".join(map(str, sorted({price.price_year for price in prices}))),
        "statuses": ", ".join(sorted({price.status.value for price in prices})),
    }


def _places_source() -> str:
    return _("I bruk: vedtak i Trinnvis. Plasser: enhetenes egne tall, med kilde på enhetens side.")
