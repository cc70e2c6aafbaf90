"""Puts who acts, and the one moment it happens at, on every request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.defaults import page_not_found

from trinnvis.access.actor import NOBODY
from trinnvis.access.services import actor_of
from trinnvis.casework.errors import NotFound
from trinnvis.policy.queries import reading_once

from .clock import site_now
from .middleware import request_id


class ActorMiddleware:
    """Puts `request.now` and `request.actor` (access.request.ActorRequest) on every request.

    What a page may not see answers 404, as what does not exist does.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = site_now()
        request.now = now  # type: ignore[attr-defined]
        request.actor = (  # type: ignore[attr-defined]
            actor_of(request.user, on=timezone.localdate(now), request_id=request_id.get())
            if request.user.is_authenticated
            else NOBODY
        )
        with reading_once():
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return page_not_found(request, exception) if isinstance(exception, NotFound) else None
