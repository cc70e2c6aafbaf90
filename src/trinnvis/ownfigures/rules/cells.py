"""One cell: a year, a count, an amount. Each answers the value or the fault, never a guess."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Final

from trinnvis.marking import gettext_noop as _
from trinnvis.ownfigures.rules.faults import RowFault

Cell = str | Decimal | date

FIRST_YEAR: Final = 2000
HIDDEN: Final = re.compile(
    r":|\*|\.\.?|<\s*[0-9]{1,2}|[0-9]\s*[-–—]\s*[0-9]{1,2}|under [0-9]{1,2}|skjult|x", re.I
)
GROUPED: Final = re.compile(r"-?[0-9]{1,3}(\.[0-9]{3})+,[0-9]{1,4}")
NUMBER: Final = re.compile(r"-?[0-9]{1,15}([.,][0-9]{1,6})?")
AMBIGUOUS: Final = re.compile(r"-?[0-9]{1,3}(\.[0-9]{3})+")
MOST_USERS: Final = 1_000_000
TURNED_TO_DATE = _("Regnearket har gjort verdien om til en dato (%(text)s).")


def year_of(cell: Cell, this_year: int) -> int | RowFault:
    text = plain_text(cell)
    match = re.fullmatch(r"(?:31\.12\.)?([0-9]{4})", text)
    if isinstance(cell, date) and (cell.month, cell.day) == (12, 31):
        year = cell.year
    elif match:
        year = int(match[1])
    else:
        return RowFault(
            _("«%(text)s» er ikke et år."), _("Skriv året med fire sifre."), values={"text": text[:40]}
        )
    if not FIRST_YEAR <= year <= this_year:
        return RowFault(
            _("Året %(year)s er utenfor det som kan tas inn."),
            _("Bruk år fra %(first)s til %(last)s."),
            values={"year": year, "first": FIRST_YEAR, "last": this_year},
        )
    return year


def count_of(cell: Cell) -> int | RowFault | None:
    """Whole persons; None where the figure is hidden for privacy, which is not nought."""
    text = plain_text(cell)
    if isinstance(cell, date):
        return RowFault(
            TURNED_TO_DATE,
            _("Sto det for eksempel 1-3, skriv kolon (:) for skjult tall, og gjør cellen til tekst."),
            values={"text": text},
        )
    if not text:
        return RowFault(
            _("Cellen er tom."), _("Skriv 0 når det er ingen, og kolon (:) når tallet er skjult.")
        )
    if HIDDEN.fullmatch(text):
        return None
    number = _number(text)
    if isinstance(number, RowFault):
        return number
    if number < 0:
        return RowFault(
            _("Antallet %(text)s er negativt."), _("Skriv 0 eller flere."), values={"text": text[:40]}
        )
    if number != int(number):
        return RowFault(
            _("Antallet %(text)s har desimaler."),
            _("Skriv hele personer slik de er telt, ikke et gjennomsnitt."),
            values={"text": text[:40]},
        )
    if number > MOST_USERS:
        return RowFault(_("Antallet %(text)s er for høyt."), _("Se over tallet."), values={"text": text[:40]})
    return int(number)


def amount_of(cell: Cell, *, signed: bool) -> Decimal | RowFault:
    text = plain_text(cell)
    if isinstance(cell, date):
        return RowFault(TURNED_TO_DATE, _("Gjør cellen om til et tall."), values={"text": text})
    if not text:
        return RowFault(_("Cellen er tom."), _("Skriv 0 når beløpet er null, eller fjern raden."))
    number = _number(text)
    if isinstance(number, Decimal) and number < 0 and not signed:
        return RowFault(
            _("Tallet %(text)s er negativt."), _("Skriv 0 eller mer."), values={"text": text[:40]}
        )
    return number


def _number(text: str) -> Decimal | RowFault:
    plain = re.sub(r"\s", "", text).replace("\u2212", "-")
    if GROUPED.fullmatch(plain):
        return Decimal(plain.replace(".", "").replace(",", "."))
    if AMBIGUOUS.fullmatch(plain):
        return RowFault(
            _("«%(text)s» kan leses på to måter."),
            _("Skriv tallet uten punktum som tusenskille."),
            values={"text": text[:40]},
        )
    if NUMBER.fullmatch(plain):
        return Decimal(plain.replace(",", "."))
    return RowFault(
        _("«%(text)s» er ikke et tall."),
        _("Skriv et tall med siffer. Formler må lagres som verdier."),
        values={"text": text[:40]},
    )


def plain_text(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}"
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}"
    return " ".join(cell.replace("\u00a0", " ").split()).removeprefix("'")
