"""The resource calculator (ressurskalkulator): what service lines take at the policy's dated prices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from trinnvis.policy.model import Policy, Price
from trinnvis.policy.provenance import Dated

from .calendar import DAYS_IN_YEAR, days, year_from
from .lines import Run, ServiceLine, Stage, run_of
from .use import HUNDREDTH, NOTHING, Use, priced, rounded, total

WEEK = 7


@dataclass(frozen=True)
class Unpriced:
    """Left out of the sums because the policy has no row for it on these days: show it, never hide it."""

    line: ServiceLine
    first: date
    last: date
    what: Literal["price", "work_year"] = "price"


@dataclass(frozen=True)
class Sums:
    """The same use over three stretches of time.

    `week`: a week while it runs. `year`: the first twelve months, or the whole period when that is shorter.
    `period`: first to last day, with each day at the price in force that day; so an open-ended line without a
    horizon takes as much in its period as in its year, unless a price changes.
    """

    week: Use = NOTHING
    year: Use = NOTHING
    period: Use = NOTHING

    def __add__(self, other: Sums) -> Sums:
        return Sums(self.week + other.week, self.year + other.year, self.period + other.period)

    def __sub__(self, other: Sums) -> Sums:
        return Sums(self.week - other.week, self.year - other.year, self.period - other.period)


@dataclass(frozen=True)
class LineResult:
    """One line priced. `pace`: a mean year of it, however short. `open_ended`: `last` is only a horizon."""

    line: ServiceLine
    first: date
    last: date
    open_ended: bool
    sums: Sums
    pace: Use
    prices: tuple[Price, ...]
    unpriced: tuple[Unpriced, ...]

    @property
    def places(self) -> Decimal:
        """Full-time places taken at the same time while the line runs."""
        return places_at_once(self.pace)


@dataclass(frozen=True)
class Result:
    """What a set of lines takes, and how certain the figures are."""

    lines: tuple[LineResult, ...]
    sums: Sums

    @property
    def places(self) -> Decimal:
        """Full-time places taken at the same time while every line runs."""
        return places_at_once(total(line.pace for line in self.lines))

    @property
    def runs_together(self) -> bool:
        """Whether every line runs on some day; else `places` and a week's sums are never all in use."""
        firsts, lasts = [line.first for line in self.lines], [line.last for line in self.lines]
        return max(firsts, default=date.min) <= min(lasts, default=date.max)

    @property
    def by_site(self) -> dict[str, Sums]:
        """The sums of each place that gives something; "" where it is not settled."""
        sums: dict[str, Sums] = {}
        for item in self.lines:
            sums[item.line.site] = sums.get(item.line.site, Sums()) + item.sums
        return sums

    @property
    def stage(self) -> Stage | None:
        """Whether the figures are of what was granted, planned or done; None without lines."""
        return next((item.line.stage for item in self.lines), None)

    @property
    def unpriced(self) -> tuple[Unpriced, ...]:
        return tuple(item for line in self.lines for item in line.unpriced)

    @property
    def prices(self) -> tuple[Price, ...]:
        """The price rows used, each once: value, year, source and status."""
        return tuple({id(price): price for line in self.lines for price in line.prices}.values())

    @property
    def price_years(self) -> tuple[int, ...]:
        return tuple(sorted({price.price_year for price in self.prices}))

    @property
    def statuses(self) -> tuple[str, ...]:
        """How certain the prices are (vedtatt, eksempel …), each once."""
        return tuple(sorted({price.status.value for price in self.prices}))

    @property
    def sources(self) -> tuple[str, ...]:
        return tuple(sorted({price.source for price in self.prices}))

    @property
    def steps(self) -> tuple[int, ...]:
        """Every step of the ladder the lines stand on, low to high."""
        return tuple(sorted({item.line.step for item in self.lines}))

    @property
    def highest_step(self) -> int | None:
        return max(self.steps, default=None)


def calculate(
    lines: Sequence[ServiceLine], policy: Policy, on: date, *, horizon: date | None = None
) -> Result:
    """Price lines by the policy.

    `on` is the day whose prices the figures per week and per year use; a line that does not run then uses
    its own nearest day. `horizon` is the last day of open-ended lines; without it they count one year.

    Raises:
        ValueError: lines of what was granted, planned and done are mixed; their sum would mean nothing.
    """
    if len({line.stage for line in lines}) > 1:
        raise ValueError("granted, planned and executed amounts are different things and cannot be summed")
    results = tuple(_line(line, policy, on, horizon) for line in lines)
    return Result(results, sum((item.sums for item in results), Sums()))


def use_between(run: Run, policy: Policy, first: date, last: date) -> tuple[Use, tuple[Unpriced, ...]]:
    """What a line takes on the days first–last, each day at the price in force that day."""
    uses: list[Use] = []
    left_out: list[Unpriced] = []
    for start, end in stretches(run, policy, first, last):
        price = price_of(run, policy, start)
        quantity = run.quantity(price.per, start, end) if price else None
        if price is None or quantity is None:
            left_out.append(Unpriced(run.line, start, end))
            continue
        hours = work_year_on(policy, start)
        if hours is None and price.hours:
            left_out.append(Unpriced(run.line, start, end, "work_year"))
        place_days = run.at_once * ((end - start).days + 1)
        uses.append(priced(price, quantity, place_days=place_days, work_year=hours))
    return total(uses), tuple(left_out)


def year_use(run: Run, policy: Policy, on: date) -> Use | None:
    """What a line takes in a mean year at the prices of one day, or None when it has no price then."""
    price = price_of(run, policy, on)
    quantity = run.per_year(price.per) if price else None
    if price is None or quantity is None:
        return None
    place_days = run.at_once * DAYS_IN_YEAR
    return priced(price, quantity, place_days=place_days, work_year=work_year_on(policy, on))


def price_of(run: Run, policy: Policy, on: date) -> Price | None:
    price = policy.price(run.line.service, run.line.unit, on)
    return price.model_copy(update={"fee_nok": Decimal(0)}) if price and run.line.free else price


def places_at_once(pace: Use) -> Decimal:
    return rounded(pace.exact.place_days / DAYS_IN_YEAR, HUNDREDTH)


def work_year_on(policy: Policy, on: date) -> Decimal | None:
    """Effective hours of one person-year on a date, or None where the policy gives none."""
    return next((row.hours for row in policy.work_years if row.is_valid(on)), None)


def stretches(run: Run, policy: Policy, first: date, last: date) -> Iterator[tuple[date, date]]:
    """The days first–last cut wherever a price or the work year changes."""
    line = run.line
    rows: list[Dated] = [p for p in policy.prices if p.service == line.service and p.unit == line.unit]
    starts = {first}
    for row in [*rows, *policy.work_years]:
        cuts = (row.valid_from, row.valid_to + timedelta(days=1) if row.valid_to else None)
        starts |= {cut for cut in cuts if cut is not None and first < cut <= last}
    if last < first:
        return
    ordered = sorted(starts)
    for start, following in zip(ordered, [*ordered[1:], last + timedelta(days=1)], strict=True):
        yield start, following - timedelta(days=1)


def _first_year(run: Run, policy: Policy, on: date) -> Use:
    """The line's first twelve months, or all of it when shorter, at the prices of one day."""
    line, price = run.line, price_of(run, policy, on)
    last = min(line.own_end or date.max, year_from(run.first))
    quantity = run.quantity(price.per, run.first, last) if price else None
    if price is None or quantity is None:
        return NOTHING
    place_days = run.at_once * days(run.first, last)
    return priced(price, quantity, place_days=place_days, work_year=work_year_on(policy, on))


def _line(line: ServiceLine, policy: Policy, on: date, horizon: date | None) -> LineResult:
    run = run_of(line, horizon)
    day = min(max(on, run.first), max(run.first, run.last))
    period, left_out = use_between(run, policy, run.first, run.last)
    pace = year_use(run, policy, day)
    if pace is None:
        left_out = left_out or (Unpriced(line, day, day),)
        pace = NOTHING
    year = _first_year(run, policy, day)
    short = line.own_end is not None and run.span <= WEEK
    week = year if short else pace.times(WEEK / DAYS_IN_YEAR)
    used = [price_of(run, policy, day)]
    used += [price_of(run, policy, start) for start, _ in stretches(run, policy, run.first, run.last)]
    return LineResult(
        line=line,
        first=run.first,
        last=run.last,
        open_ended=line.own_end is None,
        sums=Sums(week, year, period),
        pace=pace,
        prices=tuple(price for price in used if price),
        unpriced=left_out,
    )
