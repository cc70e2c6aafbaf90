"""What a scenario's drivers do to users and hours: factors by year, service and age, the same everywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from trinnvis.planning.demand.schema import (
    AgeShift,
    Assumption,
    Driver,
    Effect,
    FamilyCare,
    HoursGrowth,
    Profile,
    RateTrend,
    StepShift,
)
from trinnvis.planning.population.axes import AGES, Floats, Ints
from trinnvis.trouble import Trouble

Values = Mapping[tuple[str, str], float]
"""(driver code, assumption) → a value to use instead of the written one."""


@dataclass(frozen=True)
class Move:
    """Dreining as numbers: how much leaves a step each year, and where it goes. moved: [year], share."""

    from_step: int
    to: tuple[tuple[int, float], ...]
    moved: Floats
    hours_ratio: float


@dataclass(frozen=True)
class Factors:
    """users, hours: [year, service, age], hours per user; moves: applied in order afterwards."""

    users: Floats
    hours: Floats
    moves: tuple[Move, ...]


def factors(
    drivers: Sequence[Driver],
    years: Ints,
    services: Sequence[str],
    rates: Floats,
    values: Values | None = None,
) -> Factors:
    """All drivers together. years: the first is the base year. rates: [service, age], both sexes.

    Raises:
        Trouble: a driver names a service the basis does not have, or is fully in force before the base year.
    """
    users = np.ones((len(years), len(services), AGES))
    hours = np.ones_like(users)
    moves: list[Move] = []
    ahead = (years - years[0]).astype(np.float64)
    for driver in drivers:
        use = _Values(driver, values or {})
        if isinstance(driver, StepShift):
            moved = use("share") * ramp(driver.profile, years, driver.title)
            to = tuple((part.step, part.share) for part in driver.to)
            moves.append(Move(driver.from_step, to, moved, use("hours_ratio")))
            continue
        rows = _rows(driver.services, services, driver.title)
        at = np.ix_(np.arange(len(years)), np.array(rows), np.arange(driver.ages[0], driver.ages[1] + 1))
        match driver:
            case RateTrend():
                users[at] *= _damped(use("yearly"), use("damping"), ahead)[:, None, None]
            case AgeShift():
                shift = use("gain") * use("share") * ahead
                users[at] *= _younger(rates[rows], shift)[:, :, driver.ages[0] : driver.ages[1] + 1]
            case HoursGrowth():
                hours[at] *= ((1.0 + use("yearly")) ** ahead)[:, None, None]
            case FamilyCare():
                less = use("ratio") * use("change") * ramp(driver.profile, years, driver.title)
                hours[at] *= (1.0 - less)[:, None, None]
            case Effect():
                reached = use("reach") * ramp(driver.profile, years, driver.title)
                users[at] *= (1.0 + reached * use("users"))[:, None, None]
                hours[at] *= (1.0 + reached * use("hours"))[:, None, None]
    return Factors(users, hours, tuple(moves))


def assumptions(driver: Driver) -> dict[str, Assumption]:
    """The driver's assumptions by name."""
    return {name: value for name, value in driver if isinstance(value, Assumption)}


def ramp(profile: Profile, years: Ints, title: str) -> Floats:
    """How much of an effect is there each year, 0 to 1; nothing in the base year (the first of `years`).

    Raises:
        Trouble: all of it is there before the base year, so there is nothing left to compute.
    """
    start = max(profile.start, int(years[0]))
    if profile.full <= start:
        raise Trouble(
            f"«{title}» har full virkning i {profile.full}, som ikke er etter grunnåret {int(years[0])}.",
            "Velg et tidligere grunnår, eller sett full til et senere år.",
        )
    part = np.clip((years - start) / (profile.full - start), 0.0, 1.0)
    match profile.kind:
        case "front":
            part = 1.0 - (1.0 - part) ** 2
        case "back":
            part = part**2
        case "step":
            part = np.where(part > 0, 1.0, 0.0)
    return np.asarray(part, dtype=np.float64)


class _Values:
    """An assumption's value: the one asked for instead, else the written one."""

    def __init__(self, driver: Driver, instead: Values) -> None:
        self._driver, self._instead = driver, instead

    def __call__(self, name: str) -> float:
        held = self._instead.get((self._driver.code, name))
        return float(getattr(self._driver, name).value) if held is None else held


def _rows(wanted: Sequence[str], services: Sequence[str], title: str) -> list[int]:
    if unknown := [code for code in wanted if code not in services]:
        raise Trouble(
            f"«{title}» gjelder en tjeneste som ikke er i grunnlaget: {', '.join(unknown)}.",
            f"Tjenestene er {', '.join(services)}.",
        )
    return [services.index(code) for code in wanted]


def _damped(yearly: float, damping: float, ahead: Floats) -> Floats:
    """Growth since the base year: each year's change is `damping` times the one before, the first in full."""
    exponent = ahead if damping == 1.0 else (1.0 - damping**ahead) / (1.0 - damping)
    return np.asarray((1.0 + yearly) ** exponent)


def _younger(rates: Floats, shift: Floats) -> Floats:
    """Rates at age − shift over rates at age: [year, service, age]. One where there is no rate."""
    ages = np.arange(AGES, dtype=np.float64)
    found = np.ones((len(shift), len(rates), AGES))
    for s, rate in enumerate(rates):
        moved = np.interp(np.maximum(ages[None, :] - shift[:, None], 0.0).ravel(), ages, rate)
        moved = moved.reshape(len(shift), AGES)
        found[:, s] = np.divide(moved, rate[None, :], out=np.ones_like(moved), where=rate[None, :] > 0)
    return found
