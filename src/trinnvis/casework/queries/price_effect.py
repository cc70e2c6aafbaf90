"""What the difference between two price lists means for services in use: sums only, never a name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from trinnvis.access.actor import Actor
from trinnvis.policy.model import Policy, Service
from trinnvis.resources import Use
from trinnvis.resources.price_book import PriceBook
from trinnvis.resources.use import total

from .ladder import Held, held_on, pace_of, smallest_shown, too_small


@dataclass(frozen=True)
class ServiceEffect:
    """Gross kroner a year for one service; None where the list has no price for it."""

    service: Service
    before: Decimal | None
    after: Decimal | None

    @property
    def change(self) -> Decimal | None:
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True)
class PriceEffect:
    """All running services in a year at today's pace, in both lists.

    `before`, `after` and `change` count only services both lists price, so that the change is one of prices.
    `hidden`: how many services are left out of it all because few have them: a price changed for such a
    service alone would otherwise tell how much of it they have.
    """

    on: date
    before: Decimal
    after: Decimal
    services: tuple[ServiceEffect, ...]
    hidden: int

    @property
    def change(self) -> Decimal:
        return self.after - self.before

    @property
    def share(self) -> Decimal | None:
        return self.change / self.before if self.before else None

    @property
    def unpriced(self) -> tuple[Service, ...]:
        """Services in use that one of the lists has no price for."""
        return tuple(row.service for row in self.services if row.before is None or row.after is None)


def price_effect(actor: Actor, before: PriceBook, after: PriceBook, policy: Policy, on: date) -> PriceEffect:
    """The effect on everything that runs on a day.

    Raises:
        NotFound: the actor does not work for the municipality.
    """
    below = smallest_shown(actor)
    held = held_on(on)
    people: dict[str, set[int]] = defaultdict(set)
    for each in held:
        people[each.line.service].add(each.person)
    hidden = too_small({code: len(having) for code, having in people.items()}, below)
    costs = [_by_service(held, policy, book, on) for book in (before, after)]
    both = (costs[0].keys() & costs[1].keys()) - hidden
    return PriceEffect(
        on=on,
        before=total(costs[0][code] for code in both).gross,
        after=total(costs[1][code] for code in both).gross,
        services=tuple(
            ServiceEffect(
                service, *(cost[service.code].gross if service.code in cost else None for cost in costs)
            )
            for service in policy.services
            if service.code in people and service.code not in hidden
        ),
        hidden=len(hidden),
    )


def _by_service(held: Sequence[Held], policy: Policy, book: PriceBook, on: date) -> dict[str, Use]:
    """A year of each service the list prices."""
    pace = pace_of(held, policy.model_copy(update={"prices": book.prices(date.min)}), on)
    sums: dict[str, Use] = {}
    for (step, code), use in pace.uses.items():
        if (step, code) not in pace.unpriced:
            sums[code] = sums.get(code, Use()) + use
    return sums
