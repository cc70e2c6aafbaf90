"""The timeline (tidslinje): everything that happened, and the proof that it stands as it was written."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from trinnvis.casework.audit import verify_chain
from trinnvis.casework.queries.timeline import TimelineItem, timeline
from trinnvis.site.components import TimelineEntry
from trinnvis.site.pages import staff_page

from .page import open_page, show

ICONS = {
    "case_opened": "folder",
    "enquiry_linked": "inbox",
    "triaged": "inbox",
    "applied": "inbox",
    "assigned": "person",
    "noted": "note",
    "fast_track_set": "hand-heart",
    "help_given": "hand-heart",
    "need_opened": "tasks",
    "need_solved": "check",
    "words_written": "chat",
    "goal_written": "plant",
    "goal_evaluated": "plant",
    "alternative_chosen": "staircase",
    "alternative_added": "staircase",
    "decision_approved": "gavel",
    "decision_sent": "letter",
    "letter_made": "letter",
    "decision_returned": "undo",
    "closed": "lock",
}


@staff_page
def timeline_tab(request: HttpRequest, number: str) -> HttpResponse:
    page = open_page(request, number, "case_timeline")
    context = {
        "entries": [_entry(item) for item in timeline(page.case, for_staff=True)],
        "breaks": verify_chain(page.case),
    }
    return show(page, "timeline.html", context)


def _entry(item: TimelineItem) -> TimelineEntry:
    lines = [*item.details, item.reason]
    if item.internal:
        lines.insert(0, _("Internt notat: innbyggeren ser det ikke på tidslinjen."))
    return TimelineEntry(
        at=item.at,
        title=str(item.title),
        text="\n".join(line for line in lines if line),
        who=item.who,
        icon=ICONS.get(item.verb, "pencil"),
    )
