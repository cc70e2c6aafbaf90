"""A unit's budget for a year: kroner, and working hours by profession. One form, or a table for all units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from trinnvis.access.actor import Actor
from trinnvis.delivery.errors import Conflict, Fault, Refused
from trinnvis.delivery.models import Budget, BudgetHours
from trinnvis.delivery.queries.overview import known_unit
from trinnvis.policy.model import Policy

from .keeping import guard_unit, plain, put, record, saved_meanwhile, source_faults, stop_at

MOST_NOK, MOST_HOURS = Decimal(10) ** 10, Decimal(10) ** 7
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True)
class BudgetSaid:
    """A budget as somebody wants it. `revision`: the one that was read, 0 for none. `row`: in a file."""

    unit: str
    year: int
    nok: Decimal | None
    hours: Mapping[str, Decimal]
    source: str
    status: str
    revision: int
    row: int | None = None


@dataclass(frozen=True)
class Imported:
    """What an import did, in rows."""

    new: int
    changed: int
    unchanged: int


@transaction.atomic
def save_budget(*, policy: Policy, said: BudgetSaid, actor: Actor, now: datetime) -> Budget:
    """Raises NotFound, Refused, Conflict, Faulty."""
    known_unit(policy, said.unit)
    guard_unit(actor, said.unit)
    stop_at(_faults(said, policy))
    return _save(said, actor, now)[0]


@transaction.atomic
def import_budgets(*, policy: Policy, rows: Sequence[BudgetSaid], actor: Actor, now: datetime) -> Imported:
    """Every row of a table, or none of them.

    Raises:
        Faulty: every fault, each on its row; nothing is stored.
    """
    faults: list[Fault] = []
    seen: set[tuple[str, int]] = set()
    tally = {"new": 0, "changed": 0, "unchanged": 0}
    units = {unit.code for unit in policy.units}
    for said in rows:
        wrong = [Fault(f.message, f.field, said.row) for f in _faults(said, policy)]
        if said.unit not in units:
            wrong.append(
                Fault(_("Det finnes ingen enhet med koden «%(code)s».") % {"code": said.unit}, "", said.row)
            )
        elif (said.unit, said.year) in seen:
            wrong.append(Fault(_("Enheten står to ganger for samme år."), "", said.row))
        seen.add((said.unit, said.year))
        if not wrong:
            wrong = _try_row(said, tally, actor, now)
        faults += wrong
    stop_at(faults)
    return Imported(**tally)


def _try_row(said: BudgetSaid, tally: dict[str, int], actor: Actor, now: datetime) -> list[Fault]:
    try:
        guard_unit(actor, said.unit)
        _row, what = _save(said, actor, now)
    except (Refused, Conflict) as error:
        return [Fault(str(error), "", said.row)]
    tally[what] += 1
    return []


def _save(said: BudgetSaid, actor: Actor, now: datetime) -> tuple[Budget, str]:
    row = Budget.objects.select_for_update().filter(unit=said.unit, year=said.year).first()
    hours = {code: value for code, value in said.hours.items() if value}
    wanted = {"nok": said.nok, "source": said.source.strip(), "status": said.status}
    if row is not None:
        was = {each.profession: each.hours for each in row.hours.all()}
        if (row.nok, row.source, row.status, was) == (*wanted.values(), hours):
            return row, "unchanged"
        if row.revision != said.revision:
            raise Conflict(saved_meanwhile(row))
    else:
        was = {}
    new = row is None
    row = row or Budget(unit=said.unit, year=said.year)
    before, after = put(row, wanted, actor=actor, now=now)
    row.hours.all().delete()
    BudgetHours.objects.bulk_create(
        BudgetHours(budget=row, profession=code, hours=value) for code, value in hours.items()
    )
    if was != hours:
        before["hours"] = {code: plain(value) for code, value in was.items()}
        after["hours"] = {code: plain(value) for code, value in hours.items()}
    about = _("Budsjett %(year)s") % {"year": said.year}
    record("budget_saved", about, before, after, unit=said.unit, actor=actor, now=now)
    return row, "new" if new else "changed"


def _faults(said: BudgetSaid, policy: Policy) -> list[Fault]:
    faults = source_faults(said.source, said.status)
    if not FIRST_YEAR <= said.year <= LAST_YEAR:
        faults.append(Fault(_("Skriv et år med fire sifre."), "year"))
    if said.nok is None and not said.hours:
        faults.append(Fault(_("Fyll ut kroner eller timer, ellers er det ikke noe budsjett."), "nok"))
    if said.nok is not None and not 0 <= said.nok < MOST_NOK:
        faults.append(Fault(_("Kroner må være 0 eller mer, skrevet uten tekst."), "nok"))
    titles = {entry.code: entry.title for entry in policy.professions}
    for code, hours in said.hours.items():
        if code not in titles:
            faults.append(Fault(_("Yrket «%(code)s» finnes ikke.") % {"code": code}, "hours"))
        elif not 0 <= hours < MOST_HOURS:
            message = _("Timer for %(title)s må være 0 eller mer.") % {"title": titles[code].lower()}
            faults.append(Fault(message, f"hours_{code}"))
    return faults
