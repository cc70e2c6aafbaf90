"""What those on a step use in a year: hours, person-years and kroner, from the basis of the demand forecast.

A person on a step has the hours of the services there, by age. Services whose users are counted in another
one (residents of housing with staff have home care) have the hours of that one too, so that the sum of the
steps is the forecast's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from trinnvis.planning.demand.engine import nok_per_hour
from trinnvis.planning.demand.levels import hours_level
from trinnvis.planning.demand.own import OwnUse
from trinnvis.planning.demand.schema import Basis
from trinnvis.planning.demand.starting import hours_per_user, rates_of
from trinnvis.planning.ladder.cohort import Expected
from trinnvis.planning.population.axes import AGES, Floats

MEASURES: Final = ("hours", "person_years", "nok")


@dataclass(frozen=True)
class Use:
    """A person's use in a year: each [age, step]. Step 0 uses nothing. nok: the basis' price year."""

    hours: Floats
    person_years: Floats
    nok: Floats

    def totals(self, expected: Expected) -> dict[str, Floats]:
        """What everybody on a step uses, by measure: [year, step]."""
        persons = expected.stock.sum(axis=2)
        return {name: np.einsum("tas,as->ts", persons, getattr(self, name)) for name in MEASURES}


def use_of(
    basis: Basis, municipality: str, base: int, steps: tuple[int, ...], own: OwnUse | None = None
) -> Use:
    """own: the municipality's own counts, which its hours then rest on.

    Raises:
        Trouble: the basis has a service there are no figures of.
    """
    codes = tuple(service.code for service in basis.services)
    hours = hours_per_user(basis, hours_level(municipality, base, own)[0])
    users = rates_of(codes)
    users_by_age = users.mean(axis=-1)
    work = np.array([s.work_per_hour.value if s.work_per_hour else 1.0 for s in basis.services])[:, None]
    nok = np.array([nok_per_hour(service) for service in basis.services])[:, None]
    amounts = np.stack([hours, hours * work / basis.work_year.value, hours * nok])
    counted = [s for s, service in enumerate(basis.services) if service.in_total]
    largest = max(counted, key=lambda s: users[s].sum())
    for s, service in enumerate(basis.services):
        if not service.in_total:
            amounts[:, s] += amounts[:, largest]
    found = np.zeros((len(MEASURES), AGES, len(steps)))
    for at, step in enumerate(steps):
        on = [(s, part.share) for s, service in enumerate(basis.services) for part in service.steps
              if part.step == step]  # fmt: skip
        weights = np.array([users_by_age[s] * share for s, share in on]).reshape(len(on), AGES)
        total = np.maximum(weights.sum(axis=0), 1e-12)
        for (s, _share), weight in zip(on, weights, strict=True):
            found[:, :, at] += amounts[:, s] * (weight / total)
    return Use(*found)
