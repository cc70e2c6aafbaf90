"""A case as the citizen sees it: where it stands, what happens next, and what has happened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from trinnvis.casework.queries.decisions import decisions_of
from trinnvis.casework.queries.mine import waits_for_citizen
from trinnvis.casework.queries.timeline import TimelineItem, timeline
from trinnvis.marking import Norwegian
from trinnvis.portal.presenting import case_context
from trinnvis.portal.progress import ahead, road
from trinnvis.portal.visit import Visit, case_page
from trinnvis.site.components import TimelineEntry
from trinnvis.site.templatetags.trinnvis import own_words

OFFER = "offer_clarification"
# What the municipality keeps for itself to know what is left to do; what it means is told by what was done,
# and what lies ahead by the overview.
BOOKKEEPING = frozenset({"need_opened", "need_solved", "letter_made"})


@require_safe
@case_page(_("Saken: oversikt"))
def case(request: HttpRequest, visit: Visit) -> HttpResponse:
    waiting = waits_for_citizen(visit.case) if visit.may.get("citizen_words") else ()
    offered = OFFER in waiting  # then the offer itself stands at the top
    context = {
        **case_context(visit, "overview"),
        "road": road(visit.case),
        "ahead": ahead(visit.policy, visit.case, waiting, but=OFFER if offered else ""),
        "decisions": decisions_of(visit.case, visit.actor, visit.now),
        "offered": offered,
        "unit": visit.policy.unit(visit.case.unit),
    }
    return render(request, "portal/case/overview.html", context)


@require_safe
@case_page(_("Saken: det som har skjedd"))
def events(request: HttpRequest, visit: Visit) -> HttpResponse:
    happened = (each for each in timeline(visit.case, for_staff=False) if each.verb not in BOOKKEEPING)
    entries = [_entry(items) for items in _together(happened)]
    return render(request, "portal/case/events.html", {**case_context(visit, "events"), "entries": entries})


def _together(items: Iterable[TimelineItem]) -> list[list[TimelineItem]]:
    """The same thing done several times in a row by the same person on the same day is one entry."""
    same = groupby(items, key=lambda item: (item.title, item.who, timezone.localdate(item.at)))
    return [list(group) for _key, group in same]


def _entry(items: Sequence[TimelineItem]) -> TimelineEntry:
    """One entry, dated by the latest of them."""
    item = items[0]
    told = (line for each in items for line in (*each.details, _reason(each)) if line)
    text = format_html_join("\n", "{}", ((own_words(line),) for line in dict.fromkeys(told)))
    return TimelineEntry(item.at, item.title, text, item.who, icon=_icon(item.verb))


def _reason(item: TimelineItem) -> str:
    """Why, as it was written: by staff in Norwegian, by a citizen in whatever language is theirs."""
    return Norwegian(item.reason) if item.role else item.reason


def _icon(verb: str) -> str:
    first = verb.split("_")[0]
    return {
        "enquiry": "inbox",
        "triaged": "inbox",
        "applied": "document",
        "words": "pencil",
        "goal": "plant",
        "measured": "plant",
        "clarification": "hand-heart",
        "alternative": "staircase",
        "decision": "gavel",
        "letter": "letter",
        "assigned": "person",
        "team": "person-plus",
        "need": "tasks",
        "noted": "note",
        "closed": "check-circle",
    }.get(first, "check")
