"""Opens and solves needs (behov), and keeps the case's stage and next due date in step with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from trinnvis.access.actor import Actor
from trinnvis.casework.covering import covered
from trinnvis.casework.models import Case, Need
from trinnvis.casework.rules.bounds import RECEIVED
from trinnvis.casework.rules.deadlines import Due, deadline_for
from trinnvis.casework.rules.state import standing
from trinnvis.policy.queries import policy_of

from .recording import Happened, record, record_all


def local_date(moment: datetime) -> date:
    """The Norwegian calendar date of a moment: deadlines count days where the citizen lives."""
    return timezone.localtime(moment).date()


def untimely(received: datetime, now: datetime) -> str:
    """Why something cannot have come in at a moment, in words; "" when it can."""
    if received > now:
        return _("Tidspunktet er ikke kommet ennå. Rett datoen.")
    fault = RECEIVED.fault(local_date(received), local_date(now))
    return _(fault) if fault else ""


def deadline_of(
    case: Case,
    kind: str,
    opened_at: datetime,
    *,
    enquiry_at: datetime | None = None,
    again: bool = False,
) -> Due:
    """When a need of this kind is due.

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
    due: Due | None = None,
    enquiry_at: datetime | None = None,
    note: str = "",
    only_again: bool = False,
) -> None:
    """Open a need of a kind unless it is open already. `due` overrides the policy's own deadline.

    `only_again`: a case that never had the need does not get it.
    """
    states = set(case.needs.filter(kind=kind).order_by().values_list("state", flat=True))
    if Need.State.OPEN in states or (only_again and not states):
        return
    deadline = due or deadline_of(case, kind, now, enquiry_at=enquiry_at, again=bool(states))
    need = _need(case, kind, deadline, now, note)
    need.save(force_insert=True)
    record(case, actor=actor, now=now, **_opened(need)._asdict())


def open_needs(
    case: Case, kinds: Iterable[str], *, actor: Actor, now: datetime, enquiry_at: datetime | None = None
) -> None:
    """Open a need of each kind, in their order; those already open stay as they are."""
    known = set(case.needs.order_by().values_list("kind", "state"))
    had = {kind for kind, _state in known}
    new = [
        _need(case, kind, deadline_of(case, kind, now, enquiry_at=enquiry_at, again=kind in had), now)
        for kind in kinds
        if (kind, Need.State.OPEN) not in known
    ]
    Need.objects.bulk_create(new)
    record_all(case, map(_opened, new), actor=actor, now=now)


def _need(case: Case, kind: str, deadline: Due, now: datetime, note: str = "") -> Need:
    return Need(
        case=case,
        kind=kind,
        opened_at=now,
        due_on=deadline.due,
        due_why=deadline.why,
        note=note,
    )


def _opened(need: Need) -> Happened:
    due_on = need.due_on.isoformat() if need.due_on else None
    data = {"kind": need.kind, "due_on": due_on, "rows": covered(need)}
    return Happened("need_opened", data, need.note)


def solve_need(
    case: Case, kind: str, *, actor: Actor, now: datetime, note: str = "", relevant: bool = True
) -> None:
    """Mark the open need of a kind as solved, or as not relevant; nothing happens when none is open."""
    solve_needs(case, (kind,), actor=actor, now=now, note=note, relevant=relevant)


def solve_needs(
    case: Case,
    kinds: Sequence[str],
    *,
    actor: Actor,
    now: datetime,
    note: str = "",
    relevant: bool = True,
) -> None:
    """As `solve_need` for several kinds, in their order."""
    rows = case.needs.filter(kind__in=kinds, state=Need.State.OPEN).order_by()
    standing = {need.kind: need for need in rows}
    for need in (standing[kind] for kind in kinds if kind in standing):
        need.state = Need.State.SOLVED if relevant else Need.State.NOT_RELEVANT
        need.solved_at, need.solved_by_id, need.note = now, actor.account_id, note or need.note
        need.save(update_fields=["state", "solved_at", "solved_by", "note"])
        data = {"kind": need.kind, "relevant": relevant, "rows": covered(need)}
        record(case, verb="need_solved", actor=actor, now=now, data=data, reason=note)


def recount(case: Case) -> list[Need]:
    """Count anew the open needs that run from the application, after it came or moved; returns them."""
    kinds = {kind.code for kind in policy_of(case.policy_id).needs if kind.deadline_from == "application"}
    running = list(case.needs.filter(state=Need.State.OPEN, kind__in=kinds))
    for need in running:
        deadline = deadline_of(case, need.kind, need.opened_at)
        need.due_on, need.due_why = deadline.due, deadline.why
        need.save(update_fields=["due_on", "due_why"])
    return running


def settle(case: Case) -> None:
    """Derive stage and next due date from the needs as they are now; store them, and the chain's new end."""
    due = dict(case.needs.filter(state=Need.State.OPEN).order_by().values_list("kind", "due_on"))
    case.stage, case.next_due = standing(due, closed=case.closed_at is not None)
    case.save(update_fields=["stage", "next_due", "event_count", "last_hash"])
