"""Use of resources (ressursbruk): hours, kroner and places, exact inside and rounded when read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from trinnvis.policy.model import Price

ORE = Decimal("0.01")
HUNDREDTH = Decimal("0.01")
THOUSANDTH = Decimal("0.001")


def rounded(value: Fraction, step: Decimal) -> Decimal:
    """The value to the nearest multiple of `step`, half away from zero."""
    parts = value / Fraction(step)
    whole = (abs(parts.numerator) * 2 + parts.denominator) // (2 * parts.denominator)
    return ((-whole if parts < 0 else whole) * step).quantize(step, ROUND_HALF_UP)


@dataclass(frozen=True)
class Exact:
    """The exact sums behind a `Use`; `hours` is sorted by profession code."""

    hours: tuple[tuple[str, Fraction], ...] = ()
    person_years: Fraction = Fraction(0)
    gross: Fraction = Fraction(0)
    fee: Fraction = Fraction(0)
    low: Fraction = Fraction(0)
    high: Fraction = Fraction(0)
    place_days: Fraction = Fraction(0)


@dataclass(frozen=True)
class Use:
    """What something takes over a stretch of time. Adding and subtracting is exact; reading rounds.

    Kroner are rounded to øre, hours to hundredths, person-years to thousandths.
    """

    exact: Exact = field(default_factory=Exact)

    def __add__(self, other: Use) -> Use:
        mine, theirs = self.exact, other.exact
        hours = dict(mine.hours)
        for profession, value in theirs.hours:
            hours[profession] = hours.get(profession, Fraction(0)) + value
        return Use(
            Exact(
                tuple(sorted(hours.items())),
                mine.person_years + theirs.person_years,
                mine.gross + theirs.gross,
                mine.fee + theirs.fee,
                mine.low + theirs.low,
                mine.high + theirs.high,
                mine.place_days + theirs.place_days,
            )
        )

    def __sub__(self, other: Use) -> Use:
        return self + other.times(Fraction(-1))

    def times(self, factor: Fraction) -> Use:
        mine = self.exact
        return Use(
            Exact(
                tuple((profession, value * factor) for profession, value in mine.hours),
                mine.person_years * factor,
                mine.gross * factor,
                mine.fee * factor,
                mine.low * factor,
                mine.high * factor,
                mine.place_days * factor,
            )
        )

    @property
    def hours_by_profession(self) -> dict[str, Decimal]:
        """Working hours by profession code."""
        return {profession: rounded(value, HUNDREDTH) for profession, value in self.exact.hours}

    @property
    def hours(self) -> Decimal:
        """Working hours of all professions together."""
        return rounded(sum((value for _, value in self.exact.hours), Fraction(0)), HUNDREDTH)

    @property
    def person_years(self) -> Decimal:
        """Person-years (årsverk): hours divided by the effective hours of one."""
        return rounded(self.exact.person_years, THOUSANDTH)

    @property
    def gross(self) -> Decimal:
        """Kroner before the citizen's fee."""
        return rounded(self.exact.gross, ORE)

    @property
    def fee(self) -> Decimal:
        """Kroner the citizen pays (egenandel)."""
        return rounded(self.exact.fee, ORE)

    @property
    def net(self) -> Decimal:
        """Kroner the municipality is left with."""
        return rounded(self.exact.gross - self.exact.fee, ORE)

    @property
    def low(self) -> Decimal:
        """Gross kroner at the low end of the prices' own ranges."""
        return rounded(self.exact.low, ORE)

    @property
    def high(self) -> Decimal:
        """Gross kroner at the high end of the prices' own ranges."""
        return rounded(self.exact.high, ORE)

    @property
    def place_days(self) -> Decimal:
        """Days that full-time places are taken."""
        return rounded(self.exact.place_days, HUNDREDTH)


NOTHING = Use()


def total(uses: Iterable[Use]) -> Use:
    return sum(uses, NOTHING)


def priced(price: Price, quantity: Fraction, *, place_days: Fraction, work_year: Decimal | None) -> Use:
    """What `quantity` units at one price take. Without a work year the person-years are left at nought."""
    hours = {profession: quantity * Fraction(each) for profession, each in price.hours.items()}
    worked = sum(hours.values(), Fraction(0))
    low = price.nok if price.low is None else price.low
    high = price.nok if price.high is None else price.high
    return Use(
        Exact(
            tuple(sorted(hours.items())),
            worked / Fraction(work_year) if work_year else Fraction(0),
            quantity * Fraction(price.nok),
            quantity * Fraction(price.fee_nok),
            quantity * Fraction(low),
            quantity * Fraction(high),
            place_days * Fraction(price.places),
        )
    )
