"""The front page of the planners' door."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trinnvis.access.rules import PLAN_READERS
from trinnvis.planner.rooms import doors
from trinnvis.site.pages import actor_of_request, staff_page_for


@staff_page_for(PLAN_READERS)
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    return render(request, "planner/front.html", {"doors": doors(actor_of_request(request))})
