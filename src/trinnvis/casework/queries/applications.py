"""What is applied for in a case."""

from __future__ import annotations

from django.db.models.fields.json import KT

from trinnvis.casework.models import Case


def applied_for(case: Case) -> tuple[str, ...]:
    """What the application now in hand asks for, in the applicant's words, oldest first.

    It came with an enquiry or was made in the case itself, perhaps in several parts since the clock began.
    """
    since = case.applied_at
    if since is None:
        return ()
    sent = case.enquiries.order_by().filter(is_application=True, received_at__gte=since)
    made = case.events.order_by().filter(verb="applied", at__gte=since)
    parts = sent.values_list("received_at", "applies_for").union(
        made.values_list("at", KT("data__applies_for"))
    )
    return tuple(dict.fromkeys(words for _at, words in parts.order_by("received_at") if words))
