"""A pathway's kroner and hours for each year of age, split by step and by payer.

All at the prices of one day, so that years can be compared (fast pris, ingen diskontering). The resource
calculator does the counting; every split sums to the whole, exactly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from trinnvis.planning.pathways.schema import Expense, Kind, Line, Pathway, Payer, Persona
from trinnvis.planning.pathways.timing import Life, Span, spans
from trinnvis.policy.model import AmountUnit, Policy, Price
from trinnvis.resources import ServiceLine
from trinnvis.resources.calendar import DAYS_IN_YEAR, days, months
from trinnvis.resources.lines import Run
from trinnvis.trouble import Trouble

OUTSIDE = "outside"
"""Kroner that stand on no step of the municipality's ladder: a hospital bed, a rent."""

PriceKey = tuple[str, AmountUnit] | None
"""A row of the price list by service and unit; None for what stands outside it and adds to the whole."""

WEEK = 7
EPOCH = date.min
NOUGHT = Fraction(0)


@dataclass
class Amount:
    """Kroner and working hours. For next of kin the hours are their own, unpaid."""

    nok: Fraction = Fraction(0)
    hours: Fraction = Fraction(0)

    def add(self, nok: Fraction, hours: Fraction = NOUGHT) -> None:
        self.nok += nok
        if hours:
            self.hours += hours


def _amounts() -> defaultdict[str, Amount]:
    return defaultdict(Amount)


@dataclass
class Year:
    """One year of age. by_step: step number or `OUTSIDE`; by_payer: `Payer`. Both sum to `nok`.

    by_price: kroner that come of one price row, or of expenses; `nok` is linear in each. `hours` are the
    municipality's; the hours of next of kin stand in by_payer alone. `part`: how much of a whole year was
    lived.
    """

    age: int
    housing_step: int
    part: Fraction
    nok: Fraction = Fraction(0)
    hours: Fraction = Fraction(0)
    by_step: defaultdict[str, Amount] = field(default_factory=_amounts)
    by_payer: defaultdict[str, Amount] = field(default_factory=_amounts)
    by_price: defaultdict[PriceKey, Fraction] = field(default_factory=lambda: defaultdict(Fraction))

    def discounted(self, factor: Fraction) -> None:
        """Every krone counts `factor`; hours are hours whenever they are worked."""
        self.nok *= factor
        for amount in (*self.by_step.values(), *self.by_payer.values()):
            amount.nok *= factor
        for key in self.by_price:
            self.by_price[key] *= factor

    def charge(self, step: str, payer: Payer, nok: Fraction, hours: Fraction = NOUGHT) -> None:
        self.nok += nok
        if hours:
            self.hours += hours
        self.by_step[step].add(nok, hours)
        self.by_payer[payer].add(nok, hours)


Lived = tuple[Year, date, date]
"""The first and last day of an episode that fall in a year of age."""


@dataclass(frozen=True)
class Priced:
    """A pathway priced. prices: the rows used, each once. unpriced: services the list has no price of."""

    pathway: Pathway
    spans: tuple[Span, ...]
    years: tuple[Year, ...]
    prices: tuple[Price, ...]
    unpriced: tuple[str, ...]

    @property
    def nok(self) -> Fraction:
        return sum((year.nok for year in self.years), Fraction(0))

    @property
    def hours(self) -> Fraction:
        return sum((year.hours for year in self.years), Fraction(0))

    def comes_of(self, key: PriceKey) -> Fraction:
        """Kroner of the whole that one price makes, or expenses together."""
        return sum((year.by_price.get(key, Fraction(0)) for year in self.years), Fraction(0))

    def paid_by(self, payer: Payer) -> Amount:
        total = Amount()
        for year in self.years:
            held = year.by_payer.get(payer, Amount())
            total.add(held.nok, held.hours)
        return total


@dataclass(frozen=True)
class Choices:
    """What is tried instead of what is written (følsomhet).

    months: of the stay of a pathway. prices: kroner by (service, unit). discount: yearly rate; a year so many
    years ahead counts 1 / (1 + rate) to that power.
    """

    months: Mapping[Kind, Fraction] = field(default_factory=dict)
    prices: Mapping[tuple[str, AmountUnit], Decimal] = field(default_factory=dict)
    discount: Fraction = Fraction(0)

    def with_months(self, kind: Kind, months: Fraction) -> Choices:
        return replace(self, months={**self.months, kind: months})


AS_WRITTEN = Choices()


@dataclass(frozen=True)
class PriceList:
    """The policy with only the rows of one day, in force for ever: the same price in every year of a life."""

    policy: Policy
    on: date

    @classmethod
    def at(cls, policy: Policy, on: date) -> PriceList:
        """
        Raises:
            Trouble: no price is in force that day.
        """
        kept = tuple(row.model_copy(update=_FOR_EVER) for row in policy.prices if row.is_valid(on))
        if not kept:
            raise Trouble(
                f"Prislista har ingen priser som gjelder {on:%d.%m.%Y}.", "Velg en annen dag med --at."
            )
        work = tuple(row.model_copy(update=_FOR_EVER) for row in policy.work_years if row.is_valid(on))
        return cls(policy.model_copy(update={"prices": kept, "work_years": work}), on)

    def at_prices(self, changed: Mapping[tuple[str, AmountUnit], Decimal]) -> PriceList:
        """With another price for some services, by (service, unit)."""
        if not changed:
            return self
        rows = tuple(
            row.model_copy(update={"nok": changed[row.service, row.unit]})
            if (row.service, row.unit) in changed
            else row
            for row in self.policy.prices
        )
        return PriceList(self.policy.model_copy(update={"prices": rows}), self.on)


_FOR_EVER = {"valid_from": EPOCH, "valid_to": None}


def price(persona: Persona, pathway: Pathway, prices: PriceList, choices: Choices = AS_WRITTEN) -> Priced:
    """The pathway in kroner and hours, laid on the calendar from the price list's day (or the birth date).

    Raises:
        Trouble: the months do not fit in the pathway.
    """
    policy = prices.at_prices(choices.prices).policy
    placed = spans(persona, pathway, choices.months.get(pathway.kind))
    life = Life.of(persona, prices.on)
    calendar = life.years(placed[-1].end)
    starts = [(life.day(span.first), span.episode.housing_step) for span in placed]
    years = [
        Year(age, _housing(starts, first), days(first, last) / DAYS_IN_YEAR) for age, first, last in calendar
    ]
    used: dict[int, Price] = {}
    unpriced: set[str] = set()
    for span in placed:
        first, last = life.day(span.first), life.day(span.end) - timedelta(days=1)
        if last < first:
            continue
        lived = [
            (year, max(a, first), min(b, last))
            for year, (_, a, b) in zip(years, calendar, strict=True)
            if a <= last and first <= b
        ]
        for line in span.episode.lines:
            row = policy.price(line.service, line.unit, first)
            if row is None:
                unpriced.add(line.service)
                continue
            used[id(row)] = row
            _line(line, row, _step_of(line, policy), lived)
        for expense in span.episode.expenses:
            _expense(expense, lived, _step(span, policy))
        for year, a, b in lived:
            kin = Fraction(span.episode.next_of_kin_hours) * days(a, b) / WEEK
            year.by_payer[Payer.NEXT_OF_KIN].add(NOUGHT, kin)
    if choices.discount:
        for ahead, year in enumerate(years):
            year.discounted(1 / (1 + choices.discount) ** ahead)
    return Priced(pathway, placed, tuple(years), tuple(used.values()), tuple(sorted(unpriced)))


def _line(line: Line, row: Price, step: int, lived: Sequence[Lived]) -> None:
    """A line at one price all its days, so that each year takes its quantity of what one unit takes."""
    (_, first, _), (_, _, last) = lived[0], lived[-1]
    run = Run(ServiceLine(line.service, line.amount, line.unit, step, first, last), last)
    gross, fee = Fraction(row.nok), Fraction(row.fee_nok)
    hours = sum((Fraction(each) for each in row.hours.values()), NOUGHT)
    for year, a, b in lived:
        if line.each_year:
            quantity = Fraction(line.amount) * days(a, b) / DAYS_IN_YEAR
        else:
            quantity = run.quantity(row.per, a, b) or NOUGHT
        year.charge(str(step), Payer.MUNICIPALITY, quantity * (gross - fee), quantity * hours)
        year.charge(str(step), Payer.CITIZEN, quantity * fee)
        year.by_price[line.service, line.unit] += quantity * gross


def _expense(expense: Expense, lived: Sequence[Lived], step: str) -> None:
    (_, first, _), (_, _, last) = lived[0], lived[-1]
    each = Fraction(expense.nok)
    for year, a, b in lived:
        part = months(a, b) if expense.per == "month" else Fraction(days(a, b), days(first, last))
        if expense.instead_of_municipality:
            year.charge(step, Payer(expense.payer), each * part)
            year.charge(step, Payer.MUNICIPALITY, -each * part)
        else:
            year.charge(OUTSIDE, Payer(expense.payer), each * part)
            year.by_price[None] += each * part


def _step(span: Span, policy: Policy) -> str:
    """The step that what is paid instead of the municipality belongs to: the highest one of the episode."""
    return str(max((_step_of(line, policy) for line in span.episode.lines), default=OUTSIDE))


def _step_of(line: Line, policy: Policy) -> int:
    return line.step or min(policy.service(line.service).steps)


def _housing(starts: Sequence[tuple[date, int]], first: date) -> int:
    """The housing step on the first day of a year of age. starts: first day and step of each episode."""
    held = [step for start, step in starts if start <= first]
    return (held or [starts[0][1]])[-1]
