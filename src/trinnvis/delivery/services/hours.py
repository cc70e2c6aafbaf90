"""What a unit has planned, done and used: one period in a form, or many in a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trinnvis import formats
from trinnvis.access.actor import Actor
from trinnvis.delivery.errors import Conflict, Fault, Refused
from trinnvis.delivery.models import Kept, MonthUsed, ServiceHours
from trinnvis.delivery.queries.overview import known_unit
from trinnvis.delivery.rules.hours import month_end
from trinnvis.policy.model import Policy

from .budgets import Imported
from .keeping import guard_unit, plain, put, record, saved_meanwhile, source_faults, stop_at

MOST = Decimal(10) ** 7
MOST_NOK = Decimal(10) ** 10


@dataclass(frozen=True)
class HoursSaid:
    """Hours with citizens for one service in one period (a week or a month); None where it is not known."""

    unit: str
    service: str
    first: date
    last: date
    planned: Decimal | None
    executed: Decimal | None
    row: int | None = None


@dataclass(frozen=True)
class UsedSaid:
    """Kroner by the accounts and working hours by the payroll for a month."""

    unit: str
    month: date
    nok: Decimal | None
    hours: Decimal | None
    row: int | None = None


def seen(rows: Iterable[Kept]) -> str:
    """A mark of the rows as they stood when a form was opened."""
    told = ",".join(f"{type(row).__name__}{row.pk}.{row.revision}" for row in rows)
    return sha256(told.encode()).hexdigest()[:16]


def rows_of_period(unit: str, first: date, last: date) -> tuple[list[ServiceHours], list[MonthUsed]]:
    """What is stored of exactly this period."""
    hours = ServiceHours.objects.filter(unit=unit, first_day=first, last_day=last).order_by("pk")
    used = (
        MonthUsed.objects.filter(unit=unit, month=first)
        if is_month(first, last)
        else MonthUsed.objects.none()
    )
    return list(hours.select_related("changed_by")), list(used.select_related("changed_by"))


def is_month(first: date, last: date) -> bool:
    return first.day == 1 and last == month_end(first)


def is_week(first: date, last: date) -> bool:
    return first.isoweekday() == 1 and (last - first).days == 6


@transaction.atomic
def save_period(
    *,
    policy: Policy,
    unit: str,
    first: date,
    last: date,
    hours: Mapping[str, tuple[Decimal | None, Decimal | None]],
    used: tuple[Decimal | None, Decimal | None] | None,
    source: str,
    status: str,
    read: str,
    actor: Actor,
    now: datetime,
) -> None:
    """One period of a unit: (planned, executed) by service and, for a month, (kroner, working hours) used.

    `read` is `seen` of the rows when the form was opened. An empty pair takes away what was reported.

    Raises:
        NotFound, Refused, Conflict, Faulty: a fault's field is a service's code, "nok" or "used_hours".
    """
    known_unit(policy, unit)
    guard_unit(actor, unit)
    stored, months = rows_of_period(unit, first, last)
    if seen([*stored, *months]) != read:
        rows: list[Kept] = [*stored, *months]
        latest = max(rows, key=lambda row: row.changed_at, default=None)
        raise Conflict(saved_meanwhile(latest) if latest else _("Dette er fjernet etter at du åpnet siden."))
    said = [HoursSaid(unit, code, first, last, *pair) for code, pair in hours.items()]
    faults = source_faults(source, status)
    faults += [fault for each in said for fault in _hours_faults(each, policy, timezone.localdate(now))]
    month = UsedSaid(unit, first, *used) if used is not None else None
    if month is not None:
        faults += _used_faults(month, timezone.localdate(now))
    stop_at(faults)
    for each in said:
        _save_hours(each, source, status, actor, now)
    if month is not None:
        _save_used(month, source, status, actor, now)


@transaction.atomic
def import_hours(
    *, policy: Policy, rows: Sequence[HoursSaid], source: str, status: str, actor: Actor, now: datetime
) -> Imported:
    """Every row of a file, or none; a row replaces what is stored of the same unit, service and period.

    Raises:
        Faulty: every fault, each on its row; nothing is stored.
    """
    faults = source_faults(source, status)
    tally = {"new": 0, "changed": 0, "unchanged": 0}
    before: set[tuple[str, str, date]] = set()
    for each in rows:
        wrong = _guarded(actor, each.unit, policy) or _hours_faults(each, policy, timezone.localdate(now))
        if not wrong and (each.unit, each.service, each.first) in before:
            wrong = [Fault(_("Samme tjeneste og periode står to ganger i filen."))]
        before.add((each.unit, each.service, each.first))
        faults += [Fault(fault.message, "", each.row) for fault in wrong]
        if not wrong:
            tally[_save_hours(each, source, status, actor, now)] += 1
    stop_at(faults)
    return Imported(**tally)


@transaction.atomic
def import_used(
    *, policy: Policy, rows: Sequence[UsedSaid], source: str, status: str, actor: Actor, now: datetime
) -> Imported:
    """Every month of a file, or none; a row replaces what is stored of the same unit and month.

    Raises:
        Faulty: every fault, each on its row; nothing is stored.
    """
    faults = source_faults(source, status)
    tally = {"new": 0, "changed": 0, "unchanged": 0}
    before: set[tuple[str, date]] = set()
    for each in rows:
        wrong = _guarded(actor, each.unit, policy) or _used_faults(each, timezone.localdate(now))
        if not wrong and (each.unit, each.month) in before:
            wrong = [Fault(_("Samme enhet og måned står to ganger i filen."))]
        before.add((each.unit, each.month))
        faults += [Fault(fault.message, "", each.row) for fault in wrong]
        if not wrong:
            tally[_save_used(each, source, status, actor, now)] += 1
    stop_at(faults)
    return Imported(**tally)


def _guarded(actor: Actor, unit: str, policy: Policy) -> list[Fault]:
    if unit not in {each.code for each in policy.units}:
        return [Fault(_("Det finnes ingen enhet med koden «%(code)s».") % {"code": unit})]
    try:
        guard_unit(actor, unit)
    except Refused as error:
        return [Fault(str(error))]
    return []


def _hours_faults(said: HoursSaid, policy: Policy, today: date) -> list[Fault]:
    faults = []
    if said.service not in {service.code for service in policy.services}:
        faults.append(Fault(_("Tjenesten «%(code)s» finnes ikke.") % {"code": said.service}, said.service))
    if not (is_month(said.first, said.last) or is_week(said.first, said.last)):
        faults.append(Fault(_("Perioden må være en hel måned eller en uke fra mandag til søndag.")))
    if said.executed is not None and said.last >= today:
        faults.append(Fault(_("Utførte timer kan ikke føres før perioden er over."), said.service))
    if any(value is not None and not 0 <= value < MOST for value in (said.planned, said.executed)):
        faults.append(Fault(_("Timer må være 0 eller mer."), said.service))
    if not faults and (other := _overlapping(said)):
        faults.append(
            Fault(
                _("Det er ført timer for %(first)s–%(last)s fra før. Samme dag kan ikke telles to ganger.")
                % {"first": formats.short_date(other.first_day), "last": formats.short_date(other.last_day)},
                said.service,
            )
        )
    return faults


def _overlapping(said: HoursSaid) -> ServiceHours | None:
    rows = ServiceHours.objects.filter(
        unit=said.unit, service=said.service, first_day__lte=said.last, last_day__gte=said.first
    )
    return rows.exclude(first_day=said.first, last_day=said.last).first()


def _used_faults(said: UsedSaid, today: date) -> list[Fault]:
    faults = []
    if said.month.day != 1:
        faults.append(Fault(_("Skriv måneden som den første dagen, for eksempel 01.03.2026.")))
    elif month_end(said.month) >= today and (said.nok, said.hours) != (None, None):
        faults.append(Fault(_("Bruk kan ikke føres før måneden er over."), "nok"))
    if said.nok is not None and abs(said.nok) >= MOST_NOK:
        faults.append(Fault(_("Beløpet er for stort til å være riktig."), "nok"))
    if said.hours is not None and not 0 <= said.hours < MOST:
        faults.append(Fault(_("Timer må være 0 eller mer."), "used_hours"))
    return faults


def _save_hours(said: HoursSaid, source: str, status: str, actor: Actor, now: datetime) -> str:
    rows = ServiceHours.objects.select_for_update().filter(
        unit=said.unit, service=said.service, first_day=said.first
    )
    row = rows.first() or ServiceHours(
        unit=said.unit, service=said.service, first_day=said.first, last_day=said.last
    )
    period = f"{formats.short_date(said.first)}–{formats.short_date(said.last)}"
    values = {"planned": said.planned, "executed": said.executed}
    return _save(row, values, f"{said.service}, {period}", "hours_saved", source, status, actor, now)


def _save_used(said: UsedSaid, source: str, status: str, actor: Actor, now: datetime) -> str:
    rows = MonthUsed.objects.select_for_update().filter(unit=said.unit, month=said.month)
    row = rows.first() or MonthUsed(unit=said.unit, month=said.month)
    values = {"nok": said.nok, "hours": said.hours}
    about = f"{said.month:%Y-%m}"
    return _save(row, values, about, "used_saved", source, status, actor, now)


def _save(
    row: ServiceHours | MonthUsed,
    values: dict[str, Decimal | None],
    about: str,
    verb: str,
    source: str,
    status: str,
    actor: Actor,
    now: datetime,
) -> str:
    """Store the values if they are others than those stored: "new", "changed" or "unchanged"."""
    new = row._state.adding
    if {name: getattr(row, name) for name in values} == values:
        return "unchanged"
    if not any(value is not None for value in values.values()):
        gone = {name: plain(getattr(row, name)) for name in values}
        record(verb, about, gone, {}, unit=row.unit, actor=actor, now=now)
        row.delete()
        return "changed"
    everything = {**values, "source": source.strip(), "status": status}
    before, after = put(row, everything, actor=actor, now=now)
    record(verb, about, before, after, unit=row.unit, actor=actor, now=now)
    return "new" if new else "changed"
