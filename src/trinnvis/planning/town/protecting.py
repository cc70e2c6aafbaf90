"""Counts as they may be published: small ones hidden, the rest rounded against telling by difference."""

from __future__ import annotations

from dataclasses import replace

from trinnvis.planning.town.comparing import Change
from trinnvis.planning.town.policy import Protection
from trinnvis.planning.town.tables import AllRow, BandRow, Count, ReachRow

HIDDEN = float("nan")


def number(value: float, rule: Protection) -> float:
    """0, hidden (NaN) below the least, else rounded."""
    if round(value) == 0:
        return 0.0
    return HIDDEN if value < rule.least else float(round(value / rule.round_to) * rule.round_to)


def count(held: Count, rule: Protection) -> Count:
    """Of a small group nothing is said; nor when all but a few reach, which tells of those few."""
    rest = held.of_residents - held.residents
    small = 0 < held.of_residents < rule.least or 0.5 <= rest < rule.least
    residents = HIDDEN if small else number(held.residents, rule)
    dwellings, of_dwellings = held.dwellings, held.of_dwellings
    if dwellings is not None and of_dwellings is not None:
        few = small or 0.5 <= of_dwellings - dwellings < rule.least
        dwellings = HIDDEN if few else number(dwellings, rule)
        of_dwellings = number(of_dwellings, rule)
    return Count(residents, number(held.of_residents, rule), dwellings, of_dwellings)


def reach_row(row: ReachRow, rule: Protection) -> ReachRow:
    lost = {why: number(value, rule) for why, value in row.lost.items()}
    return replace(row, reach=count(row.reach, rule), flat=count(row.flat, rule), lost=lost)


def all_row(row: AllRow, rule: Protection) -> AllRow:
    return replace(row, reach=count(row.reach, rule))


def band_row(row: BandRow, rule: Protection) -> BandRow:
    return replace(row, reach=count(row.reach, rule))


def change(row: Change, rule: Protection) -> Change:
    return Change(
        row.area,
        row.category,
        row.profile,
        row.ages,
        number(row.before, rule),
        number(row.after, rule),
        number(row.gain, rule),
        number(row.lose, rule),
        number(row.moved_in, rule),
        number(row.moved_out, rule),
    )
