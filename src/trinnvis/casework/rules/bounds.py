"""How far a date may lie from another, and how much of a service a person can have, before it is mistyped.

Every bound is wide enough for all that happens, and tells what to do. What is merely unusual passes: help
that began long before its decision, a decision without a last day, care around the clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from trinnvis.marking import gettext_noop as _
from trinnvis.policy.model import AmountUnit
from trinnvis.resources.calendar import HOURS_IN_WEEK, MONTHS_IN_YEAR


@dataclass(frozen=True)
class Reach:
    """So many calendar months back (negative) or ahead, and what to say of a date beyond them."""

    months: int
    told: str

    def fault(self, day: date, start: date) -> str:
        """What is wrong with a day counted from `start`; "" when nothing is."""
        furthest = (_months(start) + self.months, start.day)
        typed = (_months(day), day.day)
        return self.told if (typed < furthest if self.months < 0 else typed > furthest) else ""


def _months(day: date) -> int:
    """Months are compared, not made: the furthest date may lie outside the calendar."""
    return day.year * MONTHS_IN_YEAR + day.month


# What was lost in a drawer turns up within a year; a wrong year is a year or more away.
RECEIVED = Reach(
    -12,
    _(
        "Datoen er mer enn ett år tilbake. Sjekk årstallet. "
        "Er det riktig, velg dagens dato og skriv i teksten når det kom."
    ),
)
EXPECTED_REPLY = Reach(
    12, _("Datoen er mer enn ett år fram. Sjekk årstallet, og velg en dag innbyggeren kan regne med.")
)
# Claims on what should have been given lapse after three years: nobody decides further back than that.
BEGINS_EARLIEST = Reach(-36, _("Startdatoen er mer enn tre år tilbake. Sjekk årstallet."))
BEGINS_LATEST = Reach(
    36, _("Startdatoen er mer enn tre år fram. Sjekk årstallet, eller avgjør saken nærmere start.")
)
LASTS = Reach(
    240,
    _("Sluttdatoen er mer enn tjue år etter start. Sjekk årstallet. Slutter det ikke, la feltet stå tomt."),
)
REVIEWED = Reach(
    120, _("Datoen for ny vurdering er mer enn ti år etter start. Sjekk årstallet, og velg en tidligere dag.")
)
CLARIFICATION_BEGINS = Reach(6, _("Startdatoen er mer enn et halvt år fram. Sjekk årstallet."))
CLARIFICATION_LASTS = Reach(
    6,
    _(
        "Avklaringen er tidsavgrenset, og datoen er mer enn et halvt år etter start. "
        "Sjekk årstallet, og velg en tidligere dag."
    ),
)
MEASURED = Reach(-12, _("Målingen er eldre enn ett år før saken ble åpnet. Sjekk årstallet."))


def period_faults(first: date | None, last: date | None, on: date) -> tuple[tuple[str, str], ...]:
    """What is out of reach in a period written on a date, as field (`starts_on`, `ends_on`) and words."""
    found = []
    if first and (fault := BEGINS_EARLIEST.fault(first, on) or BEGINS_LATEST.fault(first, on)):
        found.append(("starts_on", fault))
    if last and (fault := LASTS.fault(last, first or on)):
        found.append(("ends_on", fault))
    return tuple(found)


# The most one person can have of one service, in each unit, and what to say of more.
MOST: dict[AmountUnit, tuple[Decimal, str]] = {
    AmountUnit.HOURS_PER_WEEK: (Decimal(HOURS_IN_WEEK), _("Det er bare 168 timer i en uke.")),
    AmountUnit.VISITS_PER_WEEK: (
        Decimal(HOURS_IN_WEEK),
        _("Mer enn 168 besøk i uken er flere enn ett i timen, døgnet rundt. Sjekk tallet."),
    ),
    AmountUnit.DAYS_PER_WEEK: (Decimal(7), _("Det er bare 7 dager i en uke.")),
    AmountUnit.PORTIONS_PER_WEEK: (
        Decimal(42),
        _("Mer enn 42 porsjoner i uken er flere enn seks måltider om dagen. Sjekk tallet."),
    ),
    AmountUnit.PLACES: (Decimal(1), _("En person kan bare ha én plass. Skriv 1.")),
    AmountUnit.DAYS: (Decimal(7305), _("Oppholdet er lengre enn tjue år. Sjekk tallet.")),
    AmountUnit.MONTHS: (Decimal(LASTS.months), _("Mer enn 240 måneder er over tjue år. Sjekk tallet.")),
    AmountUnit.PIECES: (Decimal(100), _("Mer enn 100 stykker til én person? Sjekk tallet.")),
    AmountUnit.TIMES: (Decimal(1000), _("Mer enn 1000 ganger? Sjekk tallet.")),
}
WHOLE = frozenset({AmountUnit.PIECES, AmountUnit.TIMES, AmountUnit.DAYS})  # never a half
