"""Opens and solves needs (behov), and keeps the case's stage and next due date in step with them."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from trinnvis.access.actor import Actor
from trinnvis.casework.models import Case, Need
from trinnvis.casework.rules.deadlines import deadline_for
from trinnvis.casework.rules.state import stage_of
from trinnvis.policy.deadlines import Deadline
from trinnvis.policy.queries import policy_of

from .recording import record


def local_date(moment: datetime) -> date:
    """The Norwegian calendar date of a moment: deadlines count days where the citizen lives."""
    return timezone.localtime(moment).date()


def deadline_of(
    case: Case,
    kind: str,
    opened_at: datetime,
    *,
    enquiry_at: datetime | None = None,
    again: bool = False,
) -> Deadline | None:
    """When a need of this kind is due, or None where the policy sets no deadline for it.

    `enquiry_at`: when the enquiry that gave rise to it was received. `again`: the case has had it before, so
    that a new round does not begin as late as the case is old.
    """
    policy = policy_of(case.policy_id)
    start = {
        "need": opened_at,
        "case": opened_at if again else case.opened_at,
        "enquiry": enquiry_at or opened_at,
        "application": case.applied_at or opened_at,
    }[policy.need_kind(kind).deadline_from]
    return deadline_for(policy, kind, local_date(start))


def open_need(
    case: Case,
    kind: str,
    *,
    actor: Actor,
    now: datetime,
    due: Deadline | None = None,
    enquiry_at: datetime | None = None,
    note: str = "",
) -> Need:
    """Open a need of a kind, or return the one already open. `due` overrides the policy's own deadline."""
    of_kind = list(case.needs.filter(kind=kind))
    if existing := next((need for need in of_kind if need.state == Need.State.OPEN), None):
        return existing
    deadline = due or deadline_of(case, kind, now, enquiry_at=enquiry_at, again=bool(of_kind))
    need = Need.objects.create(
        case=case,
        kind=kind,
        opened_at=now,
        due_on=deadline.due if deadline else None,
        due_why=deadline.why if deadline else "",
        note=note,
    )
    data = {"kind": kind, "due_on": need.due_on.isoformat() if need.due_on else None}
    record(case, verb="need_opened", actor=actor, now=now, data=data, reason=note)
    return need


def solve_need(
    case: Case, kind: str, *, actor: Actor, now: datetime, note: str = "", relevant: bool = True
) -> None:
    """Mark the open need of a kind as solved, or as not relevant; nothing happens when none is open."""
    need = case.needs.filter(kind=kind, state=Need.State.OPEN).first()
    if need is None:
        return
    need.state = Need.State.SOLVED if relevant else Need.State.NOT_RELEVANT
    need.solved_at, need.solved_by_id, need.note = now, actor.account_id, note or need.note
    need.save(update_fields=["state", "solved_at", "solved_by", "note"])
    record(
        case,
        verb="need_solved",
        actor=actor,
        now=now,
        data={"kind": kind, "relevant": relevant},
        reason=note,
    )


def recount(case: Case) -> None:
    """Count anew the open needs that run from the application, after it came or moved."""
    kinds = {kind.code for kind in policy_of(case.policy_id).needs if kind.deadline_from == "application"}
    for need in case.needs.filter(state=Need.State.OPEN, kind__in=kinds):
        deadline = deadline_of(case, need.kind, need.opened_at)
        need.due_on = deadline.due if deadline else None
        need.due_why = deadline.why if deadline else ""
        need.save(update_fields=["due_on", "due_why"])


def settle(case: Case) -> None:
    """Derive stage and next due date from the needs as they are now, and store them."""
    due = dict(case.needs.filter(state=Need.State.OPEN).values_list("kind", "due_on"))
    case.stage = stage_of(due, closed=case.closed_at is not None)
    case.next_due = min((day for day in due.values() if day), default=None)
    case.save(update_fields=["stage", "next_due"])
