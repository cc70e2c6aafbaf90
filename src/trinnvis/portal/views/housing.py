"""Housing guidance for citizens: stories by age, and what one can do now."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trinnvis.policy.model import Policy
from trinnvis.portal.housing import STAGES, stage_of, stories, story_of
from trinnvis.portal.views.public import policy_page


@require_safe
@policy_page
def guidance(request: HttpRequest, policy: Policy, today: date) -> HttpResponse:
    """All stories, or those that pass through the part of life the reader chooses; what is unknown is all."""
    stage = stage_of(request.GET.get("livsfase", ""))
    context = {
        "policy": policy,
        "stages": STAGES,
        "stage": stage,
        "stories": stories(policy, stage),
        "homes": policy.housing_ladder.steps,
    }
    return render(request, "portal/public/housing.html", context)


@require_safe
@policy_page
def story(request: HttpRequest, policy: Policy, today: date, code: str) -> HttpResponse:
    found = story_of(code, policy)
    if found is None:
        raise Http404
    return render(request, "portal/public/housing_story.html", {"story": found, "policy": policy})
