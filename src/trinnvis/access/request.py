"""The request as every page gets it: with the one who acts and the one moment it happens at."""

from datetime import datetime

from django.http import HttpRequest

from .actor import Actor


class ActorRequest(HttpRequest):
    """What the site's middleware makes of a request; for type annotations in pages."""

    actor: Actor
    now: datetime
