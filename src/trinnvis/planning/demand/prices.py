"""Unit costs and hours from a price list in place of the basis', service group by service group.

What the list does not cover keeps the basis' own figures, and is named. Every figure carries its source.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from trinnvis.planning.demand.engine import DAYS
from trinnvis.planning.demand.reading import Library
from trinnvis.planning.demand.schema import Assumption, Basis, PricePart, ServiceGroup
from trinnvis.policy.model import PriceRow
from trinnvis.policy.status import Status
from trinnvis.resources.price_book import PriceBook

MOST_DOUBTFUL_FIRST: Final = (Status.EXAMPLE, Status.MUST_CHECK, Status.IN_FORCE, Status.ADOPTED)
Weighed = Sequence[tuple[float, PriceRow]]


@dataclass(frozen=True)
class PricedBasis:
    """A basis with a list's prices. `covered`, `uncovered`: codes of the groups that took them or not."""

    basis: Basis
    covered: tuple[str, ...]
    uncovered: tuple[str, ...]


def priced_by(basis: Basis, book: PriceBook | None) -> PricedBasis:
    """The basis with the list's unit costs and hours; None is no adopted list, and changes only the notes.

    Home care's `hours` stay decided hours; the list's working hours for each of them make the person-years.
    """
    found = {group.code: _rows_of(group, book) for group in basis.services}
    services = tuple(
        _with_prices(group, rows, book.name) if book and (rows := found[group.code]) else group
        for group in basis.services
    )
    covered = tuple(code for code, rows in found.items() if rows)
    uncovered = tuple(code for code, rows in found.items() if not rows)
    years = {row.price_year for rows in found.values() for _share, row in rows}
    kept = basis.price_year if uncovered and any(_costs(basis, code) for code in uncovered) else None
    notes = tuple(_notes(basis, book, uncovered, years | ({kept} if kept else set())))
    changed = {
        "services": services,
        "price_year": max(years, default=basis.price_year),
        "price_notes": (*basis.price_notes, *notes),
    }
    return PricedBasis(basis.model_copy(update=changed), covered, uncovered)


def library_priced_by(library: Library, book: PriceBook | None) -> Library:
    """The same scenarios on a basis with the list's prices: give `forecast` this instead of the library."""
    return Library(priced_by(library.basis, book).basis, library.scenarios.values())


def _rows_of(group: ServiceGroup, book: PriceBook | None) -> Weighed:
    """The list's rows for the group, each with its share; none unless all are there, in its unit."""
    if book is None or group.price_mix is None:
        return ()
    found = [(part, book.by_key.get((part.service, part.unit))) for part in group.price_mix.parts]
    rows = [(part.share, row) for part, row in found if row is not None and row.per == group.nok_per]
    return tuple(rows) if len(rows) == len(found) else ()


def _with_prices(group: ServiceGroup, rows: Weighed, name: str) -> ServiceGroup:
    source = f"{name}: {'; '.join(dict.fromkeys(f'{row.service}: {row.source}' for _share, row in rows))}"
    status = min((row.status for _share, row in rows), key=MOST_DOUBTFUL_FIRST.index)

    def assumed(unit: str, value: float, low: float | None = None, high: float | None = None) -> Assumption:
        least, most = (value if bound is None else bound for bound in (low, high))
        return Assumption(value=value, unit=unit, low=least, high=most, source=source, status=status)

    changed = {
        "nok": assumed(
            group.nok.unit,
            _weighed((share, row.nok) for share, row in rows),
            _weighed((share, row.nok if row.low is None else row.low) for share, row in rows),
            _weighed((share, row.nok if row.high is None else row.high) for share, row in rows),
        )
    }
    hours = _weighed((share, sum(row.hours.values())) for share, row in rows)
    if hours and group.hours_from == "per_user":
        changed["hours_per_user"] = assumed("arbeidstimer per plass og år", hours * DAYS)
    elif hours:
        changed["work_per_hour"] = assumed("arbeidstimer per vedtatt time", hours)
    return group.model_copy(update=changed)


def _weighed(parts: Iterable[tuple[float, object]]) -> float:
    return sum(share * float(str(amount)) for share, amount in parts)


def _costs(basis: Basis, code: str) -> bool:
    """Whether a group adds kroner of its own; housing whose hours are counted as home care does not."""
    group = next(group for group in basis.services if group.code == code)
    return group.hours_from == "own" or bool(group.hours_per_user and group.hours_per_user.value)


def _notes(
    basis: Basis, book: PriceBook | None, uncovered: tuple[str, ...], years: set[int]
) -> Iterable[str]:
    if book is None:
        yield "Ingen prisliste er vedtatt for denne dagen, så alle priser er grunnlagets egne."
        return
    yield f"Priser og arbeidstimer er fra {book.name}."
    groups = {group.code: group for group in basis.services}
    if uncovered:
        named = ", ".join(_left_out(groups[code], book) for code in uncovered)
        yield f"Prislisten dekker ikke {named}. Der brukes grunnlagets egne tall."
    if len(years) > 1:
        told = " og ".join(map(str, sorted(years)))
        yield f"Prisene er i kroner fra flere år ({told}) og ikke regnet om til samme år."
    yield (
        "Timer som flyttes til lavere trinn, er priset med grunnlagets "
        f"{basis.nok_per_hour.value:g} kr per time."
    )


def _left_out(group: ServiceGroup, book: PriceBook) -> str:
    lacking: list[PricePart] = []
    if group.price_mix:
        lacking = [part for part in group.price_mix.parts if (part.service, part.unit) not in book.by_key]
    title = group.title.lower()
    return f"{title} ({', '.join(part.service for part in lacking)})" if lacking else title
