"""Rows of an own table as they are kept: a year, what they are about, and numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from trinnvis.ownfigures.rules.kinds import Kind

KEYS: Final = {
    Kind.RECIPIENTS: ("service", "band"),
    Kind.ACCOUNTS: ("function", "art"),
    Kind.STAFF: ("unit", "profession"),
}
VALUES: Final = {
    Kind.RECIPIENTS: ("users", "hours"),
    Kind.ACCOUNTS: ("nok",),
    Kind.STAFF: ("person_years",),
}


@dataclass(frozen=True)
class OwnRow:
    """keys, values: in the order of `KEYS` and `VALUES`. None is hidden or not given, never nought.

    derived: shared out from a wider age group. imported: the revision the row came in with.
    """

    year: int
    keys: tuple[str, ...]
    values: tuple[Decimal | None, ...]
    derived: bool = False
    imported: int = 0

    def as_json(self) -> list[Any]:
        values = [None if value is None else str(value) for value in self.values]
        return [self.year, list(self.keys), values, self.derived, self.imported]

    @classmethod
    def from_json(cls, said: list[Any]) -> OwnRow:
        year, keys, values, derived, imported = said
        return cls(
            year, tuple(keys), tuple(None if v is None else Decimal(v) for v in values), derived, imported
        )


def part_of(kind: Kind, row: OwnRow) -> tuple[object, ...]:
    """What a new file replaces as a whole: a year, and for recipients a year's service."""
    return (row.year, row.keys[0]) if kind is Kind.RECIPIENTS else (row.year,)


def joined(kind: Kind, before: Iterable[OwnRow], new: Iterable[OwnRow]) -> tuple[OwnRow, ...]:
    """The table after a file is taken in: its parts replace those of before, the others stay."""
    added = list(new)
    replaced = {part_of(kind, row) for row in added}
    kept = [row for row in before if part_of(kind, row) not in replaced]
    return tuple(sorted([*kept, *added], key=lambda row: (row.year, row.keys)))


def sums(rows: Iterable[OwnRow], *, by: int = 0, value: int = 0) -> Mapping[tuple[int, str], Decimal]:
    """(year, key number `by`) → the sum of what is known."""
    found: dict[tuple[int, str], Decimal] = {}
    for row in rows:
        if (known := row.values[value]) is not None:
            place = row.year, row.keys[by]
            found[place] = found.get(place, Decimal()) + known
    return found
