"""Granted, planned and executed hours (vedtakstimer, planlagte og utførte timer) side by side.

All three are hours with the citizen: what the decision grants, what the work plan holds, what is registered
as done. None of them stands in for another, and what is not reported is missing, never zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from trinnvis.resources.calendar import days
from trinnvis.resources.use import HUNDREDTH, rounded

from .carried import Carried


@dataclass(frozen=True)
class Report:
    """Hours reported for a period, both days included."""

    first: date
    last: date
    hours: Decimal


@dataclass(frozen=True)
class Tally:
    """What is reported of a stretch: None when nothing is; `days_missing`: days without a report."""

    hours: Decimal | None
    days_missing: int

    @property
    def whole(self) -> bool:
        return self.hours is not None and self.days_missing == 0


@dataclass(frozen=True)
class ThreeHours:
    """One service in one stretch of time. `granted` is None when the service is not granted in hours."""

    service: str
    people: int
    granted: Decimal | None
    planned: Tally
    executed: Tally

    @property
    def whole(self) -> bool:
        """All three are known for every day, so that they can be compared."""
        return self.granted is not None and self.planned.whole and self.executed.whole

    @property
    def planned_gap(self) -> Decimal | None:
        """Planned less granted, where both are known for every day."""
        if self.granted is None or not self.planned.whole or self.planned.hours is None:
            return None
        return self.planned.hours - self.granted

    @property
    def executed_gap(self) -> Decimal | None:
        """Executed less granted, where both are known for every day."""
        if self.granted is None or not self.executed.whole or self.executed.hours is None:
            return None
        return self.executed.hours - self.granted


@dataclass(frozen=True)
class Compared:
    """The services of a unit for which all three are known, added up; the others are named in `left_out`."""

    granted: Decimal
    planned: Decimal
    executed: Decimal
    services: tuple[str, ...]
    left_out: tuple[str, ...]


def tally(reports: Iterable[Report], first: date, last: date) -> Tally:
    """Hours of a stretch; a report that reaches outside it counts by its share of days."""
    known, hours = 0, Fraction(0)
    for each in reports:
        begin, end = max(first, each.first), min(last, each.last)
        if begin <= end:
            known += days(begin, end)
            hours += Fraction(each.hours) * days(begin, end) / days(each.first, each.last)
    return Tally(rounded(hours, HUNDREDTH) if known else None, days(first, last) - known)


def granted_hours(lines: Iterable[Carried], first: date, last: date) -> Decimal:
    """Hours the decisions grant on the days first–last, by the lines that are granted in hours."""
    total = Fraction(0)
    for each in lines:
        if each.in_hours and (span := each.days(first, last)):
            total += each.run(last).quantity("hour", *span) or Fraction(0)
    return rounded(total, HUNDREDTH)


def compared(rows: Sequence[ThreeHours]) -> Compared | None:
    """The unit's sums over the services where all three are known; None when there is no such service."""
    whole = [row for row in rows if row.whole]
    if not whole:
        return None
    return Compared(
        granted=sum((row.granted or Decimal(0) for row in whole), Decimal(0)),
        planned=sum((row.planned.hours or Decimal(0) for row in whole), Decimal(0)),
        executed=sum((row.executed.hours or Decimal(0) for row in whole), Decimal(0)),
        services=tuple(row.service for row in whole),
        left_out=tuple(row.service for row in rows if not row.whole and row.granted),
    )


def month_end(first: date) -> date:
    """The last day of the month that `first` stands in."""
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def month_before(first: date) -> date:
    """The first day of the month before the one `first` stands in."""
    return (first.replace(day=1) - timedelta(days=1)).replace(day=1)


def months_to(last_month: date, number: int) -> list[date]:
    """The first days of so many months, the latest last."""
    found = [last_month.replace(day=1)]
    while len(found) < number:
        found.append(month_before(found[-1]))
    return found[::-1]
