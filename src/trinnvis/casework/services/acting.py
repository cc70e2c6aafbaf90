"""How every verb begins and ends: the case locked, access and rule checked, stage settled."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from trinnvis.access.actor import Actor
from trinnvis.casework.errors import NotFound, Refused
from trinnvis.casework.models import Case
from trinnvis.casework.queries.state import state_of
from trinnvis.casework.queries.visible import hats_by, rules_granting
from trinnvis.casework.rules.actions import BY_CODE, decide
from trinnvis.casework.rules.state import CaseState
from trinnvis.policy.queries import reading_once

from .needs import settle


@contextmanager
def acting(number: str, action: str, *, actor: Actor, now: datetime) -> Iterator[tuple[Case, CaseState]]:
    """Lock the case, check that this actor may do `action` now, yield it, and settle it afterwards.

    Raises:
        NotFound: there is no such case, or the actor may not know of it.
        Refused: the action is not possible now; the text says why.
    """
    with reading_once(), transaction.atomic():
        case = Case.objects.select_for_update(of=("self",)).filter(number=number).first()
        granting = rules_granting(case, actor, now) if case else []
        if case is None or not granting:
            raise NotFound(number)
        state = state_of(case)
        verdict = decide(BY_CODE[action], state, actor, hats_by(granting, case, actor))
        if not verdict.allowed:
            raise Refused(verdict.why_not)
        yield case, state
        settle(case)
