"""Price books (prislister): named sets of price rows, and which of them counts on which day. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from trinnvis.policy.model import AmountUnit, Price, PriceRow

RowKey = tuple[str, AmountUnit]


@dataclass(frozen=True)
class PriceBook:
    """One price list. `name` is what figures made from it are credited to; `valid_from` None for a draft."""

    name: str
    rows: tuple[PriceRow, ...]
    valid_from: date | None = None

    @cached_property
    def by_key(self) -> dict[RowKey, PriceRow]:
        return {key_of(row): row for row in self.rows}

    @property
    def price_years(self) -> tuple[int, ...]:
        return tuple(sorted({row.price_year for row in self.rows}))

    def prices(self, first: date, last: date | None = None) -> tuple[Price, ...]:
        """The rows as prices in force on the days first–last."""
        return tuple(dated(row, first, last) for row in self.rows)


def key_of(row: PriceRow) -> RowKey:
    return row.service, row.unit


def dated(row: PriceRow, first: date, last: date | None) -> Price:
    return Price.model_construct(**_fields(row), valid_from=first, valid_to=last)


def undated(price: PriceRow) -> PriceRow:
    return PriceRow.model_construct(**_fields(price))


def rows_on(prices: Iterable[Price], on: date) -> tuple[PriceRow, ...]:
    """The rows of dated prices that hold on a day."""
    return tuple(undated(price) for price in prices if price.is_valid(on))


def timeline(before: Iterable[Price], books: Sequence[PriceBook]) -> tuple[Price, ...]:
    """Prices over all days: each book from its own first day until the next one's, `before` until the first.

    A book replaces everything before it: what it has no row for has no price from that day.
    """
    starting = [(book.valid_from, book) for book in books if book.valid_from is not None]
    ordered = sorted(starting, key=lambda pair: pair[0])
    if not ordered:
        return tuple(before)
    prices = list(_until(before, ordered[0][0] - timedelta(days=1)))
    ends: list[date | None] = [start - timedelta(days=1) for start, _ in ordered[1:]]
    for (start, book), last in zip(ordered, [*ends, None], strict=True):
        prices += book.prices(start, last)
    return tuple(prices)


def _until(prices: Iterable[Price], last: date) -> Iterable[Price]:
    for price in prices:
        if price.valid_from > last:
            continue
        if price.valid_to is None or price.valid_to > last:
            price = price.model_copy(update={"valid_to": last})
        yield price


def _fields(row: PriceRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in PriceRow.model_fields}
