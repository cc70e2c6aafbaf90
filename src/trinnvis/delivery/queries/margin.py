"""What is left of places and hours before the next decision: information beside alternatives, never a ground.

It takes a `Comparison`, which casework gives only when the need is written and only to those who weigh
alternatives. That cost and capacity never justify a refusal is said where it is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from trinnvis.casework.models import Case
from trinnvis.casework.queries.alternatives import Comparison
from trinnvis.casework.rules.running import Running
from trinnvis.delivery.models import PlaceKind
from trinnvis.delivery.rules.carried import Carried
from trinnvis.delivery.rules.places import built_on, taken_on
from trinnvis.people.queries import settlement_of
from trinnvis.policy.model import Policy, Unit
from trinnvis.resources import ServiceLine
from trinnvis.resources.use import rounded

from .figures import lines_filling, year_end
from .ground import Ground, ground

TENTH = Decimal("0.1")


@dataclass(frozen=True)
class PlacesLeft:
    """Free places of a kind on a day, before and after; None when no number of places is registered."""

    kind: str
    on: date
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True)
class UnitMargin:
    """What one alternative leaves a unit with. Hours are working hours left of the year's budget."""

    unit: Unit
    year: int
    hours_before: Decimal | None
    hours_after: Decimal | None
    places: tuple[PlacesLeft, ...]


@dataclass(frozen=True)
class AlternativeMargin:
    alternative: int
    units: tuple[UnitMargin, ...]


def margins(case: Case, compared: Comparison, policy: Policy, now: datetime) -> tuple[AlternativeMargin, ...]:
    """For each alternative of the comparison, the units that would carry it out, in the lines' order."""
    on = timezone.localdate(now)
    before = ground(policy, on)
    settlement = settlement_of(case.person_id)
    found = []
    for each in compared.alternatives:
        new = [
            _running(case.person_id, view.line.priced(), now, settlement) for view in each.alternative.lines
        ]
        found.append(AlternativeMargin(each.alternative.id, _units(before, before.granting(new), new)))
    return tuple(found)


def _running(person: int, line: ServiceLine, now: datetime, settlement: str) -> Running:
    return Running(person, line, now, timezone.localdate(now), line.own_end, settlement)


def _units(before: Ground, after: Ground, new: Sequence[Running]) -> tuple[UnitMargin, ...]:
    mine = before.carried(new)
    codes = dict.fromkeys(line.unit for line in mine)
    units = {unit.code: unit for unit in before.policy.units}
    return tuple(
        _unit(before, after, units[code], [line for line in mine if line.unit == code])
        for code in codes
        if code in units
    )


def _unit(before: Ground, after: Ground, unit: Unit, mine: Sequence[Carried]) -> UnitMargin:
    year = before.on.year
    return UnitMargin(
        unit=unit,
        year=year,
        hours_before=_hours_left(before, unit.code, year),
        hours_after=_hours_left(after, unit.code, year),
        places=tuple(
            _places(before, after, unit.code, kind, min(line.first for line in filling))
            for kind in before.kinds
            if (filling := lines_filling(mine, kind))
        ),
    )


def _hours_left(found: Ground, unit: str, year: int) -> Decimal | None:
    outlook = year_end(found, unit, year)
    return outlook.hours.left if outlook else None


def _places(before: Ground, after: Ground, unit: str, kind: PlaceKind, on: date) -> PlacesLeft:
    return PlacesLeft(kind.title, on, _free(before, unit, kind, on), _free(after, unit, kind, on))


def _free(found: Ground, unit: str, kind: PlaceKind, on: date) -> Decimal | None:
    built = built_on(found.built(unit, kind), on)
    lines = lines_filling(found.lines_of(unit), kind)
    return None if built is None else built - rounded(taken_on(lines, on), TENTH)
