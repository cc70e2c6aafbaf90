"""A citizen's look into one case: through the query that logs it, with what the citizen may do there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from trinnvis.access.actor import Actor
from trinnvis.casework.errors import NotFound
from trinnvis.casework.models import Case
from trinnvis.casework.queries.actions import possible_actions
from trinnvis.casework.queries.case import case_for
from trinnvis.casework.rules.actions import Action
from trinnvis.policy.model import Policy
from trinnvis.policy.queries import policy_of
from trinnvis.site.pages import citizen_page

from .actor import citizen_of, now_of


@dataclass(frozen=True)
class Visit:
    """`actions` by code; an action the visitor's hat can never do is not there."""

    actor: Actor
    now: datetime
    case: Case
    policy: Policy
    actions: dict[str, Action]

    @property
    def is_own(self) -> bool:
        return self.case.person_id == self.actor.person_id

    @property
    def may(self) -> dict[str, bool]:
        return {code: action.allowed for code, action in self.actions.items()}

    def why_not(self, code: str) -> str:
        action = self.actions.get(code)
        if action is None:
            return _("Fullmakten din gir deg lov til å lese saken, ikke til å skrive i den.")
        return _(action.why_not) if action.why_not else ""


VisitView = Callable[..., HttpResponse]


def case_page(what: str | Promise) -> Callable[[VisitView], Callable[..., HttpResponse]]:
    """A page of one case. `what` is how the look reads in the citizen's read log."""

    def decorate(view: VisitView) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, number: str, **kwargs: int) -> HttpResponse:
            actor, now = citizen_of(request), now_of(request)
            try:
                case = case_for(actor, number, now, what=str(what))
                policy = policy_of(case.policy_id)
                actions = {action.code: action for action in possible_actions(case, actor, now).mine}
                return view(request, Visit(actor, now, case, policy, actions), **kwargs)
            except NotFound as error:
                raise Http404 from error

        return citizen_page(guarded)

    return decorate


def turned_away(request: HttpRequest, visit: Visit, action: str) -> HttpResponse | None:
    """To the case with the reason when the action is not possible now; None when it is."""
    if visit.may.get(action):
        return None
    messages.info(request, visit.why_not(action))
    return redirect("portal:case", visit.case.number)
