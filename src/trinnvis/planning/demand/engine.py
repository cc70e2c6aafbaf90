"""The forecast itself: persons × users per person × hours per user, laid on steps, then places and kroner.

Everything is an expected value and a product of arrays; one municipality and all of them go the same way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from trinnvis.planning.demand.factors import Factors, Values, factors
from trinnvis.planning.demand.schema import Basis, Scenario, ServiceGroup, StepShift
from trinnvis.planning.population.axes import BANDS, Floats, Ints
from trinnvis.trouble import Trouble

DAYS: Final = 365.0
BAND_STARTS: Final = np.array([first for first, _ in BANDS.values()])


@dataclass(frozen=True)
class Need:
    """What a forecast starts from. A leading axis of municipalities may stand before all arrays but `rates`.

    users: [year, service, age], at constant rates. hours_per_user: [service, age], a year. rates: [service,
    age, sex], users per person in Norway. peak: [service, age], the highest users per person of the place's
    own.
    """

    years: Ints
    services: tuple[str, ...]
    users: Floats
    hours_per_user: Floats
    rates: Floats
    peak: Floats


@dataclass(frozen=True)
class Amounts:
    """users, hours, places, nok, work: [year, service, step, band]; a leading axis of municipalities is kept.

    users on 31 December; hours, kroner per year; places needed that day. Kroner in the basis' price year.
    work: working hours behind the hours counted, with travel and indirect time where the price list says so.
    """

    users: Floats
    hours: Floats
    places: Floats
    nok: Floats
    work: Floats


class Engine:
    """One need computed under any number of scenarios with the same basis."""

    def __init__(self, basis: Basis, need: Need, scenarios: Sequence[Scenario] = ()) -> None:
        self.basis, self.need = basis, need
        self.services = basis.services
        self.steps = steps_used(basis, scenarios)
        self.work_year = basis.work_year.value
        self._work = np.array([s.work_per_hour.value if s.work_per_hour else 1.0 for s in self.services])
        self._rates = need.rates.mean(axis=-1)
        bearing = {part.step: s.occupancy.value for s in self.services if s.occupancy for part in s.steps}
        self._per_place = np.array([1.0 / bearing[step] if step in bearing else 0.0 for step in self.steps])
        self._constant = need.hours_per_user[..., None, :, :] * need.users

    def factors(self, scenario: Scenario, values: Values | None = None) -> Factors:
        return factors(scenario.drivers, self.need.years, self.need.services, self._rates, values)

    def run(self, scenario: Scenario, values: Values | None = None) -> Amounts:
        """The scenario, with some assumptions given other values.

        Raises:
            Trouble: a share of the population above 100 %, or a driver that does not fit the basis.
        """
        found = self.factors(scenario, values)
        self._check_shares(found, scenario)
        users = _by_band(self.need.users * found.users)
        hours = _by_band(self._constant * found.users * found.hours)
        shares = self._step_shares(scenario)[:, :, None]
        on_steps, hours_on = users[..., None, :] * shares, hours[..., None, :] * shares
        nok = np.stack(
            [hours_on[..., s, :, :] * nok_per_hour(service) for s, service in enumerate(self.services)],
            axis=-3,
        )
        for move in found.moves:
            self._move(move.from_step, move.to, move.moved, move.hours_ratio, on_steps, hours_on, nok)
        work = hours_on * self._work[:, None, None]
        return Amounts(on_steps, hours_on, on_steps * self._per_place[:, None], nok, work)

    def _move(
        self,
        from_step: int,
        to: Sequence[tuple[int, float]],
        moved: Floats,
        hours_ratio: float,
        users: Floats,
        hours: Floats,
        nok: Floats,
    ) -> None:
        """Dreining, in place: users keep their number, hours become `hours_ratio` as many."""
        at, part = self.steps.index(from_step), moved[:, None, None]
        leaving, spent = users[..., at, :] * part, hours[..., at, :] * part * hours_ratio
        for amounts in (users, hours, nok):
            amounts[..., at, :] *= 1.0 - part
        for step, share in to:
            there = self.steps.index(step)
            users[..., there, :] += leaving * share
            hours[..., there, :] += spent * share
            nok[..., there, :] += spent * (share * self.basis.nok_per_hour.value)

    def _step_shares(self, scenario: Scenario) -> Floats:
        """[service, step]"""
        shares = np.zeros((len(self.services), len(self.steps)))
        for s, service in enumerate(self.services):
            for part in scenario.steps.get(service.code, service.steps):
                shares[s, self.steps.index(part.step)] += part.share
        return shares

    def _check_shares(self, found: Factors, scenario: Scenario) -> None:
        if found.users.max() <= 1.0 and self.need.peak.max() <= 1.0:
            return
        share = found.users * self.need.peak[..., None, :, :]
        if share.max() > 1.0:
            *_, year, service, age = np.unravel_index(int(share.argmax()), share.shape)
            raise Trouble(
                f"«{scenario.title}» gir en andel over 100 prosent i {self.need.years[year]} "
                f"({self.services[service].title.lower()}, {age} år). Flere enn alle kan ikke være brukere.",
                "Sett ned veksten, eller la den avta fortere.",
            )


def nok_per_hour(service: ServiceGroup) -> float:
    """Kroner for an hour of the service; a price per day is spread over the day's hours, and follows them."""
    if service.nok_per == "hour" or service.hours_per_user is None:
        return service.nok.value
    yearly = service.hours_per_user.value
    return DAYS * service.nok.value / yearly if yearly else 0.0


def steps_used(basis: Basis, scenarios: Sequence[Scenario]) -> tuple[int, ...]:
    """Every step that the basis or any scenario names, lowest first.

    Raises:
        Trouble: dreining from a step nothing is on.
    """
    held = {part.step for service in basis.services for part in service.steps}
    for scenario in scenarios:
        mine = held | {part.step for parts in scenario.steps.values() for part in parts}
        for driver in scenario.drivers:
            if isinstance(driver, StepShift):
                if driver.from_step not in mine:
                    raise Trouble(
                        f"«{driver.title}» flytter timer fra trinn {driver.from_step}, "
                        "men ingen tjeneste er der.",
                        f"Trinnene med tjenester er {', '.join(map(str, sorted(mine)))}.",
                    )
                mine |= {part.step for part in driver.to}
        held |= mine
    return tuple(sorted(held))


def _by_band(by_age: Floats) -> Floats:
    return np.add.reduceat(by_age, BAND_STARTS, axis=-1)
