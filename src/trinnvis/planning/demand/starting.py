"""From a municipality's people, levels and the basis to what the engine starts from."""

from __future__ import annotations

import numpy as np

from trinnvis.planning.demand.engine import Need
from trinnvis.planning.demand.levels import Level, hours_level, levels
from trinnvis.planning.demand.schema import Basis
from trinnvis.planning.demand.shipped import WEEKS, shape_rates, weekly_hours
from trinnvis.planning.population.axes import AGES, Floats, Ints
from trinnvis.trouble import Trouble


def need_of(basis: Basis, years: Ints, persons: Floats, level: dict[str, Level], home_hours: float) -> Need:
    """persons: [..., year, age, sex]. home_hours: own hours of home care per user over what age alone gives.

    Raises:
        Trouble: the basis has a service there are no figures of.
    """
    services = tuple(service.code for service in basis.services)
    rates = rates_of(services)
    factor = np.array([level[service].factor for service in services])
    users = constant_users(persons, rates, factor)
    hours = hours_per_user(basis, home_hours)
    return Need(years, services, users, hours, rates, factor * rates.max(axis=-1))


def need_of_all(basis: Basis, years: Ints, persons: Floats, codes: tuple[str, ...]) -> Need:
    """Every municipality at once. persons: [municipality, year, age, sex]."""
    services = tuple(service.code for service in basis.services)
    rates, base = rates_of(services), int(years[0])
    found = [levels(code, base) for code in codes]
    factor = np.array([[level[service].factor for service in services] for level in found])
    hours = np.array([hours_per_user(basis, hours_level(code, base)[0]) for code in codes])
    return Need(
        years, services, constant_users(persons, rates, factor), hours, rates, factor * rates.max(axis=-1)
    )


def rates_of(services: tuple[str, ...]) -> Floats:
    """National users per person: [service, age, sex].

    Raises:
        Trouble: a service there are no figures of.
    """
    held = shape_rates()
    if unknown := [service for service in services if service not in held]:
        raise Trouble(
            f"Det finnes ingen tall for tjenesten {', '.join(unknown)} i grunnlaget.",
            f"Tjenestene er {', '.join(held)}.",
        )
    return np.array([held[service] for service in services])


def constant_users(persons: Floats, rates: Floats, factor: Floats) -> Floats:
    """SSB's formula: users = Σ over sex of persons × users per person × level: [..., year, service, age]."""
    users: Floats = np.einsum("...tax,sax->...tsa", persons, rates) * factor[..., None, :, :]
    return users


def hours_per_user(basis: Basis, home_hours: float) -> Floats:
    """Working hours per user and year: [service, age]."""
    hours = np.empty((len(basis.services), AGES))
    for s, service in enumerate(basis.services):
        given = service.hours_per_user
        hours[s] = given.value if given is not None else weekly_hours() * WEEKS * home_hours
    return hours
