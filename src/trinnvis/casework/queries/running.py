"""Every granted line that runs in a stretch of time, with the days it really runs: no names, for sums."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from trinnvis.casework.rules.running import DAY, Running, earlier, until_replaced
from trinnvis.policy.model import AmountUnit
from trinnvis.resources import ServiceLine

from .ladder import lines_in_force

FIELDS = (
    "decision__case__person",
    "service",
    "amount",
    "unit",
    "step",
    "starts_on",
    "ends_on",
    "decision__sent_at",
    "decision__case__person__died_on",
    "decision__case__person__household__dwelling__settlement",
)


def running_between(first: date, last: date) -> list[Running]:
    """The granted lines that run on any of the days first–last, in one query."""
    found = []
    for row in lines_in_force(first, last).values_list(*FIELDS):
        person, service, amount, unit, step, starts_on, ends_on, sent_at, died_on, settlement = row
        if amount is None or step is None or starts_on is None or sent_at is None:
            continue
        line = ServiceLine(service, amount, AmountUnit(unit), step, starts_on, ends_on)
        until = earlier(line.own_end, died_on - DAY if died_on else None)
        found.append(Running(person, line, sent_at, timezone.localdate(sent_at), until, settlement or ""))
    return [each for each in until_replaced(found) if each.last is None or each.last >= first]
