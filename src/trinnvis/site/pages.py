"""What every page of every door begins with: who may open it, and nothing typed is ever lost.

A form posted after the session ran out is sealed into the new session together with whose form it was;
when the same person has logged in again the page gets it back, unsaved, to look over and send.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _

from trinnvis.access.actor import Actor
from trinnvis.people.sealing import open_sealed, seal

from . import once

OWNER_FIELD = "form_owner"
UNSENT = "unsent_form"
NOT_KEPT = ("csrfmiddlewaretoken", OWNER_FIELD, once.FIELD)

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def owner_token(actor: Actor) -> str:
    """A signed mark of whose form this is, to be rendered in every form (`{% form_guard %}`)."""
    return signing.dumps(actor.account_id, salt=OWNER_FIELD)


def _keep_unsent(request: HttpRequest) -> None:
    try:
        owner = signing.loads(request.POST.get(OWNER_FIELD, ""), salt=OWNER_FIELD)
    except signing.BadSignature:
        return
    fields = request.POST.copy()
    for name in NOT_KEPT:
        fields.pop(name, None)
    request.session[UNSENT] = {
        "path": request.get_full_path(),
        "owner": owner,
        "sealed": seal(fields.urlencode()),
    }


def _restored(request: HttpRequest, actor: Actor) -> QueryDict | None:
    """The unsent form of this page and this person, once; a form left by someone else is thrown away."""
    kept = request.session.get(UNSENT)
    if kept is None:
        return None
    if kept["owner"] != actor.account_id:
        del request.session[UNSENT]
        return None
    if request.method != "GET" or kept["path"] != request.get_full_path():
        return None
    del request.session[UNSENT]
    messages.warning(
        request, _("Du ble logget ut før det du skrev ble lagret. Her er det. Se over og send på nytt.")
    )
    return QueryDict(open_sealed(kept["sealed"]))


def _page(may_open: Callable[[Actor], bool]) -> Callable[[View[P]], View[P]]:
    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            actor = actor_of_request(request)
            if actor.account_id is None:
                if request.method == "POST":
                    _keep_unsent(request)
                query = urlencode({"next": request.get_full_path()})
                return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{query}")
            if not may_open(actor):
                raise Http404
            request.restored = _restored(request, actor)  # type: ignore[attr-defined]
            response = view(request, *args, **kwargs)
            response["Cache-Control"] = "no-store"
            return response

        return guarded

    return decorate


def actor_of_request(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


citizen_page = _page(lambda actor: actor.person_id is not None)
staff_page = _page(lambda actor: actor.is_staff)


def staff_page_for(roles: Collection[str]) -> Callable[[View[P]], View[P]]:
    """A page for staff who hold one of these roles; for everyone else it does not exist."""
    return _page(lambda actor: actor.has_role(*roles))


def form_data(request: HttpRequest) -> QueryDict | None:
    """What to bind a form to: what was posted, or what was typed before the session ran out."""
    if request.method == "POST":
        return request.POST
    restored: QueryDict | None = getattr(request, "restored", None)
    return restored


def bind(form_class: type[Any], request: HttpRequest, **kwargs: Any) -> Any:
    """A form bound to `form_data`; a restored form is shown as typed, without being saved."""
    return form_class(form_data(request), **kwargs)
