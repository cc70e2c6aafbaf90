"""The timeline of a case: its events in words, with what was done together as one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from trinnvis.casework.models import Case, CaseEvent
from trinnvis.casework.wording import VERBS, Wording
from trinnvis.policy.model import Policy
from trinnvis.policy.queries import policy_of

TOGETHER = ("need_opened", "need_solved", "words_written")


@dataclass(frozen=True)
class TimelineItem:
    """One thing that happened. `details` are lines from its data; `internal` is for staff alone."""

    at: datetime
    verb: str
    title: str
    who: str
    role: str
    details: tuple[str, ...]
    reason: str
    internal: bool = False


def timeline(case: Case, *, for_staff: bool) -> list[TimelineItem]:
    """Everything that happened, newest first, in staff's words or in words to the citizen.

    The citizen sees all but notes marked internal (fvl § 18 a).
    """
    policy = policy_of(case.policy_id)
    items: list[TimelineItem] = []
    for event in case.events.order_by("sequence"):
        item = _item(event, policy, for_staff=for_staff)
        if item.internal and not for_staff:
            continue
        if items and item.verb in TOGETHER and _same(items[-1], item):
            last = items.pop()
            item = TimelineItem(**{**vars(last), "details": last.details + item.details})
        items.append(item)
    return items[::-1]


def _same(last: TimelineItem, item: TimelineItem) -> bool:
    return (last.verb, last.at, last.who, last.reason) == (item.verb, item.at, item.who, item.reason)


def _item(event: CaseEvent, policy: Policy, *, for_staff: bool) -> TimelineItem:
    wording = VERBS.get(event.verb) or Wording(event.verb)
    to_citizen = None if for_staff else wording.detail_to_citizen
    detail = (to_citizen or wording.detail)(event.data, policy)
    detail = detail if isinstance(detail, str) else str(detail)  # one of the municipality's own stays marked
    title = str(wording.title if for_staff else wording.to_citizen or wording.title)
    if event.verb == "need_solved" and event.data.get("relevant") is False:
        title = _("Dette er ikke lenger aktuelt")
    return TimelineItem(
        at=event.at,
        verb=event.verb,
        title=title,
        who=event.actor_name,
        role=event.actor_role,
        details=(detail,) if detail else (),
        reason=event.reason,
        internal=bool(event.data.get("internal")),
    )
