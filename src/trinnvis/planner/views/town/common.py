"""What every town page begins with."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from trinnvis.access.rules import PLAN_READERS, PLANNING_ROLES
from trinnvis.figures.shapes import Figure
from trinnvis.planner.views.town.asking import Asked, ask
from trinnvis.site.pages import actor_of_request, staff_page_for
from trinnvis.townplans.changes import said
from trinnvis.trouble import Trouble

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, Asked, P], HttpResponse]


def _town_page(
    roles: frozenset[str],
) -> Callable[[Page[P]], Callable[Concatenate[HttpRequest, P], HttpResponse]]:
    def decorate(view: Page[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @staff_page_for(roles)
        @wraps(view)
        def page(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            none = {"may_plan": actor_of_request(request).has_role(*PLANNING_ROLES)}
            try:
                asked = ask(request)
            except Trouble as trouble:
                return render(request, "planner/town/none.html", none | {"trouble": trouble})
            if asked is None:
                return render(request, "planner/town/none.html", none)
            return view(request, asked, *args, **kwargs)

        return page

    return decorate


town_page = _town_page(PLAN_READERS)
town_desk = _town_page(PLANNING_ROLES)


def basics(asked: Asked) -> dict[str, Any]:
    """What the frame of every page shows: which town, which plan, what is looked at."""
    found = asked.seen.found
    return {
        "asked": asked,
        "seen": asked.seen,
        "found": found,
        "policy": asked.policy,
        "query": asked.query(),
        "plan": asked.plan,
        "changes": [said(one, found.before.town, asked.policy) for one in found.changes],
        "tiles": settings.BACKGROUND_MAPS.get(settings.TRINNVIS_BACKGROUND_MAP),
    }


def with_files(figure: Figure, query: str) -> tuple[Figure, str, str]:
    """The figure with the addresses of its two files."""
    csv, xlsx = (reverse("planner:town_figure", args=[figure.key, ending]) for ending in ("csv", "xlsx"))
    return figure, f"{csv}?{query}", f"{xlsx}?{query}"
