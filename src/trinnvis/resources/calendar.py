"""Days, months and years: every conversion the calculator makes stands here, once, with its reason.

* A **period** is counted in days, first and last included, so that leap years and odd lengths are exact.
* **A line's year** is its own first twelve months, counted in days: 365, or 366 over a 29 February. So a line
  that runs for one year costs the same a year as for its period.
* A year as a **pace**, for sums of many lines that began on different days, is 365.25 days, that is 52.18
  weeks: the mean year, so that the figure does not depend on the year it is read in. 52 weeks would lose one
  or two days of help every year.
* A **month** is a calendar month; a day weighs one part of its own month, so whole months are whole and the
  parts of a month sum to one. As a pace a year has 12 months.
* **KPR** counts hours a week as hours a month divided by four (48 weeks a year). That is a convention of the
  register's, used in what is reported to it and nowhere else: in kroner it would lose a month's help a year.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

DAYS_IN_YEAR = Fraction(1461, 4)
MONTHS_IN_YEAR = 12
KPR_WEEKS_IN_MONTH = 4
HOURS_IN_WEEK = 168


def days(first: date, last: date) -> int:
    """Days from first to last, both counted."""
    return (last - first).days + 1


def months(first: date, last: date) -> Fraction:
    """Calendar months from first to last, both days counted; 15–31 January is 17/31 of a month."""
    if last < first:
        return Fraction(0)
    between = (last.year - first.year) * MONTHS_IN_YEAR + last.month - first.month
    before = Fraction(first.day - 1, _days_in_month(first))
    return between + Fraction(last.day, _days_in_month(last)) - before


def _days_in_month(day: date) -> int:
    return monthrange(day.year, day.month)[1]


def months_later(day: date, number: int) -> date:
    """The same day `number` months later, or the last day of a month that is too short."""
    years, month = divmod(day.month - 1 + number, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def year_from(first: date) -> date:
    """The last day of the year that begins on `first`."""
    return months_later(first, MONTHS_IN_YEAR) - timedelta(days=1)


def kpr_hours_per_week(hours_per_month: Decimal) -> Decimal:
    """Hours a week as KPR wants them reported: hours a month divided by four."""
    return hours_per_month / KPR_WEEKS_IN_MONTH
