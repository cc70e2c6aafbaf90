"""Min side: the citizen's own cases and enquiries, and those of the people they represent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from trinnvis.access.actor import Actor
from trinnvis.casework.models import AssessmentEntry, Case, Clarification, Decision, Enquiry, Need
from trinnvis.casework.wording import STAGES, TRACKS

from .granting import Standing
from .receipt import NextStep, what_happens_next

OFFERED, CITIZEN = Clarification.State.OFFERED, AssessmentEntry.Voice.CITIZEN


@dataclass(frozen=True)
class MyCase:
    """A case as its owner, or someone who represents them, sees it in a list."""

    number: str
    person_name: str
    is_own: bool
    can_write: bool
    stage: str  # Case.Stage
    stage_words: str
    track_words: str
    opened_at: datetime
    applied_at: datetime | None
    application_waits: bool  # no decision has been sent since it came
    closed_at: datetime | None
    next_due: date | None
    waits_for_you: tuple[str, ...]  # kinds of the needs that wait for the citizen (`waits_for_citizen`)
    sent_decisions: tuple[str, ...]  # their numbers, oldest first


@dataclass(frozen=True)
class MyEnquiry:
    """An enquiry that has not become a case yet. `about` is the name as it was written, "" for oneself."""

    number: str
    received_at: datetime
    about: str
    what_matters: str
    next_steps: tuple[NextStep, ...]


def cases_of(actor: Actor, now: datetime) -> list[MyCase]:
    """Own cases first, then those of the represented; open before closed, newest first. Constant queries."""
    if actor.person_id is None:
        return []
    standing = Standing(actor, now)
    cases = list(
        Case.objects.filter(Q(person_id=actor.person_id) | Q(person_id__in=standing.reads_for))
        .select_related("person", "clarification")
        .prefetch_related("needs", "decisions", "entries")
        .order_by("-opened_at", "-pk")
    )
    rows = []
    for case in cases:
        is_own = case.person_id == actor.person_id
        sent = [decision for decision in case.decisions.all() if decision.sent_at]
        rows.append(
            MyCase(
                number=case.number,
                person_name=case.person.full_name,
                is_own=is_own,
                can_write=is_own or case.person_id in standing.writes_for,
                stage=case.stage,
                stage_words=str(STAGES[case.stage]),
                track_words=str(TRACKS[case.track]),
                opened_at=case.opened_at,
                applied_at=case.applied_at,
                application_waits=_application_waits(case, sent),
                closed_at=case.closed_at,
                next_due=case.next_due,
                waits_for_you=waits_for_citizen(case),
                sent_decisions=tuple(decision.number for decision in sent),
            )
        )
    return sorted(rows, key=lambda row: (not row.is_own, row.closed_at is not None))


def _application_waits(case: Case, sent: Iterable[Decision]) -> bool:
    applied = case.applied_at
    if applied is None or case.closed_at is not None:
        return False
    return not any(decision.sent_at and decision.sent_at >= applied for decision in sent)


def waits_for_citizen(case: Case) -> tuple[str, ...]:
    """The open needs that stand still until the citizen answers: an offer, or words not yet written."""
    open_needs = {need.kind for need in case.needs.all() if need.state == Need.State.OPEN}
    clarification = getattr(case, "clarification", None)
    waits = []
    if "offer_clarification" in open_needs and clarification and clarification.state == OFFERED:
        waits.append("offer_clarification")
    if "hear_citizen" in open_needs and not any(entry.voice == CITIZEN for entry in case.entries.all()):
        waits.append("hear_citizen")
    return tuple(waits)


def enquiries_of(actor: Actor, now: datetime) -> list[MyEnquiry]:
    """Those that wait for an answer, about the actor and whom they read for; and those sent by name."""
    if actor.person_id is None:
        return []
    me = actor.person_id
    waiting = Q(person_id__in={me} | Standing(actor, now).reads_for, triage="")
    sent = Q(registered_by_id=actor.key, channel=Enquiry.Channel.PORTAL) & ~Q(unidentified_name="")
    rows = Enquiry.objects.filter(waiting | sent).select_related("person").order_by("-received_at")
    return [
        MyEnquiry(row.number, row.received_at, _about(row, me), row.what_matters, what_happens_next(row))
        for row in rows
    ]


def _about(enquiry: Enquiry, me: int) -> str:
    """A name only as the sender wrote it, or whom they have a mandate for."""
    if enquiry.person_id == me:
        return ""
    return enquiry.unidentified_name or (enquiry.person.full_name if enquiry.person else "")
