"""Goals and numbers of a case, with what changed from before to after."""

from __future__ import annotations

from collections.abc import Iterable

from trinnvis.casework.models import Case, Measurement
from trinnvis.casework.rules.measuring import Change, Reading, changes
from trinnvis.policy.queries import policy_of


def measurement_changes(case: Case) -> tuple[Change, ...]:
    """Before and after per instrument, part and goal; the number written last counts."""
    return changes_in(case, case.measurements.order_by("pk"))


def changes_in(case: Case, measurements: Iterable[Measurement]) -> tuple[Change, ...]:
    """As `measurement_changes`, for measurements already read, in the order written."""
    readings = (Reading(m.instrument, m.part, m.goal_id, m.moment, m.value) for m in measurements)
    return changes(policy_of(case.policy_id).instruments, readings)
