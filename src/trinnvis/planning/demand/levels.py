"""How much a municipality uses compared with what Norway's rates would give it (nivå), by age band.

The age shape is national; the level is the municipality's own users of the last three years over the users
its population would have at national rates. A suppressed cell is never read as nought: what is known of the
total is shared by expectation, else the cell says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from trinnvis.planning.demand.own import OwnUse
from trinnvis.planning.demand.people import observed
from trinnvis.planning.demand.shipped import (
    PANEL_BANDS,
    WEEKS,
    broken,
    left_out,
    national,
    panel,
    shape_rates,
    weekly_hours,
)
from trinnvis.planning.population.axes import AGES, Floats
from trinnvis.planning.population.shipped import figures
from trinnvis.trouble import Trouble

LEVEL_YEARS: Final = 3
"""The level is the mean of so many last years: one year's users of a small municipality are mostly chance."""

NATIONAL_YEAR: Final = 2025
"""The year the shipped national rates stand for."""


@dataclass(frozen=True)
class Level:
    """Factors on the national rates of one service: [age].

    own: whether they come from the municipality's own figures.
    spread: standard error on the log scale.
    """

    factor: Floats
    own: bool
    spread: float
    years: tuple[int, ...] = ()


def base_years(code: str, own: OwnUse | None = None) -> tuple[int, ...]:
    """The years a forecast for a municipality may start from, oldest first."""
    return tuple(sorted({*_published_years(code), *(own.base_years if own else ())}))


def _published_years(code: str) -> tuple[int, ...]:
    if code in panel().codes:
        held = panel().of("home_care")[panel().codes.index(code)]
        full = ~np.isnan(held).any(axis=1)
        return tuple(
            int(year)
            for year, whole in zip(panel().years, full, strict=True)
            if whole and int(year) not in left_out()
        )
    return tuple(sorted(national()["home_care_80p_percent"]))


def check_base(name: str, code: str, base: int | None, own: OwnUse | None = None) -> int:
    """The base year to use: the newest when none is asked for.

    Raises:
        Trouble: there are no figures that year.
    """
    years = base_years(code, own)
    if base is None:
        return years[-1]
    if base not in years:
        raise Trouble(
            f"Det finnes ingen brukertall for {name} i {base}, så {base} kan ikke være grunnår.",
            f"Velg et av årene {', '.join(map(str, years))}.",
        )
    return base


@lru_cache(maxsize=1024)
def levels(code: str, base: int, own: OwnUse | None = None) -> dict[str, Level]:
    """Every service's level in a municipality on 31 December of `base`. own: its own counts, if any."""
    return {
        service: _own(code, service, base, own) or _national(service, code, base) for service in shape_rates()
    }


def expected(service: str, code: str, year: int) -> Floats:
    """Users by age at national rates on 31 December of a year: [age]."""
    at = figures().codes.index(code)
    users: Floats = (observed(year + 1)[at] * shape_rates()[service]).sum(axis=-1)
    return users


def own_users(code: str, service: str, year: int, own: OwnUse | None = None) -> Floats | None:
    """Users in the three panel bands, `nan` where nothing is known; None when not even one is.

    By the municipality's own counts of that service and year where there are any, else by the panel.
    """
    held = own.users(service, year) if own else None
    if held is None:
        if not _is_published(code, service, year):
            return None
        held = panel().of(service)[panel().codes.index(code), panel().at(year)]
    bands, total = held[:3].copy(), held[3]
    hidden = np.isnan(bands)
    if hidden.any() and not np.isnan(total):
        guess = _by_panel_band(expected(service, code, year))[hidden]
        rest = max(float(total - np.nansum(bands)), 0.0)
        bands[hidden] = rest * guess / guess.sum() if guess.sum() > 0 else 0.0
    return None if np.isnan(bands).all() else bands


def _is_published(code: str, service: str, year: int) -> bool:
    held = panel()
    return code in held.codes and service in held.measures and year in held.years


def level_years(service: str, band: str, base: int, own: OwnUse | None = None) -> list[int]:
    """The last years up to `base`: those with own counts if there are any, else none before a break in the
    published series."""
    if own and (mine := own.years(service, range(base - LEVEL_YEARS + 1, base + 1))):
        return mine
    break_year = broken(service, band)
    first = base - LEVEL_YEARS + 1
    if break_year is not None and break_year <= base:
        first = max(first, break_year)
    return [year for year in range(max(first, int(panel().years[0])), base + 1) if year not in left_out()]


@lru_cache(maxsize=1024)
def hours_level(code: str, base: int, own: OwnUse | None = None) -> tuple[float, bool, bool]:
    """Hours of home care per user over what the national hours by age give.

    Returns (factor, own, estimated): `own` False: no figures, the factor is 1. `estimated`: some of the
    hours are hours per week times users times 52.
    """
    weekly = weekly_hours()
    given = would = 0.0
    estimated = False
    years = range(base - LEVEL_YEARS + 1, base + 1)
    mine = [year for year in own.years("home_care", years) if own.hours(year) is not None] if own else []
    for year in mine or years:
        hours, is_estimate = _hours(code, year, own if mine else None)
        users = own_users(code, "home_care", year, own if mine else None)
        if users is None or np.isnan(users).any() or hours is None:
            continue
        by_age = expected("home_care", code, year)
        by_age *= _over_ages(users / _by_panel_band(by_age))
        given += hours
        would += float((by_age * weekly).sum() * WEEKS)
        estimated |= is_estimate
    return (given / would, True, estimated) if would else (1.0, False, False)


def _hours(code: str, year: int, own: OwnUse | None) -> tuple[float | None, bool]:
    """Hours of home care in a year, and whether they are an estimate; None where nobody has told."""
    if own is not None:
        return own.hours(year), False
    if not _is_published(code, "home_care", year):
        return None, False
    place = panel().codes.index(code), panel().at(year)
    told = float(panel().hours[place])
    return (None, False) if np.isnan(told) else (told, bool(panel().hours_estimated[place]))


def _own(code: str, service: str, base: int, own: OwnUse | None = None) -> Level | None:
    factors, bands = np.ones(3), list(PANEL_BANDS)[:3]
    used: set[int] = set()
    counted = 0.0
    for b, band in enumerate(bands):
        # A band the own counts say nothing of is public, not suddenly the nation's.
        known = _known(code, service, b, band, base, own) or _known(code, service, b, band, base, None)
        if not known:
            continue
        users = sum(known.values())
        would = sum(float(_by_panel_band(expected(service, code, year))[b]) for year in known)
        if would:
            factors[b] = users / would
        used |= known.keys()
        counted += users
    if not used:
        return None
    return Level(_over_ages(factors), True, float(1.0 / np.sqrt(max(counted, 1.0))), tuple(sorted(used)))


def _known(code: str, service: str, b: int, band: str, base: int, own: OwnUse | None) -> dict[int, float]:
    """Users in a band by year, of the years its level rests on, where anything is known."""
    found: dict[int, float] = {}
    for year in level_years(service, band, base, own):
        users = own_users(code, service, year, own)
        if users is not None and not np.isnan(users[b]):
            found[year] = float(users[b])
    return found


def _national(service: str, code: str, base: int) -> Level:
    """Norway's rates of 2025, moved to the base year by KOSTRA's share of those over 80."""
    measure = (
        "home_care_80p_percent" if service in ("home_care", "housing_24h") else "institution_80p_percent"
    )
    shares = national()[measure]
    nearest = min(shares, key=lambda year: (abs(year - base), year))
    factor = np.ones(AGES)
    factor[80:] = shares[nearest] / shares[NATIONAL_YEAR]
    return Level(factor, False, between_municipalities(service), (nearest,))


@lru_cache(maxsize=8)
def between_municipalities(service: str) -> float:
    """Standard deviation of the level between the panel's municipalities, log scale, last year."""
    measure = service if service in panel().measures else "long_term"
    base = int(panel().years[-1])
    found = [_own(code, measure, base) for code in panel().codes]
    weights = shape_rates()[measure].sum(axis=1)
    means = [np.average(level.factor, weights=weights) for level in found if level is not None]
    return float(np.std(np.log(means), ddof=1))


def _by_panel_band(by_age: Floats) -> Floats:
    return np.array([by_age[first : last + 1].sum() for first, last in list(PANEL_BANDS.values())[:3]])


def _over_ages(by_band: Floats) -> Floats:
    factors = np.ones(AGES)
    for value, (first, last) in zip(by_band, list(PANEL_BANDS.values())[:3], strict=True):
        factors[first : last + 1] = value
    return factors
