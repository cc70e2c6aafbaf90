"""The worklist (oppgavebenk): what waits, most urgent first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from trinnvis.access.actor import Actor
from trinnvis.access.rules import CASEWORK_ROLES, DECISION_MAKER, PLAN_READERS, PROFESSIONAL_ROLES
from trinnvis.casework import services
from trinnvis.casework.errors import Refused
from trinnvis.casework.models import Case
from trinnvis.casework.queries.worklist import PAGE_SIZE, WEEK, Counts, Row, Waiting, worklist
from trinnvis.casework.wording import CHANNELS, STAGES, TRACKS
from trinnvis.desk.forms.worklist import PARAMETERS, filter_of, is_no_case_number
from trinnvis.site.pages import actor_of_request, staff_page, staff_page_for

TITLES: dict[str, Promise] = {
    "fast": gettext_lazy("Alvorlig syke"),
    "urgent": gettext_lazy("Haster"),
    "overdue": gettext_lazy("Over fristen"),
    "today": gettext_lazy("Frist i dag"),
    "week": gettext_lazy("Frist de neste sju dagene"),
    "later": gettext_lazy("Senere"),
    "undated": gettext_lazy("Uten frist"),
}


APPROVAL = Case.Stage.APPROVAL.value
TRACK_COLORS = {"fast": "danger", "urgent": "warning"}


@dataclass(frozen=True)
class View:
    """One of the ready-made views, with how many cases it shows."""

    title: str
    url: str
    count: int
    current: bool


@dataclass(frozen=True)
class CaseLine:
    """A case with its codes in words; `track` is "" on the ordinary one."""

    row: Row
    stage: str
    track: str
    color: str


@dataclass(frozen=True)
class EnquiryLine:
    item: Waiting
    channel: str


@dataclass(frozen=True)
class Group:
    """Cases that are equally urgent."""

    code: str
    title: str
    lines: tuple[CaseLine, ...]


@staff_page
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The first page of the desk for the roles one has."""
    actor = actor_of_request(request)
    if actor.has_role(*PROFESSIONAL_ROLES):
        return redirect("desk:worklist")
    return redirect("planner:front" if actor.has_role(*PLAN_READERS) else "desk:ladder")


@staff_page_for(PROFESSIONAL_ROLES)
@require_safe
def worklist_page(request: HttpRequest) -> HttpResponse:
    actor, now = actor_of_request(request), request.now  # type: ignore[attr-defined]
    today = timezone.localdate(now)
    wanted = filter_of(request.GET)
    found = worklist(actor, now, wanted)
    pages = Paginator(range(found.total), PAGE_SIZE)
    context = {
        "list": found,
        "waiting": [EnquiryLine(item, str(CHANNELS[item.channel])) for item in found.waiting],
        "groups": groups(found.rows, today),
        "views": views(request.GET, found.counts, decides=actor.has_role(DECISION_MAKER)),
        "stages": _choices(STAGES, found.counts.by_stage, wanted.stage),
        "tracks": _choices(TRACKS, found.counts.by_track, wanted.track),
        "kept": [(name, request.GET[name]) for name in ("hvem", "frist") if name in request.GET],
        "is_filtered": any(request.GET.get(name) for name in PARAMETERS),
        "no_case_number": is_no_case_number(request.GET),
        "text": request.GET.get("sok", "") if not is_no_case_number(request.GET) else "",
        "page": pages.page(found.page),
        "handles": actor.has_role(*CASEWORK_ROLES),
        "units": units_handled(actor),
        "here": request.get_full_path(),
    }
    return render(request, "desk/worklist.html", context)


@staff_page_for(CASEWORK_ROLES)
def take_case(request: HttpRequest, number: str) -> HttpResponse:
    """Take a case that nobody has; one that somebody took in the meantime stays theirs."""
    if request.method != "POST":  # on the way back from a new login: press the button again
        return redirect("desk:worklist")
    actor, now = actor_of_request(request), request.now  # type: ignore[attr-defined]
    try:
        services.take(number=number, actor=actor, now=now)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Du har tatt sak %(number)s.") % {"number": number})
    back = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    return redirect(back if safe else "desk:worklist")


def groups(rows: Sequence[Row], today: date) -> list[Group]:
    """The rows as they stand, under headings that say why they stand there."""
    return [
        Group(code, str(TITLES[code]), tuple(map(_line, some)))
        for code, some in groupby(rows, key=lambda row: _group_of(row, today))
    ]


def _line(row: Row) -> CaseLine:
    track = "" if row.track == "ordinary" else str(TRACKS[row.track])
    return CaseLine(row, str(STAGES[row.stage]), track, TRACK_COLORS.get(row.track, "neutral"))


def _group_of(row: Row, today: date) -> str:
    if row.track in ("fast", "urgent"):
        return row.track
    if row.due_on is None:
        return "undated"
    if row.due_on < today:
        return "overdue"
    if row.due_on == today:
        return "today"
    return "week" if row.due_on < today + WEEK else "later"


def views(query: QueryDict, counts: Counts, *, decides: bool) -> list[View]:
    """The ready-made views. Each is an address of its own, to be kept among the bookmarks."""
    address = reverse("desk:worklist")
    named = [
        (_("Alle åpne saker"), "", "", counts.all),
        *([(_("Til godkjenning"), "fase", APPROVAL, counts.by_stage[APPROVAL])] if decides else []),
        (_("Mine"), "hvem", "mine", counts.mine),
        (_("Uten ansvarlig"), "hvem", "ledige", counts.unassigned),
        (_("Over fristen"), "frist", "over", counts.overdue),
        (_("I dag"), "frist", "idag", counts.today),
        (_("Neste sju dager"), "frist", "uka", counts.week),
    ]
    chosen = {name: query.get(name, "") for name in PARAMETERS if query.get(name)}
    return [
        View(
            title,
            f"{address}?{name}={value}" if name else address,
            count,
            chosen == ({name: value} if name else {}),
        )
        for title, name, value, count in named
    ]


def units_handled(actor: Actor) -> frozenset[str]:
    """The units where the actor may take a case."""
    return frozenset(unit for role, unit in actor.roles if role in CASEWORK_ROLES)


def _choices(words: Mapping[str, object], counts: dict[str, int], chosen: str) -> list[tuple[str, str, bool]]:
    """Code, text with the number of cases, and whether it is chosen; what no case has is left out."""
    return [
        (code, f"{words[code]} ({count})", code == chosen)
        for code, count in counts.items()
        if count or code == chosen
    ]
