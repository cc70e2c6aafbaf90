"""A form sent twice does its work once, and the second answer is the first one's."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from uuid import uuid4

from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest

FIELD = "once"
DONE = "forms_done"
REMEMBERED = 30


def new_mark() -> str:
    """A mark for a form that is shown (`{% form_guard %}`): it goes along when the form is sent."""
    return uuid4().hex


def done_once(request: HttpRequest, work: Callable[[], bool]) -> bool:
    """Whether the form is done: by `work`, now, or by the same form sent just ahead of this one.

    `work` says whether it did what it should. Two sendings of one form wait for each other at the session's
    row, and the first is remembered in the transaction of the work: there is no moment when the work is done
    and the next sending cannot see it. A page gone back to and changed is a new form.
    """
    key = request.session.session_key
    if not request.POST.get(FIELD) or not key:
        return work()
    sent = _fingerprint(request)
    with transaction.atomic():
        Session.objects.select_for_update().filter(pk=key).first()
        stored = type(request.session)(key)
        if sent in stored.get(DONE, []):
            return True
        if done := work():
            request.session[DONE] = [*stored.get(DONE, []), sent][-REMEMBERED:]
            request.session.save()
        return done


def _fingerprint(request: HttpRequest) -> str:
    """Of everything sent: the mark makes it this showing of the form, the rest what was typed in it."""
    whole = f"{request.get_full_path()}?{request.POST.urlencode()}"
    return hashlib.sha256(whole.encode()).hexdigest()
