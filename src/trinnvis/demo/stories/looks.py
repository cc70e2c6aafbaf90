"""The read log of the cast: who of the staff has opened their files, as pages would have written it.

Whoever did something in a case had its page open first; the log is made of what was done.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from trinnvis.access.models import ReadLogEntry
from trinnvis.casework.models import CaseEvent, TeamMember
from trinnvis.desk.views.case.page import LOOKS
from trinnvis.desk.views.enquiry import LOOK as ENQUIRY

BEFORE = timedelta(minutes=3)  # from the page is opened until something is done on it
ENQUIRY_VERBS = frozenset({"case_opened", "enquiry_linked", "triaged"})
TABS = {  # by the first word of the event's verb
    "clarification": "case_clarification",
    "team": "case_clarification",
    "goal": "case_clarification",
    "measured": "case_clarification",
    "words": "case_assessment",
    "scored": "case_assessment",
    "housing": "case_assessment",
    "capacity": "case_assessment",
    "assessment": "case_assessment",
    "criterion": "case_alternatives",
    "alternative": "case_alternatives",
    "decision": "case_decision",
    "letter": "case_decision",
}


def log_looks(people: Iterable[int]) -> None:
    """Write the looks of staff into the read logs of these people (keys), one for each page and moment."""
    events = (
        CaseEvent.objects.filter(case__person__in=people, actor__person=None)
        .exclude(verb__startswith="need_")
        .select_related("case", "actor")
        .order_by("at", "pk")
    )
    members = TeamMember.objects.exclude(account=None)
    teams = set(members.values_list("clarification__case", "account"))
    looks = {(look.reader_id, look.at, look.what, look.case_number): look for look in _looks(events, teams)}
    ReadLogEntry.objects.bulk_create(looks.values())


def _looks(events: Iterable[CaseEvent], teams: set[tuple[int, int]]) -> Iterable[ReadLogEntry]:
    for event in events:
        if event.actor is None or (event.verb in ENQUIRY_VERBS and "enquiry" not in event.data):
            continue
        what, basis, number = _seen(event, teams)
        yield ReadLogEntry(
            at=event.at - BEFORE,
            person_id=event.case.person_id,
            reader=event.actor,
            reader_name=event.actor_name,
            reader_role=event.actor.title or event.actor_role,
            what=what,
            basis=basis,
            allowed=True,
            case_number=number,
        )


def _seen(event: CaseEvent, teams: set[tuple[int, int]]) -> tuple[str, str, str]:
    """What was looked at, by which access rule, and its number."""
    if event.verb in ENQUIRY_VERBS:
        return ENQUIRY, "intake", event.data["enquiry"]
    if event.actor_id == event.case.assigned_to_id:
        basis = "assigned"
    else:
        basis = "team" if (event.case_id, event.actor_id) in teams else "unit"
    return LOOKS[TABS.get(event.verb.split("_")[0], "case")], basis, event.case.number
