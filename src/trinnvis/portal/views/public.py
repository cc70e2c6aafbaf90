"""The pages anyone may read: what there is, how it goes, and where to begin."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from trinnvis.policy.model import Policy
from trinnvis.policy.queries import NoPolicy, policy_at
from trinnvis.portal import public
from trinnvis.portal.actor import now_of
from trinnvis.portal.forms.public import LookForm
from trinnvis.portal.wording import STEP_DECISIONS, WAYS_IN
from trinnvis.pricing.queries import priced

MOST_OFFERS = 6
STORY = ("triage", "hear_citizen", "run_clarification", "draft_decision", "preliminary_reply", "review")


def policy_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the page today's policy; before a municipality has adopted one, there is nothing to show yet."""

    @wraps(view)
    def with_policy(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        today = timezone.localdate(now_of(request))
        try:
            policy = priced(policy_at(today), now_of(request))
        except NoPolicy:
            return render(request, "portal/public/no_policy.html", status=503)
        return view(request, policy, today, *args, **kwargs)

    return with_policy


@require_safe
@policy_page
def home(request: HttpRequest, policy: Policy, today: date) -> HttpResponse:
    offers = public.usable_today(policy)
    context = {
        "policy": policy,
        "offers": offers[:MOST_OFFERS],
        "offer_count": len(offers),
        "promises": _promises(policy, today),
        "teaser": public.teaser(policy),
    }
    return render(request, "portal/public/home.html", context)


@require_safe
@policy_page
def services(request: HttpRequest, policy: Policy, today: date) -> HttpResponse:
    form = LookForm(request.GET, policy=policy)
    looking = form.looking()
    chosen = public.found(policy, looking)
    context = {
        "form": form,
        "looking": looking,
        "groups": public.by_step(policy, chosen),
        "count": len(chosen),
        "ways": WAYS_IN,
    }
    return render(request, "portal/public/services.html", context)


@require_safe
@policy_page
def service(request: HttpRequest, policy: Policy, today: date, code: str) -> HttpResponse:
    found = next((each for each in policy.services if each.code == code), None)
    if found is None:
        raise Http404
    tag, meaning = WAYS_IN[found.decision]
    context = {
        "policy": policy,
        "service": found,
        "steps": [policy.step(number) for number in found.steps],
        "tag": tag,
        "meaning": meaning,
        "laws": public.laws_of(policy, found, today),
        "tree": policy.criteria_tree(found.criteria) if found.criteria else None,
        "fee": public.fee_of(policy, found, today),
        "unit": policy.unit(found.provider),
        "intake": policy.unit(policy.municipality.intake_unit),
    }
    return render(request, "portal/public/service.html", context)


@require_safe
@policy_page
def ladder(request: HttpRequest, policy: Policy, today: date) -> HttpResponse:
    steps = [
        {
            "step": step,
            "decision": STEP_DECISIONS[step.decision],
            "services": [
                (service, "" if public.as_on_step(service, step) else WAYS_IN[service.decision][0])
                for service in policy.services_on(step.number)
            ],
        }
        for step in policy.effort_ladder.steps
    ]
    context = {"policy": policy, "drawing": public.drawing(policy), "steps": steps}
    return render(request, "portal/public/ladder.html", context)


def _promises(policy: Policy, today: date) -> dict[str, str]:
    rules = public.promises(policy, today)
    return {code: rules[code].explanation for code in STORY if code in rules}
