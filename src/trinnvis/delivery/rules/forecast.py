"""What a unit will have used by the end of the year: what is used, and what its decisions will take.

Used is by accounts and payroll, from 1 January without a gap. From the day after that and to the end of the
year stands what the decisions take by the resource calculator: lines run to their end date, or the year out.
Nothing is added for decisions nobody has made yet, and nothing taken off for help that may end earlier.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from trinnvis.policy.model import Policy, Price
from trinnvis.resources import Use
from trinnvis.resources.calculator import price_of, stretches, use_between
from trinnvis.resources.use import total

from .carried import Carried


@dataclass(frozen=True)
class Used:
    """Kroner and working hours used in a period, both days included; None where it is not known."""

    first: date
    last: date
    nok: Decimal | None
    hours: Decimal | None


@dataclass(frozen=True)
class Outlook:
    """One measure of a year. `used_to`: the last day that is accounted for; None when nothing is.

    `used` is None then too. `ahead`: what decisions take from the day after. `budget` None when none is set.
    """

    used: Decimal | None
    used_to: date | None
    ahead: Decimal
    budget: Decimal | None

    @property
    def expected(self) -> Decimal:
        return (self.used or Decimal(0)) + self.ahead

    @property
    def left(self) -> Decimal | None:
        """Budget less what is expected: below zero is over budget."""
        return None if self.budget is None else self.budget - self.expected

    @property
    def share_left(self) -> Decimal | None:
        """What is left as a share of the budget."""
        return self.left / self.budget if self.left is not None and self.budget else None


@dataclass(frozen=True)
class YearEnd:
    """The forecast of a unit's year. `unpriced`: services left out of what lies ahead for want of a price."""

    year: int
    nok: Outlook
    hours: Outlook
    unpriced: tuple[str, ...]
    prices: tuple[Price, ...] = ()


@dataclass(frozen=True)
class Taken:
    """What lines take in a stretch of time, the prices it is reckoned by, and services that have none."""

    use: Use
    prices: tuple[Price, ...]
    unpriced: tuple[str, ...]


def forecast(
    lines: Sequence[Carried],
    used: Sequence[Used],
    policy: Policy,
    year: int,
    *,
    nok: Decimal | None,
    hours: Decimal | None,
) -> YearEnd:
    """The year of a unit; `nok` and `hours` are its budget."""
    spent, spent_to = used_so_far([(row.first, row.last, row.nok) for row in used], year)
    worked, worked_to = used_so_far([(row.first, row.last, row.hours) for row in used], year)
    money = taken_between(lines, policy, _day_after(spent_to, year), date(year, 12, 31))
    work = (
        money
        if spent_to == worked_to
        else taken_between(lines, policy, _day_after(worked_to, year), date(year, 12, 31))
    )
    return YearEnd(
        year=year,
        nok=Outlook(spent, spent_to, money.use.gross, nok),
        hours=Outlook(worked, worked_to, work.use.hours, hours),
        unpriced=money.unpriced,
        prices=money.prices,
    )


def used_so_far(
    periods: Iterable[tuple[date, date, Decimal | None]], year: int
) -> tuple[Decimal | None, date | None]:
    """The sum from 1 January as far as there is no gap, and the last day of it."""
    whole, reached = Decimal(0), date(year, 1, 1) - timedelta(days=1)
    for first, last, value in sorted(periods, key=lambda each: each[0]):
        if first != reached + timedelta(days=1) or value is None or last.year != year:
            continue
        whole, reached = whole + value, last
    return (whole, reached) if reached.year == year else (None, None)


def taken_between(lines: Iterable[Carried], policy: Policy, first: date, last: date) -> Taken:
    """What the lines take on the days first–last."""
    uses: list[Use] = []
    prices: dict[int, Price] = {}
    unpriced: set[str] = set()
    for each in lines:
        if span := each.days(first, last):
            run = each.run(last)
            use, left_out = use_between(run, policy, *span)
            used = (price_of(run, policy, start) for start, _end in stretches(run, policy, *span))
            prices |= {id(price): price for price in used if price is not None}
            uses.append(use)
            unpriced |= {item.line.service for item in left_out if item.what == "price"}
    return Taken(total(uses), tuple(prices.values()), tuple(sorted(unpriced)))


def _day_after(day: date | None, year: int) -> date:
    return date(year, 1, 1) if day is None else day + timedelta(days=1)
