"""What the forms of capacity begin from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from trinnvis.access.actor import Actor
from trinnvis.delivery.errors import NotFound
from trinnvis.delivery.models import Budget, MonthUsed, PlaceKind, Places, ServiceArea, ServiceHours, Site
from trinnvis.delivery.rules.editing import may_edit, may_set_up
from trinnvis.delivery.rules.hours import month_before, month_end, months_to
from trinnvis.policy.model import Policy, Unit

from .figures import hourly_services
from .ground import Ground, ground
from .overview import known_unit

MONTHS, WEEKS_BACK, WEEKS_AHEAD = 15, 10, 6


@dataclass(frozen=True)
class Period:
    """A month or a week one may report for. `code`: "2026-10" or "2026-U43"."""

    code: str
    first: date
    last: date

    @property
    def is_month(self) -> bool:
        return "U" not in self.code


def unit_to_edit(actor: Actor, policy: Policy, code: str) -> Unit:
    """The unit.

    Raises:
        NotFound: no such unit, or the actor may not change it.
    """
    unit = known_unit(policy, code)
    if not may_edit(actor.roles, code):
        raise NotFound(code)
    return unit


def units_to_edit(actor: Actor, policy: Policy) -> list[Unit]:
    return [unit for unit in policy.units if may_edit(actor.roles, unit.code)]


def sets_up(actor: Actor) -> bool:
    return may_set_up(actor.roles)


def periods(on: date) -> list[Period]:
    """What may be chosen in the form: months back and the next, and weeks around now; newest first."""
    following = month_end(on) + timedelta(days=1)
    months = [Period(f"{m:%Y-%m}", m, month_end(m)) for m in months_to(following, MONTHS)]
    monday = on - timedelta(days=on.weekday())
    weeks = [monday + timedelta(weeks=number) for number in range(-WEEKS_BACK, WEEKS_AHEAD)]
    return [
        *reversed(months),
        *(Period(f"{w:%G-U%V}", w, w + timedelta(days=6)) for w in reversed(weeks)),
    ]


def period(code: str, on: date) -> Period:
    """The period of that code; "" is the month before this.

    Raises:
        NotFound: it may not be chosen.
    """
    wanted = code or f"{month_before(on):%Y-%m}"
    for each in periods(on):
        if each.code == wanted:
            return each
    raise NotFound(code)


def reportable(policy: Policy, unit: str, on: date) -> list[str]:
    """The services a unit may report hours of: those it carries out, granted in hours, and those it has."""
    found: Ground = ground(policy, on)
    provided = {service.code for service in policy.services if service.provider == unit}
    carried = {line.service for line in found.lines_of(unit)}
    reported = {service for of, service in found.reports if of == unit}
    wanted = (provided | carried | reported) & hourly_services(policy)
    return [service.code for service in policy.services if service.code in wanted]


def budget_of(unit: str, year: int) -> Budget | None:
    return Budget.objects.prefetch_related("hours").filter(unit=unit, year=year).first()


def budgets_of(year: int, units: Sequence[str]) -> list[Budget]:
    return list(Budget.objects.prefetch_related("hours").filter(year=year, unit__in=units))


def hours_of_units(units: Sequence[str], since: date) -> list[ServiceHours]:
    return list(ServiceHours.objects.filter(unit__in=units, last_day__gte=since))


def used_of_units(units: Sequence[str], since: date) -> list[MonthUsed]:
    return list(MonthUsed.objects.filter(unit__in=units, month__gte=since))


def site_of(unit: str, pk: int) -> Site:
    """Raises NotFound when the unit has no such site."""
    row = Site.objects.filter(unit=unit, pk=pk).first()
    if row is None:
        raise NotFound("site")
    return row


def sites_of(unit: str) -> list[Site]:
    return list(Site.objects.filter(unit=unit))


def places_of(unit: str, pk: int) -> Places:
    """Raises NotFound when the unit has no such places."""
    row = Places.objects.select_related("site", "kind").filter(site__unit=unit, pk=pk).first()
    if row is None:
        raise NotFound("places")
    return row


def kinds() -> list[PlaceKind]:
    return list(PlaceKind.objects.all())


def kind_of(pk: int) -> PlaceKind:
    """Raises NotFound when there is none."""
    row = PlaceKind.objects.filter(pk=pk).first()
    if row is None:
        raise NotFound("kind")
    return row


def service_areas() -> list[ServiceArea]:
    return list(ServiceArea.objects.all())


def area_of(service: str, settlement: str) -> ServiceArea | None:
    return ServiceArea.objects.filter(service=service, settlement=settlement).first()
