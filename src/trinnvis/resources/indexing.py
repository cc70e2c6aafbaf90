"""Price years (prisår): kroner of one year told in another's, by an index with a source. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from trinnvis.policy.model import PriceRow
from trinnvis.trouble import Trouble

from .use import ORE, rounded

SHOWN = Decimal("0.0001")


@dataclass(frozen=True)
class IndexSeries:
    """A price index (prisindeks): the level of each year, on any base."""

    code: str
    title: str
    source: str
    licence: str
    levels: Mapping[int, Decimal]

    @property
    def first(self) -> int:
        return min(self.levels)

    @property
    def last(self) -> int:
        return max(self.levels)


@dataclass(frozen=True)
class Conversion:
    """From one year's kroner to another's. `factor` is exact; `shown` is it to four decimals."""

    from_year: int
    to_year: int
    factor: Fraction
    index: str
    source: str

    @property
    def shown(self) -> Decimal:
        return rounded(self.factor, SHOWN)

    def kroner(self, amount: Decimal) -> Decimal:
        """The amount in the other year's kroner, to the øre."""
        return rounded(Fraction(amount) * self.factor, ORE)

    @property
    def told(self) -> str:
        """How it was done, to stand in the row's own source."""
        factor = str(self.shown.quantize(SHOWN, ROUND_HALF_UP)).replace(".", ",")
        years = f"fra {self.from_year} til {self.to_year}"
        return f"Regnet om {years} med faktor {factor} ({self.index}, {self.source})"


def conversion(series: IndexSeries, from_year: int, to_year: int) -> Conversion:
    """How kroner of one year become kroner of another.

    Raises:
        Trouble: a year the series has no level of.
    """
    for year in (from_year, to_year):
        if year not in series.levels:
            raise Trouble(
                f"«{series.title}» har ikke tall for {year}. Den går fra {series.first} til {series.last}.",
                "Velg et år i serien, eller hent inn en nyere utgave av den.",
            )
    factor = Fraction(series.levels[to_year]) / Fraction(series.levels[from_year])
    return Conversion(from_year, to_year, factor, series.title, series.source)


def converted(row: PriceRow, how: Conversion) -> PriceRow:
    """The row in another year's kroner, with the conversion told in its source.

    Fees are kept: they are adopted or set by the state, and follow no index.

    Raises:
        ValueError: the row is of another year than the conversion starts from.
    """
    if row.price_year != how.from_year:
        raise ValueError(f"the row is of {row.price_year}, the conversion from {how.from_year}")
    kroner = {
        name: None if getattr(row, name) is None else how.kroner(getattr(row, name))
        for name in ("nok", "low", "high", "fixed_nok")
    }
    return row.model_copy(update={**kroner, "price_year": how.to_year, "source": f"{row.source}. {how.told}"})
