"""How far what the forecast computes for its base year is from the accounts (avstemming)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from trinnvis.ownfigures.rules.accounts import gross_of
from trinnvis.ownfigures.rules.codes import Function, functions, parts
from trinnvis.ownfigures.rules.rows import OwnRow, sums


@dataclass(frozen=True)
class Compared:
    """One part of care. accounts, computed: kroner a year, None where there is none."""

    title: str
    functions: tuple[Function, ...]
    accounts: Decimal | None
    computed: Decimal | None

    @property
    def ratio(self) -> Decimal | None:
        """What is computed over what the accounts say; None where either is missing or nought."""
        if self.computed is None or not self.accounts:
            return None
        return self.computed / self.accounts


def year_to_compare(rows: tuple[OwnRow, ...], base_year: int) -> int | None:
    """The base year where there are figures of it, else the newest year there is."""
    years = {row.year for row in rows}
    return base_year if base_year in years else max(years, default=None)


def staff_to_compare(rows: tuple[OwnRow, ...], base_year: int) -> tuple[int, Decimal] | None:
    """The year to compare with, and its person-years in all units and professions."""
    year = year_to_compare(rows, base_year)
    if year is None:
        return None
    return year, sum((total for (held, _unit), total in sums(rows).items() if held == year), Decimal())


def compared(rows: tuple[OwnRow, ...], year: int, computed: Mapping[str, Decimal]) -> tuple[Compared, ...]:
    """rows: accounts. computed: service group → kroner of the forecast. What is not computed comes last."""
    gross = {function: total for (held, function), total in gross_of(rows).items() if held == year}
    found = []
    for part in parts():
        mine = tuple(one for one in functions() if one.part == part.code and one.code in gross)
        nok = sum((computed.get(service, Decimal()) for service in part.services), Decimal())
        accounts = sum((gross[one.code] for one in mine), Decimal()) if mine else None
        found.append(Compared(part.title, mine, accounts, nok))
    found += [
        Compared(one.title, (one,), gross[one.code], None)
        for one in functions()
        if not one.part and one.code in gross
    ]
    return tuple(found)


def whole(found: tuple[Compared, ...]) -> Compared:
    """What can be compared, together."""
    both = [one for one in found if one.accounts is not None and one.computed is not None]
    return Compared(
        "",
        tuple(each for one in both for each in one.functions),
        sum((one.accounts for one in both if one.accounts is not None), Decimal()) if both else None,
        sum((one.computed for one in both if one.computed is not None), Decimal()) if both else None,
    )
