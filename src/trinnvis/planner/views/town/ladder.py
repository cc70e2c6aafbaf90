"""The town and the two ladders: dwellings by step, where to build, and the offers on the low steps."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from trinnvis.figures.responses import download
from trinnvis.figures.shapes import Figure
from trinnvis.people.queries import housing_steps
from trinnvis.planner.views.town.asking import Asked
from trinnvis.planner.views.town.common import basics, town_page
from trinnvis.policy.queries import NoPolicy, policy_at
from trinnvis.townplans.joining import by_step, low_steps, sites, spots
from trinnvis.townplans.pictures.stepping import offers_figure, steps_figure


@town_page
@require_safe
def ladder(request: HttpRequest, asked: Asked) -> HttpResponse:
    figures, joined = _figures(asked)
    shown = [
        (figure, *(f"{_address(figure.key, ending)}?{asked.query()}" for ending in ("csv", "xlsx")))
        for figure in figures
    ]
    seen = asked.seen
    context = basics(asked) | {
        "figures": shown,
        "joined": joined,
        "spots": spots(seen),
        "sites": sites(seen),
        "daily": [asked.policy.categories[one] for one in seen.daily],
        "low": asked.policy.low_steps,
    }
    return render(request, "planner/town/ladder.html", context)


@town_page
@require_safe
def figure_file(request: HttpRequest, asked: Asked, key: str, ending: str) -> HttpResponse:
    figures, _joined = _figures(asked)
    figure = next((each for each in figures if each.key == key), None)
    if figure is None:
        raise Http404
    return download(figure, ending)


def _figures(asked: Asked) -> tuple[list[Figure], object]:
    """Those there are numbers for."""
    seen = asked.seen
    joined, low = by_step(seen, housing_steps()), low_steps(seen)
    figures = [steps_figure(seen, joined, _titles(asked))] if joined.rows else []
    if low.offers and low.people:
        figures.append(offers_figure(seen, low))
    return figures, joined


def _titles(asked: Asked) -> dict[int, str]:
    try:
        policy = policy_at(timezone.localdate(asked.now))
    except NoPolicy:
        return {}
    return {step.number: step.title for step in policy.housing_ladder.steps}


def _address(key: str, ending: str) -> str:
    return reverse("planner:town_ladder_figure", args=[key, ending])
