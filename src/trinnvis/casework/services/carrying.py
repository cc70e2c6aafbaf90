"""The citizen's own words in an enquiry follow into the assessment: nobody is asked the same twice."""

from __future__ import annotations

from datetime import datetime

from trinnvis.access.actor import Actor
from trinnvis.casework.models import Case, Enquiry
from trinnvis.casework.queries.state import state_of
from trinnvis.policy.queries import policy_of

from .revising import assessed_before
from .words import CITIZEN, add_entries, citizen_said_something_new, histories, standing

# Which kind of topic (policy Topic.kind) each field of the enquiry answers.
ANSWERED_BY = {
    "wish": "what_matters",
    "own": "what_i_manage",
    "network": "who_is_around",
    "home": "how_i_live",
}


def carry_words(case: Case, enquiry: Enquiry, *, actor: Actor, now: datetime) -> None:
    """Add what the citizen said to the citizen's side of the assessment, after what stands there.

    What a relative, GP or hospital said is theirs and stays in the enquiry.
    """
    if enquiry.contact_id or enquiry.contact_name:
        return
    said = {}
    for kind, field in ANSWERED_BY.items():
        topics = (topic.code for topic in policy_of(case.policy_id).topics if topic.kind == kind)
        if (topic := next(topics, None)) and (text := getattr(enquiry, field).strip()):
            said[topic] = text
    if not said:
        return
    before = histories(case, CITIZEN)
    texts = {
        topic: f"{before[topic][-1].text}\n\n{text}" if topic in before else text
        for topic, text in said.items()
    }
    by_staff = enquiry.registered_by.person_id != case.person_id
    add_entries(
        case,
        CITIZEN,
        texts,
        standing(before),
        on_behalf=by_staff,
        author_id=enquiry.registered_by_id,
        written_at=enquiry.received_at,
        actor=actor,
        now=now,
        reason=enquiry.number,
    )
    if assessed_before(case):
        citizen_said_something_new(case, state_of(case), actor=actor, now=now)
