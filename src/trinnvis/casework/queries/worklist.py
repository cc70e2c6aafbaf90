"""The worklist (oppgavebenk): what waits for staff, most urgent first, in a constant number of queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import ceil
from typing import Literal

from django.db.models import Case as If
from django.db.models import Count, F, Prefetch, Q, QuerySet, Value, When
from django.utils import timezone

from trinnvis.access.actor import Actor
from trinnvis.casework.models import Case, Enquiry, Need
from trinnvis.casework.rules.deadlines import deadline_for
from trinnvis.people.queries import named
from trinnvis.policy.model import Policy
from trinnvis.policy.queries import policies_of

from .enquiries import AS_RECEIVER
from .granting import Standing
from .visible import AS_STAFF

PAGE_SIZE = 25
MOST_ENQUIRIES = 50
MOST_WORDS = 6
WEEK = timedelta(days=7)
FIRST = If(
    When(track=Case.Track.FAST, then=Value(0)), When(track=Case.Track.URGENT, then=Value(1)), default=Value(2)
)


@dataclass(frozen=True)
class Filter:
    """What to show. `stage` and `track` as in Case, "" for all; `text` is a number or words of a name."""

    whose: Literal["all", "mine", "unassigned"] = "all"
    due: Literal["all", "overdue", "today", "week"] = "all"
    stage: str = ""
    track: str = ""
    text: str = ""
    page: int = 1


@dataclass(frozen=True)
class Row:
    """One open case, with the need that is due first."""

    number: str
    person_id: int
    person_name: str
    birth_date: date
    stage: str
    track: str
    unit: str
    assigned_to: str  # name, "" when nobody has it
    opened_at: datetime
    applied_at: datetime | None
    need: str  # NeedKind.code, "" when nothing is open
    need_title: str
    due_on: date | None
    due_why: str
    overdue: bool


@dataclass(frozen=True)
class Waiting:
    """One enquiry that waits for triage."""

    number: str
    received_at: datetime
    channel: str
    person_id: int | None
    name: str  # the person's, or as it was written
    identified: bool
    says_urgent: bool
    is_application: bool
    what_matters: str
    due_on: date | None
    due_why: str
    overdue: bool


@dataclass(frozen=True)
class Counts:
    """Open cases the actor may work on, by what one can filter on; and enquiries awaiting triage."""

    all: int
    mine: int
    unassigned: int
    overdue: int
    today: int
    week: int
    by_stage: dict[str, int]
    by_track: dict[str, int]
    waiting: int


@dataclass(frozen=True)
class Worklist:
    rows: tuple[Row, ...]
    waiting: tuple[Waiting, ...]  # the most urgent, at most MOST_ENQUIRIES
    counts: Counts
    total: int  # cases that match the filter
    page: int
    pages: int
    filter: Filter = field(default_factory=Filter)


def worklist(actor: Actor, now: datetime, wanted: Filter = Filter()) -> Worklist:
    """Open cases and untriaged enquiries for staff. A page past the last shows the last."""
    today = timezone.localdate(now)
    standing = Standing(actor, now)
    cases = AS_STAFF.visible(standing).filter(closed_at=None)
    selected = _selected(wanted, actor, today)
    counted = cases.aggregate(**_counters(actor, today), total=Count("pk", filter=selected))
    enquiries = AS_RECEIVER.visible(standing).filter(triage="")
    waiting = _waiting(enquiries, standing.policy, today)
    shown = len(waiting)
    pages = max(1, ceil(counted["total"] / PAGE_SIZE))
    page = min(max(1, wanted.page), pages)
    return Worklist(
        rows=_rows(cases.filter(selected), page, today),
        waiting=waiting,
        counts=_counts(counted, enquiries.count() if shown == MOST_ENQUIRIES else shown),
        total=counted["total"],
        page=page,
        pages=pages,
        filter=wanted,
    )


def _overdue(today: date) -> Q:
    return Q(next_due__lt=today)


def _this_week(today: date) -> Q:
    """Due within seven days, today among them; what is overdue is counted for itself."""
    return Q(next_due__gte=today, next_due__lt=today + WEEK)


def _selected(wanted: Filter, actor: Actor, today: date) -> Q:
    chosen = Q(pk__isnull=False)
    if wanted.whose == "mine":
        chosen &= Q(assigned_to_id=actor.account_id)
    elif wanted.whose == "unassigned":
        chosen &= Q(assigned_to=None)
    if wanted.due == "overdue":
        chosen &= _overdue(today)
    elif wanted.due == "today":
        chosen &= Q(next_due=today)
    elif wanted.due == "week":
        chosen &= _this_week(today)
    if wanted.stage:
        chosen &= Q(stage=wanted.stage)
    if wanted.track:
        chosen &= Q(track=wanted.track)
    for word in wanted.text.replace("\0", " ").split()[:MOST_WORDS]:
        chosen &= Q(number__endswith=word) | named(word, prefix="person__")
    return chosen


def _counters(actor: Actor, today: date) -> dict[str, Count]:
    conditions = {
        "mine": Q(assigned_to_id=actor.account_id),
        "unassigned": Q(assigned_to=None),
        "overdue": _overdue(today),
        "today": Q(next_due=today),
        "week": _this_week(today),
        **{f"stage_{stage}": Q(stage=stage) for stage in Case.Stage.values},
        **{f"track_{track}": Q(track=track) for track in Case.Track.values},
    }
    return {"all": Count("pk")} | {name: Count("pk", filter=q) for name, q in conditions.items()}


def _counts(counted: dict[str, int], waiting: int) -> Counts:
    return Counts(
        all=counted["all"],
        mine=counted["mine"],
        unassigned=counted["unassigned"],
        overdue=counted["overdue"],
        today=counted["today"],
        week=counted["week"],
        by_stage={stage: counted[f"stage_{stage}"] for stage in Case.Stage.values},
        by_track={track: counted[f"track_{track}"] for track in Case.Track.values},
        waiting=waiting,
    )


def _rows(cases: QuerySet[Case], page: int, today: date) -> tuple[Row, ...]:
    open_needs = Need.objects.filter(state=Need.State.OPEN).order_by(F("due_on").asc(nulls_last=True), "pk")
    start = (page - 1) * PAGE_SIZE
    found = list(
        cases.select_related("person", "assigned_to")
        .prefetch_related(Prefetch("needs", queryset=open_needs, to_attr="open_needs"))
        .order_by(FIRST, F("next_due").asc(nulls_last=True), "pk")[start : start + PAGE_SIZE]
    )
    policies = policies_of(case.policy_id for case in found)
    return tuple(_row(case, policies[case.policy_id], today) for case in found)


def _row(case: Case, policy: Policy, today: date) -> Row:
    need: Need | None = next(iter(case.open_needs), None)  # type: ignore[attr-defined]
    return Row(
        number=case.number,
        person_id=case.person_id,
        person_name=case.person.full_name,
        birth_date=case.person.birth_date,
        stage=case.stage,
        track=case.track,
        unit=case.unit,
        assigned_to=case.assigned_to.name if case.assigned_to else "",
        opened_at=case.opened_at,
        applied_at=case.applied_at,
        need=need.kind if need else "",
        need_title=policy.need_kind(need.kind).title if need else "",
        due_on=need.due_on if need else None,
        due_why=need.due_why if need else "",
        overdue=bool(need and need.due_on and need.due_on < today),
    )


def _waiting(enquiries: QuerySet[Enquiry], policy: Policy, today: date) -> tuple[Waiting, ...]:
    found = enquiries.select_related("person").order_by("-says_urgent", "received_at", "pk")[:MOST_ENQUIRIES]
    return tuple(_one_waiting(enquiry, policy, today) for enquiry in found)


def _one_waiting(enquiry: Enquiry, policy: Policy, today: date) -> Waiting:
    kind = "give_help_now" if enquiry.says_urgent else "triage"
    deadline = deadline_for(policy, kind, timezone.localdate(enquiry.received_at))
    return Waiting(
        number=enquiry.number,
        received_at=enquiry.received_at,
        channel=enquiry.channel,
        person_id=enquiry.person_id,
        name=enquiry.person.full_name if enquiry.person else enquiry.unidentified_name,
        identified=enquiry.person_id is not None,
        says_urgent=enquiry.says_urgent,
        is_application=enquiry.is_application,
        what_matters=enquiry.what_matters,
        due_on=deadline.due,
        due_why=deadline.told(),
        overdue=bool(deadline.due and deadline.due < today),
    )
