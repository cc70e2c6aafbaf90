"""How many stand on each step of both ladders, and what it takes: sums only, never a name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from trinnvis.access.actor import Actor
from trinnvis.casework.errors import NotFound
from trinnvis.casework.models import Decision, DecisionLine
from trinnvis.people.models import Dwelling, Person
from trinnvis.policy.model import AmountUnit, Policy
from trinnvis.resources import ServiceLine, Use, calculate
from trinnvis.resources.calendar import DAYS_IN_YEAR
from trinnvis.resources.lines import IN_ALL
from trinnvis.resources.use import total

K = TypeVar("K", int, str)
SMALL = 5  # fewer people than this are not shown to those who plan and govern
SEES_SMALL_NUMBERS = ("intake", "case_worker", "decision_maker", "lawyer", "manager")


@dataclass(frozen=True)
class StepCount:
    """One step of the ladder of effort. `people` stand on it; for `highest` of them it is the highest.

    `hours_per_week` is working hours and `kroner_per_year` gross kroner, at the pace and prices of the day.
    All four are None when `hidden`. `unpriced`: services left out of the sums for want of a price.
    """

    number: int
    title: str
    people: int | None = 0
    highest: int | None = 0
    hours_per_week: Decimal | None = Decimal(0)
    kroner_per_year: Decimal | None = Decimal(0)
    unpriced: tuple[str, ...] = ()
    hidden: bool = False


@dataclass(frozen=True)
class HousingCount:
    """One step of the housing ladder: people who live there (None when hidden), and dwellings."""

    number: int
    title: str
    people: int | None
    dwellings: int


@dataclass(frozen=True)
class LadderCounts:
    """`people`: distinct people with help on any step; those on several steps count once."""

    on: date
    steps: tuple[StepCount, ...]
    housing: tuple[HousingCount, ...]
    people: int | None
    price_years: tuple[int, ...]
    statuses: tuple[str, ...]


@dataclass(frozen=True)
class Held:
    """A service line in force, and the key of the person who has it."""

    person: int
    line: ServiceLine


@dataclass(frozen=True)
class Pace:
    """What a year takes at today's pace, by (step, service); what is `unpriced` counts as nothing."""

    uses: Mapping[tuple[int, str], Use]
    unpriced: frozenset[tuple[int, str]]
    price_years: tuple[int, ...]
    statuses: tuple[str, ...]

    def on_step(self, number: int) -> Use:
        return total(use for (step, _service), use in self.uses.items() if step == number)


def ladder_for(actor: Actor, policy: Policy, on: date) -> LadderCounts:
    """The counts for staff; small numbers are hidden from those who plan and govern.

    Raises:
        NotFound: the actor does not work for the municipality.
    """
    return ladder_counts(policy, on, suppress_below=smallest_shown(actor))


def smallest_shown(actor: Actor) -> int:
    """Counts from 1 up to this one are hidden from the actor.

    Raises:
        NotFound: the actor does not work for the municipality.
    """
    if not actor.is_staff:
        raise NotFound("ladder")
    return 0 if actor.has_role(*SEES_SMALL_NUMBERS) else SMALL


def ladder_counts(
    policy: Policy, on: date, *, suppress_below: int = 0, held: Sequence[Held] | None = None
) -> LadderCounts:
    """Both ladders on a date, in three queries; two when `held_on` that date is given.

    Counts from 1 up to `suppress_below` are hidden, and with a single hidden one the next smallest too, so
    that it cannot be found by subtraction.
    """
    held = held_on(on) if held is None else held
    highest: dict[int, int] = {}
    on_step: dict[int, set[int]] = defaultdict(set)
    for each in held:
        on_step[each.line.step].add(each.person)
        highest[each.person] = max(each.line.step, highest.get(each.person, 0))
    pace = pace_of(held, policy, on)
    uses = {step.number: pace.on_step(step.number) for step in policy.effort_ladder.steps}
    tops = list(highest.values())
    steps = tuple(
        StepCount(
            number=step.number,
            title=step.title,
            people=len(on_step[step.number]),
            highest=tops.count(step.number),
            hours_per_week=a_week(uses[step.number]).hours,
            kroner_per_year=uses[step.number].gross,
            unpriced=tuple(sorted(code for number, code in pace.unpriced if number == step.number)),
        )
        for step in policy.effort_ladder.steps
    )
    return LadderCounts(
        on=on,
        steps=_with_small_hidden(steps, suppress_below),
        housing=_housing(policy, on, suppress_below),
        people=None if 0 < len(highest) < suppress_below else len(highest),
        price_years=pace.price_years,
        statuses=pace.statuses,
    )


def lines_in_force(first: date, last: date | None = None) -> QuerySet[DecisionLine]:
    """Granted lines of sent decisions that run on a date, or on any of the days first–last.

    A later sent decision that grants a person the same service replaces the earlier from the day it starts.
    """
    sent = Q(granted=True, decision__state=Decision.State.SENT, step__isnull=False)
    newer = DecisionLine.objects.filter(
        sent,
        starts_on__lte=first,
        service=OuterRef("service"),
        decision__case__person=OuterRef("decision__case__person"),
        decision__sent_at__gt=OuterRef("decision__sent_at"),
    )
    alive = Q(decision__case__person__died_on=None) | Q(decision__case__person__died_on__gt=first)
    running = Q(ends_on=None) | Q(ends_on__gte=first)
    begun = Q(starts_on__lte=last or first)
    return DecisionLine.objects.filter(sent, begun, running, alive).exclude(Exists(newer))


def held_on(on: date) -> list[Held]:
    """Every line in force on a date that uses something then, in one query."""
    found = []
    rows = lines_in_force(on).values_list(
        "decision__case__person", "service", "amount", "unit", "step", "starts_on", "ends_on"
    )
    for person, service, amount, unit, step, starts_on, ends_on in rows:
        if amount is None or step is None or starts_on is None:
            continue
        line = ServiceLine(service, amount, AmountUnit(unit), step, starts_on, ends_on)
        if line.own_end is None or line.own_end >= on:
            found.append(Held(person, line))
    return found


def pace_of(held: Iterable[Held], policy: Policy, on: date) -> Pace:
    """What a year takes at today's pace, by step and service."""
    sums: dict[tuple[str, AmountUnit, int], Decimal] = defaultdict(Decimal)
    lines: list[ServiceLine] = []
    for line in (each.line for each in held):
        if line.unit in IN_ALL:
            lines.append(line)
        else:
            sums[line.service, line.unit, line.step] += line.amount
    lines += [ServiceLine(code, amount, unit, step, on) for (code, unit, step), amount in sums.items()]
    result = calculate(lines, policy, on)
    uses: dict[tuple[int, str], Use] = defaultdict(Use)
    unpriced: set[tuple[int, str]] = set()
    for item in result.lines:
        place = item.line.step, item.line.service
        uses[place] += item.sums.year if item.line.unit == AmountUnit.TIMES else item.pace
        if policy.price(item.line.service, item.line.unit, on) is None:
            unpriced.add(place)
    return Pace(uses, frozenset(unpriced), result.price_years, result.statuses)


def a_week(year: Use) -> Use:
    """What a year takes, in a mean week."""
    return year.times(7 / DAYS_IN_YEAR)


def _housing(policy: Policy, on: date, suppress_below: int) -> tuple[HousingCount, ...]:
    alive = Q(died_on=None) | Q(died_on__gt=on)
    lives = Person.objects.filter(alive, household__isnull=False).order_by()
    people = dict(
        lives.values(step=F("household__dwelling__housing_step"))
        .annotate(n=Count("pk"))
        .values_list("step", "n")
    )
    stock = Dwelling.objects.order_by().values("housing_step").annotate(n=Count("pk"))
    dwellings = dict(stock.values_list("housing_step", "n"))
    hidden = too_small(people, suppress_below)
    return tuple(
        HousingCount(
            number=step.number,
            title=step.title,
            people=None if step.number in hidden else people.get(step.number, 0),
            dwellings=dwellings.get(step.number, 0),
        )
        for step in policy.housing_ladder.steps
    )


def _with_small_hidden(steps: tuple[StepCount, ...], below: int) -> tuple[StepCount, ...]:
    hidden = too_small({step.number: step.people or 0 for step in steps}, below)
    hidden |= too_small({step.number: step.highest or 0 for step in steps}, below)
    return tuple(_blank(step) if step.number in hidden else step for step in steps)


def _blank(step: StepCount) -> StepCount:
    return StepCount(step.number, step.title, None, None, None, None, hidden=True)


def too_small(counts: Mapping[K, int], below: int) -> set[K]:
    """The keys to hide: small counts, and the next smallest when only one would be hidden."""
    hidden = {key for key, count in counts.items() if 0 < count < below}
    others = sorted((count, key) for key, count in counts.items() if count > 0 and key not in hidden)
    if len(hidden) == 1 and others:
        hidden.add(others[0][1])
    return hidden
