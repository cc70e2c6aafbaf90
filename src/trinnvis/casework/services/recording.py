"""Writes events: the only place a CaseEvent is made.

Each moves the count and last hash of the locked case along; whoever writes one settles the case afterwards
(`needs.settle`), which stores both.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from trinnvis import __version__
from trinnvis.access.actor import Actor
from trinnvis.casework.models import Case, CaseEvent
from trinnvis.casework.rules.chain import EventFacts, event_hash


def role_in_words(actor: Actor) -> str:
    return ", ".join(sorted(actor.role_names)) if actor.is_staff else ""


def build_event(
    case: Case, *, verb: str, actor: Actor, now: datetime, data: dict[str, Any], reason: str
) -> CaseEvent:
    """The next event of a case, chained to the last; the case's count and last hash move along, unsaved."""
    facts = EventFacts(
        case_number=case.number,
        sequence=case.event_count + 1,
        at=now,
        actor_id=actor.account_id,
        actor_name=actor.name,
        actor_role=role_in_words(actor),
        verb=verb,
        data=data,
        reason=reason,
        request_id=actor.request_id,
        software=__version__,
    )
    event = CaseEvent(
        case=case,
        sequence=facts.sequence,
        at=now,
        actor_id=actor.account_id,
        actor_name=facts.actor_name,
        actor_role=facts.actor_role,
        verb=verb,
        data=data,
        reason=reason,
        request_id=facts.request_id,
        software=facts.software,
        previous_hash=case.last_hash,
        hash=event_hash(case.last_hash, facts),
    )
    case.event_count, case.last_hash = event.sequence, event.hash
    return event


def record(
    case: Case,
    *,
    verb: str,
    actor: Actor,
    now: datetime,
    data: dict[str, Any] | None = None,
    reason: str = "",
) -> CaseEvent:
    """Append one event to a locked case. `data` holds plain JSON values (dates and numbers as text)."""
    event = build_event(case, verb=verb, actor=actor, now=now, data=data or {}, reason=reason)
    event.save(force_insert=True)
    return event


class Happened(NamedTuple):
    """What one of several events says."""

    verb: str
    data: dict[str, Any]
    reason: str = ""


def record_all(case: Case, happened: Iterable[Happened], *, actor: Actor, now: datetime) -> None:
    """Append several events to a locked case, in their order and in one write."""
    CaseEvent.objects.bulk_create(
        [build_event(case, actor=actor, now=now, **each._asdict()) for each in happened]
    )
