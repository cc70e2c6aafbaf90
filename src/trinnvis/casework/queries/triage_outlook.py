"""What each outcome of triage would lead to, told before one is chosen: needs, when due, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from trinnvis.casework.models import Enquiry
from trinnvis.casework.rules.deadlines import Due, deadline_for
from trinnvis.casework.rules.state import needs_at_start
from trinnvis.casework.rules.tracks import track_of
from trinnvis.policy.model import NeedKind
from trinnvis.policy.queries import policy_for


@dataclass(frozen=True)
class Follows:
    """One need that would open; `due_on` and `due_why` as in `rules.deadlines.Due`."""

    title: str
    due_on: date | None
    due_why: str


@dataclass(frozen=True)
class Outlook:
    """What one outcome (Enquiry.Triage) leads to in a new case, the first due first."""

    outcome: str
    track: str
    follows: tuple[Follows, ...]


def outlooks(enquiry: Enquiry, now: datetime, *, applied: bool | None = None) -> tuple[Outlook, ...]:
    """Every outcome with what follows, for a person without an open case.

    `applied` asks what would follow if it were an application; None takes the enquiry's own word.
    """
    received, today = timezone.localdate(enquiry.received_at), timezone.localdate(now)
    policy = policy_for(received)
    is_application = enquiry.is_application if applied is None else applied
    starts = {"enquiry": received, "application": received if is_application else today}
    kinds = {kind.code: kind for kind in policy.needs}

    def follows(kind: NeedKind) -> Follows:
        deadline = deadline_for(policy, kind.code, starts.get(kind.deadline_from, today))
        return Follows(kind.title, deadline.due, deadline.told())

    found = []
    for outcome in Enquiry.Triage.values:
        track = track_of(outcome, applied=is_application)
        codes = needs_at_start(track, is_application, policy.needs)
        rows = [follows(kinds[code]) for code in codes if code in kinds]
        rows.sort(key=lambda row: row.due_on or date.max)
        found.append(Outlook(outcome, track, tuple(rows)))
    return tuple(found)


def application_clock(received: date) -> Due:
    """By when an application received on a date must be answered, finally or for the time being."""
    return deadline_for(policy_for(received), "preliminary_reply", received)
