"""All units side by side, and one unit: figures with finding, table and files."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from trinnvis.access.rules import PLAN_READERS
from trinnvis.delivery import wording
from trinnvis.delivery.errors import NotFound
from trinnvis.delivery.queries.editing import units_to_edit
from trinnvis.delivery.queries.figures import KindFigures
from trinnvis.delivery.queries.overview import UnitFigures, overview, unit_inside
from trinnvis.delivery.rules.places import Waiting
from trinnvis.figures.responses import download
from trinnvis.figures.shapes import Figure
from trinnvis.planner.capacity_figures import overview_figures, unit_figures
from trinnvis.site.pages import staff_page_for

from .here import here


@staff_page_for(PLAN_READERS)
def overview_page(request: HttpRequest) -> HttpResponse:
    at = here(request)
    found = overview(at.actor, at.policy, at.today)
    figures = overview_figures(found, at.policy)
    return render(
        request,
        "planner/capacity/overview.html",
        {
            "found": found,
            "figures": _shown(figures, lambda key, end: reverse("planner:capacity_file", args=(key, end))),
            "rows": [(unit, _in_words(unit)) for unit in found.units],
            "waiting": [
                (unit, kind, wording.waiting_sentence([kind]), wording.freed_sentence(kind))
                for unit in found.units
                for kind in unit.kinds
            ],
            "may_edit": bool(units_to_edit(at.actor, at.policy)),
        },
    )


@staff_page_for(PLAN_READERS)
def overview_file(request: HttpRequest, key: str, ending: str) -> HttpResponse:
    at = here(request)
    return _file(overview_figures(overview(at.actor, at.policy, at.today), at.policy), key, ending)


@staff_page_for(PLAN_READERS)
def unit_page(request: HttpRequest, code: str) -> HttpResponse:
    at = here(request)
    try:
        found = unit_inside(at.actor, at.policy, code, at.today)
    except NotFound:
        raise Http404 from None
    year_end = found.figures.year_end
    titles = {entry.code: entry.title for entry in at.policy.professions}
    hidden = [*found.figures.hours.hidden, *found.left_out]
    return render(
        request,
        "planner/capacity/unit.html",
        {
            "found": found,
            "unit": found.figures.unit,
            "figures": _shown(
                unit_figures(found, at.policy),
                lambda key, end: reverse("planner:capacity_unit_file", args=(code, key, end)),
            ),
            "hidden": wording.service_titles(list(dict.fromkeys(hidden)), at.policy),
            "unpriced": wording.service_titles(year_end.unpriced, at.policy) if year_end else [],
            "kinds": [
                (kind, wording.places_sentence(kind), wording.waiting_sentence([kind]),
                 wording.freed_sentence(kind), _waiting(kind))
                for kind in found.figures.kinds
            ],
            "budget_hours": [
                (titles.get(row.profession, row.profession), row.hours) for row in found.budget.hours.all()
            ] if found.budget else [],
        },
    )  # fmt: skip


@staff_page_for(PLAN_READERS)
def unit_file(request: HttpRequest, code: str, key: str, ending: str) -> HttpResponse:
    at = here(request)
    try:
        found = unit_inside(at.actor, at.policy, code, at.today)
    except NotFound:
        raise Http404 from None
    return _file(unit_figures(found, at.policy), key, ending)


def _in_words(unit: UnitFigures) -> str:
    return wording.year_end_money(unit.year_end) if unit.year_end else ""


def _waiting(kind: KindFigures) -> list[tuple[Waiting, str]]:
    return [(each, wording.waits_for(each)) for each in kind.waiting or ()]


def _shown(figures: Mapping[str, Figure], url: Callable[[str, str], str]) -> list[tuple[Figure, str, str]]:
    return [(figure, url(key, "csv"), url(key, "xlsx")) for key, figure in figures.items()]


def _file(figures: Mapping[str, Figure], key: str, ending: str) -> HttpResponse:
    if key not in figures:
        raise Http404
    return download(figures[key], ending)
