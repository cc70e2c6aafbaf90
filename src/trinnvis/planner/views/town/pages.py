"""The town as it is, and as a plan would make it: sentences, map and figures, and why a home is left out."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from trinnvis.figures.responses import download
from trinnvis.planner.forms.town_homes import CHANGES, HomeForm
from trinnvis.planner.views.town.asking import Asked, other_towns
from trinnvis.planner.views.town.common import basics, town_page, with_files
from trinnvis.planning.town.running import Reason
from trinnvis.townplans.pictures import figures_of
from trinnvis.townplans.pictures.mapping import map_classes
from trinnvis.townplans.queries import saved_plans
from trinnvis.townplans.wording import area_sentence, change_sentences, counted, reason_in_words

A_PAGE = 100


@town_page
@require_safe
def town(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The whole page, or only what a changed choice changes when the browser asks for that."""
    template = "planner/town/result.html" if request.htmx else "planner/town/page.html"  # type: ignore[attr-defined]
    return render(request, template, _shown(asked))


@town_page
@require_safe
def figure_file(request: HttpRequest, asked: Asked, key: str, ending: str) -> HttpResponse:
    """One figure's numbers."""
    figure = next((each for each in figures_of(asked.seen) if each.key == key), None)
    if figure is None:
        raise Http404
    return download(figure, ending)


@town_page
@require_safe
def home(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Why one home does or does not reach each errand; a part of a page when the map asks."""
    result, policy = asked.seen.found.after, asked.policy
    name = request.GET.get("id", "")
    if name not in result.town.homes.ids:
        raise Http404
    at = result.town.homes.ids.index(name)
    rows = []
    for category, answer in zip(policy.categories, result.answers, strict=True):
        cells = []
        for number in range(len(policy.profiles)):
            why = Reason(int(answer.reason[number, at]))
            service = int(answer.service[number, at])
            cells.append(
                {
                    "reached": why == Reason.REACHED,
                    "metres": round(float(answer.metres[number, at])) if why == Reason.REACHED else None,
                    "words": reason_in_words(why),
                    "service": result.town.services.names[service] if service >= 0 else "",
                }
            )
        flat = float(answer.flat[at])
        rows.append((category.title, round(flat) if flat < policy.farthest_m else None, cells))
    context = basics(asked) | {
        "name": name,
        "area": result.town.homes.area_names[result.town.homes.areas[at]],
        "rows": rows,
        "home_kinds": [(one.kind, one.title) for one in CHANGES.values() if issubclass(one, HomeForm)],
    }
    part = "planner/town/home_part.html" if request.htmx else "planner/town/home.html"  # type: ignore[attr-defined]
    return render(request, part, context)


@town_page
@require_safe
def homes(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Home by home whether the chosen errand is reached, and if not why: the map as a list."""
    seen = asked.seen
    result = seen.found.after
    answer = result.answers[seen.look.category]
    reasons = answer.reason[seen.look.profile]
    inside = seen.inside(result, seen.look.area)
    wanted = request.GET.get("arsak", "")
    known = {why.name.lower(): why for why in Reason}
    if wanted and wanted not in known:
        raise Http404
    chosen = [at for at in range(len(reasons)) if inside[at] and (not wanted or reasons[at] == known[wanted])]
    page = Paginator(chosen, A_PAGE).get_page(request.GET.get("side"))
    rows = [
        {
            "id": result.town.homes.ids[at],
            "area": result.town.homes.area_names[result.town.homes.areas[at]],
            "metres": round(float(answer.metres[seen.look.profile, at])) if reasons[at] == 0 else None,
            "flat": round(float(answer.flat[at])) if answer.flat[at] < asked.policy.farthest_m else None,
            "words": reason_in_words(Reason(int(reasons[at]))),
        }
        for at in page.object_list
    ]
    used = sorted({int(one) for one in reasons[inside]})
    context = basics(asked) | {
        "rows": rows,
        "page": page,
        "wanted": wanted,
        "reasons": [(Reason(one).name.lower(), reason_in_words(Reason(one))) for one in used],
    }
    return render(request, "planner/town/homes.html", context)


def _shown(asked: Asked) -> dict[str, Any]:
    seen = asked.seen
    areas = seen.areas or ("",)
    return basics(asked) | {
        "sentences": [area_sentence(seen, area) for area in areas],
        "changed": list(change_sentences(seen)) if seen.found.is_planned else [],
        "table": [
            (area or _("Hele området"), [counted(seen.reach(one, area)) for one in seen.daily])
            for area in dict.fromkeys((*areas, ""))
        ],
        "daily": [asked.policy.categories[one] for one in seen.daily],
        "figures": [with_files(figure, asked.query()) for figure in figures_of(seen)],
        "classes": map_classes(seen),
        "plans": [one for one in saved_plans(asked.actor, asked.base.code) if not one.is_archived],
        "kinds": [(one.kind, one.title, one.icon) for one in CHANGES.values()],
        "others": other_towns(asked),
        "origins": seen.found.town.origins,
        "notes": asked.base.notes,
    }
