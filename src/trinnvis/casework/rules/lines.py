"""Service lines as typed, and what is wrong with them: one set of rules for alternatives and decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from math import ceil

from trinnvis.casework.errors import Missing
from trinnvis.marking import gettext_noop as _
from trinnvis.policy.model import AmountUnit, Policy, Service
from trinnvis.resources.calendar import days, months
from trinnvis.resources.lines import ServiceLine

from .bounds import MOST, WHOLE, period_faults

Translate = Callable[[str], str]
LARGEST = Decimal("999999.99")  # that can be stored


@dataclass(frozen=True)
class Line:
    """One line of an alternative or a decision, perhaps half-written. `unit` is a policy AmountUnit value."""

    service: str = ""
    step: int | None = None
    amount: Decimal | None = None
    unit: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    granted: bool = True
    reason: str = ""

    def priced(self, *, free: bool = False) -> ServiceLine:
        """The line for the calculator; call it on a line without faults. `free`: the citizen pays nothing."""
        if self.step is None or self.amount is None or self.starts_on is None:
            raise ValueError("the line is not complete")
        unit = AmountUnit(self.unit)
        return ServiceLine(
            self.service, self.amount, unit, self.step, self.starts_on, self.ends_on, free=free
        )


def service_of(policy: Policy, code: str) -> Service | None:
    return next((service for service in policy.services if service.code == code), None)


def cannot_be_kept(line: Line, policy: Policy, field: str, translate: Translate = str) -> Iterator[Missing]:
    """What no draft can hold: codes that do not exist, and amounts that are no amounts. Blanks are fine."""
    if line.service and service_of(policy, line.service) is None:
        yield Missing(f"{field}-service", translate(_("Tjenesten finnes ikke i kommunens vedtatte tilbud.")))
    if line.step is not None and all(step.number != line.step for step in policy.effort_ladder.steps):
        yield Missing(f"{field}-step", translate(_("Trinnet finnes ikke på kommunens innsatstrapp.")))
    if line.unit and line.unit not in list(AmountUnit):
        yield Missing(f"{field}-unit", translate(_("Enheten finnes ikke. Velg en fra listen.")))
    if line.amount is not None and (fault := _amount_fault(line.amount)):
        yield Missing(f"{field}-amount", translate(fault))


def line_faults(
    line: Line, policy: Policy, on: date, field: str, translate: Translate = str
) -> Iterator[Missing]:
    """Everything to put right before a line written on a date can be compared, granted or priced."""
    bad = tuple(cannot_be_kept(line, policy, field, translate))
    yield from bad
    told = {missing.field for missing in bad}
    if f"{field}-amount" in told:
        line = replace(line, amount=None)  # what is no amount can be compared with nothing
    for name, message in (*_service_faults(line, policy), *_amount_faults(line), *_date_faults(line, on)):
        if f"{field}-{name}" not in told:
            told.add(f"{field}-{name}")
            yield Missing(f"{field}-{name}", translate(message))


def same_place_again(lines: Sequence[tuple[str, Line]], translate: Translate = str) -> Iterator[Missing]:
    """Lines, given with their fields, that add to a place one has already: nobody lives in two at once."""
    places = [(field, line) for field, line in lines if line.unit == AmountUnit.PLACES]
    for i, (field, line) in enumerate(places):
        if any(line.service == other.service and _at_once(line, other) for _field, other in places[:i]):
            told = _("Plassen står på en linje til. En person har én plass om gangen. Ta bort den ene.")
            yield Missing(f"{field}-service", translate(told))


def _at_once(one: Line, other: Line) -> bool:
    if one.starts_on is None or other.starts_on is None:
        return False
    first, last = sorted((one, other), key=lambda line: line.starts_on or date.min)
    return first.ends_on is None or last.starts_on is None or last.starts_on <= first.ends_on


def _amount_fault(amount: Decimal) -> str | None:
    if not amount.is_finite():
        return _("Skriv mengden som et tall, for eksempel 2,5.")
    if amount <= 0:
        return _("Mengden må være større enn null.")
    if amount > LARGEST:
        return _("Mengden er for stor. Sjekk tallet.")
    if amount != round(amount, 2):
        return _("Skriv mengden med høyst to desimaler.")
    return None


def _service_faults(line: Line, policy: Policy) -> Iterator[tuple[str, str]]:
    service = service_of(policy, line.service)
    if service is None:
        yield "service", _("Velg en tjeneste.")
        return
    if line.step is None:
        yield "step", _("Velg hvilket trinn tjenesten gis på.")
    elif line.step not in service.steps:
        yield "step", _("Tjenesten gis ikke på dette trinnet. Velg et av trinnene den står på.")
    if not line.unit:
        yield "unit", _("Velg enhet for mengden.")
    elif line.unit != service.unit:
        yield "unit", _("Tjenesten gis ikke i denne enheten. Velg enheten som står på tjenesten.")


def _amount_faults(line: Line) -> Iterator[tuple[str, str]]:
    if line.amount is None:
        yield "amount", _("Skriv hvor mye.")
        return
    if line.unit not in list(AmountUnit):
        return
    most, told = MOST[AmountUnit(line.unit)]
    if line.amount > most:
        yield "amount", told
    if line.unit in WHOLE and line.amount != int(line.amount):
        yield "amount", _("Skriv et helt antall.")


def _date_faults(line: Line, on: date) -> Iterator[tuple[str, str]]:
    yield from period_faults(line.starts_on, line.ends_on, on)
    if line.starts_on is None:
        yield "starts_on", _("Skriv når tjenesten starter.")
    elif line.ends_on is not None and line.ends_on < line.starts_on:
        yield "ends_on", _("Sluttdatoen er før startdatoen.")
    elif line.ends_on is not None and line.amount is not None:
        if line.unit == AmountUnit.DAYS and line.amount > days(line.starts_on, line.ends_on):
            yield "amount", _("Oppholdet har flere døgn enn perioden.")
        if line.unit == AmountUnit.MONTHS and line.amount > ceil(months(line.starts_on, line.ends_on)):
            yield "amount", _("Perioden har ikke så mange måneder. Rett antallet eller datoene.")
