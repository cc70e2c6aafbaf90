"""Places there are on each step of the ladder, for plans. Numbers of places only, nobody who has one."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from trinnvis.access.actor import Actor
from trinnvis.access.rules import PLAN_READERS
from trinnvis.delivery.models import PlaceKind, Places
from trinnvis.delivery.rules.places import Built, built_on
from trinnvis.policy.model import Policy


def built_by_step(actor: Actor, policy: Policy, on: date) -> dict[int, int]:
    """Registered places by step, of every unit. A kind counts on the step its services are on; one whose
    services are on several counts nowhere. Nothing for those who do not read plans."""
    if not actor.has_role(*PLAN_READERS):
        return {}
    steps = {service.code: service.steps for service in policy.services}
    rows: dict[int, list[Built]] = defaultdict(list)
    for row in Places.objects.all():
        rows[row.kind_id].append(Built(row.number, row.valid_from, row.valid_to))
    found: dict[int, int] = defaultdict(int)
    for kind in PlaceKind.objects.filter(pk__in=rows):
        on_steps = {step for code in kind.services for step in steps.get(code, ())}
        if len(on_steps) == 1:
            found[on_steps.pop()] += built_on(rows[kind.pk], on) or 0
    return {step: number for step, number in found.items() if number}
