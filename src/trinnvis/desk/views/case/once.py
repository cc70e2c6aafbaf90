"""A form sent twice does its work once, and the second answer is the first one's."""

from __future__ import annotations

from uuid import uuid4

from django.http import HttpRequest

FIELD = "once"
DONE = "forms_done"
REMEMBERED = 30


def new_mark() -> str:
    """A mark for a form that is shown: it goes along when the form is sent."""
    return uuid4().hex


def is_done(request: HttpRequest) -> bool:
    """Whether this very form has been sent before, also when the first sending came just ahead of this."""
    mark = request.POST.get(FIELD)
    if not mark:
        return False
    stored = type(request.session)(request.session.session_key)
    return mark in stored.get(DONE, [])


def mark_done(request: HttpRequest) -> None:
    """Remember that the form is done, at once and not when the answer is sent."""
    if mark := request.POST.get(FIELD):
        request.session[DONE] = [*request.session.get(DONE, []), mark][-REMEMBERED:]
        request.session.save()
