"""The front page of the planners' door: what lies ahead in a few sentences, and the way into each room."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trinnvis.access.rules import PLAN_READERS
from trinnvis.planner.rooms import doors
from trinnvis.planner.views.asking import ask
from trinnvis.planning.demand.claim import sentences
from trinnvis.scenarios.pictures import figures_of
from trinnvis.site.pages import actor_of_request, staff_page_for

TOLD: Final = ("befolkning", "usikkerhet", "arsverk", "kroner")
"""The figures of need ahead whose findings stand here, in this order."""


@staff_page_for(PLAN_READERS)
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    context: dict[str, object] = {"doors": doors(actor_of_request(request))}
    if shown := ask(request).shown:
        findings = {figure.key: figure.finding for figure in figures_of(shown)}
        said, verdict, *_why = sentences(shown.found)
        context |= {
            "said": said,
            "verdict": verdict,
            "findings": [(key, findings[key]) for key in TOLD if key in findings],
            "people": shown.found.people.source,
        }
    return render(request, "planner/front.html", context)
