"""All units side by side, and one unit in depth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from trinnvis.access.actor import Actor
from trinnvis.casework.queries.ladder import smallest_shown
from trinnvis.delivery.errors import NotFound
from trinnvis.delivery.models import Budget, CapacityEvent, Places, ServiceHours, Site
from trinnvis.delivery.rules.editing import may_edit, may_set_up
from trinnvis.delivery.rules.forecast import YearEnd
from trinnvis.delivery.rules.hours import Compared, compared, month_before, month_end, months_to
from trinnvis.policy.model import Policy, Unit

from .figures import HoursFigures, KindFigures, hidden_keys, hours_of, kinds_of, people_by, year_end
from .ground import Ground, ground

MONTHS_SHOWN = 24
EVENTS_SHOWN = 20


@dataclass(frozen=True)
class UnitFigures:
    """One unit. `year_end` is None when hidden too; `hidden` then tells the difference."""

    unit: Unit
    hours: HoursFigures
    compared: Compared | None
    year_end: YearEnd | None
    kinds: tuple[KindFigures, ...]
    hidden: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.hours.services or self.hours.hidden or self.year_end or self.kinds or self.hidden)


@dataclass(frozen=True)
class Overview:
    """`month`: the first day of the month whose hours are shown, the last one with any report."""

    on: date
    month: date
    year: int
    units: tuple[UnitFigures, ...]
    without: tuple[Unit, ...]
    below: int  # counts of people under this are hidden from the reader
    may_set_up: bool


@dataclass(frozen=True)
class MonthHours:
    """Hours of the services that can be shown, in one month; None where not all of them have reported."""

    month: date
    granted: Decimal
    planned: Decimal | None
    executed: Decimal | None


@dataclass(frozen=True)
class UnitInside:
    """One unit in depth. `months`: the last two years; `left_out`: services with too few people."""

    figures: UnitFigures
    on: date
    year: int
    below: int
    months: tuple[MonthHours, ...]
    left_out: tuple[str, ...]
    budget: Budget | None
    sites: tuple[Site, ...]
    places: tuple[Places, ...]
    events: tuple[CapacityEvent, ...]
    may_edit: bool


def overview(actor: Actor, policy: Policy, on: date) -> Overview:
    """All units for those who plan and govern; small counts hidden from those who may not see them."""
    below = smallest_shown(actor)
    found = ground(policy, on)
    month = latest_month(found)
    units = [_figures(found, unit, month, below) for unit in policy.units]
    return Overview(
        on=on,
        month=month,
        year=on.year,
        units=tuple(each for each in units if not each.is_empty),
        without=tuple(each.unit for each in units if each.is_empty),
        below=below,
        may_set_up=may_set_up(actor.roles),
    )


def unit_inside(actor: Actor, policy: Policy, code: str, on: date) -> UnitInside:
    """One unit.

    Raises:
        NotFound: the policy has no such unit.
    """
    unit = known_unit(policy, code)
    below = smallest_shown(actor)
    found = ground(policy, on)
    months, left_out = _months(found, code, below)
    edit = may_edit(actor.roles, code)
    return UnitInside(
        figures=_figures(found, unit, latest_month(found), below),
        on=on,
        year=on.year,
        below=below,
        months=months,
        left_out=left_out,
        budget=found.budgets.get((code, on.year)),
        sites=tuple(Site.objects.filter(unit=code)),
        places=tuple(row for row in found.places if row.site.unit == code),
        events=tuple(CapacityEvent.objects.filter(unit=code)[:EVENTS_SHOWN]) if edit else (),
        may_edit=edit,
    )


def known_unit(policy: Policy, code: str) -> Unit:
    """The unit of the policy.

    Raises:
        NotFound: there is none.
    """
    unit = next((unit for unit in policy.units if unit.code == code), None)
    if unit is None:
        raise NotFound(code)
    return unit


def latest_month(found: Ground) -> date:
    """The last whole month before today that any unit has reported hours for; else the month before this."""
    before = month_before(found.on)
    reported = [row.last_day for rows in found.reports.values() for row in rows if _says(row)]
    last = max((day for day in reported if day <= month_end(before)), default=month_end(before))
    return last.replace(day=1)


def _says(row: ServiceHours) -> bool:
    return row.planned is not None or row.executed is not None


def _figures(found: Ground, unit: Unit, month: date, below: int) -> UnitFigures:
    year = found.on.year
    hours = hours_of(found, unit.code, month, month_end(month), below=below)
    people = people_by(found.lines, lambda line: line.unit, date(year, 1, 1), date(year, 12, 31))
    hidden = unit.code in hidden_keys(people, below)
    return UnitFigures(
        unit=unit,
        hours=hours,
        compared=compared(hours.services),
        year_end=None if hidden else year_end(found, unit.code, year),
        kinds=kinds_of(found, unit.code, below=below),
        hidden=hidden,
    )


def _months(found: Ground, unit: str, below: int) -> tuple[tuple[MonthHours, ...], tuple[str, ...]]:
    """The hours of the months, for the services that have people enough in each of them."""
    firsts = months_to(month_before(found.on), MONTHS_SHOWN)
    firsts = [first for first in firsts if first >= _reach(found)]
    each = [hours_of(found, unit, first, month_end(first)) for first in firsts]
    least: dict[str, int] = {}
    for figures in each:
        for row in figures.services:
            if row.people:
                least[row.service] = min(row.people, least.get(row.service, row.people))
    hidden = hidden_keys(least, below)
    rows = []
    for figures in each:
        shown = [row for row in figures.services if row.service not in hidden]
        counted = [row for row in shown if row.granted]
        rows.append(
            MonthHours(
                figures.first,
                sum((row.granted or Decimal(0) for row in counted), Decimal(0)),
                _sum_if_whole([row.planned.hours if row.planned.whole else None for row in counted]),
                _sum_if_whole([row.executed.hours if row.executed.whole else None for row in counted]),
            )
        )
    return tuple(rows) if any(row.granted for row in rows) else (), tuple(sorted(hidden))


def _reach(found: Ground) -> date:
    return date(found.on.year - 1, 1, 1)


def _sum_if_whole(values: list[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if values and len(known) == len(values) else None
