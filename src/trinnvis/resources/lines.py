"""Service lines (tjenestelinjer) and how amounts run over time. All arithmetic is exact (`Fraction`).

Three families of units, and one meaning for each:

* **per week** (hours, visits, days, portions): so much in every seven days while the line runs;
* **standing** (places, pieces): so many held at the same time, counted in days or in calendar months;
* **in all** (days of a stay, months of a lease, times): so much altogether, spread evenly over the period.
  Times without a last day are spread over a year: nobody comes thirty times on one day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil

from trinnvis.policy.model import AmountUnit

from .calendar import DAYS_IN_YEAR, MONTHS_IN_YEAR, days, months, months_later, year_from

PER_WEEK = {
    AmountUnit.HOURS_PER_WEEK: "hour",
    AmountUnit.VISITS_PER_WEEK: "visit",
    AmountUnit.DAYS_PER_WEEK: "day",
    AmountUnit.PORTIONS_PER_WEEK: "portion",
}
STANDING = frozenset({AmountUnit.PLACES, AmountUnit.PIECES})
IN_ALL = {AmountUnit.DAYS: "day", AmountUnit.MONTHS: "month", AmountUnit.TIMES: "time"}


class Stage(StrEnum):
    """Whether an amount was granted (vedtatt), planned (planlagt) or done (utført): never the same figure."""

    GRANTED = "granted"
    PLANNED = "planned"
    EXECUTED = "executed"


@dataclass(frozen=True)
class ServiceLine:
    """So much of one service on one step. Dates are inclusive; `ends_on` None runs on until changed.

    `site`: the unit or place (enhet, sted) that gives it, "" where that is not settled. `free`: the citizen
    pays nothing, whatever the price says.

    Raises:
        ValueError: an amount that is not a positive number, or a last day before the first.
    """

    service: str
    amount: Decimal
    unit: AmountUnit
    step: int
    starts_on: date
    ends_on: date | None = None
    site: str = ""
    stage: Stage = Stage.GRANTED
    free: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "unit", AmountUnit(self.unit))
        object.__setattr__(self, "stage", Stage(self.stage))
        if not (self.amount.is_finite() and self.amount > 0):
            raise ValueError(f"amount must be a positive number, not {self.amount}")
        if self.ends_on is not None and self.ends_on < self.starts_on:
            raise ValueError(f"the line ends ({self.ends_on}) before it starts ({self.starts_on})")

    @property
    def own_end(self) -> date | None:
        """The last day the line itself gives: its end date, or the day its amount in all is used up.

        Times without an end date are used up in a year.
        """
        if self.ends_on is not None:
            return self.ends_on
        if self.unit == AmountUnit.DAYS:
            return self.starts_on + timedelta(days=ceil(self.amount) - 1)
        if self.unit == AmountUnit.MONTHS:
            return months_later(self.starts_on, ceil(self.amount)) - timedelta(days=1)
        return year_from(self.starts_on) if self.unit == AmountUnit.TIMES else None


@dataclass(frozen=True)
class Run:
    """A line with its first and last day settled, ready to be counted."""

    line: ServiceLine
    last: date

    @property
    def first(self) -> date:
        return self.line.starts_on

    @property
    def span(self) -> int:
        """Days from first to last, both counted; 0 when the horizon lies before the start."""
        return max(0, days(self.first, self.last))

    @property
    def at_once(self) -> Fraction:
        """Units held at the same time while the line runs."""
        amount = Fraction(self.line.amount)
        if self.line.unit == AmountUnit.TIMES:
            return Fraction(0)
        return amount / self._whole if self.line.unit in IN_ALL else amount

    @property
    def _whole(self) -> Fraction:
        by_month = self.line.unit == AmountUnit.MONTHS
        return months(self.first, self.last) if by_month else Fraction(self.span)

    def quantity(self, per: str, first: date, last: date) -> Fraction | None:
        """How many `per` (hour, day, month …) fall on the days first–last; None for a unit not counted so.

        Additive: the counts of adjacent spans sum to the count of both, to the last digit.
        """
        line, amount = self.line, Fraction(self.line.amount)
        if PER_WEEK.get(line.unit) == per:
            return amount * days(first, last) / 7
        if line.unit in STANDING and per in ("day", "month"):
            return amount * (months(first, last) if per == "month" else days(first, last))
        if IN_ALL.get(line.unit) == per:
            part = months(first, last) if line.unit == AmountUnit.MONTHS else Fraction(days(first, last))
            return amount * part / self._whole
        return None

    def per_year(self, per: str) -> Fraction | None:
        """How many `per` a whole mean year (365.25 days, 12 months) holds at this pace."""
        line, amount = self.line, Fraction(self.line.amount)
        if PER_WEEK.get(line.unit) == per:
            return amount * DAYS_IN_YEAR / 7
        if line.unit in STANDING and per in ("day", "month"):
            return amount * (MONTHS_IN_YEAR if per == "month" else DAYS_IN_YEAR)
        if IN_ALL.get(line.unit) != per:
            return None
        year = Fraction(MONTHS_IN_YEAR) if line.unit == AmountUnit.MONTHS else DAYS_IN_YEAR
        return amount * year / self._whole


def run_of(line: ServiceLine, horizon: date | None = None) -> Run:
    """The line from its first to its last day; an open-ended one runs to `horizon`, else for one year."""
    return Run(line, line.own_end or horizon or year_from(line.starts_on))
