"""Counts as they may be published: small ones hidden, others hidden so that those cannot be found by
subtraction (sekundær skjuling), and the rest rounded.

Cells that add up make a line: the age groups and all ages, the places and everywhere, those who reach and
those who do not. Where a line has one cell hidden, its smallest other is hidden too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from trinnvis.planning.town.comparing import Change
from trinnvis.planning.town.policy import Protection
from trinnvis.planning.town.running import Reason
from trinnvis.planning.town.tables import ALL_AGES, EVERYWHERE, AllRow, BandRow, Count, ReachRow

HIDDEN = float("nan")
NOBODY = 0.5
"""Spread people come in parts; less than half a person is nobody."""

Measure = Hashable
Key = tuple[str, str, Measure]  # area, ages, what is counted
Cells = dict[Key, float]
Table = TypeVar("Table", ReachRow, AllRow, BandRow, Change)


def protected(cells: Mapping[Key, float], sums: Iterable[Sequence[Measure]], rule: Protection) -> Cells:
    """The cells of one table, hidden (NaN), or rounded. sums: measures that add up, the total last."""
    hidden = {key for key, value in cells.items() if NOBODY <= value < rule.least}
    lines = list(_lines(cells, list(sums)))
    while more := {key for line in lines if (key := _exposed(line, cells, hidden)) is not None}:
        hidden |= more
    return {key: HIDDEN if key in hidden else _rounded(value, rule) for key, value in cells.items()}


def _rounded(value: float, rule: Protection) -> float:
    return 0.0 if value < NOBODY else float(round(value / rule.round_to) * rule.round_to)


def _exposed(line: Sequence[Key], cells: Mapping[Key, float], hidden: set[Key]) -> Key | None:
    """What must be hidden beside the only hidden cell of a line; its total, the last, if nothing else can."""
    if sum(key in hidden for key in line) != 1:
        return None
    others = [key for key in line if key not in hidden and cells[key] >= NOBODY]
    return min(others, key=lambda key: (key == line[-1], cells[key]), default=None)


def _lines(cells: Mapping[Key, float], sums: Sequence[Sequence[Measure]]) -> Iterator[list[Key]]:
    by_ages, by_areas = defaultdict(list), defaultdict(list)
    for key in cells:
        area, ages, measure = key
        by_ages[area, measure].append(key)
        by_areas[ages, measure].append(key)
    for line in by_ages.values():
        yield sorted(line, key=lambda key: key[1] == ALL_AGES)
    for line in by_areas.values():
        yield sorted(line, key=lambda key: key[0] == EVERYWHERE)
    for area, ages in dict.fromkeys((area, ages) for area, ages, _ in cells):
        for measures in sums:
            yield [(area, ages, each) for each in measures if (area, ages, each) in cells]


def _tables(rows: Iterable[Table], of: Callable[[Table], Hashable]) -> Iterator[list[Table]]:
    held = defaultdict(list)
    for row in rows:
        held[of(row)].append(row)
    return iter(held.values())


REACHED, BEYOND, ALL = "reached", "beyond", "all"
FLAT, BEYOND_FLAT = "flat", "beyond flat"


def _counts(
    rows: Sequence[ReachRow] | Sequence[AllRow] | Sequence[BandRow], rule: Protection
) -> Iterator[Count]:
    """Each row's count, protected with those of the same table."""
    people: Cells = {}
    homes: Cells = {}
    for row in rows:
        people |= _parts(row.area, row.ages, row.reach.residents, row.reach.of_residents)
        if row.reach.dwellings is not None and row.reach.of_dwellings is not None:
            homes |= _parts(row.area, row.ages, row.reach.dwellings, row.reach.of_dwellings)
    sums = [(REACHED, BEYOND, ALL)]
    people, homes = protected(people, sums, rule), protected(homes, sums, rule)
    for row in rows:
        one, of = ((row.area, row.ages, part) for part in (REACHED, ALL))
        yield Count(people[one], people[of], homes.get(one), homes.get(of))


def _parts(area: str, ages: str, part: float, whole: float) -> Cells:
    return {(area, ages, REACHED): part, (area, ages, BEYOND): whole - part, (area, ages, ALL): whole}


def reach_rows(rows: Iterable[ReachRow], rule: Protection) -> Iterator[ReachRow]:
    """Tables of category × profile."""
    for table in _tables(rows, lambda row: (row.category, row.profile)):
        people: Cells = {}
        homes: Cells = {}
        for row in table:
            place, of = (row.area, row.ages), row.reach.of_residents
            people |= {(*place, why): value for why, value in row.lost.items()}
            people |= {(*place, REACHED): row.reach.residents, (*place, ALL): of}
            people |= {(*place, FLAT): row.flat.residents, (*place, BEYOND_FLAT): of - row.flat.residents}
            if row.reach.dwellings is not None and row.reach.of_dwellings is not None:
                flat = row.flat.dwellings or 0.0
                homes |= {(*place, why): value for why, value in row.lost_dwellings.items()}
                homes |= {(*place, REACHED): row.reach.dwellings, (*place, ALL): row.reach.of_dwellings}
                homes |= {(*place, FLAT): flat, (*place, BEYOND_FLAT): row.reach.of_dwellings - flat}
        sums = [(REACHED, *Reason, ALL), (FLAT, BEYOND_FLAT, ALL)]
        people, homes = protected(people, sums, rule), protected(homes, sums, rule)
        for row in table:
            place = (row.area, row.ages)
            yield replace(
                row,
                reach=Count(
                    people[*place, REACHED], people[*place, ALL],
                    homes.get((*place, REACHED)), homes.get((*place, ALL)),
                ),
                flat=Count(
                    people[*place, FLAT], people[*place, ALL],
                    homes.get((*place, FLAT)), homes.get((*place, ALL)),
                ),
                lost={why: people[*place, why] for why in row.lost},
                lost_dwellings={why: homes[*place, why] for why in row.lost_dwellings},
            )  # fmt: skip


def all_rows(rows: Iterable[AllRow], rule: Protection) -> Iterator[AllRow]:
    """Tables of profile × least."""
    for table in _tables(rows, lambda row: (row.profile, row.least)):
        for row, count in zip(table, _counts(table, rule), strict=True):
            yield replace(row, reach=count)


def band_rows(rows: Iterable[BandRow], rule: Protection) -> Iterator[BandRow]:
    """Tables of category × metres."""
    for table in _tables(rows, lambda row: (row.category, row.metres)):
        for row, count in zip(table, _counts(table, rule), strict=True):
            yield replace(row, reach=count)


COUNTED = ("before", "after", "gain", "lose", "moved_in", "moved_out")


def changes(rows: Iterable[Change], rule: Protection) -> Iterator[Change]:
    """Tables of category × profile. After is before with gains and losses: that too is a line."""
    for table in _tables(rows, lambda row: (row.category, row.profile)):
        cells: Cells = {(row.area, row.ages, name): getattr(row, name) for row in table for name in COUNTED}
        shown = protected(cells, [COUNTED], rule)
        for row in table:
            counts = (shown[row.area, row.ages, name] for name in COUNTED)
            yield Change(row.area, row.category, row.profile, row.ages, *counts)
