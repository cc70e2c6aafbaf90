"""What one unit has, promises, does and spends: figures of a `Ground`, small numbers hidden."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

from trinnvis.casework.queries.ladder import too_small
from trinnvis.delivery.models import Budget, PlaceKind
from trinnvis.delivery.rules.carried import Carried
from trinnvis.delivery.rules.forecast import YearEnd, forecast
from trinnvis.delivery.rules.hours import ThreeHours, granted_hours, tally
from trinnvis.delivery.rules.places import (
    Freed,
    Waiting,
    built_on,
    freed_after,
    freed_between,
    taken_on,
    waiting_on,
)
from trinnvis.policy.model import AmountUnit, Policy
from trinnvis.resources.use import HUNDREDTH, rounded

from .ground import Ground

K = TypeVar("K", bound=Hashable)
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class KindFigures:
    """Places of one kind in one unit. `built` None: no number is registered. Hidden figures are None.

    `freed_last_year`: stays that ended in the last 365 days; `freed`: known ends ahead.
    """

    kind: PlaceKind
    built: int | None
    taken: Decimal | None
    waiting: tuple[Waiting, ...] | None
    freed: tuple[Freed, ...] | None
    freed_last_year: int | None
    hidden: bool = False

    @property
    def free(self) -> Decimal | None:
        """Built less taken; below zero when more is granted than there is room for."""
        return None if self.built is None or self.taken is None else self.built - self.taken


@dataclass(frozen=True)
class HoursFigures:
    """The hours of a unit's services in one stretch. `hidden`: services with too few people to be shown."""

    first: date
    last: date
    services: tuple[ThreeHours, ...]
    hidden: tuple[str, ...] = ()


def hidden_keys(people: Mapping[K, int], below: int) -> set[K]:
    """`too_small`, for keys of any type."""
    keys = sorted(people, key=str)
    return {keys[i] for i in too_small({i: people[key] for i, key in enumerate(keys)}, below)}


def people_by(lines: Iterable[Carried], key: Callable[[Carried], K], first: date, last: date) -> dict[K, int]:
    """How many different people have a line running on any of the days first–last."""
    found: dict[K, set[int]] = defaultdict(set)
    for line in lines:
        if line.days(first, last):
            found[key(line)].add(line.person)
    return {each: len(persons) for each, persons in found.items()}


def hours_of(ground: Ground, unit: str, first: date, last: date, *, below: int = 0) -> HoursFigures:
    """Granted, planned and executed hours of each service of the unit that has any of the three."""
    lines = ground.lines_of(unit)
    people = people_by(lines, lambda line: line.service, first, last)
    hidden = hidden_keys(people, below)
    reported = {service for of, service in ground.reports if of == unit}
    hourly = hourly_services(ground.policy)
    codes = [s.code for s in ground.policy.services if s.code in hourly & (people.keys() | reported)]
    rows = []
    for code in codes:
        mine = [line for line in lines if line.service == code]
        planned = tally(ground.planned(unit, code), first, last)
        executed = tally(ground.executed(unit, code), first, last)
        granted = granted_hours(mine, first, last)
        if granted or planned.hours is not None or executed.hours is not None:
            rows.append(ThreeHours(code, people.get(code, 0), granted, planned, executed))
    if below and any(0 < row.people < below for row in rows):
        hidden |= hidden_keys({row.service: row.people for row in rows}, below)
    return HoursFigures(
        first,
        last,
        tuple(row for row in rows if row.service not in hidden),
        tuple(row.service for row in rows if row.service in hidden),
    )


def hourly_services(policy: Policy) -> set[str]:
    """Services granted in hours a week: the only ones whose hours can be compared."""
    return {service.code for service in policy.services if service.unit == AmountUnit.HOURS_PER_WEEK}


def year_end(ground: Ground, unit: str, year: int) -> YearEnd | None:
    """The forecast of a unit's year; None where it has neither decisions, accounts nor a budget."""
    lines = ground.lines_of(unit)
    used = [row for row in ground.used_in(unit) if row.first.year == year]
    budget = ground.budgets.get((unit, year))
    running = any(line.days(date(year, 1, 1), date(year, 12, 31)) for line in lines)
    if not (running or used or budget):
        return None
    return forecast(
        lines,
        used,
        ground.policy,
        year,
        nok=budget.nok if budget else None,
        hours=budget_hours(budget) if budget else None,
    )


def budget_hours(budget: Budget) -> Decimal | None:
    """Working hours of all professions in a budget; None when none is given."""
    rows = list(budget.hours.all())
    return sum((row.hours for row in rows), Decimal(0)) if rows else None


def kinds_of(ground: Ground, unit: str, *, below: int = 0) -> tuple[KindFigures, ...]:
    """The unit's places by kind, for those kinds it has places or granted lines of."""
    on = ground.on
    found = []
    for kind in ground.kinds:
        lines = lines_filling(ground.lines_of(unit), kind)
        built = ground.built(unit, kind)
        if not built and not any(line.running.runs_on(on) or line.first > on for line in lines):
            continue
        number = built_on(built, on)
        found.append(
            KindFigures(
                kind=kind,
                built=number,
                taken=rounded(taken_on(lines, on), HUNDREDTH),
                waiting=tuple(waiting_on(lines, number, on)),
                freed=tuple(freed_after(lines, on, on + YEAR)),
                freed_last_year=freed_between(lines, on - YEAR, on - timedelta(days=1)),
            )
        )
    return tuple(_with_few_hidden(each, ground, unit, below) for each in found)


def lines_filling(lines: Iterable[Carried], kind: PlaceKind) -> list[Carried]:
    return [line for line in lines if line.service in kind.services]


def _with_few_hidden(each: KindFigures, ground: Ground, unit: str, below: int) -> KindFigures:
    if not below:
        return each
    lines = lines_filling(ground.lines_of(unit), each.kind)
    holding = people_by(lines, lambda line: line.unit, ground.on, ground.on).get(unit, 0)
    waiting = len(each.waiting or ())
    freed = each.freed_last_year or 0
    hidden = 0 < holding < below
    return KindFigures(
        kind=each.kind,
        built=each.built,
        taken=None if hidden else each.taken,
        waiting=None if hidden or 0 < waiting < below else each.waiting,
        freed=None,  # a date that one stay ends is about one person
        freed_last_year=None if hidden or 0 < freed < below else each.freed_last_year,
        hidden=hidden,
    )
