"""Everything the figures of capacity are made from, read once for a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from trinnvis.casework.queries.running import running_between
from trinnvis.casework.rules.running import Running, until_replaced
from trinnvis.delivery.models import Budget, MonthUsed, PlaceKind, Places, ServiceArea, ServiceHours
from trinnvis.delivery.rules.carried import Areas, Carried, carry
from trinnvis.delivery.rules.forecast import Used
from trinnvis.delivery.rules.hours import Report, month_end
from trinnvis.delivery.rules.places import Built
from trinnvis.policy.model import Policy

YEARS_BACK, YEARS_AHEAD = 1, 2


@dataclass(frozen=True)
class Ground:
    """`on` is the day it is read for; lines reach from 1 January last year to two years ahead."""

    policy: Policy
    on: date
    running: Sequence[Running]
    areas: Areas
    lines: Sequence[Carried]
    kinds: Sequence[PlaceKind]
    places: Sequence[Places]
    budgets: dict[tuple[str, int], Budget]
    reports: dict[tuple[str, str], list[ServiceHours]]  # by unit and service
    used: dict[str, list[MonthUsed]]  # by unit

    def granting(self, new: Sequence[Running]) -> Ground:
        """As it would be if these lines were granted too; what they replace ends where they begin."""
        running = until_replaced([*self.running, *new])
        return replace(self, running=running, lines=self.carried(running))

    def carried(self, running: Sequence[Running]) -> list[Carried]:
        return carry(running, self.areas, providers(self.policy))

    def lines_of(self, unit: str) -> list[Carried]:
        return [line for line in self.lines if line.unit == unit]

    def built(self, unit: str, kind: PlaceKind) -> list[Built]:
        return [
            Built(row.number, row.valid_from, row.valid_to)
            for row in self.places
            if row.kind_id == kind.pk and row.site.unit == unit
        ]

    def planned(self, unit: str, service: str) -> list[Report]:
        rows = self.reports.get((unit, service), ())
        return [Report(row.first_day, row.last_day, row.planned) for row in rows if row.planned is not None]

    def executed(self, unit: str, service: str) -> list[Report]:
        rows = self.reports.get((unit, service), ())
        return [Report(row.first_day, row.last_day, row.executed) for row in rows if row.executed is not None]

    def used_in(self, unit: str) -> list[Used]:
        return [Used(row.month, month_end(row.month), row.nok, row.hours) for row in self.used.get(unit, ())]


def earliest(on: date) -> date:
    """The first day the figures reach back to."""
    return date(on.year - YEARS_BACK, 1, 1)


def ground(policy: Policy, on: date) -> Ground:
    """In seven queries, whatever the number of units."""
    since = earliest(on)
    reports: dict[tuple[str, str], list[ServiceHours]] = defaultdict(list)
    for row in ServiceHours.objects.filter(last_day__gte=since):
        reports[row.unit, row.service].append(row)
    used: dict[str, list[MonthUsed]] = defaultdict(list)
    for month in MonthUsed.objects.filter(month__gte=since):
        used[month.unit].append(month)
    budgets = Budget.objects.filter(year__gte=since.year).prefetch_related("hours")
    running, areas = running_between(since, date(on.year + YEARS_AHEAD, 12, 31)), _areas()
    return Ground(
        policy=policy,
        on=on,
        running=running,
        areas=areas,
        lines=carry(running, areas, providers(policy)),
        kinds=list(PlaceKind.objects.all()),
        places=list(Places.objects.select_related("site", "kind")),
        budgets={(row.unit, row.year): row for row in budgets},
        reports=reports,
        used=used,
    )


def _areas() -> Areas:
    return {(row.service, row.settlement): row.unit for row in ServiceArea.objects.all()}


def providers(policy: Policy) -> dict[str, str]:
    return {service.code: service.provider for service in policy.services}
