"""A price row as typed in a form or a file: read into a sound `PriceRow`, or told what is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from trinnvis.policy.model import AmountUnit, Policy, PriceRow, Service
from trinnvis.policy.price_rules import MOST_HOURS, MOST_NOK, MOST_PLACES, PER, YEARS, unsound
from trinnvis.policy.status import Status

from .columns import BY_NAME, COLUMNS, UNIT_WORDS
from .faults import RowFault
from .faults import gettext_noop as _

Typed = Mapping[str, str]
LONGEST: Final = 1000
DECIMALS: Final = {"nok": 2, "fixed_nok": 2, "fee_nok": 2, "low": 2, "high": 2, "places": 5}
PROFESSION: Final = re.compile(r"(?P<name>[^\d;]+?)\s*[:=]?\s*(?P<hours>[-−]?[\d\s.,]*\d)\s*$")


@dataclass
class _Reading:
    """The row so far, with what is wrong with it."""

    typed: Typed
    faults: list[RowFault] = field(default_factory=list)

    def text(self, name: str) -> str:
        found = " ".join(str(self.typed.get(name, "") or "").split())
        if len(found) > LONGEST:
            self.fault(name, _("Teksten er for lang. Skriv høyst %(most)s tegn."), most=LONGEST)
            return ""
        if BY_NAME[name].required and not found:
            self.fault(name, REQUIRED.get(name, _("Fyll ut «%(heading)s».")), heading=BY_NAME[name].heading)
        return found

    def fault(self, name: str, message: str, **values: object) -> None:
        if all(each.column != name for each in self.faults):
            self.faults.append(RowFault(name, message, values))

    def amount(self, name: str, most: Decimal) -> Decimal | None:
        text = self.text(name)
        if not text:
            return None
        found = number(text)
        if found is None:
            self.fault(name, _("«%(text)s» er ikke et tall. Skriv for eksempel 672,50."), text=text)
        elif not 0 <= found <= most:
            self.fault(name, _("Tallet må være fra 0 til %(most)s."), most=most)
        elif found != round(found, DECIMALS[name]):
            self.fault(name, _("Skriv tallet med høyst %(places)s desimaler."), places=DECIMALS[name])
        else:
            return found
        return None


REQUIRED: Final = {
    "source": _("Raden har ingen kilde. Skriv hvor prisen kommer fra: ingen pris tas inn uten kilde."),
    "price_year": _("Skriv hvilket år kronene gjelder for."),
    "status": _("Velg status: vedtatt, gjeldende, eksempel eller må kontrolleres."),
    "service": _("Skriv koden til tjenesten."),
}


def read_row(typed: Typed, policy: Policy) -> tuple[PriceRow | None, tuple[RowFault, ...]]:
    """The row and no faults, or None and every fault, in the order of the columns."""
    reading = _Reading(typed)
    service = _service(reading, policy)
    unit = _unit(reading, service)
    professions = {entry.code: entry.code for entry in policy.professions}
    professions |= {entry.title.casefold(): entry.code for entry in policy.professions}
    values = {
        "nok": reading.amount("nok", MOST_NOK),
        "hours": _hours(reading, "hours", professions),
        "travel": _hours(reading, "travel", professions),
        "indirect": _hours(reading, "indirect", professions),
        "fixed_nok": reading.amount("fixed_nok", MOST_NOK),
        "fee_nok": reading.amount("fee_nok", MOST_NOK) or Decimal(0),
        "fee_note": reading.text("fee_note"),
        "places": reading.amount("places", MOST_PLACES) or Decimal(0),
        "price_year": _year(reading),
        "low": reading.amount("low", MOST_NOK),
        "high": reading.amount("high", MOST_NOK),
        "source": reading.text("source"),
        "status": _status(reading),
    }
    if reading.faults or service is None or unit is None:
        return None, _in_order(reading.faults)
    row = PriceRow.model_validate({"service": service.code, "unit": unit, "per": PER[unit], **values})
    for found in unsound(row):
        reading.fault(found.path[0], f"{found.what} {found.remedy}", **found.values)
    return (None, _in_order(reading.faults)) if reading.faults else (row, ())


def number(text: str) -> Decimal | None:
    """A number as Norwegians and spreadsheets write it; None for anything else."""
    plain = re.sub(r"\s", "", text).replace("−", "-")
    if not re.fullmatch(r"-?[0-9]+([.,][0-9]+)?", plain):
        return None
    return Decimal(plain.replace(",", "."))


def as_typed(row: PriceRow) -> dict[str, str]:
    """The row as it stands in a form or a file: what `read_row` reads back to the same row."""
    return {
        "service": row.service,
        "unit": row.unit.value,
        "nok": number_told(row.nok),
        "hours": _told(row.hours),
        "travel": _told(row.travel),
        "indirect": _told(row.indirect),
        "fixed_nok": "" if row.fixed_nok is None else number_told(row.fixed_nok),
        "fee_nok": number_told(row.fee_nok),
        "fee_note": row.fee_note,
        "places": number_told(row.places),
        "price_year": str(row.price_year),
        "low": "" if row.low is None else number_told(row.low),
        "high": "" if row.high is None else number_told(row.high),
        "source": row.source,
        "status": row.status.value,
    }


def _service(reading: _Reading, policy: Policy) -> Service | None:
    code = reading.text("service")
    found = next((s for s in policy.services if code in (s.code, s.title)), None)
    if code and found is None:
        reading.fault(
            "service",
            _("Tjenesten «%(code)s» finnes ikke i kommunens vedtatte tilbud. Bruk koden fra politikken."),
            code=code,
        )
    return found


def _unit(reading: _Reading, service: Service | None) -> AmountUnit | None:
    """The service's own unit; what is typed must be that, or nothing."""
    text = reading.text("unit")
    if service is None:
        return None
    if text and text.casefold() not in (service.unit.value, UNIT_WORDS[service.unit]):
        reading.fault(
            "unit",
            _("Prisen er i «%(unit)s», men tjenesten tildeles i «%(right)s». Regn prisen om."),
            unit=text,
            right=service.unit.value,
        )
    return service.unit


def _hours(reading: _Reading, name: str, professions: Mapping[str, str]) -> dict[str, Decimal]:
    hours: dict[str, Decimal] = {}
    for part in filter(None, (each.strip() for each in reading.text(name).split(";"))):
        match = PROFESSION.match(part)
        found = number(match["hours"]) if match else None
        code = professions.get(match["name"].strip().casefold()) if match else None
        if match is None or found is None:
            reading.fault(
                name,
                _("«%(part)s» er ikke til å forstå. Skriv yrke og timer, for eksempel «sykepleier 0,5»."),
                part=part,
            )
        elif code is None:
            reading.fault(
                name,
                _("Yrkesgruppen «%(profession)s» finnes ikke i politikken. Bruk en av disse: %(all)s."),
                profession=match["name"].strip(),
                all=", ".join(sorted(set(professions.values()))),
            )
        elif code in hours:
            reading.fault(name, _("Yrkesgruppen «%(profession)s» står to ganger."), profession=code)
        elif not 0 <= found <= MOST_HOURS:
            reading.fault(
                name, _("Timetallet %(hours)s må være fra 0 til %(most)s."), hours=found, most=MOST_HOURS
            )
        else:
            hours[code] = found
    return hours


def _year(reading: _Reading) -> int:
    text = reading.text("price_year").removesuffix(",0").removesuffix(".0")
    if text and not (text.isascii() and text.isdigit() and int(text) in YEARS):
        reading.fault(
            "price_year",
            _("Prisåret må være et år fra %(first)s til %(last)s."),
            first=YEARS[0],
            last=YEARS[-1],
        )
        return 0
    return int(text or 0)


def _status(reading: _Reading) -> Status | None:
    text = reading.text("status").casefold()
    found = next((status for status in Status if status.value == text), None)
    if text and found is None:
        reading.fault("status", REQUIRED["status"])
    return found


def _in_order(faults: list[RowFault]) -> tuple[RowFault, ...]:
    places = [column.name for column in COLUMNS]
    return tuple(sorted(faults, key=lambda fault: places.index(fault.column)))


def _told(hours: Mapping[str, Decimal]) -> str:
    return "; ".join(f"{profession} {number_told(each)}" for profession, each in hours.items())


def number_told(value: Decimal) -> str:
    """A number as it stands in files: decimal comma, no grouping, no end zeros."""
    whole = f"{value:f}"
    return (whole.rstrip("0").rstrip(".") if "." in whole else whole).replace(".", ",")
