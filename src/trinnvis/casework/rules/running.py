"""When a granted line really runs: from its start until it ends, is replaced, or its person dies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from trinnvis.resources import ServiceLine

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Running:
    """A granted line. `last`: its last day as far as is known, None while it runs until changed.

    `sent_on` is the day of `sent_at` where we are. `settlement`: where the person lives (tettsted), "" when
    it is not known.
    """

    person: int
    line: ServiceLine
    sent_at: datetime
    sent_on: date
    last: date | None
    settlement: str = ""

    @property
    def first(self) -> date:
        return self.line.starts_on

    def runs_on(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


def until_replaced(lines: Iterable[Running]) -> list[Running]:
    """The lines, each cut the day before a later decision gives the person the same service anew.

    A line that is replaced before it begins is left out.
    """
    having: dict[tuple[int, str], list[Running]] = defaultdict(list)
    for line in lines:
        having[line.person, line.line.service].append(line)
    found = []
    for group in having.values():
        for each in group:
            newer = [other.first for other in group if other.sent_at > each.sent_at]
            cut = min(newer, default=None)
            kept = each if cut is None else replace(each, last=earlier(each.last, cut - DAY))
            if kept.last is None or kept.last >= kept.first:
                found.append(kept)
    return found


def earlier(one: date | None, other: date | None) -> date | None:
    """The first of two last days, where None never comes."""
    known = [day for day in (one, other) if day is not None]
    return min(known, default=None)
