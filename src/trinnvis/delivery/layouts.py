"""The three tables one may download, fill in and upload again: what their columns are called and mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from trinnvis.policy.model import Policy

from .errors import Fault, Faulty
from .files import Cell, Row, read_table
from .models import Budget, MonthUsed, ServiceHours
from .services.budgets import BudgetSaid
from .services.hours import HoursSaid, UsedSaid

# The headings are part of the file format: the same in every language.
UNIT, NAME, YEAR, NOK, SOURCE, STATUS, REVISION = "Enhet", "Navn", "År", "Kroner", "Kilde", "Status", "Utgave"
SERVICE, FIRST, LAST, PLANNED, EXECUTED = (
    "Tjeneste", "Første dag", "Siste dag", "Planlagte timer", "Utførte timer",
)  # fmt: skip
MONTH, WORKED = "Måned", "Arbeidstimer"
HOURS = " (timer)"


@dataclass(frozen=True)
class Sheet:
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def budget_sheet(policy: Policy, year: int, budgets: Iterable[Budget], units: Iterable[str]) -> Sheet:
    """A row for each of the units, filled in where there is a budget."""
    stored = {budget.unit: budget for budget in budgets}
    titles = {unit.code: unit.title for unit in policy.units}
    rows = []
    for code in units:
        budget = stored.get(code)
        hours = {row.profession: row.hours for row in budget.hours.all()} if budget else {}
        rows.append(
            (
                code,
                titles[code],
                year,
                budget.nok if budget else None,
                *(hours.get(entry.code) for entry in policy.professions),
                budget.source if budget else "",
                budget.status if budget else "",
                budget.revision if budget else 0,
            )
        )
    professions = tuple(f"{entry.title}{HOURS}" for entry in policy.professions)
    headings = (UNIT, NAME, YEAR, NOK, *professions, SOURCE, STATUS, REVISION)
    return Sheet(f"Budsjett {year}", headings, tuple(rows))


def read_budgets(policy: Policy, name: str, content: bytes) -> list[BudgetSaid]:
    """The rows of an uploaded budget table; rows without kroner and hours are passed over.

    Raises:
        Faulty: every fault of the file, each on its row.
    """
    table = read_table(name, content, (UNIT, YEAR, NOK, SOURCE, STATUS, REVISION))
    columns = {f"{entry.title}{HOURS}": entry.code for entry in policy.professions}
    known = {h.casefold() for h in (UNIT, NAME, YEAR, NOK, *columns, SOURCE, STATUS, REVISION)}
    faults = [
        Fault(
            _("Kolonnen «%(heading)s» er ukjent. Rett navnet, eller fjern den.") % {"heading": heading}, "", 1
        )
        for heading in table[0].cells
        if heading not in known
    ]
    found = []
    for row in table:
        hours = {code: row.number_in(heading, faults) for heading, code in columns.items()}
        nok = row.number_in(NOK, faults)
        year, revision = row.number_in(YEAR, faults), row.number_in(REVISION, faults)
        if nok is None and not any(value is not None for value in hours.values()) and not revision:
            continue
        found.append(
            BudgetSaid(
                unit=row.text(UNIT),
                year=int(year or 0),
                nok=nok,
                hours={code: value for code, value in hours.items() if value is not None},
                source=row.text(SOURCE),
                status=row.text(STATUS),
                revision=int(revision or 0),
                row=row.number,
            )
        )
    _stop(faults, bool(found))
    return found


def hours_sheet(rows: Iterable[ServiceHours]) -> Sheet:
    return Sheet(
        "Timer",
        (UNIT, SERVICE, FIRST, LAST, PLANNED, EXECUTED),
        tuple((r.unit, r.service, r.first_day, r.last_day, r.planned, r.executed) for r in rows),
    )


def read_hours(name: str, content: bytes) -> list[HoursSaid]:
    """The rows of an uploaded table of planned and executed hours.

    Raises:
        Faulty: every fault of the file, each on its row.
    """
    faults: list[Fault] = []
    found = []
    for row in read_table(name, content, (UNIT, SERVICE, FIRST, LAST, PLANNED, EXECUTED)):
        first, last = row.day_in(FIRST, faults), row.day_in(LAST, faults)
        planned, executed = row.number_in(PLANNED, faults), row.number_in(EXECUTED, faults)
        if first and last:
            found.append(
                HoursSaid(row.text(UNIT), row.text(SERVICE), first, last, planned, executed, row.number)
            )
    _stop(faults, bool(found))
    return found


def used_sheet(rows: Iterable[MonthUsed]) -> Sheet:
    headings = (UNIT, MONTH, NOK, WORKED)
    return Sheet("Forbruk", headings, tuple((r.unit, r.month, r.nok, r.hours) for r in rows))


def read_used(name: str, content: bytes) -> list[UsedSaid]:
    """The rows of an uploaded table of kroner and working hours used by month.

    Raises:
        Faulty: every fault of the file, each on its row.
    """
    faults: list[Fault] = []
    found = []
    for row in read_table(name, content, (UNIT, MONTH, NOK, WORKED)):
        month = row.day_in(MONTH, faults)
        nok, hours = _pair(row, faults)
        if month:
            found.append(UsedSaid(row.text(UNIT), month, nok, hours, row.number))
    _stop(faults, bool(found))
    return found


def _pair(row: Row, faults: list[Fault]) -> tuple[Decimal | None, Decimal | None]:
    return row.number_in(NOK, faults), row.number_in(WORKED, faults)


def _stop(faults: list[Fault], found: bool) -> None:
    if faults:
        raise Faulty(tuple(faults))
    if not found:
        raise Faulty((Fault(_("Filen har ingen rader med tall.")),))
