"""What makes a price row (prisrad) sound: the same rules for a policy folder and for a price list. Pure.

The sentences are bokmål with `%(name)s` for values; pages translate them before the values are put in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from trinnvis.policy.model import AmountUnit, PriceRow

PER = {
    AmountUnit.HOURS_PER_WEEK: "hour",
    AmountUnit.VISITS_PER_WEEK: "visit",
    AmountUnit.DAYS_PER_WEEK: "day",
    AmountUnit.PORTIONS_PER_WEEK: "portion",
    AmountUnit.DAYS: "day",
    AmountUnit.PLACES: "day",
    AmountUnit.PIECES: "month",
    AmountUnit.MONTHS: "month",
    AmountUnit.TIMES: "time",
}
MOST_NOK: Final = Decimal(10_000_000)  # for one unit
MOST_HOURS: Final = Decimal(10_000)  # by one profession, for one unit
MOST_PLACES: Final = Decimal(100)
YEARS: Final = range(2000, 2101)


def gettext_noop(text: str) -> str:
    """Marks a sentence for translation; the page that shows it translates it."""
    return text


_ = gettext_noop


@dataclass(frozen=True)
class Unsound:
    """One fault in a row: the field (and profession) it stands in, what is wrong and what to do."""

    path: tuple[str, ...]
    what: str
    remedy: str
    values: Mapping[str, object] = field(default_factory=dict)


def unsound(row: PriceRow) -> Iterator[Unsound]:
    """Everything in the row that contradicts itself."""
    if row.per != PER[row.unit]:
        yield Unsound(
            ("per",),
            _("En pris i «%(unit)s» kan ikke gjelde per «%(per)s»."),
            _("Skriv «per: %(right)s», eller rett «unit»."),
            {"unit": row.unit.value, "per": row.per, "right": PER[row.unit]},
        )
    if row.price_year not in YEARS:
        yield Unsound(
            ("price_year",),
            _("%(value)s er ikke et mulig prisår."),
            _("Prisåret må være et år fra %(first)s til %(last)s."),
            {"value": row.price_year, "first": YEARS[0], "last": YEARS[-1]},
        )
    yield from _possible(row)
    yield from _hours(row)
    yield from _kroner(row)


def _possible(row: PriceRow) -> Iterator[Unsound]:
    amounts: dict[tuple[str, ...], tuple[Decimal, Decimal]] = {("places",): (row.places, MOST_PLACES)}
    for name in ("nok", "fixed_nok", "fee_nok", "low", "high"):
        amounts[name,] = (getattr(row, name) or Decimal(0), MOST_NOK)
    for profession, hours in row.hours.items():
        amounts["hours", profession] = (hours, MOST_HOURS)
    for path, (value, most) in amounts.items():
        if value > most:
            yield Unsound(
                path,
                _("%(value)s er mer enn det som er mulig for én enhet."),
                _("Tallet må være fra 0 til %(most)s."),
                {"value": value, "most": most},
            )


def _hours(row: PriceRow) -> Iterator[Unsound]:
    for name, part in (("hours", row.hours), ("travel", row.travel), ("indirect", row.indirect)):
        for profession, hours in part.items():
            if hours < 0:
                yield Unsound(
                    (name, profession),
                    _("Timetallet %(hours)s er mindre enn null."),
                    _("Skriv null eller mer."),
                    {"hours": hours},
                )
    for profession in row.travel.keys() | row.indirect.keys():
        whole = row.hours.get(profession, Decimal(0))
        parts = row.travel.get(profession, Decimal(0)) + row.indirect.get(profession, Decimal(0))
        if parts > whole:
            yield Unsound(
                ("travel" if profession in row.travel else "indirect", profession),
                _("Reise og indirekte tid (%(parts)s) er mer enn alle timene (%(whole)s)."),
                _("«hours» skal være alle timene, med reise og indirekte tid."),
                {"parts": parts, "whole": whole},
            )


def _kroner(row: PriceRow) -> Iterator[Unsound]:
    for name, outside in (
        ("low", row.low is not None and row.low > row.nok),
        ("high", row.high is not None and row.high < row.nok),
    ):
        if outside:
            yield Unsound(
                (name,),
                _("Prisen %(nok)s ligger utenfor sitt eget anslag (%(bound)s)."),
                _("La laveste anslag (low) være høyst prisen og høyeste anslag (high) minst prisen."),
                {"nok": row.nok, "bound": row.low if name == "low" else row.high},
            )
    if row.fixed_nok is not None and row.fixed_nok > row.nok:
        yield Unsound(
            ("fixed_nok",),
            _("Den faste delen (%(fixed)s) er større enn prisen (%(nok)s)."),
            _("La den faste delen (fixed_nok) være høyst prisen."),
            {"fixed": row.fixed_nok, "nok": row.nok},
        )
