"""Scenario sets side by side."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from trinnvis.access.rules import PLAN_READERS
from trinnvis.figures.responses import download
from trinnvis.keeping import NotFound
from trinnvis.planning.demand.choices import Choices, without_unknown
from trinnvis.planning.demand.comparing import Side
from trinnvis.planning.demand.forecast import Forecast
from trinnvis.planning.demand.reading import Library
from trinnvis.scenarios.computing import compute, library_here, with_prices
from trinnvis.scenarios.pictures.comparing import figures_of_sides, growth_table
from trinnvis.scenarios.queries import SavedSet, versions_of
from trinnvis.scenarios.wording import differences, summary
from trinnvis.site.pages import actor_of_request, staff_page_for
from trinnvis.trouble import Trouble

FEWEST, MOST = 2, 4


@staff_page_for(PLAN_READERS)
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Two to four sets: how much need grows in each, how they differ, and what was chosen differently."""
    held, wanted = library_here(), _wanted(request)
    if not FEWEST <= len(wanted) <= MOST:
        messages.error(
            request, _("Kryss av for fra %(few)d til %(most)d sett.") % {"few": FEWEST, "most": MOST}
        )
        return redirect("planner:sets")
    sets = _sets(request, wanted)
    sides, troubles = _computed(sets, held)
    query = urlencode({"sett": wanted}, doseq=True)
    figures = figures_of_sides(sides) if len(sides) >= FEWEST else ()
    first, *others = sets
    context = {
        "sets": [(one, summary(one.choices, held)) for one in sets],
        "table": growth_table(sides) if sides else None,
        "figures": [
            (figure, *(_address(figure.key, kind, query) for kind in ("csv", "xlsx"))) for figure in figures
        ],
        "troubles": troubles,
        "first": first,
        "chosen": [(one, list(differences(first.choices, one.choices, held))) for one in others],
    }
    return render(request, "planner/need/compare.html", context)


@staff_page_for(PLAN_READERS)
@require_safe
def figure_file(request: HttpRequest, key: str, ending: str) -> HttpResponse:
    sides, _troubles = _computed(_sets(request, _wanted(request)), library_here())
    figures = figures_of_sides(sides) if len(sides) >= FEWEST else ()
    figure = next((each for each in figures if each.key == key), None)
    if figure is None:
        raise Http404
    return download(figure, ending)


def _wanted(request: HttpRequest) -> list[int]:
    """The numbers of the sets in the address, each once."""
    given = [text for text in request.GET.getlist("sett") if text.isdecimal() and len(text) < 10]
    return list(dict.fromkeys(int(text) for text in given))


def _sets(request: HttpRequest, wanted: Sequence[int]) -> list[SavedSet]:
    try:
        return versions_of(actor_of_request(request), wanted)
    except NotFound:
        raise Http404 from None


def _computed(sets: Sequence[SavedSet], held: Library) -> tuple[list[Side], list[str]]:
    """The sets that can be computed, and why the others cannot."""
    sides: list[Side] = []
    troubles: list[str] = []
    for one in sets:
        taken = any(side.name == one.name for side in sides)
        try:
            sides.append(
                Side(
                    f"{one.name} ({one.pk})" if taken else one.name,
                    _forecast(one.choices, held),
                )
            )
        except Trouble as trouble:
            troubles.append(f"{one.name}: {trouble} {trouble.remedy}".strip())
    return sides, troubles


def _forecast(choices: Choices, held: Library) -> Forecast:
    priced = with_prices(held, choices.prices)
    return compute(without_unknown(choices, priced)[0], priced)


def _address(key: str, ending: str, query: str) -> str:
    return f"{reverse('planner:compare_figure', args=[key, ending])}?{query}"
