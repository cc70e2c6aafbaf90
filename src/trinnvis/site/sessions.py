"""Keeps a session alive while it is used, without writing to the database for every page that is read."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .clock import site_now

KEPT_AT = "kept_at"
PARTS = 12  # the session is prolonged once this part of its life is used
BY_ITSELF = "X-Asked-By-Itself"  # the page asks again on its own: nobody need be there


class SlidingSessionMiddleware:
    """After SessionMiddleware: changes the session now and then, so that it is saved and lasts longer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        session = request.session
        if not session.is_empty() and BY_ITSELF not in request.headers:
            now = int(site_now().timestamp())
            if abs(now - session.get(KEPT_AT, 0)) > settings.SESSION_COOKIE_AGE / PARTS:
                session[KEPT_AT] = now
        return response
