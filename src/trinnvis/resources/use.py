"""Use of resources (ressursbruk): hours, kroner and places, exact inside and rounded when read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

from trinnvis.policy.model import PriceRow

ORE = Decimal("0.01")
HUNDREDTH = Decimal("0.01")
THOUSANDTH = Decimal("0.001")


def rounded(value: Fraction, step: Decimal) -> Decimal:
    """The value to the nearest multiple of `step`, half away from zero."""
    parts = value / Fraction(step)
    whole = (abs(parts.numerator) * 2 + parts.denominator) // (2 * parts.denominator)
    return ((-whole if parts < 0 else whole) * step).quantize(step, ROUND_HALF_UP)


class TimeKind(StrEnum):
    """What working hours go to. UNDIVIDED: the price row does not say."""

    DIRECT = "direct"  # with the citizen
    TRAVEL = "travel"
    INDIRECT = "indirect"  # reports, meetings, planning
    UNDIVIDED = "undivided"


@dataclass(frozen=True)
class Exact:
    """The exact sums behind a `Use`; `hours` is sorted by profession code and kind of time.

    `fixed` and `variable` are parts of `gross`; what is in neither comes from rows that do not say.
    """

    hours: tuple[tuple[tuple[str, TimeKind], Fraction], ...] = ()
    person_years: Fraction = Fraction(0)
    gross: Fraction = Fraction(0)
    fixed: Fraction = Fraction(0)
    variable: Fraction = Fraction(0)
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
        for key, value in theirs.hours:
            hours[key] = hours.get(key, Fraction(0)) + value
        return Use(
            Exact(
                tuple(sorted(hours.items())),
                mine.person_years + theirs.person_years,
                mine.gross + theirs.gross,
                mine.fixed + theirs.fixed,
                mine.variable + theirs.variable,
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
                tuple((key, value * factor) for key, value in mine.hours),
                mine.person_years * factor,
                mine.gross * factor,
                mine.fixed * factor,
                mine.variable * factor,
                mine.fee * factor,
                mine.low * factor,
                mine.high * factor,
                mine.place_days * factor,
            )
        )

    @property
    def hours_by_profession(self) -> dict[str, Decimal]:
        """Working hours by profession code."""
        sums: dict[str, Fraction] = {}
        for (profession, _kind), value in self.exact.hours:
            sums[profession] = sums.get(profession, Fraction(0)) + value
        return {profession: rounded(value, HUNDREDTH) for profession, value in sums.items()}

    @property
    def hours_by_kind(self) -> dict[TimeKind, Decimal]:
        """Working hours with the citizen, on the road and otherwise, as far as the prices divide them."""
        sums: dict[TimeKind, Fraction] = {}
        for (_profession, kind), value in self.exact.hours:
            sums[kind] = sums.get(kind, Fraction(0)) + value
        return {kind: rounded(sums[kind], HUNDREDTH) for kind in TimeKind if kind in sums}

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
    def fixed(self) -> Decimal:
        """Gross kroner that stay when one unit less is used, where the prices say so."""
        return rounded(self.exact.fixed, ORE)

    @property
    def variable(self) -> Decimal:
        """Gross kroner that follow the amount, where the prices say so."""
        return rounded(self.exact.variable, ORE)

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


def priced(price: PriceRow, quantity: Fraction, *, place_days: Fraction, work_year: Decimal | None) -> Use:
    """What `quantity` units at one price take. Without a work year the person-years are left at nought."""
    hours = {key: quantity * each for key, each in hours_of_one(price).items()}
    worked = sum(hours.values(), Fraction(0))
    low = price.nok if price.low is None else price.low
    high = price.nok if price.high is None else price.high
    fixed = quantity * Fraction(price.fixed_nok or 0)
    gross = quantity * Fraction(price.nok)
    return Use(
        Exact(
            tuple(sorted(hours.items())),
            worked / Fraction(work_year) if work_year else Fraction(0),
            gross,
            fixed,
            Fraction(0) if price.fixed_nok is None else gross - fixed,
            quantity * Fraction(price.fee_nok),
            quantity * Fraction(low),
            quantity * Fraction(high),
            place_days * Fraction(price.places),
        )
    )


def hours_of_one(price: PriceRow) -> dict[tuple[str, TimeKind], Fraction]:
    """Working hours of one unit by profession and kind of time; they sum to `price.hours`."""
    divided = bool(price.travel or price.indirect)
    hours: dict[tuple[str, TimeKind], Fraction] = {}
    for profession, whole in price.hours.items():
        travel, indirect = (part.get(profession, Decimal(0)) for part in (price.travel, price.indirect))
        rest = TimeKind.DIRECT if divided else TimeKind.UNDIVIDED
        parts = {rest: whole - travel - indirect, TimeKind.TRAVEL: travel, TimeKind.INDIRECT: indirect}
        hours |= {(profession, kind): Fraction(part) for kind, part in parts.items() if part}
    return hours
