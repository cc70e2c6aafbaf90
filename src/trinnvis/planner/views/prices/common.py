"""What every page of price lists begins with."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime
from functools import wraps
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from trinnvis.access.rules import PLANNING_ROLES
from trinnvis.policy.model import Policy, PriceRow
from trinnvis.policy.queries import policy_at
from trinnvis.pricing.errors import NotFound, Refused
from trinnvis.pricing.rules.columns import PER_WORDS, UNIT_WORDS
from trinnvis.site.pages import actor_of_request, staff_page_for

EDITORS = PLANNING_ROLES


def price_page(roles: Collection[str]) -> Callable[[Callable[..., HttpResponse]], Any]:
    """A page for these roles. What does not exist answers 404; what is refused is told on the front page."""

    def decorate(view: Callable[..., HttpResponse]) -> Any:
        @staff_page_for(roles)
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except NotFound as missing:
                raise Http404 from missing
            except Refused as refusal:
                messages.error(request, str(refusal))
                return redirect("planner:prices")

        return guarded

    return decorate


def now_of(request: HttpRequest) -> datetime:
    now: datetime = request.now  # type: ignore[attr-defined]
    return now


def today_of(request: HttpRequest) -> date:
    return timezone.localdate(now_of(request))


def policy_of_today(request: HttpRequest) -> Policy:
    return policy_at(today_of(request))


def status_of(*forms: BaseForm, faulty: bool = False) -> int:
    """422 when something typed is wrong, else 200."""
    return 422 if faulty or any(form.is_bound and form.errors for form in forms) else 200


def may_edit(request: HttpRequest) -> bool:
    return actor_of_request(request).has_role(*EDITORS)


def titles(policy: Policy) -> dict[str, str]:
    return {service.code: service.title for service in policy.services}


def shown(row: PriceRow, policy: Policy) -> dict[str, Any]:
    """A row for the eye."""
    return {
        "row": row,
        "title": titles(policy).get(row.service, row.service),
        "per": PER_WORDS[row.per],
        "unit": UNIT_WORDS[row.unit],
        "hours": sum(row.hours.values()),
    }
