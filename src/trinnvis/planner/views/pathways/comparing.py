"""Personas side by side: what each pathway takes, and how many times more than the first."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from trinnvis.figures.responses import download
from trinnvis.figures.shapes import Figure
from trinnvis.personas.queries import held
from trinnvis.planner.views.pathways.asking import pathway_page, policy_of, today_of
from trinnvis.planning.pathways.comparing import Comparison, compare
from trinnvis.planning.pathways.pricing import PriceList
from trinnvis.reports.pathways import finding
from trinnvis.reports.side_by_side import side_by_side
from trinnvis.site.pages import actor_of_request

FEWEST, MOST = 2, 6


@pathway_page()
@require_safe
def compare_page(request: HttpRequest) -> HttpResponse:
    """Two to six personas with the figures they share."""
    keys = _keys(request)
    if not FEWEST <= len(keys) <= MOST:
        messages.error(
            request, _("Kryss av for fra %(few)d til %(most)d personas.") % {"few": FEWEST, "most": MOST}
        )
        return redirect("planner:pathways")
    sides, left_out = _sides(request, keys)
    query = urlencode({"p": keys}, doseq=True)
    context = {
        "sides": [(found, finding(found), key) for key, found in sides],
        "left_out": left_out,
        "figures": [(each, *_files(each, query)) for each in side_by_side([found for _key, found in sides])],
    }
    return render(request, "planner/pathways/compare.html", context)


@pathway_page()
@require_safe
def figure_file(request: HttpRequest, figure: str, ending: str) -> HttpResponse:
    sides, _left_out = _sides(request, _keys(request)[:MOST])
    every = side_by_side([found for _key, found in sides])
    chosen = next((each for each in every if each.key == figure), None)
    if chosen is None:
        raise Http404
    return download(chosen, ending)


def _keys(request: HttpRequest) -> list[str]:
    return list(dict.fromkeys(request.GET.getlist("p")))


def _sides(request: HttpRequest, keys: list[str]) -> tuple[list[tuple[str, Comparison]], list[str]]:
    """Those that fit the policy, priced; and the titles of those that do not."""
    policy = policy_of(request)
    prices = PriceList.at(policy, today_of(request))
    every = [held(actor_of_request(request), key, policy) for key in keys]
    fit = [(one.key, compare(one.persona, prices)) for one in every if one.persona is not None]
    return fit, [one.title for one in every if one.persona is None]


def _files(figure: Figure, query: str) -> list[str]:
    made = [reverse("planner:pathways_compare_figure", args=[figure.key, end]) for end in ("csv", "xlsx")]
    return [f"{address}?{query}" for address in made]
