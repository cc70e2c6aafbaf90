"""Sums of one outcome that figures show: by step, by service, and places with what to plan for."""

from __future__ import annotations

import numpy as np

from trinnvis.planning.demand.forecast import Outcome
from trinnvis.planning.demand.uncertainty import Interval, sum_interval
from trinnvis.planning.population.axes import Floats


def hours_by_step(outcome: Outcome) -> Floats:
    """Hours a year in the services of the total: [year, step]."""
    found: Floats = outcome.amounts.hours[:, outcome.in_total].sum(axis=(1, 3))
    return found


def nok_by_service(outcome: Outcome) -> Floats:
    """Kroner a year: [year, service]; nought for services that are counted in another."""
    found: Floats = outcome.amounts.nok.sum(axis=(2, 3)) * outcome.in_total
    return found


def steps_with_places(outcome: Outcome) -> tuple[int, ...]:
    """Where in the engine's steps places are needed at any time."""
    return tuple(int(at) for at in np.flatnonzero(outcome.amounts.places.sum(axis=(0, 1, 3))))


def places_on(outcome: Outcome, at: int) -> Interval:
    """Places needed on one of the engine's steps; `high` is P90, what one plans for."""
    cells = np.zeros(outcome.amounts.users.shape[1:], dtype=np.bool_)
    cells[:, at] = True
    return sum_interval(outcome.amounts, outcome.swings, outcome.widths, "places", cells)
