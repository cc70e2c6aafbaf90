"""Who acts in the portal."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.http import HttpRequest

from trinnvis.access.actor import Actor
from trinnvis.site.pages import actor_of_request


def citizen_of(request: HttpRequest) -> Actor:
    """The one logged in, as a citizen: roles held as staff open nothing at the citizens' door."""
    return replace(actor_of_request(request), roles=frozenset())


def now_of(request: HttpRequest) -> datetime:
    """The one moment the request happens at."""
    now: datetime = request.now  # type: ignore[attr-defined]
    return now
