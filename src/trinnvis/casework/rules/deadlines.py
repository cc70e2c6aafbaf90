"""When something of a kind is due, by the policy's own rule."""

from __future__ import annotations

from datetime import date

from trinnvis.policy.deadlines import Deadline, compute
from trinnvis.policy.model import Policy


def deadline_for(policy: Policy, kind: str, start: date) -> Deadline | None:
    """The deadline of a NeedKind counted from a date, or None where the policy sets none."""
    need = next((need for need in policy.needs if need.code == kind), None)
    if need is None or need.deadline is None:
        return None
    return compute(policy.deadline(need.deadline, start), start)
