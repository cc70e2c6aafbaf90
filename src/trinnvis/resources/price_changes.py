"""Two price lists side by side, row by row. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from trinnvis.policy.model import AmountUnit, PriceRow

from .price_book import PriceBook, RowKey, key_of

Kind = Literal["added", "removed", "changed", "same"]


@dataclass(frozen=True)
class RowChange:
    """One service and unit in two lists; `before` or `after` is None where a list has no row."""

    before: PriceRow | None
    after: PriceRow | None

    @property
    def row(self) -> PriceRow:
        """The newer of the two, to name the service by."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def service(self) -> str:
        return self.row.service

    @property
    def unit(self) -> AmountUnit:
        return self.row.unit

    @property
    def kind(self) -> Kind:
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        return "same" if self.before == self.after else "changed"

    @property
    def nok(self) -> Decimal | None:
        """Kroner a unit, after less before; None where either is lacking."""
        return self.after.nok - self.before.nok if self.before and self.after else None

    @property
    def share(self) -> Decimal | None:
        """The change as a share of the price before; None where that is lacking or nought."""
        if self.nok is None or self.before is None or not self.before.nok:
            return None
        return self.nok / self.before.nok

    @property
    def fields(self) -> tuple[str, ...]:
        """What differs, by field name, when the row is in both lists."""
        if self.before is None or self.after is None:
            return ()
        mine, theirs = self.before, self.after
        return tuple(n for n in PriceRow.model_fields if getattr(mine, n) != getattr(theirs, n))


def price_changes(before: PriceBook, after: PriceBook) -> tuple[RowChange, ...]:
    """Every row of either list, in the order of the newer with what it lacks at the end."""
    keys: Iterable[RowKey] = dict.fromkeys([*map(key_of, after.rows), *map(key_of, before.rows)])
    return tuple(RowChange(before.by_key.get(key), after.by_key.get(key)) for key in keys)
