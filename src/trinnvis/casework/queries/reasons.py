"""Why a need is due when it is, in the reader's language where the policy's rule still says the same."""

from __future__ import annotations

from trinnvis.casework.models import Case, Need
from trinnvis.casework.rules.deadlines import deadline_for
from trinnvis.casework.services.needs import local_date
from trinnvis.marking import Norwegian
from trinnvis.policy.model import Policy


def why_due(need: Need, case: Case, policy: Policy) -> str:
    """The stored reason, which is bokmål; retold when counting anew gives that very reason."""
    starts = {local_date(moment) for moment in (need.opened_at, case.opened_at, case.applied_at) if moment}
    for start in sorted(starts):
        deadline = deadline_for(policy, need.kind, start)
        if deadline.counted and deadline.why == need.due_why:
            return deadline.told()
    return Norwegian(need.due_why)
