"""One step of the ladder of effort, service by service: sums only, never a name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from trinnvis.access.actor import Actor
from trinnvis.casework.errors import NotFound
from trinnvis.policy.model import Policy, Service, Step
from trinnvis.resources import Use

from .ladder import (
    LadderCounts,
    StepCount,
    a_week,
    held_on,
    ladder_counts,
    pace_of,
    smallest_shown,
    too_small,
)


@dataclass(frozen=True)
class ServiceCount:
    """One service on the step: people, working hours a week and gross kroner a year. None when `hidden`.

    `priced` is False where the policy has no price: hours and kroner are then 0 and say nothing.
    """

    service: Service
    people: int | None
    hours_per_week: Decimal | None
    kroner_per_year: Decimal | None
    priced: bool = True
    hidden: bool = False


@dataclass(frozen=True)
class StepInside:
    step: Step
    count: StepCount
    services: tuple[ServiceCount, ...]
    ladder: LadderCounts


def step_for(actor: Actor, policy: Policy, number: int, on: date) -> StepInside:
    """A step with its services counted, for staff; small numbers hidden as on the whole ladder.

    Raises:
        NotFound: no such step, or the actor does not work for the municipality.
    """
    below = smallest_shown(actor)
    everything = held_on(on)
    ladder = ladder_counts(policy, on, suppress_below=below, held=everything)
    count = next((row for row in ladder.steps if row.number == number), None)
    if count is None:
        raise NotFound("step")
    held = [each for each in everything if each.line.step == number]
    pace = pace_of(held, policy, on)
    people: dict[str, set[int]] = defaultdict(set)
    for each in held:
        people[each.line.service].add(each.person)
    hidden = too_small({code: len(having) for code, having in people.items()}, below)
    if count.hidden:
        hidden = set(people)
    # A service taken off a step since it was granted is still counted where it is given.
    offered = [service.code for service in policy.services_on(number)]
    codes = offered + sorted(code for code in people if code not in offered)
    known = {service.code: service for service in policy.services}
    return StepInside(
        step=policy.step(number),
        count=count,
        services=tuple(
            ServiceCount(known[code], None, None, None, hidden=True)
            if code in hidden
            else ServiceCount(
                service=known[code],
                people=len(people[code]),
                hours_per_week=a_week(pace.uses.get((number, code), Use())).hours,
                kroner_per_year=pace.uses.get((number, code), Use()).gross,
                priced=(number, code) not in pace.unpriced,
            )
            for code in codes
            if code in known
        ),
        ladder=ladder,
    )
